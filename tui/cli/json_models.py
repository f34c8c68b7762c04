"""The documented JSON of the commands, as models: what each prints, and the schema by which others can rely on it.

Imported only where JSON is asked for, because pydantic takes longer to load than most commands take to run. What is not
known is null.
"""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, create_model

from core.article.outline import why_left_out
from core.counts import COUNTS, PostCounts, count_values
from core.doctor import HealthFinding, Severity
from core.facts import Bar
from core.models import (
    Capture,
    Flag,
    LangFrom,
    News,
    Post,
    PostStatus,
    Problem,
    Quote,
    State,
    Thread,
    TimePrecision,
    Translation,
    TranslationState,
    Verdict,
)
from core.thread.history import History, Observation, RecheckedState
from core.thread.rechecks import RecheckOutcome
from core.words import words
from tui.cli.json_output import iso


class JsonModel(BaseModel):
    """An object in what a command prints as JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def _with_counts(base: type[JsonModel]) -> Any:
    """A model that has every declared count after the fields of `base`."""
    counts: dict[str, Any] = {
        count.name: (int | None, Field(description=f"How many {count.name}; null where that is not known."))
        for count in COUNTS
    }
    return create_model(f"{base.__name__}WithCounts", __base__=base, **counts)


def _counts(record: PostCounts) -> dict[str, Any]:
    """Every count of a record by its name."""
    return dict(zip((count.name for count in COUNTS), count_values(record), strict=True))


class ProblemJson(JsonModel):
    """A part of a payload that was left out or mended."""

    place: str
    reason: str

    @classmethod
    def from_problem(cls, problem: Problem) -> Self:
        """The problem, with its reason in words."""
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
    verdict: Verdict
    reasons: list[str]

    @classmethod
    def from_thread(cls, thread: Thread) -> Self:
        """The thread."""
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
            verdict=thread.verdict,
            reasons=[words(reason) for reason in thread.reasons],
        )


class CaptureJson(JsonModel):
    """A capture, as `captures --json` lists it."""

    captured_at: str | None
    """When the source was captured, in ISO 8601 and UTC."""
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

    @classmethod
    def from_capture(cls, capture: Capture) -> Self:
        """The capture."""
        return cls(
            captured_at=iso(capture.captured_at),
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
        )


class RecheckJson(JsonModel):
    """What a later look at the source found of a post."""

    at: str | None
    outcome: RecheckOutcome
    detail: str

    @classmethod
    def from_state(cls, state: RecheckedState) -> Self:
        """The finding, with its time."""
        return cls(at=iso(state.at), outcome=RecheckOutcome(state.outcome), detail=state.detail)


class _ObservedText(JsonModel):
    """When a capture said what of a post."""

    at: str | None
    text: str


class ObservationJson(_with_counts(_ObservedText)):  # type: ignore[misc]
    """What one capture said of a post."""

    status: str
    author: str | None
    name: str | None

    @classmethod
    def from_observation(cls, one: Observation) -> Self:
        """The observation."""
        said = {"status": one.status, "author": one.author, "name": one.name}
        return cls(at=iso(one.at), text=one.text, **_counts(one), **said)


class TranslationJson(JsonModel):
    """A post's translation."""

    lang: str
    text: str
    state: TranslationState
    engine: str | None
    """The machine that made it, if one did."""

    @classmethod
    def from_translation(cls, one: Translation) -> Self:
        """The translation."""
        return cls(lang=one.lang, text=one.text, state=one.state, engine=one.engine)


class _AuthoredText(JsonModel):
    """A text, and who wrote it."""

    id: str
    text: str
    author: str | None
    """The handle, without its `@`."""
    author_name: str | None


class PostJson(_with_counts(_AuthoredText)):  # type: ignore[misc]
    """A post with its mark, as `posts --json` lists it."""

    time: str | None
    """ISO 8601 in UTC; a date alone where only the day is known; null where it is relative or unknown."""
    time_precision: TimePrecision
    time_given: str | None
    """The time as the source had it."""
    parent: str | None
    """The id of the post that it answers."""
    depth: int
    position: int
    """The place in the source's order, from 0."""
    root: bool
    lang: str | None
    lang_from: LangFrom | None
    """By what the language is known."""
    url: str | None
    media: list[str]
    links: list[str]
    status: PostStatus
    flags: list[Flag]
    held_back: str | None
    """Why it would stay out of the article."""
    news: News | None
    """What is new about it since last time."""
    gone_at: str | None
    alike: int
    """How many posts say the same, this one among them; 0 where none does."""
    accounts: int
    """How many accounts those are by."""
    recheck: RecheckJson | None
    history: list[ObservationJson]
    """What each capture said, where they differ."""
    state: State
    tags: list[str]
    lead_in: str
    comment: str
    note: str
    excerpt: list[tuple[int, int]]
    """Spans of the text, in code points."""
    rating: int | None
    review: bool
    confirmed: bool
    translation: TranslationJson | None

    @classmethod
    def from_quote(cls, quote: Quote, history: History | None = None) -> Self:
        """A post with its mark, and what captures said of it."""
        history, post, mark = history or History(), quote.post, quote.mark
        left_out = None if quote.is_root else why_left_out(quote)
        return cls(
            id=post.id,
            text=post.text,
            author=post.author,
            author_name=post.author_name,
            **_counts(post),
            time=_time(post),
            time_precision=post.time_precision,
            time_given=post.time_given,
            parent=post.parent_id,
            depth=quote.depth,
            position=quote.position,
            root=quote.is_root,
            lang=post.lang,
            lang_from=post.lang_from,
            url=post.url,
            media=list(post.media),
            links=list(post.links),
            status=post.status,
            flags=list(post.flags),
            held_back=None if left_out is None else words(left_out),
            news=quote.news or None,
            gone_at=iso(history.gone),
            alike=quote.alike,
            accounts=quote.accounts,
            recheck=history.look and RecheckJson.from_state(history.look),
            history=[ObservationJson.from_observation(one) for one in history.observations],
            state=mark.state,
            tags=list(mark.tags),
            lead_in=mark.lead_in,
            comment=mark.comment,
            note=mark.note,
            excerpt=list(mark.excerpt),
            rating=mark.rating,
            review=mark.review,
            confirmed=mark.confirmed,
            translation=quote.translation and TranslationJson.from_translation(quote.translation),
        )


def _time(post: Post) -> str | None:
    """A post's time as exactly as it is known: to the second, to the day, or not at all."""
    known = iso(post.posted_at)
    if post.time_precision is TimePrecision.DAY:
        return known and known[:10]
    return known if post.time_precision is TimePrecision.EXACT else None


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
        """The bar, with the filter that shows its replies."""
        return cls(label=bar.label, count=bar.count, of=bar.of, approximate=bar.about, filter=filter)


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
    def from_finding(cls, one: HealthFinding) -> Self:
        """The finding."""
        return cls(topic=one.topic, verdict=one.verdict, found=one.found, fix=one.fix)


DOCUMENTS: dict[str, TypeAdapter[Any]] = {
    "threads": TypeAdapter(list[ThreadJson]),
    "captures": TypeAdapter(list[CaptureJson]),
    "posts": TypeAdapter(list[PostJson]),
    "facts": TypeAdapter(FactsJson),
    "doctor": TypeAdapter(list[FindingJson]),
}
"""Name of a command -> what it prints with --json."""
