"""What can be wrong with a plan. Each cause is a type with fields; the words are made elsewhere.

``code`` is stable: translations and outside tools may rely on it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from scheduling.halfdays import HalfDay


@dataclass(eq=False)
class PlanError(Exception):
    """Anything that keeps a campaign from being planned."""

    code: ClassVar[str] = "plan"

    @property
    def errors(self) -> tuple[PlanError, ...]:
        """Every single problem behind this one: itself, or the members of ``Problems``."""
        return (self,)

    def __str__(self) -> str:
        values = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
        return " ".join((self.code, *values))


@dataclass(eq=False)
class Problems(PlanError):
    """Several problems found together; never empty, never nested."""

    found: tuple[PlanError, ...]

    code: ClassVar[str] = "problems"

    @property
    def errors(self) -> tuple[PlanError, ...]:
        return self.found

    def __str__(self) -> str:
        return "; ".join(str(error) for error in self.found)


@dataclass(eq=False)
class Cycle(PlanError):
    """Tasks that wait for one another; each waits for the one before it, the first for the last."""

    tasks: tuple[str, ...]

    code: ClassVar[str] = "cycle"


@dataclass(eq=False)
class UnknownLink(PlanError):
    """``task`` waits for a key that no task has."""

    task: str
    on: str

    code: ClassVar[str] = "unknown_link"


@dataclass(eq=False)
class BadLink(PlanError):
    """A link that cannot be read; ``task`` is empty while it is not known."""

    task: str
    text: str

    code: ClassVar[str] = "bad_link"


@dataclass(eq=False)
class DuplicateKey(PlanError):
    """Two tasks have the same key."""

    key: str

    code: ClassVar[str] = "duplicate_key"


@dataclass(eq=False)
class ReservedKey(PlanError):
    """``launch`` names the launch and cannot be a task's key."""

    key: str

    code: ClassVar[str] = "reserved_key"


@dataclass(eq=False)
class BadDuration(PlanError):
    """A duration that cannot be read, or is zero, negative, absurd or not in half-days."""

    task: str
    field: str
    text: str

    code: ClassVar[str] = "bad_duration"


@dataclass(eq=False)
class BadMargin(PlanError):
    """A margin that is neither a duration nor a share such as ``15%``."""

    text: str

    code: ClassVar[str] = "bad_margin"


@dataclass(eq=False)
class BadDate(PlanError):
    """A date or half-day that cannot be read, or lies outside 1970-2100."""

    where: str
    field: str
    text: str

    code: ClassVar[str] = "bad_date"


@dataclass(eq=False)
class BadValue(PlanError):
    """A field holding something of the wrong type, or not among its allowed values."""

    where: str
    field: str
    text: str

    code: ClassVar[str] = "bad_value"


@dataclass(eq=False)
class UnknownField(PlanError):
    """A key that means nothing here; ``where`` is empty at the top of a file."""

    where: str
    name: str

    code: ClassVar[str] = "unknown_field"


@dataclass(eq=False)
class MissingField(PlanError):
    """A key that must be given; ``where`` is empty at the top of a file."""

    where: str
    name: str

    code: ClassVar[str] = "missing_field"


@dataclass(eq=False)
class RepeatedField(PlanError):
    """A key that stands twice in one JSON object, of which the first would be lost."""

    name: str

    code: ClassVar[str] = "repeated_field"


@dataclass(eq=False)
class BadSyntax(PlanError):
    """A text that is not JSON or TOML at all; line and column count from 1, 0 when unknown."""

    format: str
    line: int
    column: int

    code: ClassVar[str] = "bad_syntax"


@dataclass(eq=False)
class UnknownCountry(PlanError):
    """No public holidays are known for this country, or for this part of it."""

    country: str
    subdivision: str | None
    where: str = ""

    code: ClassVar[str] = "unknown_country"


@dataclass(eq=False)
class NoWorkingTime(PlanError):
    """A calendar without any working time; ``person`` is None for the campaign's own."""

    person: str | None

    code: ClassVar[str] = "no_working_time"


@dataclass(eq=False)
class BadNeeds(PlanError):
    """An approval that needs more approvers than it has, or none."""

    task: str
    needs: int
    approvers: int

    code: ClassVar[str] = "bad_needs"


@dataclass(eq=False)
class BadRounds(PlanError):
    """An approval with no review round, or with an absurd number of them."""

    task: str
    rounds: int

    code: ClassVar[str] = "bad_rounds"


@dataclass(eq=False)
class Contradiction(PlanError):
    """Two dates of one task that cannot both hold, such as ``done`` before ``started``."""

    task: str
    field: str
    other: str

    code: ClassVar[str] = "contradiction"


@dataclass(eq=False)
class TooTight(PlanError):
    """A task that cannot be done between two of its own dates; at best it is done by ``ends``."""

    task: str
    field: str
    other: str
    ends: HalfDay

    code: ClassVar[str] = "too_tight"


@dataclass(eq=False)
class FixedClash(PlanError):
    """A fixed start that comes too soon after a date set on another task, or after the launch.

    ``field`` is that date's, empty for the launch, which is then ``other``; it lets ``task`` start
    on ``soonest`` at the earliest, or a milestone fall then.
    """

    task: str
    start: HalfDay
    other: str
    field: str
    soonest: HalfDay

    code: ClassVar[str] = "fixed_clash"


@dataclass(eq=False)
class NotWorked(PlanError):
    """A fixed start on a half-day its calendar does not work."""

    task: str
    field: str
    day: date

    code: ClassVar[str] = "not_worked"


@dataclass(eq=False)
class OutOfRange(PlanError):
    """The plan reaches before 1970 or beyond 2100; ``task`` is the first found to."""

    task: str

    code: ClassVar[str] = "out_of_range"


@dataclass(eq=False)
class TooManyTasks(PlanError):
    """More tasks than one campaign may hold."""

    tasks: int
    most: int

    code: ClassVar[str] = "too_many_tasks"


@dataclass(eq=False)
class BadTemplate(PlanError):
    """A template that says something impossible; ``reason`` is a stable word for what."""

    template: str
    where: str
    reason: str

    code: ClassVar[str] = "bad_template"


def raise_all(errors: list[PlanError]) -> None:
    """Raise the one error, or all of them together; return when there is none."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise Problems(tuple(single for error in errors for single in error.errors))
