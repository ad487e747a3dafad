"""A plan as pictures: SVG from values and templates, and PNG from SVG.

A picture is laid out in Python, as values with places and words already in the reader's language;
the templates only write those values as SVG. What does not fit is folded, and said to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.views.pictures import ganttchart, lettering, palette, tasknetwork, wording
from bot.views.pictures.raster import png
from bot.views.words import Reader
from scheduling import Plan

__all__ = ["Draw", "alt_text", "gantt", "network", "png"]

_NOBODY: Mapping[str, str] = {}


class Draw(Protocol):
    """What draws a plan: ``gantt`` or ``network``."""

    def __call__(
        self, plan: Plan, reader: Reader, *, names: Mapping[str, str] | None = None
    ) -> str: ...


def gantt(plan: Plan, reader: Reader, *, names: Mapping[str, str] | None = None) -> str:
    """The Gantt chart of a plan as SVG, drawn on the reader's today.

    ``names`` says how people are written; who is not there is written as the plan knows them.
    """
    chart = ganttchart.chart(plan, reader, names or _NOBODY)
    return _written("gantt.svg.j2", c=chart, said=alt_text(plan, reader))


def network(plan: Plan, reader: Reader, *, names: Mapping[str, str] | None = None) -> str:  # noqa: ARG001 (as gantt)
    """The network (PERT) of a plan as SVG, with early and late dates and floats."""
    said = alt_text(plan, reader, is_network=True)
    return _written("network.svg.j2", c=tasknetwork.web(plan, reader), said=said)


def alt_text(plan: Plan, reader: Reader, *, is_network: bool = False) -> str:
    """What a picture shows, in one sentence for those who do not see it."""
    return wording.summary(plan, reader, is_network=is_network)


def _written(template: str, **values: object) -> str:
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.views.pictures", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_short,
    )
    environment.globals.update(p=palette, family=f"{lettering.FAMILY}, sans-serif")
    return environment


def _short(value: object) -> object:
    """Numbers to a tenth of a unit: more would only make the file longer."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value
