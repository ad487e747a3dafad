"""App Home: what waits for a decision, my week, my campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.ids import Action
from bot.views import approvals, status, tasks
from bot.views.approvals import Case
from bot.views.blocks import Block, actions, button, context, divider, header, section
from bot.views.digests import Line
from bot.views.words import Mrkdwn, Reader
from storage.records import Summary

_DECISIONS = 10
_TASKS = 20
_CAMPAIGNS = 20


def home(
    reader: Reader,
    decisions: Sequence[Case],
    lines: Sequence[Line],
    campaigns: Sequence[Summary],
    *,
    is_digest_in_doubt: bool,
) -> dict[str, Any]:
    """The Home tab of one person."""
    blocks: list[Block] = []
    if is_digest_in_doubt:
        doubt = reader.say("Slack did not confirm your message of this morning.")
        again = button(reader.plain("Send it again"), Action.DIGEST_AGAIN)
        blocks.append(section(doubt, again))
    if not decisions and not lines and not campaigns:
        blocks.append(
            section(
                reader.say(
                    "No campaign yet. Give a launch date, and every task gets the day on which "
                    "it must start at the latest."
                )
            )
        )
    if decisions:
        blocks.append(header(reader.plain("To decide")))
        for case in decisions[:_DECISIONS]:
            blocks += approvals.to_decide(reader, case)
        blocks += _more(reader, len(decisions) - _DECISIONS)
    if lines:
        blocks.append(header(reader.plain("My tasks")))
        for line in lines[:_TASKS]:
            text = tasks.own_line(reader, line.task, line.campaign, line.submission)
            blocks.append(section(text, tasks.menu(reader, line.task, line.submission)))
        blocks += _more(reader, len(lines) - _TASKS)
    if campaigns:
        blocks.append(header(reader.plain("Campaigns")))
        blocks += [
            section(
                summary(reader, one),
                button(reader.plain("See the plan"), Action.PLAN_ALL, one.id),
            )
            for one in campaigns[:_CAMPAIGNS]
        ]
        blocks += _more(reader, len(campaigns) - _CAMPAIGNS)
    blocks += [
        divider(),
        actions([button(reader.plain("Create a campaign"), Action.CAMPAIGN_NEW, style="primary")]),
    ]
    return {"type": "home", "blocks": blocks}


def summary(reader: Reader, campaign: Summary) -> Mrkdwn:
    """A campaign in one line: status, launch, margin, lead."""
    parts = [
        status.campaign_status(reader, campaign.margin_planned, campaign.margin_left),
        Mrkdwn(f"*{reader.say('%(name)s', name=campaign.name)}*"),
        status.launch(reader, campaign),
        status.margin(reader, campaign.margin_planned, campaign.margin_left, campaign.missing),
        reader.people([campaign.lead_id]),
    ]
    return Mrkdwn(" · ".join(parts))


def _more(reader: Reader, hidden: int) -> list[Block]:
    if hidden <= 0:
        return []
    return [
        context(
            reader.say_many(
                "%(n)s more: `/retro tasks` and `/retro list` show it.",
                "%(n)s more: `/retro tasks` and `/retro list` show them.",
                hidden,
            )
        )
    ]
