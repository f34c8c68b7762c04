"""Captures in words: how complete each is, and what it brought."""

from collections.abc import Sequence

from core.models import Capture, CapturedFrom
from core.reasons import Reason, ReasonCode
from core.thread.history import dates
from core.words import verdict_words, words

_MOST_NAMES = 5
"""Names of payloads that are listed: a fetch has as many as it has pages."""


def headline(capture: Capture, lang: str = "en") -> str:
    """When, by what, how much, and the verdict."""
    at = capture.captured_at
    if at is None:
        when = words(Reason(ReasonCode.CAPTURE_READ, (capture.read_at,)), lang)
    else:
        when = captured_words(at, capture.captured_from, lang)
    tool = capture.tool or capture.format
    parts = [when, tool if tool == capture.format else f"{tool} ({capture.format})"]
    parts += [words(Reason(code, (number,)), lang) for code, number in _numbers(capture)]
    return " · ".join((*parts, verdict_words(capture.verdict, lang)))


def captured_words(at: int, captured_from: CapturedFrom | None, lang: str = "en") -> str:
    """When a capture was made; where only its file's date says so, that it is this."""
    is_guessed = captured_from is CapturedFrom.FILE
    return words(Reason(ReasonCode.FILE_DATED, (at,)), lang) if is_guessed else dates((at,))


def details(capture: Capture, most: int | None = None, lang: str = "en") -> list[str]:
    """The verdict's reasons, the first payloads' names, and what was left out or mended; `most` of each are listed."""
    because = [Reason(ReasonCode.CAPTURE_BECAUSE, causes=(reason,)) for reason in capture.reasons]
    names = [Reason(ReasonCode.CAPTURE_FROM, names=(name,)) for name in capture.names]
    problems = [
        Reason(ReasonCode.CAPTURE_MENDED, names=(problem.place,), causes=(problem.reason,))
        for problem in capture.problems
    ]
    lines = (
        *because,
        *_listed(names, ReasonCode.AND_PAYLOADS, _MOST_NAMES if most is None else min(most, _MOST_NAMES)),
        *_listed(problems, ReasonCode.AND_PROBLEMS, most),
    )
    return [words(line, lang) for line in lines]


def _numbers(capture: Capture) -> list[tuple[ReasonCode, int]]:
    """How many posts it holds, and what it brought, as far as that is known."""
    brought = (
        (ReasonCode.SOME_CHANGED, capture.changed),
        (ReasonCode.SOME_EDITED, capture.edited),
        (ReasonCode.SOME_GONE, capture.gone),
    )
    new = [] if capture.added is None else [(ReasonCode.SOME_NEW, capture.added)]
    return [(ReasonCode.CAPTURE_HOLDS, capture.found), *new, *((code, number) for code, number in brought if number)]


def _listed(lines: Sequence[Reason], others: ReasonCode, most: int | None) -> Sequence[Reason]:
    """The first lines, and how many there are besides."""
    if most is None or len(lines) <= most:
        return lines
    return (*lines[:most], Reason(others, (len(lines) - most,)))
