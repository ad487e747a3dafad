"""Reading a mapping that came from JSON or TOML, gathering every problem instead of the first."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Literal, TypeVar

from scheduling.campaigns import Needs
from scheduling.errors import (
    BadDate,
    BadDuration,
    BadLink,
    BadSyntax,
    BadValue,
    MissingField,
    PlanError,
    RepeatedField,
    UnknownCountry,
    UnknownField,
    raise_all,
)

Format = Literal["json", "toml"]
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MOST_SHOWN = 80  # characters of a value repeated in an error


def load(text: str, format: Format) -> object:  # noqa: A002 (the word of the format's owner)
    """Parse a text.

    Raise BadSyntax with the place where it stops making sense, RepeatedField where JSON would
    silently lose the first of two values.
    """
    repeated: list[PlanError] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        counts = Counter(name for name, _ in pairs)
        repeated.extend(RepeatedField(name) for name in counts if counts[name] > 1)
        return dict(pairs)

    try:
        found = (
            json.loads(text, object_pairs_hook=once) if format == "json" else tomllib.loads(text)
        )
    except json.JSONDecodeError as error:
        raise BadSyntax(format, error.lineno, error.colno) from error
    except (ValueError, RecursionError) as error:
        raise BadSyntax(format, *_place(str(error))) from error
    raise_all(repeated)
    return found


def _place(message: str) -> tuple[int, int]:
    """The line and column in tomllib's message, which carries them nowhere else."""
    numbers = [
        int(word)
        for word in message.replace(",", " ").replace(")", " ").split()
        if word.isdecimal()
    ]
    return (numbers[-2], numbers[-1]) if len(numbers) > 1 else (0, 0)


class Fields:
    """The fields of one mapping. What is wrong with them goes to ``errors``, shared by a file.

    Every reader returns None when the field is left out or wrong.
    """

    def __init__(self, where: str, values: Mapping[str, object], errors: list[PlanError]) -> None:
        self.where = where
        self.errors = errors
        self._values = values
        self._asked: set[str] = set()

    @classmethod
    def of(cls, where: str, value: object, errors: list[PlanError]) -> Fields:
        """The fields of something that should be a mapping; if it is not, that is all to be said."""
        if isinstance(value, dict):
            return cls(where, value, errors)
        errors.append(BadValue(where, "", str(value)[:MOST_SHOWN]))
        return cls(where, {}, [])

    def inside(self, name: str) -> Fields:
        """The fields of a mapping within; without any when it is left out."""
        where = f"{self.where}.{name}" if self.where else name
        return Fields(where, self.mapping(name), self.errors)

    def has(self, name: str) -> bool:
        return self._values.get(name) is not None

    def require(self, *names: str) -> None:
        self.errors += [MissingField(self.where, name) for name in names if not self.has(name)]

    def refuse_others(self) -> None:
        """Report the fields nobody asked for. To be called when all have been."""
        unknown = sorted(set(self._values) - self._asked)
        self.errors += [UnknownField(self.where, name) for name in unknown]

    def text(self, name: str) -> str | None:
        value = self._take(name)
        if isinstance(value, date):  # TOML has dates of its own
            return value.isoformat()
        return self._typed(name, value, str)

    def key(self) -> str:
        """The ``key`` of a task: something links can name, so without spaces. Empty if wrong."""
        key = self.text("key")
        if key is not None and (not key or key.split() != [key] or len(key) > MOST_SHOWN):
            self._bad("key", key)
        return key or ""

    def number(self, name: str) -> int | None:
        return self._typed(name, self._take(name), int)

    def flag(self, name: str) -> bool:
        """True or false; false when left out."""
        value = self._take(name)
        if value is not None and not isinstance(value, bool):
            self._bad(name, value)
        return value is True

    def texts(self, name: str) -> list[str]:
        """A list of texts; empty when left out."""
        values = self._typed(name, self._take(name), list) or []
        texts = [value.isoformat() if isinstance(value, date) else value for value in values]
        for value in texts:
            if not isinstance(value, str):
                self._bad(name, value)
        return [value for value in texts if isinstance(value, str)]

    def mapping(self, name: str) -> Mapping[str, object]:
        """A mapping; empty when left out."""
        return self._typed(name, self._take(name), dict) or {}

    def items(self, name: str) -> list[object]:
        """A list of anything; empty when left out."""
        return self._typed(name, self._take(name), list) or []

    def raw(self, name: str) -> object:
        """The value as it came, for a field that may hold several types."""
        return self._take(name)

    def choice(self, name: str, options: type[E]) -> E | None:
        text = self.text(name)
        with suppress(ValueError):
            return None if text is None else options(text)
        self._bad(name, text)
        return None

    def read(self, name: str, reader: Callable[[str], T]) -> T | None:
        """A text read by one of the engine's own readers."""
        text = self.text(name)
        return None if text is None else self.reading(name, text, reader)

    def read_all(self, name: str, reader: Callable[[str], T]) -> list[T]:
        found = [self.reading(name, text, reader) for text in self.texts(name)]
        return [value for value in found if value is not None]

    def reading(self, name: str, text: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(text)
        except PlanError as error:
            self.errors.append(self._placed(name, error))
            return None

    def bad(self, name: str, value: object) -> None:
        """Report a value that is not among those the field can hold."""
        self._bad(name, value)

    def _take(self, name: str) -> object:
        self._asked.add(name)
        return self._values.get(name)

    def _typed(self, name: str, value: object, wanted: type[T]) -> T | None:
        if value is None:
            return None
        # True is an int to Python, never to someone who writes a plan.
        if isinstance(value, wanted) and not isinstance(value, bool):
            return value
        self._bad(name, value)
        return None

    def _bad(self, name: str, value: object) -> None:
        self.errors.append(BadValue(self.where, name, str(value)[:MOST_SHOWN]))

    def _placed(self, name: str, error: PlanError) -> PlanError:
        """The same problem, told where it is."""
        match error:
            case BadDate(text=text):
                return BadDate(self.where, name, text[:MOST_SHOWN])
            case BadDuration(text=text):
                return BadDuration(self.where, name, text[:MOST_SHOWN])
            case BadLink(text=text):
                return BadLink(self.where, text[:MOST_SHOWN])
            case UnknownCountry(country=country, subdivision=subdivision):
                return UnknownCountry(country, subdivision, self.where)
            case _:
                return error


def read_needs(fields: Fields) -> Needs:
    """How many approvers must agree: ``all``, ``any`` or a number; ``all`` when left out."""
    value = fields.raw("needs")
    match value:
        case None | "all":
            return "all"
        case "any":
            return "any"
        case int() if not isinstance(value, bool):
            return value
        case _:
            fields.bad("needs", value)
            return "all"
