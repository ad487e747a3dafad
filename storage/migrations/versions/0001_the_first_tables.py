"""the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "inbox",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=80), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "event_id", name=op.f("pk_inbox")),
    )
    op.create_table(
        "workspace",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("bot_user_id", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("subdivision", sa.String(length=8), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("digest_time", sa.String(length=5), nullable=False),
        sa.Column("margin", sa.String(length=8), nullable=False),
        sa.Column("suspended", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "campaign",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("launch", sa.Date(), nullable=False),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("lead_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("margin", sa.String(length=8), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("subdivision", sa.String(length=8), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("look_due", UtcDateTime(), nullable=True),
        sa.Column("start_by", sa.Date(), nullable=False),
        sa.Column("margin_planned", sa.Double(), nullable=False),
        sa.Column("margin_left", sa.Double(), nullable=False),
        sa.Column("missing", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspace.team_id"], name=op.f("fk_campaign_team_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("team_id", "request_key", name=op.f("uq_campaign_team_id_request_key")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index("ix_campaign_channel", ["team_id", "channel_id"], unique=False)
        batch_op.create_index("ix_campaign_look_due", ["look_due"], unique=False)
        batch_op.create_index("ix_campaign_open", ["team_id", "closed_on"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("target", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("first_posting_at", UtcDateTime(), nullable=True),
        sa.Column("posting_at", UtcDateTime(), nullable=True),
        sa.Column("slack_ts", sa.String(length=24), nullable=False),
        sa.Column("shown", sa.String(length=32), nullable=False),
        sa.Column("error", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspace.team_id"], name=op.f("fk_delivery_team_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("team_id", "key", name=op.f("uq_delivery_team_id_key")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delivery_due",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('ready', 'sending')"),
            postgresql_where=sa.text("state IN ('ready', 'sending')"),
        )
        batch_op.create_index(
            "ix_delivery_reader", ["team_id", "user_id", "kind", "created_at"], unique=False
        )
        batch_op.create_index("ix_delivery_ref", ["team_id", "ref", "kind"], unique=False)

    op.create_table(
        "pace",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("method", sa.String(length=64), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspace.team_id"], name=op.f("fk_pace_team_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "method", name=op.f("pk_pace")),
    )
    op.create_table(
        "person",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("digest_time", sa.String(length=5), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("dm_channel", sa.String(length=32), nullable=False),
        sa.Column("refresh_due", UtcDateTime(), nullable=False),
        sa.Column("next_due", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspace.team_id"], name=op.f("fk_person_team_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_next_due", ["next_due"], unique=False)
        batch_op.create_index("ix_person_refresh_due", ["refresh_due"], unique=False)

    op.create_table(
        "task",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("takes", sa.String(length=12), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("rework", sa.String(length=12), nullable=False),
        sa.Column("needs", sa.String(length=8), nullable=False),
        sa.Column("after_launch", sa.String(length=24), nullable=False),
        sa.Column("not_before", sa.Date(), nullable=True),
        sa.Column("finish_by", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("late_start", sa.String(length=13), nullable=False),
        sa.Column("late_finish", sa.String(length=13), nullable=False),
        sa.Column("critical", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "campaign_id"],
            ["campaign.team_id", "campaign.id"],
            name=op.f("fk_task_team_id_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "team_id", "campaign_id", "key", name=op.f("uq_task_team_id_campaign_id_key")
        ),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_owner", ["team_id", "owner_id", "state"], unique=False)

    op.create_table(
        "approver",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "task_id"],
            ["task.team_id", "task.id"],
            name=op.f("fk_approver_team_id_task_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "task_id", "user_id", name=op.f("pk_approver")),
    )
    with op.batch_alter_table("approver", schema=None) as batch_op:
        batch_op.create_index("ix_approver_user", ["team_id", "user_id"], unique=False)

    op.create_table(
        "link",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=32), nullable=False),
        sa.Column("needs_id", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=2), nullable=False),
        sa.Column("lag", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "needs_id"],
            ["task.team_id", "task.id"],
            name=op.f("fk_link_team_id_needs_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "task_id"],
            ["task.team_id", "task.id"],
            name=op.f("fk_link_team_id_task_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_link")),
        sa.UniqueConstraint(
            "team_id",
            "task_id",
            "needs_id",
            "type",
            name=op.f("uq_link_team_id_task_id_needs_id_type"),
        ),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index("ix_link_needs", ["team_id", "needs_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("request_key", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "task_id"],
            ["task.team_id", "task.id"],
            name=op.f("fk_submission_team_id_task_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_submission")),
        sa.UniqueConstraint(
            "team_id", "request_key", name=op.f("uq_submission_team_id_request_key")
        ),
        sa.UniqueConstraint(
            "team_id", "task_id", "number", name=op.f("uq_submission_team_id_task_id_number")
        ),
    )
    op.create_table(
        "decision",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("nudge_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id", "submission_id"],
            ["submission.team_id", "submission.id"],
            name=op.f("fk_decision_team_id_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "submission_id", "user_id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(
            "ix_decision_nudge",
            ["nudge_at"],
            unique=False,
            sqlite_where=sa.text("nudge_at IS NOT NULL"),
            postgresql_where=sa.text("nudge_at IS NOT NULL"),
        )
        batch_op.create_index("ix_decision_user", ["team_id", "user_id", "verdict"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_user")
        batch_op.drop_index(
            "ix_decision_nudge",
            sqlite_where=sa.text("nudge_at IS NOT NULL"),
            postgresql_where=sa.text("nudge_at IS NOT NULL"),
        )

    op.drop_table("decision")
    op.drop_table("submission")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index("ix_link_needs")

    op.drop_table("link")
    with op.batch_alter_table("approver", schema=None) as batch_op:
        batch_op.drop_index("ix_approver_user")

    op.drop_table("approver")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_owner")

    op.drop_table("task")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_refresh_due")
        batch_op.drop_index("ix_person_next_due")

    op.drop_table("person")
    op.drop_table("pace")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_ref")
        batch_op.drop_index("ix_delivery_reader")
        batch_op.drop_index(
            "ix_delivery_due",
            sqlite_where=sa.text("state IN ('ready', 'sending')"),
            postgresql_where=sa.text("state IN ('ready', 'sending')"),
        )

    op.drop_table("delivery")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index("ix_campaign_open")
        batch_op.drop_index("ix_campaign_look_due")
        batch_op.drop_index("ix_campaign_channel")

    op.drop_table("campaign")
    op.drop_table("workspace")
    op.drop_table("inbox")
    op.drop_table("heartbeat")
