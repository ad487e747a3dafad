"""Public holidays by country and part of a country, from the ``holidays`` library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays

from scheduling.errors import UnknownCountry

# What people write for a part of a country, where the library knows only the whole of it.
_KNOWN_AS: Mapping[tuple[str, str | None], str] = {
    ("FR", "67"): "6AE",
    ("FR", "68"): "6AE",
}  # Alsace


@lru_cache(maxsize=256)
def public_holidays(
    country: str, subdivision: str | None, first_year: int, last_year: int, language: str | None
) -> Mapping[date, str]:
    """The public holidays of those years with their names, frozen.

    ``language`` is one the library knows for that country; None, or one it does not know,
    means the country's own. Raise UnknownCountry.
    """
    found = _entity(country, subdivision, language)
    for year in range(first_year, last_year + 1):
        _ = date(year, 1, 1) in found  # asking about a year is what fills it
    return MappingProxyType(dict(sorted(found.items())))


@lru_cache(maxsize=256)
def usual_weekend(country: str) -> frozenset[int]:
    """The weekend days of a country, Monday being 0. Raise UnknownCountry."""
    return frozenset(_entity(country, None, None).weekend)


def _entity(country: str, subdivision: str | None, language: str | None) -> holidays.HolidayBase:
    known_as = _KNOWN_AS.get((country, subdivision), subdivision)
    try:
        found = holidays.country_holidays(country, subdiv=known_as)
        # Without a language the library would take the process's own, and plans would differ
        # from machine to machine.
        spoken = language if language in found.supported_languages else found.default_language
        return holidays.country_holidays(country, subdiv=known_as, language=spoken)
    except NotImplementedError as error:
        raise UnknownCountry(country, subdivision) from error
