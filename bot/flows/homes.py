"""What App Home shows to one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.flows import approvals, digests, people
from bot.views import homes
from storage import campaigns, submissions


def home(session: Session, team_id: str, user_id: str, now: datetime) -> dict[str, Any]:
    """The Home tab: what waits for a decision, my tasks, the campaigns."""
    reader = people.reader_of(session, team_id, user_id, now)
    return homes.home(
        reader,
        [
            approvals.case(session, team_id, one.id, now)
            for one in submissions.waiting_for(session, team_id, user_id)
        ],
        digests.lines(session, team_id, user_id),
        campaigns.summaries(session, team_id),
        is_digest_in_doubt=digests.in_doubt(session, team_id, user_id, reader.today),
    )
