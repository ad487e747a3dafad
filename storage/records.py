"""What is stored, as values: what flows and views are given instead of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from scheduling import HalfDay, Kind


class TaskState(StrEnum):
    """Where a task stands."""

    TODO = "todo"
    STARTED = "started"
    DONE = "done"


class SubmissionState(StrEnum):
    """Where a version of a visual stands."""

    OPEN = "open"
    APPROVED = "approved"
    CHANGES = "changes"


class Verdict(StrEnum):
    """What an approver answered."""

    PENDING = "pending"
    APPROVED = "approved"
    CHANGES = "changes"


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A Slack workspace and its defaults."""

    team_id: str
    name: str
    bot_user_id: str
    country: str
    subdivision: str
    timezone: str
    locale: str
    digest_time: str
    margin: str
    suspended: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone of the workspace; ``standing`` is '' for a full member."""

    team_id: str
    id: str
    name: str
    timezone: str
    locale: str
    digest_time: str
    standing: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """A task waits for another: ``needs`` is that one's id, ``lag`` as people write it."""

    needs: str
    type: str = "FS"
    lag: str = "0d"


@dataclass(frozen=True, kw_only=True)
class Task:
    """A step of a campaign, with the late dates of the last plan."""

    team_id: str
    id: str
    campaign_id: str
    key: str
    position: int
    title: str
    kind: Kind
    takes: str
    owner_id: str
    rounds: int
    rework: str
    needs: str
    after_launch: str
    not_before: date | None
    finish_by: date | None
    state: TaskState
    started_on: date | None
    done_on: date | None
    late_start: HalfDay
    late_finish: HalfDay
    critical: bool
    links: tuple[Link, ...]
    approvers: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.state is TaskState.DONE


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A campaign in one line."""

    team_id: str
    id: str
    name: str
    launch: date
    lead_id: str
    channel_id: str
    start_by: date
    margin_planned: float
    margin_left: float
    missing: float


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """A campaign with all its tasks, in the order in which they were put."""

    team_id: str
    id: str
    name: str
    launch: date
    template: str
    lead_id: str
    channel_id: str
    locale: str
    margin: str
    country: str
    subdivision: str
    starts_on: date
    roles: Mapping[str, Any]
    version: int
    created_at: datetime
    closed_on: date | None
    tasks: tuple[Task, ...]

    def task(self, task_id: str) -> Task:
        """The task of that id; ``KeyError`` if it is not of this campaign."""
        for task in self.tasks:
            if task.id == task_id:
                return task
        raise KeyError(task_id)

    def waits_for(self, task: Task) -> tuple[Task, ...]:
        """The unfinished tasks whose end this one waits for."""
        needed = (self.task(link.needs) for link in task.links if link.type == "FS")
        return tuple(other for other in needed if not other.is_done)

    def followers(self, task: Task) -> tuple[Task, ...]:
        """The tasks that wait for the end of this one."""
        return tuple(
            other
            for other in self.tasks
            if any(link.needs == task.id and link.type == "FS" for link in other.links)
        )


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What one approver is asked, and answered."""

    user_id: str
    verdict: Verdict
    remarks: str
    decided_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One numbered version put to the approvers of a step."""

    team_id: str
    id: str
    task_id: str
    number: int
    author_id: str
    note: str
    link: str
    files: tuple[Mapping[str, str], ...]
    state: SubmissionState
    due_on: date
    submitted_at: datetime
    settled_at: datetime | None
    decisions: tuple[Decision, ...]

    def decision_of(self, user_id: str) -> Decision | None:
        """That person's decision, or nothing if they were not asked."""
        return next((one for one in self.decisions if one.user_id == user_id), None)

    @property
    def pending(self) -> tuple[str, ...]:
        """Who has not answered yet."""
        return tuple(one.user_id for one in self.decisions if one.verdict is Verdict.PENDING)
