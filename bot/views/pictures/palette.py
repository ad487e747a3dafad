"""The colours and patterns of the pictures, which must also work in grey.

Dark ones are at least 4.5:1 against white and against the grey of days off, so that every text
and every outline can be seen; kinds of tasks differ by pattern as well as by colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from scheduling import Kind

PAPER = "#ffffff"
DAY_OFF = "#eef0f4"
WEEK = "#d5dae3"  # the line of a Monday
RULE = "#8b95a7"  # the line under the head, edges of a phase

LINE = "#5f6b7d"  # of a link

INK = "#16202e"
QUIET = "#4a5567"  # what is said in passing

LATE = "#b3261e"
MARGIN = "#1d6f42"
MARGIN_FILL = "#e3f3ea"
LATE_FILL = "#f3c1bc"


class Pattern(StrEnum):
    """What a bar is filled with, over its colour."""

    SOLID = "solid"
    HATCH = "hatch"
    DOTS = "dots"


@dataclass(frozen=True, kw_only=True)
class Style:
    """How the bars of one kind of task look; ``faded`` is for what is done."""

    fill: str
    faded: str
    edge: str
    pattern: Pattern


STYLES = MappingProxyType(
    {
        Kind.WORK: Style(fill="#2a66ad", faded="#cfdff1", edge="#2a66ad", pattern=Pattern.SOLID),
        Kind.APPROVAL: Style(
            fill="#f7cf83", faded="#fdf1d9", edge="#8a5200", pattern=Pattern.HATCH
        ),
        Kind.SUPPLIER: Style(fill="#d5cfe6", faded="#f0edf7", edge="#5d5187", pattern=Pattern.DOTS),
        Kind.MILESTONE: Style(fill=INK, faded="#c3c9d3", edge=INK, pattern=Pattern.SOLID),
    }
)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as the accessibility guidelines count it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
