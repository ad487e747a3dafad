"""An open modal in a person's hands."""

from typing import TYPE_CHECKING, Any

from sandbox import gestures
from sandbox.errors import GestureRefused, SubmitFailed
from sandbox.records import View
from sandbox.seen import Seen, choice
from sandbox.state_values import elements, state_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.person import Person


class Modal:
    """Always reads the view as it is now: the app may update it at any time."""

    def __init__(self, person: "Person", view: View) -> None:
        self._person = person
        self._view = view
        self.container = {"type": "view", "view_id": view.id}

    @property
    def id(self) -> str:
        """The view's id."""
        return self._view.id

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed."""
        return self._view in self._person.workspace.modals.get(self._person.id, [])

    @property
    def title(self) -> str:
        """What stands at its top."""
        return str(self._view.payload["title"]["text"])

    @property
    def submit_label(self) -> str | None:
        """What the button that sends it says; None without one."""
        submit = self._view.payload.get("submit")
        return str(submit["text"]) if submit else None

    @property
    def callback_id(self) -> str:
        """The app's name for it."""
        return str(self._view.payload.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        """What the app keeps in it."""
        return str(self._view.payload.get("private_metadata", ""))

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Its blocks."""
        return self._view.blocks

    @property
    def typed(self) -> dict[str, dict[str, Any]]:
        """What has been entered, by block and action."""
        return self._view.typed

    @property
    def values(self) -> dict[str, dict[str, Any]]:
        """Its state as the app would get it now."""
        return state_values(self._view.blocks, self._view.typed)

    @property
    def errors(self) -> dict[str, str]:
        """The errors that stand under its fields, by block_id."""
        return dict(self._view.errors)

    @property
    def words(self) -> str:
        """All its visible text."""
        return self._seen().words

    @property
    def buttons(self) -> list[str]:
        """Everything in it that can be pressed, but for submit and close."""
        return self._seen().buttons

    def fill(self, entries: "Mapping[str, Any]") -> "Modal":
        """Enter values by block_id (or action_id); waits for blocks that are still to come.

        A text, number, date, option value, option text or id; a list chooses several; None
        clears. AssertionError if there is no such field or no such option.
        """
        for name, value in entries.items():
            block, element = self._field(name)
            entry = choice(self._person.workspace, element, value, self._ask(block, element))
            with self._person.workspace.lock:
                self._view.typed.setdefault(block["block_id"], {})[element["action_id"]] = entry
        return self

    def submit(self) -> dict[str, str]:
        """Send it; returns the errors that stand under fields then, {} if it was accepted.

        Raises SubmitFailed when the app did not answer, or not as Slack demands.
        """
        workspace = self._person.workspace
        try:
            return gestures.submit(workspace, self._person.id, self.id, self._view.typed)
        except GestureRefused as refused:
            raise SubmitFailed(str(refused)) from refused

    def close(self, *, every: bool = False) -> None:
        """Close it, or the whole stack of modals."""
        workspace = self._person.workspace
        gestures.close(workspace, self._person.id, self.id, every=every)

    def _field(self, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        found: list[tuple[dict[str, Any], dict[str, Any]]] = []

        def is_there() -> bool:
            found[:] = [
                (block, element)
                for block, element in elements(self._view.blocks)
                if name in {block["block_id"], element.get("action_id")}
                and element["type"] not in {"button", "overflow", "image"}
            ]
            return bool(found)

        if not self._person.workspace.wait_until(is_there, self._person.patience):
            known = [block["block_id"] for block, _ in elements(self._view.blocks)]
            raise AssertionError(f"no field {name!r} in {self.title!r}: {known}")
        return found[0]

    def _ask(self, block: dict[str, Any], element: dict[str, Any]) -> Any:
        def ask(value: str) -> dict[str, Any]:
            return gestures.ask_options(
                self._person.workspace,
                self._person.id,
                container=self.container,
                block_id=block["block_id"],
                action_id=element["action_id"],
                value=value,
            )

        return ask

    def _seen(self) -> Seen:
        return Seen(
            container=self.container,
            text="",
            blocks=self._view.blocks,
            name_of=self._person.name_of,
        )
