"""The documented JSON of the commands, as models: what each prints, and the schema by which others can rely on it.

Imported only where JSON is asked for, because pydantic takes longer to load than most commands take to run. What is not
known is null.
"""

from typing import Any, Self

from pydantic import TypeAdapter

from core.doctor import HealthFinding, Severity
from core.facts import Bar
from core.models import (
    Capture,
    CapturedFrom,
    Problem,
    Thread,
    Verdict,
)
from core.words import words
from tui.cli.json_base import JsonModel
from tui.cli.json_output import iso
from tui.cli.json_posts import PostJson


class ProblemJson(JsonModel):
    """A part of a payload that was left out or mended."""

    place: str
    reason: str

    @classmethod
    def from_problem(cls, problem: Problem) -> Self:
        """The JSON of a problem, with its reason in words."""
        return cls(place=problem.place, reason=words(problem.reason))


class ThreadJson(JsonModel):
    """A thread, as `threads --json` lists it."""

    id: str
    """The root post's id."""
    url: str | None
    author: str | None
    """The root's handle, without its `@`."""
    title: str
    """The root's first line, or its link where the root is missing."""
    replies: int
    """Replies in the library."""
    claimed: int | None
    """The largest reply total that a source has stated."""
    starred: int
    decided: int
    """Replies starred or rejected."""
    captured_at: str | None
    """The newest capture's time, in ISO 8601 and UTC."""
    captured_from: CapturedFrom | None
    """What says so; `file` is only the date of a file."""
    verdict: Verdict
    reasons: list[str]
    site: str | None
    """The host on which its ids mean these posts."""
    number: int
    """The library's own number, by which `thread:NUMBER` names it; it does not travel."""
    mixed: bool
    """Whether an older program may have put two threads into it."""

    @classmethod
    def from_thread(cls, thread: Thread) -> Self:
        """The JSON of a thread, with its reasons in words."""
        return cls(
            id=thread.root_id,
            url=thread.url,
            author=thread.root_author,
            title=thread.title,
            replies=thread.replies,
            claimed=thread.claimed,
            starred=thread.starred,
            decided=thread.decided,
            captured_at=iso(thread.captured_at),
            captured_from=thread.captured_from,
            verdict=thread.verdict,
            reasons=[words(reason) for reason in thread.reasons],
            site=thread.site or None,
            number=thread.id,
            mixed=thread.mixed,
        )


class CaptureJson(JsonModel):
    """A capture, as `captures --json` lists it."""

    captured_at: str | None
    """When the source was captured, in ISO 8601 and UTC."""
    captured_from: CapturedFrom | None
    """What says so; `file` is only the date of a file."""
    read_at: str | None
    """When this program read it."""
    visit: int
    """The same for all that one command brought."""
    tool: str | None
    format: str
    payloads: list[str]
    """The payloads' names."""
    posts: int
    claimed: int | None
    """The reply total that the source stated."""
    new: int | None
    """Posts that it was the first to bring; null, as for the next three, where an older program kept it."""
    changed: int | None
    edited: int | None
    gone: int | None
    verdict: Verdict
    reasons: list[str]
    problems: list[ProblemJson]
    number: int
    """The library's own number, by which `part` names it."""

    @classmethod
    def from_capture(cls, capture: Capture) -> Self:
        """The JSON of a capture, with its reasons in words."""
        return cls(
            captured_at=iso(capture.captured_at),
            captured_from=capture.captured_from,
            read_at=iso(capture.read_at),
            visit=capture.visit,
            tool=capture.tool,
            format=capture.format,
            payloads=list(capture.names),
            posts=capture.found,
            claimed=capture.claimed,
            new=capture.added,
            changed=capture.changed,
            edited=capture.edited,
            gone=capture.gone,
            verdict=capture.verdict,
            reasons=[words(reason) for reason in capture.reasons],
            problems=[ProblemJson.from_problem(problem) for problem in capture.problems],
            number=capture.id,
        )


class BarJson(JsonModel):
    """A bar of a plot."""

    label: str
    count: int
    of: int
    """What the count is a share of."""
    approximate: bool
    filter: str | None
    """The filter that shows its replies; null where none does."""

    @classmethod
    def from_bar(cls, bar: Bar, filter: str | None) -> Self:
        """The JSON of a bar, with the filter that shows its replies."""
        return cls(label=words(bar.label), count=bar.count, of=bar.of, approximate=bar.about, filter=filter)


class FactsJson(JsonModel):
    """What a thread is made of, as `facts --json` prints it."""

    thread: str
    filter: str
    """The filter of what was counted; empty for everything."""
    replies: int | None
    plots: dict[str, list[BarJson]]
    """The bars of each plot by its name."""


class FindingJson(JsonModel):
    """A finding of the doctor, as `doctor --json` lists it."""

    topic: str
    verdict: Severity
    found: str
    fix: str
    """A command or a setting; empty where all is well."""

    @classmethod
    def from_finding(cls, finding: HealthFinding) -> Self:
        """The JSON of a finding."""
        return cls(topic=finding.topic, verdict=finding.verdict, found=finding.found, fix=finding.fix)


DOCUMENTS: dict[str, TypeAdapter[Any]] = {
    "threads": TypeAdapter(list[ThreadJson]),
    "captures": TypeAdapter(list[CaptureJson]),
    "posts": TypeAdapter(list[PostJson]),
    "facts": TypeAdapter(FactsJson),
    "doctor": TypeAdapter(list[FindingJson]),
}
"""Name of a command -> what it prints with --json."""
