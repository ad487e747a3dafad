"""A person in the workspace, for tests and demonstrations: acts as the page does."""

from typing import Any

from sandbox import gestures
from sandbox.errors import GestureRefused, SlackError
from sandbox.modal import Modal
from sandbox.reading import visible_messages
from sandbox.records import Channel, Message
from sandbox.seen import Seen, choice
from sandbox.state_values import elements
from sandbox.words import labels, plain
from sandbox.workspace import Workspace

PATIENCE = 5.0  # seconds a person waits for the app


class Person:
    """Types, reads, clicks. Waits at most ``patience`` seconds for what the app should do."""

    def __init__(self, workspace: Workspace, user_id: str, *, patience: float = PATIENCE) -> None:
        self.workspace = workspace
        self.id = workspace.user(user_id).id
        self.patience = patience

    @property
    def mention(self) -> str:
        """How others mention this person: ``<@U0ALICE>``."""
        return f"<@{self.id}>"

    def types(
        self,
        channel: str,
        text: str,
        *,
        thread: str | None = None,
        files: tuple[str, ...] = (),
    ) -> str | None:
        """Send a message or a slash command; returns what Slackbot says to it, if anything."""
        return gestures.say(self.workspace, self.id, channel, text, thread_ts=thread, files=files)

    def reads(self, channel: str) -> list[Seen]:
        """The messages of a channel this person sees, oldest first, without thread replies."""
        return [self._seen(m) for m in visible_messages(self.workspace, self.id, channel)]

    def thread(self, channel: str, ts: str) -> list[Seen]:
        """A thread: its parent and the replies, oldest first."""
        messages = visible_messages(self.workspace, self.id, channel, thread_ts=ts)
        return [self._seen(message) for message in messages]

    def dm_channel(self) -> Channel:
        """The direct messages with the app."""
        return self.workspace.open_im(self.id, self.workspace.app.bot_user_id)

    def dm(self) -> list[Seen]:
        """What the app and this person have written to each other."""
        return self.reads(self.dm_channel().id)

    def finds(self, channel: str, words: str, *, thread: str | None = None) -> Seen:
        """The newest message that contains ``words``, waiting for it; AssertionError if none."""
        found: list[Seen] = []

        def is_there() -> bool:
            seen = self.thread(channel, thread) if thread else self.reads(channel)
            found[:] = [each for each in seen if words in each.words or words in each.text]
            return bool(found)

        if not self.workspace.wait_until(is_there, self.patience):
            seen = [each.words or each.text for each in self.reads(channel)]
            raise AssertionError(f"{words!r} is not in {channel}: {seen}")
        return found[-1]

    def finds_in_dm(self, words: str) -> Seen:
        """The newest direct message of the app that contains ``words``, waiting for it."""
        return self.finds(self.dm_channel().id, words)

    def modal(self, title: str | None = None) -> Modal:
        """The modal on top, waiting for one (of this title); AssertionError if none opens."""
        found: list[Modal] = []

        def is_open() -> bool:
            stack = self.workspace.modals.get(self.id, [])
            found[:] = [Modal(self, stack[-1])] if stack else []
            return bool(found) and title in {None, found[0].title}

        if not self.workspace.wait_until(is_open, self.patience):
            shown = f"; the open one is {found[0].title!r}" if found else ""
            raise AssertionError(f"no modal {title or ''!r} is open{shown}")
        return found[0]

    def has_modal(self) -> bool:
        """Whether a modal is open now."""
        return bool(self.workspace.modals.get(self.id))

    def opens_home(self) -> Seen:
        """The app's Home tab, waiting until the app has published it for this visit."""
        before = self.workspace.home_versions.get(self.id, 0)
        gestures.open_home(self.workspace, self.id)
        self.workspace.wait_until(
            lambda: self.workspace.home_versions.get(self.id, 0) > before, self.patience
        )
        return self.home()

    def home(self) -> Seen:
        """The Home tab as it stands."""
        view = self.workspace.homes.get(self.id)
        if view is None:
            raise AssertionError("the app has published no Home tab")
        return Seen(
            container={"type": "view", "view_id": view.id},
            text="",
            blocks=view.blocks,
            name_of=self.name_of,
        )

    def clicks(
        self,
        place: "Seen | Modal",
        label: str,
        *,
        index: int = 0,
        block_id: str | None = None,
    ) -> None:
        """Press the button, or choose the overflow option, that reads ``label``."""
        matching = [
            (block, element)
            for block, element in elements(self._now(place).blocks)
            if label in labels(element) and block_id in {None, block["block_id"]}
        ]
        if index >= len(matching):
            raise AssertionError(f"no button {label!r} in {self._now(place).buttons}")
        block, element = matching[index]
        action: dict[str, Any] = {"type": element["type"]}
        if element["type"] == "overflow":
            action["selected_option"] = next(
                option for option in element["options"] if option["text"]["text"] == label
            )
        self._acts(place, block["block_id"], element["action_id"], action)

    def chooses(
        self, place: "Seen | Modal", action_id: str, value: Any, *, block_id: str | None = None
    ) -> None:
        """Choose in a select, a date picker or checkboxes, or type into a dispatching input."""
        for block, element in elements(self._now(place).blocks):
            if element.get("action_id") == action_id and block_id in {None, block["block_id"]}:
                entry = choice(self.workspace, element, value, self._ask(place, block, element))
                self._acts(place, block["block_id"], action_id, entry)
                return
        raise AssertionError(f"no element {action_id!r} there")

    def uses_shortcut(self, callback_id: str, on: "Seen | None" = None) -> None:
        """Use a global shortcut, or one of a message's."""
        channel = on.container["channel"] if on else None
        ts = on.ts if on else None
        gestures.use_shortcut(self.workspace, self.id, callback_id, channel_id=channel, ts=ts)

    def _acts(
        self, place: "Seen | Modal", block_id: str, action_id: str, action: dict[str, Any]
    ) -> None:
        typed = place.typed if isinstance(place, Modal) else {}
        gestures.click(
            self.workspace,
            self.id,
            container=place.container,
            block_id=block_id,
            action_id=action_id,
            action=action,
            values=typed,
        )

    def _ask(self, place: "Seen | Modal", block: dict[str, Any], element: dict[str, Any]) -> Any:
        def ask(value: str) -> dict[str, Any]:
            return gestures.ask_options(
                self.workspace,
                self.id,
                container=place.container,
                block_id=block["block_id"],
                action_id=element["action_id"],
                value=value,
            )

        return ask

    def _now(self, place: "Seen | Modal") -> "Seen | Modal":
        """A message as it reads by now: it may have been updated since it was seen."""
        if isinstance(place, Modal) or place.container["type"] == "view":
            return place if isinstance(place, Modal) else self.home()
        try:
            message = self.workspace.message(place.container["channel"], place.ts)
        except SlackError as error:
            raise GestureRefused(error.error) from error
        return self._seen(message)

    def _seen(self, message: Message) -> Seen:
        return Seen(
            container={"type": "message", "channel": message.channel, "ts": message.ts},
            text=plain(message.text, self.name_of),
            blocks=message.blocks,
            name_of=self.name_of,
            ts=message.ts,
            user=message.user,
            thread_ts=message.thread_ts,
            ephemeral=message.ephemeral_to is not None,
            edited=message.edited_ts is not None,
            files=[self.workspace.files[each] for each in message.files],
        )

    def name_of(self, id: str) -> str:  # noqa: A002 - Slack's word
        """What is shown for a user or channel id."""
        if id in self.workspace.channels:
            return self.workspace.channels[id].name
        user = self.workspace.users.get(id)
        return user.real_name if user else id
