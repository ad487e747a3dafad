"""The forms that create a campaign and add a task to one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.ids import Action, Field, Modal
from bot.views import forms
from bot.views.blocks import Block, context, option
from bot.views.words import Reader
from scheduling import Kind, Template
from storage.records import Campaign

_KINDS = (Kind.WORK, Kind.APPROVAL, Kind.SUPPLIER, Kind.MILESTONE)
_OPTIONS = 100  # Slack's limit for a menu
_TYPED = 200  # characters; Slack refuses a form that carries thousands, and so do we a title


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is already known of a campaign that is being created."""

    name: str = ""
    launch: date | None = None
    template: str = ""
    lead: str = ""
    channel: str = ""
    note: str = ""  # what was typed and not understood
    roles: Mapping[str, Sequence[str]] = field(default_factory=dict)


def _sorting(title: str) -> str:
    """What a title is sorted by: as dictionaries do, accents and capitals aside."""
    letters = unicodedata.normalize("NFKD", title)
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()


def new_campaign(reader: Reader, templates: Sequence[Template], draft: Draft) -> dict[str, Any]:
    """The form of ``/retro new``: the roles asked for are those of the chosen template."""
    chosen = next((one for one in templates if one.id == draft.template), templates[0])
    options = [
        option(
            reader.title(template.titles),
            template.id,
            reader.plain("%(n)s tasks", n=len(template.tasks)),
        )
        for template in sorted(templates, key=lambda one: _sorting(reader.title(one.titles)))
    ]
    blocks: list[Block] = []
    if draft.note:
        blocks.append(context(reader.say("Not understood: “%(text)s”", text=draft.note)))
    blocks += [
        forms.field(
            Field.NAME,
            reader.plain("Name"),
            forms.text_input(draft.name, placeholder=reader.plain("Aurore")),
        ),
        forms.field(
            Field.LAUNCH,
            reader.plain("Launch date"),
            forms.date_input(draft.launch),
            hint=reader.plain("The day that cannot move; everything is planned back from it."),
        ),
        forms.field(
            Field.TEMPLATE,
            reader.plain("Template"),
            forms.choice(options, chosen.id, action_id=Action.TEMPLATE),
            tells_changes=True,
            hint=reader.title(chosen.descriptions),
        ),
        forms.field(Field.LEAD, reader.plain("Lead"), forms.person(draft.lead)),
        forms.field(
            Field.CHANNEL,
            reader.plain("Channel"),
            forms.conversation(draft.channel),
            hint=reader.plain("Its members see the plan there, always up to date."),
        ),
    ]
    blocks.extend(_roles(reader, chosen, draft))
    return forms.modal(
        Modal.CAMPAIGN_NEW,
        title=reader.plain("New campaign"),
        submit=reader.plain("Create"),
        close=reader.plain("Cancel"),
        blocks=blocks,
        context={"template": chosen.id},
    )


def _roles(reader: Reader, template: Template, draft: Draft) -> list[Block]:
    asked = []
    for role in template.roles:
        if role.id == "lead":
            continue
        chosen = list(draft.roles.get(role.id, ()))
        several = any(role.id in task.approvers for task in template.tasks)
        element = forms.people(chosen) if several else forms.person(chosen[0] if chosen else "")
        asked.append(
            # The block id carries the template too, or Slack would keep what was chosen for
            # another template's role of that name.
            forms.field(
                f"{Field.ROLE}.{role.id}",
                reader.title(role.titles),
                element,
                optional=role.optional,
            )
        )
    return asked


def new_task(reader: Reader, campaign: Campaign, *, title: str = "") -> dict[str, Any]:
    """The form of ``/retro add``."""
    waiting = [task for task in campaign.tasks if not task.after_launch]
    options = [option(task.title, task.id) for task in waiting[-_OPTIONS:]]
    kinds = [option(kind_name(reader, kind), kind) for kind in _KINDS]
    blocks: list[Block] = [
        context(reader.say("In *%(name)s*", name=campaign.name)),
        forms.field(Field.TITLE, reader.plain("Title"), forms.text_input(title)),
        forms.field(Field.KIND, reader.plain("Kind"), forms.choice(kinds, Kind.WORK)),
        forms.field(
            Field.TAKES,
            reader.plain("Duration"),
            forms.text_input(reader.plain("1d"), max_length=20),
            hint=reader.plain(
                "3d: three working days · 0.5d: half a day · 2w: two weeks · 10ed: ten calendar days"
            ),
        ),
        forms.field(Field.OWNER, reader.plain("Owner"), forms.person(), optional=True),
        forms.field(
            Field.APPROVERS,
            reader.plain("Approvers"),
            forms.people(),
            optional=True,
            hint=reader.plain("For an approval: who decides."),
        ),
    ]
    if options:
        blocks += [
            forms.field(Field.AFTER, reader.plain("After"), forms.choices(options), optional=True),
            forms.field(
                Field.BEFORE, reader.plain("Before"), forms.choices(options), optional=True
            ),
        ]
    hidden = len(waiting) - len(options)
    if hidden:
        more = reader.say_many(
            "%(n)s more task in the plan", "%(n)s more tasks in the plan", hidden
        )
        blocks.append(context(more))
    return forms.modal(
        Modal.TASK_ADD,
        title=reader.plain("Add a task"),
        submit=reader.plain("Add"),
        close=reader.plain("Cancel"),
        blocks=blocks,
        context={"campaign": campaign.id},
    )


def which_campaign(reader: Reader, campaigns: Sequence[Any], title: str) -> dict[str, Any]:
    """Asks which campaign a task is for, when the channel has several or none."""
    options = [option(one.name, one.id) for one in campaigns[:_OPTIONS]]
    blocks = [forms.field(Field.CAMPAIGN, reader.plain("Campaign"), forms.choice(options))]
    hidden = len(campaigns) - len(options)
    if hidden:
        more = reader.say_many(
            "%(n)s campaign with a later launch is not shown.",
            "%(n)s campaigns with a later launch are not shown.",
            hidden,
        )
        blocks.append(context(more))
    return forms.modal(
        Modal.CAMPAIGN_CHOICE,
        title=reader.plain("Add a task"),
        submit=reader.plain("Next"),
        close=reader.plain("Cancel"),
        blocks=blocks,
        context={"title": title[:_TYPED]},
    )


def kind_name(reader: Reader, kind: Kind) -> str:
    """What a kind of task is called."""
    return {
        Kind.WORK: reader.plain("Work"),
        Kind.APPROVAL: reader.plain("Approval"),
        Kind.SUPPLIER: reader.plain("Supplier"),
        Kind.MILESTONE: reader.plain("Milestone"),
    }[kind]
