"""Making Slack misbehave on purpose."""

import random
import threading
from dataclasses import asdict, dataclass
from typing import Any

KINDS = ("429", "500", "late", "drop_before", "drop_after")
ANY_METHOD = "*"


@dataclass(kw_only=True)
class Fault:
    """One way in which calls of a method go wrong.

    ``429`` and ``500`` refuse the call; ``late`` does it and answers after ``seconds``;
    ``drop_before`` cuts the connection without doing it, ``drop_after`` does it and cuts the
    connection; ``error:NAME`` answers ``ok: false`` with that name. ``times`` counts down;
    None means for ever.
    """

    method: str
    kind: str
    times: int | None = 1
    probability: float = 1.0
    retry_after: int = 1
    seconds: float = 5.0

    def __post_init__(self) -> None:
        named = self.kind.removeprefix("error:")
        if self.kind not in KINDS and (not self.kind.startswith("error:") or not named):
            raise ValueError(f"unknown fault {self.kind!r}")
        if not 0 <= self.probability <= 1:
            raise ValueError("a probability lies between 0 and 1")

    @property
    def error(self) -> str:
        """The error to answer, for ``error:NAME``."""
        return self.kind.removeprefix("error:")

    @property
    def prevents_the_call(self) -> bool:
        """Whether the method is not run at all."""
        return self.kind not in {"late", "drop_after"}


class Faults:
    """The faults that are waiting to happen. The first that fits a call happens."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(
        self,
        method: str,
        kind: str,
        *,
        times: int | None = 1,
        probability: float = 1.0,
        retry_after: int = 1,
        seconds: float = 5.0,
    ) -> Fault:
        """Make calls of ``method`` (``*``: of all) fail in the given way."""
        fault = Fault(
            method=method,
            kind=kind,
            times=times,
            probability=probability,
            retry_after=retry_after,
            seconds=seconds,
        )
        with self._lock:
            self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Forget all faults."""
        with self._lock:
            self._waiting.clear()

    def all(self) -> list[dict[str, Any]]:
        """The faults that can still happen, as plain values."""
        with self._lock:
            return [asdict(fault) for fault in self._waiting]

    def take(self, method: str) -> Fault | None:
        """The fault that hits this call, if any."""
        with self._lock:
            for fault in self._waiting:
                if fault.method not in {ANY_METHOD, method}:
                    continue
                if self._chance.random() >= fault.probability:
                    continue
                self._count_down(fault)
                return fault
        return None

    def _count_down(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self._waiting.remove(fault)
