"""What the templates draw: texts and marks with their places, in units of the SVG."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.views.pictures import lettering
from bot.views.pictures.lettering import REGULAR
from bot.views.pictures.palette import INK

WIDTH = 1600.0
EDGE = 36.0  # free on every side

CAP = 0.727  # the height of a capital, in ems: a text that high is centred on its line


@dataclass(frozen=True, kw_only=True)
class Text:
    """One line of letters; ``x`` is its left edge and ``y`` its base line."""

    x: float
    y: float
    text: str
    size: float
    weight: int = REGULAR
    colour: str = INK

    @classmethod
    def ending_at(cls, right: float, y: float, text: str, size: float, **more: object) -> Text:
        """A text whose right edge is given."""
        made = cls(x=0, y=y, text=text, size=size, **more)  # type: ignore[arg-type] # as in Text
        return made.at(right - made.width)

    def at(self, x: float) -> Text:
        """The same text elsewhere on its line."""
        return replace(self, x=x)

    @property
    def width(self) -> float:
        return lettering.width(self.text, self.size, self.weight)

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, kw_only=True)
class Box:
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


def centred(middle: float, size: float) -> float:
    """The base line of a text of that size in the middle of a row."""
    return middle + size * CAP / 2
