"""Templates written and read back."""

from __future__ import annotations

import string
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scheduling import (
    LAUNCH,
    Duration,
    Kind,
    Link,
    LinkType,
    Role,
    Share,
    Template,
    TemplateTask,
    templates,
    templatetoml,
)
from tests.scheduling.strategies import engine

_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_titles = st.fixed_dictionaries({"en": _words, "fr": _words})
_lasting = st.builds(Duration, st.integers(1, 400), st.booleans())
_lags = st.builds(Duration, st.integers(-40, 40), st.booleans())
_shares = st.builds(Share, st.decimals(0, Decimal("99.999"), places=3))
_margins = st.one_of(st.builds(Duration, st.integers(0, 80), st.booleans()), _shares)
_sources = st.one_of(
    st.just("derived"),
    st.just("https://example.com/a?b=c#d"),
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).map("campaign: {}".format),
)


@st.composite
def _tasks(draw: st.DrawFn, number: int, roles: list[str]) -> TemplateTask:
    kind = draw(st.sampled_from(Kind))
    needs_approver = kind is Kind.APPROVAL
    role = st.sampled_from(roles)
    before = st.sampled_from([LAUNCH, *(f"t{other}" for other in range(number))])
    links = st.builds(Link, on=before, type=st.sampled_from(LinkType), lag=_lags)
    return TemplateTask(
        key=f"t{number}",
        titles=draw(_titles),
        kind=kind,
        takes=Duration(0, draw(st.booleans())) if kind is Kind.MILESTONE else draw(_lasting),
        rounds=draw(st.integers(1, 20)),
        rework=draw(st.one_of(st.just(Duration.ZERO), _lasting)),
        role=draw(st.one_of(st.none(), role)),
        approvers=tuple(draw(st.lists(role, min_size=int(needs_approver), max_size=3))),
        needs=draw(st.one_of(st.sampled_from(["all", "any"]), st.integers(1, 5))),
        after=tuple(draw(st.lists(links, max_size=2))),
        source=draw(_sources),
        source_date=draw(st.sampled_from(["2026-11", "2026-11-30"])),
    )


@st.composite
def _templates(draw: st.DrawFn) -> Template:
    names = draw(st.lists(_words, min_size=1, max_size=3, unique=True))
    tasks = [draw(_tasks(number, names)) for number in range(draw(st.integers(1, 4)))]
    used = {role for task in tasks for role in (task.role, *task.approvers)}
    return Template(
        id=draw(st.text(string.ascii_lowercase, min_size=1, max_size=40)),
        titles=draw(_titles),
        descriptions=draw(_titles),
        margin=draw(_margins),
        roles=tuple(
            Role(id=name, titles=draw(_titles), optional=draw(st.booleans()))
            for name in names
            if name in used
        ),
        tasks=tuple(tasks),
    )


@engine
@given(_templates())
def test_a_template_that_is_written_is_read_back_as_it_was(template: Template) -> None:
    assert templates.read(templatetoml.write(template)) == template


def test_a_template_is_written_as_someone_would_write_it() -> None:
    template = Template(
        id="small",
        titles={"en": "Small", "fr": "Petite"},
        descriptions={"en": "One “word”", "fr": 'Une "page"'},
        margin=Share(Decimal(15)),
        roles=(
            Role(id="lead", titles={"en": "Lead", "fr": "Responsable"}),
            Role(id="the boss", titles={"en": "Boss", "fr": "Chef"}, optional=True),
        ),
        tasks=(
            TemplateTask(
                key="brief",
                titles={"en": "Brief", "fr": "Brief"},
                kind=Kind.WORK,
                takes=Duration(5),
                rounds=2,
                rework=Duration.ZERO,
                role="lead",
                approvers=(),
                needs="all",
                after=(),
                source="derived",
                source_date="2026-11",
            ),
            TemplateTask(
                key="ok",
                titles={"en": "Approval", "fr": "Validation"},
                kind=Kind.APPROVAL,
                takes=Duration(4),
                rounds=2,
                rework=Duration(2),
                role=None,
                approvers=("the boss", "lead"),
                needs="any",
                after=(Link(on="brief"), Link(on="brief", type=LinkType.SS, lag=Duration(4))),
                source="campaign: Aurore",
                source_date="2027-03",
            ),
        ),
    )

    assert templatetoml.write(template) == EXPECTED


EXPECTED = """\
id = "small"
title = { en = "Small", fr = "Petite" }
description = { en = "One “word”", fr = "Une \\"page\\"" }
margin = "15%"

[roles]
lead = { en = "Lead", fr = "Responsable" }
"the boss" = { en = "Boss", fr = "Chef", optional = true }

[[tasks]]
key = "brief"
title = { en = "Brief", fr = "Brief" }
takes = "2.5d"
role = "lead"
source = "derived"
source_date = "2026-11"

[[tasks]]
key = "ok"
title = { en = "Approval", fr = "Validation" }
kind = "approval"
takes = "2d"
rounds = 2
rework = "1d"
needs = "any"
approvers = ["the boss", "lead"]
after = ["brief", "brief SS+2d"]
source = "campaign: Aurore"
source_date = "2027-03"
"""
