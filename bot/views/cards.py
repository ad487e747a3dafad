"""The campaign card of a channel, and the whole plan behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.ids import Action, Modal
from bot.views import forms, status, tasks
from bot.views.blocks import Block, Message, actions, button, context, divider, fitting, section
from bot.views.words import Mrkdwn, Reader
from scheduling import Plan
from storage.records import Campaign, Submission, Task

_NEXT = 12  # tasks on the card; the others are one click away
_PER_PAGE = 40


def card(
    reader: Reader,
    campaign: Campaign,
    plan: Plan,
    submissions: Mapping[str, Submission],
    days_to_start: float,
) -> Message:
    """What a channel sees of a campaign; always the state of now, edited in place."""
    ordered = working_order(campaign, plan)
    unfinished = [task for task in ordered if not task.is_done]
    done = len(ordered) - len(unfinished)

    blocks: list[Block] = [section(head(reader, campaign, plan, days_to_start))]
    if unfinished:
        blocks.append(section(_bold(reader.say("Next steps"))))
    rows = [[tasks.row(reader, task, submissions.get(task.id))] for task in unfinished[:_NEXT]]
    shown = fitting(rows, _NEXT)
    blocks.extend(block for row in shown for block in row)
    blocks.append(context(_folded(reader, len(unfinished) - len(shown), done, len(ordered))))
    blocks.append(
        actions(
            [
                button(reader.plain("See the whole plan"), Action.PLAN_ALL, campaign.id),
                button(reader.plain("Add a task…"), Action.TASK_ADD, campaign.id),
            ]
        )
    )
    text = reader.say(
        "%(name)s: %(launch)s, %(status)s",
        name=campaign.name,
        launch=status.launch(reader, campaign),
        status=_status(reader, campaign, plan),
    )
    return Message(text, blocks)


def head(reader: Reader, campaign: Campaign, plan: Plan, days_to_start: float) -> Mrkdwn:
    """Launch, status, start by and margin: always in view."""
    return reader.write(
        "card_head.j2",
        name=campaign.name,
        launch=status.launch(reader, campaign),
        lead=campaign.lead_id,
        status=_status(reader, campaign, plan),
        start=status.start_by(reader, campaign, plan, days_to_start),
        margin=status.margin(reader, plan.margin_planned, plan.margin_left, plan.missing),
        why=status.why(reader, campaign, plan.margin_planned, plan.margin_left),
    )


def whole_plan(
    reader: Reader,
    campaign: Campaign,
    plan: Plan,
    submissions: Mapping[str, Submission],
    days_to_start: float,
    *,
    page: int,
) -> dict[str, Any]:
    """Every task of a campaign, in pages."""
    ordered = working_order(campaign, plan)
    pages = max(1, -(-len(ordered) // _PER_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = ordered[page * _PER_PAGE : (page + 1) * _PER_PAGE]
    blocks: list[Block] = [section(head(reader, campaign, plan, days_to_start)), divider()]
    blocks.extend(tasks.row(reader, task, submissions.get(task.id)) for task in shown)
    if pages > 1:
        where = reader.say("Page %(page)s of %(pages)s", page=page + 1, pages=pages)
        blocks.append(context(where))
        blocks.append(actions(_turn(reader, campaign, page, pages)))
    return forms.modal(
        Modal.PLAN,
        title=reader.plain("The plan"),
        close=reader.plain("Close"),
        blocks=blocks,
        context={"campaign": campaign.id, "page": str(page)},
    )


def working_order(campaign: Campaign, plan: Plan) -> list[Task]:
    """The tasks in the order in which the plan has them done."""
    by_key = {task.key: task for task in campaign.tasks}
    return [by_key[planned.task.key] for planned in plan.tasks]


def lost(reader: Reader, campaign: Campaign, error: str) -> Message:
    """Tells the lead that the card could not be posted, and how to mend it."""
    reason = {
        "not_in_channel": reader.say("the assistant is not a member of it"),
        "channel_not_found": reader.say("it is private, and the assistant is not a member of it"),
        "is_archived": reader.say("it is archived"),
        "restricted_action": reader.say("only some people may post in it"),
    }.get(error, reader.say("Slack answered “%(error)s”", error=error))
    text = reader.say(
        "*%(name)s* is planned and stored, but its card could not be posted in %(channel)s: "
        "%(reason)s. Type `/invite @retro` there, then post it again.",
        name=campaign.name,
        channel=Mrkdwn(f"<#{campaign.channel_id}>"),
        reason=reason,
    )
    again = button(
        reader.plain("Post the card again"), Action.CARD_AGAIN, campaign.id, style="primary"
    )
    return Message(text, [section(text), actions([again])])


def _status(reader: Reader, campaign: Campaign, plan: Plan) -> Mrkdwn:
    return status.campaign_status(
        reader, plan.margin_planned, plan.margin_left, over=campaign.closed_on is not None
    )


def _bold(text: Mrkdwn) -> Mrkdwn:
    return Mrkdwn(f"*{text}*")


def _folded(reader: Reader, hidden: int, done: int, total: int) -> Mrkdwn:
    counted = reader.say_many(
        "%(n)s task done of %(total)s", "%(n)s tasks done of %(total)s", done, total=total
    )
    if hidden <= 0:
        return counted
    more = reader.say_many("%(n)s more task in the plan", "%(n)s more tasks in the plan", hidden)
    return Mrkdwn(f"{more} · {counted}")


def _turn(reader: Reader, campaign: Campaign, page: int, pages: int) -> Sequence[dict[str, Any]]:
    turns = []
    if page > 0:
        turns.append(
            button(
                reader.plain("Earlier tasks"),
                Action.PLAN_BACK,
                f"{campaign.id}:{page - 1}",
            )
        )
    if page < pages - 1:
        turns.append(
            button(reader.plain("Later tasks"), Action.PLAN_ON, f"{campaign.id}:{page + 1}")
        )
    return turns
