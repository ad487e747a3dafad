"""A campaign as a plan file, for `retro plan`."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from scheduling import Campaign, Task


def write(campaign: Campaign, today: date) -> str:
    """The file's text; weekends are Saturdays and Sundays, and people have absences alone."""
    return json.dumps(
        {
            "name": campaign.name,
            "launch": campaign.launch.isoformat(),
            "today": today.isoformat(),
            "start": campaign.start.isoformat() if campaign.start else today.isoformat(),
            "margin": str(campaign.margin),
            "calendar": {
                "weekend": ["sat", "sun"],
                "holidays": [day.isoformat() for day in campaign.calendar.holidays],
            },
            "people": {
                name: {"away": [str(off) for off in calendar.away]}
                for name, calendar in campaign.people.items()
            },
            "tasks": [_task(task) for task in campaign.tasks],
        }
    )


def _task(task: Task) -> dict[str, Any]:
    return {
        "key": task.key,
        "takes": str(task.takes),
        "owner": task.owner,
        "after": [str(link) for link in task.after],
    }
