"""How long things take: working or elapsed time in half-days, and a margin as a share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import ClassVar

from scheduling.errors import BadDuration, BadMargin

MOST_HALVES = 7_320  # ten years of days; longer is a slip of the keyboard

_DURATION = re.compile(r"([+-]?)(\d{1,5}(?:\.\d{1,3})?) ?(e?)([dw])", re.ASCII)
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,3})?) ?%", re.ASCII)
_HALVES = {("", "d"): 2, ("", "w"): 10, ("e", "d"): 2, ("e", "w"): 14}


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of half-days, of working time or, when ``elapsed``, of days of any kind.

    Negative only as the lag of a link.
    """

    halves: int = 0
    elapsed: bool = False

    ZERO: ClassVar[Duration]

    def __str__(self) -> str:
        number = f"{self.days:.1f}".removesuffix(".0")
        return f"{number}{'ed' if self.elapsed else 'd'}"

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read ``3d``, ``0.5d``, ``2w`` (10 working days), ``10ed`` or ``2ew`` (14 days).

        Raise BadDuration for anything else, for less than half a day, and beyond ten years.

        >>> str(Duration.parse("2w"))
        '10d'
        """
        match = _DURATION.fullmatch(text)
        if match is None:
            raise BadDuration("", "", text)
        sign, number, elapsed, unit = match.groups()
        halves = Decimal(number) * _HALVES[elapsed, unit]
        if halves != int(halves) or halves > MOST_HALVES:
            raise BadDuration("", "", text)
        return cls(-int(halves) if sign == "-" else int(halves), elapsed == "e")

    @property
    def days(self) -> float:
        return self.halves / 2


Duration.ZERO = Duration()


@dataclass(frozen=True)
class Share:
    """A margin as a percentage of the critical path's working time; written ``15%``."""

    percent: Decimal

    def __str__(self) -> str:
        return f"{self.percent.normalize():f}%"

    def of(self, halves: int) -> int:
        """That share of so many half-days, rounded up to a half-day.

        >>> Share(Decimal(15)).of(41)
        7
        """
        return ceil(self.percent * halves / 100)


Margin = Duration | Share


def read_margin(text: str) -> Margin:
    """Read ``5d`` or ``15%``. Raise BadMargin; a share is below 100 %.

    >>> str(read_margin("15%"))
    '15%'
    """
    share = _SHARE.fullmatch(text)
    if share is not None:
        percent = Decimal(share[1])
        if percent >= 100:  # noqa: PLR2004 (a hundred per cent)
            raise BadMargin(text)
        return Share(percent)
    try:
        margin = Duration.parse(text)
    except BadDuration as error:
        raise BadMargin(text) from error
    if margin.halves < 0:
        raise BadMargin(text)
    return margin
