"""Names for new things, in the forms Slack uses."""

import itertools
import random
import string
import threading

LETTERS = string.ascii_uppercase + string.digits
ID_LENGTH = 10


class Ids:
    """Makes ids that never repeat within one workspace; the same seed gives the same ids."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._count = itertools.count(1)
        self._lock = threading.Lock()

    def new(self, prefix: str) -> str:
        """An id such as ``F0K3J2H1G5``."""
        with self._lock:
            number = next(self._count)
            noise = "".join(self._chance.choices(LETTERS, k=ID_LENGTH - 5))
        return f"{prefix}0{noise}{_base36(number):0>4}"

    def secret(self, length: int = 32) -> str:
        """A word that cannot be guessed from outside: tickets, triggers, urls."""
        with self._lock:
            number = next(self._count)
            noise = "".join(self._chance.choices(LETTERS.lower(), k=length))
        return f"{_base36(number).lower()}{noise}"

    def short(self) -> str:
        """Five characters, as Slack fills in for a missing block_id."""
        with self._lock:
            number = next(self._count)
            return f"{self._chance.choice(LETTERS)}{_base36(number):0>4}"


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = LETTERS[(digit + 26) % 36] + digits
    return digits or "0"
