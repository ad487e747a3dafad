"""Rows of figures by size, and aims with what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_NAME, _CELL, _AIM = 44, 13, 60


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line: what, and a cell for each size that has one; ``n`` says how many runs."""

    what: str
    cells: Mapping[int, str]
    n: str = ""


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What was wanted and what was measured, both as people read them.

    ``is_met`` is None where the measurement cannot tell.
    """

    what: str
    wanted: str
    measured: str
    is_met: bool | None

    @property
    def verdict(self) -> str:
        """One word."""
        return {True: "met", False: "MISSED", None: "not shown"}[self.is_met]


def lines(title: str, sizes: Sequence[int], rows: Sequence[Row]) -> Iterator[str]:
    """A titled part of the table."""
    heads = "".join(f"{size:>{_CELL},}" for size in sizes)
    yield f"{title:<{_NAME}}{heads}{'n':>7}"
    for row in rows:
        cells = "".join(f"{row.cells.get(size, ''):>{_CELL}}" for size in sizes)
        yield f"{row.what:<{_NAME}}{cells}{row.n:>7}".rstrip()


def aim_lines(aims: Sequence[Aim]) -> Iterator[str]:
    """The aims, one a line, with whether each is met."""
    yield f"{'aim':<{_AIM}}{'wanted':>12}{'measured':>18}"
    for aim in aims:
        yield f"{aim.what:<{_AIM}}{aim.wanted:>12}{aim.measured:>18}  {aim.verdict}"
