"""Captures in words: how complete each is, and what it brought."""

from core.models import Capture
from core.text.counted import counted
from core.thread.history import dates
from core.words import verdict_words, words


def headline(capture: Capture) -> str:
    """When, by what, how much, and the verdict."""
    when = f"read {dates((capture.read_at,))}" if capture.captured_at is None else dates((capture.captured_at,))
    tool = capture.tool or capture.format
    parts = [when, tool if tool == capture.format else f"{tool} ({capture.format})", counted(capture.found, "post")]
    brought = (("new", capture.added), ("changed", capture.changed), ("edited", capture.edited), ("gone", capture.gone))
    parts += [f"{number:,} {word}" for word, number in brought if number or (word == "new" and number is not None)]
    return " · ".join((*parts, verdict_words(capture.verdict)))


def details(capture: Capture, most: int | None = None) -> list[str]:
    """The verdict's reasons, the payloads' names, and what was left out or mended; `most` of these are listed."""
    problems = [f"left out or mended: {problem.place}: {words(problem.reason)}" for problem in capture.problems]
    names = [f"from: {name}" for name in capture.names]
    return [
        *(f"because: {words(reason)}" for reason in capture.reasons),
        *_listed(names, "more payload", most),
        *_listed(problems, "more problem", most),
    ]


def _listed(lines: list[str], what: str, most: int | None) -> list[str]:
    """The first lines, and how many there are besides."""
    if most is None or len(lines) <= most:
        return lines
    return [*lines[:most], f"and {counted(len(lines) - most, what)}"]
