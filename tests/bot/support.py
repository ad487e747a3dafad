"""An office that tries the assistant: people in a pretend Slack, and the real bot beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot import app, manifest
from bot.app import Assistant
from bot.delivery.worker import Rates
from bot.ids import Action, Field
from bot.settings import Settings
from sandbox import App, Clock, Modal, Person, Seen, Server, Workspace
from sandbox.gestures.base import interaction
from sandbox.payloads import view_json
from storage import campaigns, submissions
from storage.pace import Rate
from storage.records import Campaign, Submission, Task

ZONE = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=ZONE)

# Alice leads, Bruno designs, Chloé and Dan approve, Emma has no part in it.
ALICE, BRUNO, CHLOE, DAN, EMMA = "U0ALICE", "U0BRUNO", "U0CHLOE", "U0DAN", "U0EMMA"
MEMBERS = [ALICE, BRUNO, CHLOE, DAN, EMMA]
GUEST, ROBOT, GONE, STRANGER = "U0GUEST", "U0ROBOT", "U0GONE", "U0STRANGER"

GENERAL = "C0GENERAL"
AURORE = "C0AURORE"
OPEN_WITHOUT_BOT = "C0OPEN"
PRIVATE_WITHOUT_BOT = "C0SECRET"

TEMPLATE = "billboard_print"
LAUNCH = "2027-03-15"

BOT_TOKEN = "xoxb-office"
SECRET = "office"

_UNHURRIED = Rate(every=timedelta(0), burst=1)


class Inline(Executor):
    """Runs what it is given at once: a gesture is over when it has been answered."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(function(*arguments, **named))
        return future


def settle(clock: Clock) -> Workspace:
    """The office: five members who read French or English, four who may not act, four channels."""
    office = Workspace(
        clock=clock,
        app=App.from_manifest(manifest.read(), bot_token=BOT_TOKEN, signing_secret=SECRET),
    )
    french, english = {"locale": "fr-FR"}, {"locale": "en-GB", "tz": "Europe/London"}
    office.add_user(ALICE, name="alice", real_name="Alice Martin", **french)
    office.add_user(BRUNO, name="bruno", real_name="Bruno Petit", **french)
    office.add_user(CHLOE, name="chloe", real_name="Chloé Bernard", **french)
    office.add_user(DAN, name="dan", real_name="Dan Walker", **english)
    office.add_user(EMMA, name="emma", real_name="Emma Stone", **english)
    office.add_user(GUEST, name="gus", real_name="Gus Visitor", is_restricted=True, **english)
    office.add_user(ROBOT, name="pingbot", real_name="Ping Bot", is_bot=True)
    office.add_user(GONE, name="olga", real_name="Olga Ancienne", deleted=True)
    office.add_user(STRANGER, name="sam", real_name="Sam Elsewhere", is_stranger=True)
    everyone = [*MEMBERS, GUEST, STRANGER]
    office.add_channel(GENERAL, "general", members=everyone)
    office.add_channel(AURORE, "aurore", members=everyone)
    office.add_channel(OPEN_WITHOUT_BOT, "open", members=[ALICE, BRUNO, DAN], bot=False)
    office.add_channel(
        PRIVATE_WITHOUT_BOT, "secret", members=[ALICE, BRUNO, DAN], private=True, bot=False
    )
    return office


def settings_for(api_url: str, database_url: str, **changes: Any) -> Settings:
    """The settings of an assistant in a French office, over HTTP on any free port."""
    values: dict[str, Any] = {
        "slack_bot_token": SecretStr(BOT_TOKEN),
        "slack_app_token": SecretStr(""),
        "slack_signing_secret": SecretStr(SECRET),
        "slack_api_url": api_url,
        "database_url": database_url,
        "host": "127.0.0.1",
        "port": 0,
        "timezone": "Europe/Paris",
        "country": "FR",
        "locale": "fr-FR",
        "digest_time": time(9, 0),
        "margin": "",
    }
    return Settings(**values | changes)


@contextmanager
def serving(office: Workspace) -> Iterator[Server]:
    """The office's Web API over HTTP."""
    with Server(office) as server:
        yield server


@contextmanager
def at_work(
    server: Server, database_url: str, *, executor: Executor | None = None, **changes: Any
) -> Iterator[Assistant]:
    """An assistant that listens to the office; it ticks and delivers when told to ``step``."""
    office = server.workspace
    settings = settings_for(server.api_url, database_url, **changes)
    assistant = app.build(settings, now=office.clock.now, executor=executor or Inline())
    # The clock stands still, so that a pause between two messages would never end.
    rates = Rates(channel=_UNHURRIED, posts=_UNHURRIED, updates=_UNHURRIED)
    assistant.delivery = dataclasses.replace(assistant.delivery, rates=rates, jitter=lambda: 0.0)
    try:
        assistant.listen()
        office.request_url = f"http://127.0.0.1:{assistant.listener.port}/slack/events"
        yield assistant
    finally:
        office.events.wait_until_idle()
        assistant.stop()


def fill(form: Modal, name: str = "Aurore", launch: str = LAUNCH, **changes: Any) -> Modal:
    """Fill in the form of ``/retro new`` as the lead would; ``changes`` are by role or field."""
    entries = {
        Field.NAME: name,
        Field.LAUNCH: launch,
        Field.LEAD: ALICE,
        Field.CHANNEL: AURORE,
        f"{Field.ROLE}.media": EMMA,
        f"{Field.ROLE}.design": BRUNO,
        f"{Field.ROLE}.approver": [CHLOE, DAN],
        f"{Field.ROLE}.owner": None,
        f"{Field.ROLE}.printer": None,
    }
    fields = {str(field) for field in Field}
    for key, value in changes.items():
        entries[key if key in fields else f"{Field.ROLE}.{key}"] = value
    return form.fill({key: value for key, value in entries.items() if value is not None})


def open_form(person: Person, text: str = "/retro new", channel: str = AURORE) -> Modal:
    """The form of a new campaign, with the roles of the billboard template."""
    person.types(channel, text)
    form = person.modal()
    person.chooses(form, Action.TEMPLATE, TEMPLATE)
    return form


def create_campaign(
    person: Person, assistant: Assistant, name: str = "Aurore", **changes: Any
) -> Campaign:
    """Create a campaign as a person does, by typing and filling in the form; its card is posted."""
    errors = fill(open_form(person), name, **changes).submit()
    if errors:
        raise AssertionError(f"the form was refused: {errors}")
    assistant.step()
    return stored(assistant, name)


def stored(assistant: Assistant, name: str) -> Campaign:
    """The campaign of that name as the database has it; AssertionError unless there is one."""
    found = [one for one in every_campaign(assistant) if one.name == name]
    if len(found) != 1:
        raise AssertionError(f"{len(found)} campaigns are called {name!r}")
    return found[0]


def every_campaign(assistant: Assistant) -> list[Campaign]:
    """The open campaigns as the database has them."""
    with assistant.database.readers.begin() as session:
        team_id = office_team()
        summaries = campaigns.summaries(session, team_id)
        found = [campaigns.get(session, team_id, one.id) for one in summaries]
    return [one for one in found if one is not None]


def task_of(assistant: Assistant, key: str, campaign: str = "Aurore") -> Task:
    """A task of a campaign as the database has it now."""
    return next(task for task in stored(assistant, campaign).tasks if task.key == key)


def newest_version(assistant: Assistant, task_id: str) -> Submission | None:
    """The newest version put to the approvers of a step, if there is one."""
    with assistant.database.readers.begin() as session:
        return submissions.latest_of(session, office_team(), task_id)


def office_team() -> str:
    """The office's id; the sandbox has one."""
    return "T0SANDBOX"


def block_of(seen: Seen, title: str) -> str:
    """The block of a message that speaks of a task."""
    for block in seen.blocks:
        if "accessory" in block and title in block["text"]["text"]:
            return str(block["block_id"])
    raise AssertionError(f"{title!r} is not in {seen.words}")


def send_click(
    office: Workspace,
    user_id: str,
    action: Mapping[str, Any],
    *,
    channel: str = AURORE,
    **changes: Any,
) -> None:
    """Send a signed click with whatever in it, as nobody could make it with Slack's own client.

    ``changes`` are to the payload.
    """
    payload = interaction(office, "block_actions", office.user(user_id)) | {
        "container": {
            "type": "message",
            "message_ts": "1.000001",
            "channel_id": channel,
            "is_ephemeral": False,
        },
        "channel": {"id": channel, "name": "somewhere"},
        "trigger_id": office.triggers.issue(user_id, None),
        "response_url": _response_url(office, user_id, channel),
        "state": {"values": {}},
        "actions": [{"type": "button", "block_id": "b", "action_ts": "1.000002", **action}],
    }
    office.link.send("interactive", payload | changes)


def send_form(
    office: Workspace,
    user_id: str,
    form: Modal,
    *,
    payload: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Any:
    """Send a signed submission of an open form with parts of its view changed; the answer.

    ``payload`` are changes outside of the view.
    """
    view = office.find_view(form.id)
    if view is None:
        raise AssertionError("the form is no longer open")
    submission = interaction(office, "view_submission", office.user(user_id)) | {
        "trigger_id": office.triggers.issue(user_id, None),
        "view": view_json(office, view) | changes,
        "response_urls": [],
    }
    return office.link.send("interactive", submission | dict(payload or {})).body


def wait_until(is_true: Callable[[], bool], patience: float = 5.0) -> None:
    """Wait for something that nobody announces; AssertionError after ``patience`` seconds."""
    pause = Event()
    for _ in range(int(patience * 100)):
        if is_true():
            return
        pause.wait(0.01)
    raise AssertionError("it did not come true in time")


def _response_url(office: Workspace, user_id: str, channel: str) -> str:
    return f"{office.base_url}/response/{office.response_urls.issue(user_id, channel, None, None)}"
