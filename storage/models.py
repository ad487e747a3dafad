"""The tables. Every one carries its team in its key, so that no row can point at another team's.

Half-days are stored as ``2027-02-15 am`` or ``2027-02-15 pm``: readable, and they sort.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from storage.types import UtcDateTime

Id = String(32)  # Slack's own ids are shorter; ours are 20 characters
Key = String(80)
HalfDay = String(13)


class Base(DeclarativeBase):
    """Names its constraints, so that a migration can drop what another made."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class WorkspaceRow(Base):
    """One Slack workspace and its defaults."""

    __tablename__ = "workspace"

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    bot_user_id: Mapped[str] = mapped_column(Id)
    country: Mapped[str] = mapped_column(String(2))
    subdivision: Mapped[str] = mapped_column(String(8), default="")
    timezone: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(16))
    digest_time: Mapped[str] = mapped_column(String(5))  # HH:MM, each reader's own clock
    margin: Mapped[str] = mapped_column(String(8))
    # Set when Slack says the token is dead; nothing is sent until it works again.
    suspended: Mapped[str] = mapped_column(String(40), default="")


class PersonRow(Base):
    """Someone of the workspace, as Slack last described them."""

    __tablename__ = "person"
    __table_args__ = (
        ForeignKeyConstraint(["team_id"], ["workspace.team_id"], ondelete="CASCADE"),
        Index("ix_person_next_due", "next_due"),
        Index("ix_person_refresh_due", "refresh_due"),
    )

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    timezone: Mapped[str] = mapped_column(String(64), default="")
    locale: Mapped[str] = mapped_column(String(16), default="")
    digest_time: Mapped[str] = mapped_column(String(5), default="")  # '' : the workspace's
    # '' for a full member, else why they may not act: bot, guest, external, deleted
    standing: Mapped[str] = mapped_column(String(12), default="")
    dm_channel: Mapped[str] = mapped_column(Id, default="")
    refresh_due: Mapped[datetime]
    next_due: Mapped[datetime | None]  # the next digest; None until Slack told us their zone


class CampaignRow(Base):
    """One launch date, one lead, many tasks, one Slack channel."""

    __tablename__ = "campaign"
    __table_args__ = (
        ForeignKeyConstraint(["team_id"], ["workspace.team_id"], ondelete="CASCADE"),
        UniqueConstraint("team_id", "request_key"),  # a double submit stores one campaign
        Index("ix_campaign_open", "team_id", "closed_on"),
        Index("ix_campaign_channel", "team_id", "channel_id"),
        Index("ix_campaign_look_due", "look_due"),
    )

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    launch: Mapped[date]
    template: Mapped[str] = mapped_column(Key)
    lead_id: Mapped[str] = mapped_column(Id)
    channel_id: Mapped[str] = mapped_column(Id)
    locale: Mapped[str] = mapped_column(String(16))  # of the messages that a whole channel reads
    margin: Mapped[str] = mapped_column(String(8))
    country: Mapped[str] = mapped_column(String(2))
    subdivision: Mapped[str] = mapped_column(String(8), default="")
    starts_on: Mapped[date]
    roles: Mapped[dict[str, Any]]  # role id -> user id, as chosen when it was created
    request_key: Mapped[str] = mapped_column(Key)
    version: Mapped[int] = mapped_column(default=1)  # every change of plan or state adds one
    created_at: Mapped[datetime]
    closed_on: Mapped[date | None]
    # The next morning on which the plan is looked at again, since a quiet day eats margin too.
    look_due: Mapped[datetime | None]

    # What the plan says as of the last change, for lists that must not plan again.
    start_by: Mapped[date]
    margin_planned: Mapped[float]
    margin_left: Mapped[float]
    missing: Mapped[float]

    tasks: Mapped[list[TaskRow]] = relationship(
        back_populates="campaign", cascade="all, delete-orphan", order_by="TaskRow.position"
    )


class TaskRow(Base):
    """A step of a campaign, with the late dates of the last plan."""

    __tablename__ = "task"
    __table_args__ = (
        ForeignKeyConstraint(
            ["team_id", "campaign_id"], ["campaign.team_id", "campaign.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("team_id", "campaign_id", "key"),
        Index("ix_task_owner", "team_id", "owner_id", "state"),
    )

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    campaign_id: Mapped[str] = mapped_column(Id)
    key: Mapped[str] = mapped_column(Key)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    takes: Mapped[str] = mapped_column(String(12))
    owner_id: Mapped[str] = mapped_column(Id, default="")
    rounds: Mapped[int] = mapped_column(default=2)
    rework: Mapped[str] = mapped_column(String(12), default="1d")
    needs: Mapped[str] = mapped_column(String(8), default="all")  # all, any, or a number
    after_launch: Mapped[str] = mapped_column(String(24), default="")  # such as "launch FS+10d"
    not_before: Mapped[date | None]
    finish_by: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(12), default="todo")
    started_on: Mapped[date | None]
    done_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    late_start: Mapped[str] = mapped_column(HalfDay)
    late_finish: Mapped[str] = mapped_column(HalfDay)
    critical: Mapped[bool]

    campaign: Mapped[CampaignRow] = relationship(back_populates="tasks")
    links: Mapped[list[LinkRow]] = relationship(
        cascade="all, delete-orphan",
        order_by="LinkRow.id",
        foreign_keys="[LinkRow.team_id, LinkRow.task_id]",
    )
    approvers: Mapped[list[ApproverRow]] = relationship(
        cascade="all, delete-orphan", order_by="ApproverRow.position"
    )


class LinkRow(Base):
    """``task_id`` waits for ``needs_id``."""

    __tablename__ = "link"
    __table_args__ = (
        ForeignKeyConstraint(
            ["team_id", "task_id"], ["task.team_id", "task.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["team_id", "needs_id"], ["task.team_id", "task.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("team_id", "task_id", "needs_id", "type"),
        Index("ix_link_needs", "team_id", "needs_id"),
    )

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    task_id: Mapped[str] = mapped_column(Id)
    needs_id: Mapped[str] = mapped_column(Id)
    type: Mapped[str] = mapped_column(String(2), default="FS")
    lag: Mapped[str] = mapped_column(String(12), default="0d")


class ApproverRow(Base):
    """Who decides on an approval, in order."""

    __tablename__ = "approver"
    __table_args__ = (
        ForeignKeyConstraint(
            ["team_id", "task_id"], ["task.team_id", "task.id"], ondelete="CASCADE"
        ),
        Index("ix_approver_user", "team_id", "user_id"),
    )

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    task_id: Mapped[str] = mapped_column(Id, primary_key=True)
    user_id: Mapped[str] = mapped_column(Id, primary_key=True)
    position: Mapped[int]


class SubmissionRow(Base):
    """One numbered version of a visual, put to its approvers."""

    __tablename__ = "submission"
    __table_args__ = (
        ForeignKeyConstraint(
            ["team_id", "task_id"], ["task.team_id", "task.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("team_id", "task_id", "number"),
        UniqueConstraint("team_id", "request_key"),  # a double submit is one version
    )

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    task_id: Mapped[str] = mapped_column(Id)
    number: Mapped[int]
    author_id: Mapped[str] = mapped_column(Id)
    note: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(Text, default="")
    files: Mapped[list[Any]]  # [{"id", "name", "mimetype"}], as Slack holds them
    state: Mapped[str] = mapped_column(String(12), default="open")  # open, approved, changes
    due_on: Mapped[date]
    submitted_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    request_key: Mapped[str] = mapped_column(Key)

    decisions: Mapped[list[DecisionRow]] = relationship(
        cascade="all, delete-orphan", order_by="DecisionRow.position"
    )


class DecisionRow(Base):
    """What one approver is asked, and answered, about one submission."""

    __tablename__ = "decision"
    __table_args__ = (
        ForeignKeyConstraint(
            ["team_id", "submission_id"],
            ["submission.team_id", "submission.id"],
            ondelete="CASCADE",
        ),
        Index(
            "ix_decision_nudge",
            "nudge_at",
            sqlite_where=text("nudge_at IS NOT NULL"),
            postgresql_where=text("nudge_at IS NOT NULL"),
        ),
        Index("ix_decision_user", "team_id", "user_id", "verdict"),
    )

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    submission_id: Mapped[str] = mapped_column(Id, primary_key=True)
    user_id: Mapped[str] = mapped_column(Id, primary_key=True)
    position: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(12), default="pending")  # approved, changes
    remarks: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    nudge_at: Mapped[datetime | None]


class DeliveryRow(Base):
    """Something the bot promised to say: what about, never the words.

    States: ready -> sending -> sent | dead | expired | unconfirmed (RELIABILITY: the promise).
    A row of kind ``update`` re-renders the message that ``target`` sent.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        ForeignKeyConstraint(["team_id"], ["workspace.team_id"], ondelete="CASCADE"),
        UniqueConstraint("team_id", "key"),
        Index(
            "ix_delivery_due",
            "next_at",
            sqlite_where=text("state IN ('ready', 'sending')"),
            postgresql_where=text("state IN ('ready', 'sending')"),
        ),
        Index("ix_delivery_ref", "team_id", "ref", "kind"),
        Index("ix_delivery_reader", "team_id", "user_id", "kind", "created_at"),
    )

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(200))  # promising the same key twice is one promise
    kind: Mapped[str] = mapped_column(String(24))
    ref: Mapped[str] = mapped_column(Key)  # id of the campaign, task, submission or day it is about
    user_id: Mapped[str] = mapped_column(Id, default="")  # its one reader, or '' for a channel
    channel: Mapped[str] = mapped_column(Id, default="")
    target: Mapped[str] = mapped_column(Id, default="")
    state: Mapped[str] = mapped_column(String(12), default="ready")
    next_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    token: Mapped[str] = mapped_column(String(32), default="")  # the fence: who holds the lease
    attempt: Mapped[int] = mapped_column(Integer, default=0)
    first_posting_at: Mapped[datetime | None]
    posting_at: Mapped[datetime | None]
    slack_ts: Mapped[str] = mapped_column(String(24), default="")
    # A fingerprint of what Slack shows, '' when that is not known: no edit changes nothing.
    shown: Mapped[str] = mapped_column(String(32), default="")
    error: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class PaceRow(Base):
    """Until when Slack asked us to leave a method of a workspace alone."""

    __tablename__ = "pace"
    __table_args__ = (ForeignKeyConstraint(["team_id"], ["workspace.team_id"], ondelete="CASCADE"),)

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    method: Mapped[str] = mapped_column(String(64), primary_key=True)
    not_before: Mapped[datetime]


class InboxRow(Base):
    """An event of Slack's that must not be lost, nor done twice."""

    __tablename__ = "inbox"

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    event_id: Mapped[str] = mapped_column(Key, primary_key=True)
    received_at: Mapped[datetime]


class HeartbeatRow(Base):
    """When a process last ticked; `/healthz` turns red when it is long ago."""

    __tablename__ = "heartbeat"

    worker: Mapped[str] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
