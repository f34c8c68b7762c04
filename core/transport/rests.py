"""Which servers want to be left alone, and for how long: known to all transports of one round of fetching."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from core.reasons import Reason
from core.transport.addresses import host_of
from core.transport.waiting import growing_wait

LIMITED = 900.0
"""Seconds for which a server is left alone that has had too many requests, time and again, and names no moment."""


class Rests:
    """Until when each server is left alone, by its host and port."""

    def __init__(self) -> None:
        self._until: dict[str, tuple[float, Reason]] = {}
        self._failures: Counter[str] = Counter()

    def left(self, url: str) -> float:
        """For how many seconds more the server of an address is left alone."""
        until, _ = self._until.get(host_of(url), (0.0, None))
        return max(0.0, until - time.monotonic())

    def why(self, url: str) -> Reason | None:
        """Why it is left alone."""
        return self._until.get(host_of(url), (0.0, None))[1]

    def rest(self, url: str, seconds: float, why: Reason) -> None:
        """Leave the server of an address alone for some seconds at least."""
        until = time.monotonic() + seconds
        if until > self._until.get(host_of(url), (0.0, None))[0]:
            self._until[host_of(url)] = (until, why)

    def failed(self, url: str, first: float) -> float:
        """For how long to leave the server alone after one more failure; `first` seconds after the first one."""
        self._failures[host_of(url)] += 1
        return min(growing_wait(first, self._failures[host_of(url)]), LIMITED)

    def answered(self, url: str) -> None:
        """Take it that the server of an address is well."""
        self._failures.pop(host_of(url), None)


_RESTS: ContextVar[Rests | None] = ContextVar("rests", default=None)


def rests_of_round() -> Rests:
    """The rests of the round under way; new ones where there is none."""
    return _RESTS.get() or Rests()


@contextmanager
def one_round() -> Iterator[None]:
    """Let all that is fetched meanwhile know which servers want to be left alone; a round in a round is one with it."""
    token = _RESTS.set(rests_of_round())
    try:
        yield
    finally:
        _RESTS.reset(token)
