"""A post as `posts --json` prints it."""

from typing import Self

from core.article.outline import why_left_out
from core.models import (
    DetailKind,
    Flag,
    LangFrom,
    News,
    Post,
    PostStatus,
    Quote,
    State,
    TimePrecision,
    Translation,
    TranslationState,
)
from core.thread.history import History, Observation, RecheckedState
from core.thread.rechecks import RecheckOutcome
from core.words import words
from tui.cli.json_base import JsonModel, counts_of, with_counts
from tui.cli.json_output import iso


class RecheckJson(JsonModel):
    """What a later look at the source found of a post."""

    at: str | None
    outcome: RecheckOutcome
    detail: str

    @classmethod
    def from_state(cls, state: RecheckedState) -> Self:
        """The JSON of what a later look found, with its time."""
        return cls(at=iso(state.at), outcome=RecheckOutcome(state.outcome), detail=state.detail)


class _ObservedText(JsonModel):
    """When a capture said what of a post."""

    at: str | None
    text: str


class ObservationJson(with_counts(_ObservedText)):  # type: ignore[misc]
    """What one capture said of a post."""

    status: str
    author: str | None
    name: str | None

    @classmethod
    def from_observation(cls, observation: Observation) -> Self:
        """The JSON of an observation."""
        said = {"status": observation.status, "author": observation.author, "name": observation.name}
        return cls(at=iso(observation.at), text=observation.text, **counts_of(observation), **said)


class TranslationJson(JsonModel):
    """The translation of a post, as `posts --json` has it."""

    lang: str
    text: str
    state: TranslationState
    engine: str | None
    """The machine that made it, if one did."""

    @classmethod
    def from_translation(cls, translation: Translation) -> Self:
        """The JSON of a translation."""
        return cls(lang=translation.lang, text=translation.text, state=translation.state, engine=translation.engine)


class DetailJson(JsonModel):
    """Something that stands beside a post's text, as `posts --json` has it."""

    kind: DetailKind
    text: str
    url: str | None


class _AuthoredText(JsonModel):
    """A text, and who wrote it."""

    id: str
    text: str
    author: str | None
    """The handle, without its `@`."""
    author_name: str | None


class PostJson(with_counts(_AuthoredText)):  # type: ignore[misc]
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
    details: list[DetailJson]
    """What the source shows with it and is no word of its text."""
    shared_by: str | None
    """The handle of the account that passed the post on; all else is the original's."""
    author_id: str | None
    """The network's own number or name of the account."""
    utc_offset: int | None
    """Minutes east of UTC of the clock by which the source gives the time; null where it says UTC or nothing."""
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
        """The JSON of a post with its mark, and of what captures said of it."""
        history, post, mark = history or History(), quote.post, quote.mark
        left_out = None if quote.is_root else why_left_out(quote)
        return cls(
            id=post.id,
            text=post.text,
            author=post.author,
            author_name=post.author_name,
            **counts_of(post),
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
            details=[DetailJson(kind=detail.kind, text=detail.text, url=detail.url) for detail in post.details],
            shared_by=post.shared_by,
            author_id=post.author_id,
            utc_offset=post.utc_offset,
            status=post.status,
            flags=list(post.flags),
            held_back=None if left_out is None else words(left_out),
            news=quote.news or None,
            gone_at=iso(history.gone),
            alike=quote.alike,
            accounts=quote.accounts,
            recheck=history.look and RecheckJson.from_state(history.look),
            history=[ObservationJson.from_observation(observation) for observation in history.observations],
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
