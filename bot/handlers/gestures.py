"""Something a person did in Slack, and the ways to answer them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any

from slack_bolt import Ack, BoltContext, BoltResponse
from slack_sdk import WebClient
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from bot.clients import CallFailed, answer, calling
from bot.deps import Deps
from bot.errors import Busy, FieldError, RetroError
from bot.flows import people
from bot.flows.people import Actor
from bot.views import forms, problems
from bot.views.blocks import Message, section
from bot.views.words import Mrkdwn, Reader
from storage.db import retryable

log = logging.getLogger(__name__)

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]
Handler = Callable[["Gesture"], None]


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """A command, a click or a submitted form.

    Whatever changes something commits first and is acknowledged then: an acknowledged approval
    is a stored one.
    """

    deps: Deps
    by: Actor
    body: Mapping[str, Any]
    ack: Ack
    client: WebClient
    trouble: RetroError | None = None  # what already keeps it from being done

    @property
    def trigger(self) -> str:
        """What opens a form: good once, for three seconds."""
        trigger: str = self.body.get("trigger_id", "")
        return trigger

    @property
    def channel(self) -> str:
        """The channel it was done in, or ''."""
        place: str = self.body.get("channel_id") or self.body.get("channel", {}).get("id", "")
        return place

    @property
    def action(self) -> Mapping[str, Any]:
        """The element that was clicked."""
        element: Mapping[str, Any] = self.body["actions"][0]
        return element

    @property
    def value(self) -> str:
        """What the clicked element stands for: an id of ours, to be looked up, never trusted."""
        action = self.action
        chosen = action.get("selected_option")
        return _looked_up(chosen["value"] if chosen else action.get("value"))

    @property
    def view(self) -> Mapping[str, Any]:
        """The form or page it was done in."""
        view: Mapping[str, Any] = self.body["view"]
        return view

    @property
    def context(self) -> Mapping[str, str]:
        """The ids that the form carries; empty if they were tampered with."""
        try:
            found = json.loads(self.view.get("private_metadata") or "{}")
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {name: _looked_up(value) for name, value in found.items()}

    @property
    def is_in_view(self) -> bool:
        """Whether it was done in a modal or in App Home."""
        return "view" in self.body

    @property
    def is_in_home(self) -> bool:
        """Whether it was done in App Home."""
        return self.is_in_view and self.view.get("type") == "home"

    @property
    def is_private_answer(self) -> bool:
        """Whether it was done in an answer that only this person sees, which we can replace."""
        container = self.body.get("container", {})
        return bool(container.get("is_ephemeral"))

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A transaction; once it is committed, delivery looks for what it promised."""
        with self.deps.database.sessions.begin() as session:
            yield session
        self.deps.wake_delivery()

    def reading(self) -> AbstractContextManager[Session]:
        """A transaction that only reads, and waits for no writer."""
        return self.deps.database.readers.begin()

    def reader(self) -> Reader:
        """How to speak to this person; as to anybody when the database does not tell."""
        try:
            with self.reading() as session:
                return people.reader_of(session, self.by.team_id, self.by.user_id, self.by.now)
        except SQLAlchemyError:
            return Reader(locale=self.deps.locale, today=self.by.now.date())

    def tell(self, message: Message | Mrkdwn, *, instead: bool = False) -> None:
        """Answer this person alone; ``instead`` replaces the answer they clicked in."""
        if isinstance(message, Mrkdwn):
            message = Message(message, [section(message)])
        if self.is_in_view:
            self._open_note(message)
            return
        url = self.body.get("response_url", "")
        if url:
            try:
                with calling("response_url"):
                    answer(url, message.text, message.blocks, instead=instead)
            except CallFailed as failure:
                log.warning("an answer to %s was not taken: %s", self.by.user_id, failure.error)

    def open(self, view: Mapping[str, Any]) -> None:
        """Show a form or a page: on top of the one they are in, if any."""
        method = "views.push" if self._is_in_modal else "views.open"
        try:
            with calling(method):
                self.client.api_call(method, json={"trigger_id": self.trigger, "view": view})
        except CallFailed as failure:
            log.warning("%s: %s", method, failure.error)
            if not self.is_in_view:
                self.tell(problems.not_opened(self.reader()))

    def replace_view(self, view: Mapping[str, Any]) -> None:
        """Show the page anew, in its place; a race with a newer one is lost in silence."""
        try:
            with calling("views.update"):
                self.client.views_update(
                    view=dict(view), view_id=self.view["id"], hash=self.view.get("hash")
                )
        except CallFailed as failure:
            log.info("views.update: %s", failure.error)

    def publish(self, home: Mapping[str, Any]) -> None:
        """Show App Home anew; if Slack does not take it, the next opening does."""
        try:
            with calling("views.publish"):
                self.client.views_publish(user_id=self.by.user_id, view=dict(home))
        except CallFailed as failure:
            log.warning("views.publish: %s", failure.error)

    @property
    def _is_in_modal(self) -> bool:
        return self.is_in_view and self.view.get("type") == "modal"

    def _open_note(self, message: Message) -> None:
        reader = self.reader()
        note = forms.modal(
            "note",
            title=reader.plain("Not done"),
            close=reader.plain("Close"),
            blocks=message.blocks,
        )
        self.open(note)


def listen(handler: Handler) -> Callable[..., None]:
    """Make a listener of a handler: expected failures are answered in the reader's words.

    They are told where the person looks: under the field of a form, or beside what they clicked.
    """

    def run(gesture: Gesture) -> None:
        try:
            try:
                if gesture.trouble is not None:
                    raise gesture.trouble
                handler(gesture)
            except DBAPIError as error:
                if not retryable(error):
                    raise
                raise Busy from error
        except RetroError as problem:
            _tell(gesture, problem)
        except Exception as error:
            if gesture.ack.response is None:
                raise  # it ends in Slack's own way, which only works until it is acknowledged
            report(gesture, error)

    run.__name__ = handler.__name__
    run.__module__ = handler.__module__
    return run


def report(gesture: Gesture, error: Exception) -> None:
    """An error that nobody foresaw: the log has it whole, the person has its number."""
    gesture.tell(problems.unexpected(gesture.reader(), log_error(error)))


def log_error(error: Exception) -> str:
    """Write an error to the log; the number under which it is there."""
    reference = token_hex(4)
    log.error("%s", reference, exc_info=error)
    return reference


def _tell(gesture: Gesture, problem: RetroError) -> None:
    words = problems.explain(problem, gesture.reader())
    if gesture.body.get("type") == "view_submission":
        gesture.ack(
            response_action="errors", errors={_field(gesture, problem): problems.plain(words)}
        )
        return
    gesture.ack()
    gesture.tell(words)


def _field(gesture: Gesture, problem: RetroError) -> str:
    """The input under which to say it: its own if the form has it, else the first."""
    inputs = [block["block_id"] for block in gesture.view["blocks"] if block["type"] == "input"]
    if isinstance(problem, FieldError) and problem.field in inputs:
        return problem.field
    first: str = inputs[0]
    return first


def provide(deps: Deps) -> Callable[..., BoltResponse | None]:
    """Middleware that gives each listener its gesture."""

    def middleware(
        context: BoltContext, body: dict[str, Any], client: WebClient, next_: Callable[[], None]
    ) -> BoltResponse | None:
        team_id, user_id = context.team_id, context.user_id
        if team_id and user_id:
            context["gesture"] = gesture = Gesture(
                deps=deps,
                by=Actor(team_id=team_id, user_id=user_id, now=deps.now()),
                body=body,
                ack=context.ack,
                client=client,
            )
            try:
                deps.directory.know(team_id, [user_id])
            except DBAPIError as error:
                if not retryable(error):
                    raise
                context["gesture"] = replace(gesture, trouble=Busy())
        elif body.get("type") != "event_callback":
            return BoltResponse(status=400)  # everything but news of Slack's is done by someone
        context["deps"] = deps
        next_()
        return None

    return middleware


def values(gesture: Gesture) -> Values:
    """What a submitted form holds, by block."""
    state: Values = gesture.view["state"]["values"]
    return state


def _looked_up(value: object) -> str:
    """A value that came back from Slack, as far as a database can be asked for it; else ''."""
    return value if isinstance(value, str) and value.isprintable() else ""
