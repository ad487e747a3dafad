"""Every id that Slack sends back to us. Nowhere else is such an id spelled out."""

from __future__ import annotations

from enum import StrEnum

COMMAND = "/retro"
MARKER = "d:"  # the first block of a delivered message starts so; see delivery


class Action(StrEnum):
    """What a button, a menu or a field asks for."""

    TASK_START = "task.start"
    TASK_DONE = "task.done"
    TASK_SUBMIT = "task.submit"
    TASK_MENU = "task.menu"
    TASK_ADD = "task.add"
    PLAN_ALL = "plan.all"
    PLAN_BACK = "plan.back"
    PLAN_ON = "plan.on"
    APPROVE = "approval.approve"
    CHANGES = "approval.changes"
    VISUAL = "approval.visual"
    CARD_AGAIN = "card.again"
    CAMPAIGN_NEW = "campaign.new"
    TEMPLATE = "campaign.template"
    DIGEST_AGAIN = "digest.again"
    VALUE = "value"  # the one element of an input block


class Modal(StrEnum):
    """The callback id of each modal."""

    CAMPAIGN_NEW = "campaign.new"
    CAMPAIGN_CHOICE = "campaign.choice"
    TASK_ADD = "task.add"
    SUBMIT = "task.submit"
    CHANGES = "approval.changes"
    PLAN = "plan.all"


class Field(StrEnum):
    """The block id of each input, under which Slack shows an error."""

    NAME = "name"
    LAUNCH = "launch"
    TEMPLATE = "template"
    LEAD = "lead"
    CHANNEL = "channel"
    ROLE = "role"  # followed by a dot and the template's id of the role
    CAMPAIGN = "campaign"
    TITLE = "title"
    KIND = "kind"
    TAKES = "takes"
    OWNER = "owner"
    APPROVERS = "approvers"
    AFTER = "after"
    BEFORE = "before"
    NOTE = "note"
    LINK = "link"
    FILES = "files"
    REMARKS = "remarks"


class Kind(StrEnum):
    """What a promised message is about."""

    CARD = "card"
    DIGEST = "digest"
    REQUEST = "request"
    NUDGE = "nudge"
    READY = "ready"
    CHANGES = "changes"
    CARD_LOST = "card_lost"
