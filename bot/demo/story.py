"""How the demonstration's campaign came to where it is: people did it, by typing and clicking.

The days before the first morning are played through the real bot, so that what a newcomer sees
is what the product made of them, not a made-up state.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import resources
from zoneinfo import ZoneInfo

from bot.demo import company
from bot.ids import Action, Field
from sandbox import Clock, Person, Seen, Workspace
from sandbox.uploads import store_upload

ZONE = ZoneInfo("Europe/Paris")
BEGINS = datetime(2026, 11, 3, 9, 30, tzinfo=ZONE)
MORNING = datetime(2026, 11, 24, 8, 45, tzinfo=ZONE)  # a Tuesday

_NAME = "Boréal"
_LAUNCH = "2027-01-25"
_TEMPLATE = "billboard_print"


class Story:
    """Plays the days before the first morning; ``step`` lets the bot do its round."""

    def __init__(self, workspace: Workspace, clock: Clock, step: Callable[[], object]) -> None:
        self._workspace = workspace
        self._clock = clock
        self._step = step
        self.alice, self.bruno, self.chloe, self.dan, self.ines = (
            Person(workspace, user_id) for user_id in company.EVERYONE
        )

    def play(self) -> None:
        """From the brief to the concept that waits for one more approval."""
        self._create()
        self._at(4, 17)
        self._mark(self.alice, "Brief", "Marquer comme faite")
        self._at(5, 10)
        self._mark(self.bruno, "Concept et accroche", "Marquer comme commencée")
        self._mark(self.ines, "Choix des emplacements", "Marquer comme commencée")
        self._at(12, 16)
        self._mark(self.ines, "Choix des emplacements", "Marquer comme faite")
        self._at(13, 15)
        self._mark(self.bruno, "Concept et accroche", "Marquer comme faite")
        self._submit("Trois pistes, la deuxième est notre préférée. Le logo est provisoire.")
        self._at(16, 11)
        self._request_changes("Agrandir le logo.\nRaccourcir l’accroche : cinq mots au plus.")
        self._at(19, 16)
        self._submit("Logo agrandi, accroche en cinq mots.")
        self._at(20, 10)
        request = self.chloe.finds_in_dm("version 2")
        self.chloe.clicks(request, "Approuver")
        self._step()
        self._clock.to(MORNING)
        self._step()

    def _create(self) -> None:
        self.alice.types(company.BOREAL, f"/retro new {_NAME} {_LAUNCH}")
        form = self.alice.modal()
        self.alice.chooses(form, Action.TEMPLATE, _TEMPLATE)
        form.fill(
            {
                f"{Field.ROLE}.media": company.PRODUCTION,
                f"{Field.ROLE}.design": company.DESIGNER,
                f"{Field.ROLE}.approver": [company.MARKETING, company.BRAND],
                f"{Field.ROLE}.owner": company.PRODUCTION,
                f"{Field.ROLE}.printer": company.PRODUCTION,
            }
        )
        _succeed(form.submit())
        self._step()

    def _at(self, day: int, hour: int) -> None:
        self._clock.to(BEGINS.replace(day=day, hour=9, minute=0))
        self._step()
        self._clock.to(BEGINS.replace(day=day, hour=hour, minute=10))
        self._step()

    def _card(self, person: Person) -> Seen:
        return person.finds(company.BOREAL, _NAME)

    def _mark(self, person: Person, task: str, choice: str) -> None:
        card = self._card(person)
        person.clicks(card, choice, block_id=_block_of(card, task))
        self._step()

    def _submit(self, note: str) -> None:
        picture = (resources.files("bot.demo") / "visual.png").read_bytes()
        file = store_upload(self._workspace, self.bruno.id, "boreal-4x3.png", picture)
        card = self._card(self.bruno)
        block = _block_of(card, "Validation du concept")
        self.bruno.clicks(card, "Soumettre à validation…", block_id=block)
        form = self.bruno.modal()
        form.fill({Field.FILES: [file.id], Field.NOTE: note})
        _succeed(form.submit())
        self._step()

    def _request_changes(self, remarks: str) -> None:
        request = self.dan.finds_in_dm("version 1")
        self.dan.clicks(request, "Request changes…")
        form = self.dan.modal()
        form.fill({Field.REMARKS: remarks})
        _succeed(form.submit())
        self._step()


def _block_of(seen: Seen, title: str) -> str:
    """The block of a message that speaks of a task."""
    for block in seen.blocks:
        if "accessory" in block and title in block["text"]["text"]:
            found: str = block["block_id"]
            return found
    raise LookupError(f"{title!r} is not on the card")


def _succeed(errors: dict[str, str]) -> None:
    if errors:
        raise RuntimeError(f"the demonstration's form was refused: {errors}")
