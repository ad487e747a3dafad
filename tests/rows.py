"""Rows for tests: what a test does not name is as ordinary as can be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from storage.models import CampaignRow, TaskRow, WorkspaceRow

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TEAM = "T0SANDBOX"  # the sandbox's own


def a_workspace(team_id: str = TEAM, **changes: Any) -> WorkspaceRow:
    """A French workspace that the bot was installed in."""
    values = {
        "name": "Atelier",
        "bot_user_id": "U0BOT",
        "country": "FR",
        "timezone": "Europe/Paris",
        "locale": "fr-FR",
        "digest_time": "09:00",
        "margin": "5d",
    }
    return WorkspaceRow(team_id=team_id, **values | changes)


def a_campaign(team_id: str = TEAM, **changes: Any) -> CampaignRow:
    """A campaign with no tasks yet."""
    values = {
        "id": "c_aurore",
        "name": "Aurore",
        "launch": date(2027, 3, 15),
        "template": "launch",
        "lead_id": "U0ALICE",
        "channel_id": "C0AURORE",
        "locale": "fr-FR",
        "margin": "5d",
        "country": "FR",
        "starts_on": date(2026, 11, 23),
        "roles": {},
        "request_key": "V0FORM",
        "created_at": NOW,
        "start_by": date(2026, 12, 18),
        "margin_planned": 5.0,
        "margin_left": 5.0,
        "missing": 0.0,
    }
    return CampaignRow(team_id=team_id, **values | changes)


def a_task(team_id: str = TEAM, **changes: Any) -> TaskRow:
    """A task of the ordinary campaign."""
    values = {
        "id": "t_brief",
        "campaign_id": "c_aurore",
        "key": "brief",
        "position": 0,
        "title": "Brief",
        "kind": "work",
        "takes": "3d",
        "late_start": "2026-12-18 am",
        "late_finish": "2026-12-22 pm",
        "critical": True,
    }
    return TaskRow(team_id=team_id, **values | changes)
