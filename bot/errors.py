"""What can go wrong and is expected. Values only: `views.problems` has the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


class RetroError(Exception):
    """Something a person can be told in one sentence."""


class SettingsError(RetroError):
    """Something an operator can be told in one sentence; the message is that sentence."""


@dataclass(eq=False)
class NotFound(RetroError):
    """The thing is gone, or was never in this workspace: both get the same answer."""


@dataclass(eq=False)
class NotAllowed(RetroError):
    """The person may not do this; ``ask`` may."""

    ask: tuple[str, ...]


@dataclass(eq=False)
class NotAMember(RetroError):
    """Guests, bots, deactivated people and people of other organisations may not act."""

    standing: str


@dataclass(eq=False)
class FieldError(RetroError):
    """What a form holds that cannot be used, and under which field to say so."""

    field: str


@dataclass(eq=False)
class Empty(FieldError):
    """A text without any visible character."""


@dataclass(eq=False)
class TooLong(FieldError):
    """A text over its limit, in characters."""

    length: int
    limit: int


@dataclass(eq=False)
class LaunchInPast(FieldError):
    """A launch that is today or earlier."""

    launch: date
    today: date


@dataclass(eq=False)
class LaunchTooFar(FieldError):
    """A launch beyond the horizon of plans."""

    launch: date
    last: date


@dataclass(eq=False)
class LaunchImpossible(FieldError):
    """The work does not fit before the launch; ``earliest`` is the first launch it fits before."""

    launch: date
    start_by: date
    missing: float
    earliest: date | None


@dataclass(eq=False)
class RoleMissing(FieldError):
    """A role of the template that nobody plays, or one that the template does not have."""

    role: str


@dataclass(eq=False)
class PersonRefused(FieldError):
    """Someone who cannot have work here: a bot, a guest, deactivated, of another organisation."""

    name: str
    standing: str


@dataclass(eq=False)
class UnknownTemplate(FieldError):
    """A template that is not among those offered."""


@dataclass(eq=False)
class NoApprovers(FieldError):
    """An approval step without anyone to decide."""


@dataclass(eq=False)
class NothingToSubmit(FieldError):
    """A version without file, link or note."""


@dataclass(eq=False)
class BadDuration(FieldError):
    """A duration that is not written as one."""

    text: str


@dataclass(eq=False)
class BadLink(FieldError):
    """A web address that is not one."""

    text: str


@dataclass(eq=False)
class WouldCycle(FieldError):
    """The new links would make tasks wait for each other."""

    titles: tuple[str, ...]


@dataclass(eq=False)
class AlreadyDecided(RetroError):
    """Someone was faster, or a newer version is out: the click changed nothing."""

    title: str
    number: int
    verdict: str
    by: str
    at: datetime | None
    newest: int


@dataclass(eq=False)
class AlreadyDone(RetroError):
    """The task is already in the state that was asked for."""

    title: str


@dataclass(eq=False)
class ApprovalDecides(RetroError):
    """An approval step is not marked done by hand."""

    title: str


@dataclass(eq=False)
class NotReady(RetroError):
    """The step cannot be taken yet; ``waits_for`` are titles of unfinished tasks."""

    title: str
    waits_for: tuple[str, ...]


@dataclass(eq=False)
class NoCampaign(RetroError):
    """There is no open campaign to act on here."""


@dataclass(eq=False)
class TooManyCampaigns(RetroError):
    """The workspace has as many open campaigns as it may."""

    limit: int


@dataclass(eq=False)
class TooManyTasks(RetroError):
    """The campaign has as many tasks as it may."""

    limit: int


@dataclass(eq=False)
class Busy(RetroError):
    """The database could not take the change in time; trying again may work."""
