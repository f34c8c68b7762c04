"""The words of the program as frozen records: thread, post, capture, mark, translation, quote."""

from dataclasses import dataclass, field
from enum import IntFlag, StrEnum
from typing import Any

from msgspec.structs import replace

from core.counts import PostCounts
from core.reasons import Reason


class State(StrEnum):
    """What the writer has decided about a post."""

    NEW = "new"
    STARRED = "starred"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class TimePrecision(StrEnum):
    """How well a post's time is known."""

    EXACT = "exact"
    """To the second or better, from the source or decoded from the post's id."""
    DAY = "day"
    """A date without a time of day; `posted_at` is its first second in UTC."""
    RELATIVE = "relative"
    """Reckoned from the capture ("2h", "Feb 15" without a year); fit for sorting, never to be shown as a date."""
    UNKNOWN = "unknown"


class LangFrom(StrEnum):
    """How a post's language is known."""

    SOURCE = "source"
    """The source names it."""
    SCRIPT = "script"
    """Its letters belong to one language."""
    DETECTOR = "detector"
    """A detector is sure of it."""


class TextLoss(IntFlag):
    """What a source or a tool is known to have taken from a text, or added to it; of two texts the truer has less."""

    NONE = 0
    CUT = 1
    """Its end may be missing."""
    HIDDEN_LINKS = 2
    """Links stand as a shortener's address, such as t.co, or are left out."""
    SHORT_LINKS = 4
    """Links are cut, or without their scheme."""
    LINE_BREAKS = 8
    """Line breaks have become spaces."""
    NAMES_IN_FRONT = 16
    """It begins with the names of those whom it answers, which the network does not show."""
    ENTITIES = 32
    """Signs may stand as entities, or markup among the words."""
    OTHER_WORDS = 64
    """Words that are not the author's may stand among them, such as counts or a place."""


class DetailKind(StrEnum):
    """What a detail of a post is."""

    QUOTED_POST = "quoted-post"
    """The post that it quotes: `@handle: words`."""
    POLL = "poll"
    """The answers of a poll, one to a line."""
    CONTENT_WARNING = "content-warning"
    """The words before which the author has hidden the text."""
    COMMUNITY_NOTE = "community-note"
    """What readers of the network have noted below it."""
    PLACE = "place"
    """Where it was posted."""
    ALT_TEXT = "alt-text"
    """The description of a picture or video."""


@dataclass(frozen=True, slots=True)
class PostDetail:
    """Something that a source shows with a post and that is no word of its text."""

    kind: DetailKind
    text: str
    url: str | None = None
    """A link to it, for example to the post that is quoted."""


class CapturedFrom(StrEnum):
    """What says when a capture was made."""

    PAYLOAD = "payload"
    """The payload itself."""
    FETCH = "fetch"
    """This program fetched it."""
    GIVEN = "given"
    """The writer, with --captured-at."""
    FILE = "file"
    """The file's date alone, which a copy or a download changes: no fact about the capture."""


class PostStatus(StrEnum):
    """Whether the source still showed the post when it was captured."""

    LIVE = "live"
    DELETED = "deleted"
    SUSPENDED = "suspended"
    PROTECTED = "protected"
    UNAVAILABLE = "unavailable"


class Verdict(StrEnum):
    """How complete a capture is."""

    COMPLETE = "complete"
    """The source proves that there is no more."""
    PARTIAL = "partial"
    EMPTY = "empty"
    """The source proves that nobody replied."""
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The source says nothing about its end."""


class News(StrEnum):
    """What the newest visit to the source says of a post."""

    NONE = ""
    ADDED = "added"
    """No earlier visit had brought it."""
    CHANGED = "changed"
    """Its text, a count, its status or its author's name had been another."""
    GONE = "gone"
    """A capture that was complete did not have it any more."""


class Flag(StrEnum):
    """Something about a post that the writer should know before quoting it."""

    AUTHOR_UNKNOWN = "author-unknown"
    """The source names no author."""
    AUTHOR_LINK = "author-link"
    """The link names another account than the author's."""
    AUTHOR_NAME = "author-name"
    """The handle comes with another display name elsewhere in the capture."""
    AUTHOR_ROOT = "author-root"
    """The root author's display name under another handle, or the root's handle with another display name."""
    AUTHOR_CONFLICT = "author-conflict"
    """Another capture, or another copy in the same one, names another author; the first is kept."""
    SHARE_ALONE = "share-alone"
    """It shares a post that the capture does not have; author and text are what the share says of them."""
    BIDI = "bidi"
    """Unbalanced or overriding bidirectional controls."""
    INVISIBLE = "invisible"
    """Zero-width, tag or filler characters."""
    CONTROL = "control"
    """C0 or C1 control characters other than newline and tab."""
    MIXED_SCRIPT = "mixed-script"
    """A handle or name that mixes scripts, as look-alikes do."""
    CUT = "cut"
    """The text is longer than the import limit; the rest is in the payload."""
    CUT_BY_SOURCE = "cut-by-source"
    """The source or its tool shows only the beginning of the text."""
    MARKUP = "markup"
    """The text may hold markup or entities that are not the author's words."""
    OTHER_HOST = "other-host"
    """The page may have put another host in place of the one that the author's link names."""
    DAMAGED_TEXT = "damaged-text"
    """Lone surrogates in the payload, shown as U+FFFD."""
    DAMAGED_ID = "damaged-id"
    """The payload gives the id as a rounded number."""
    ROUNDED_COUNTS = "rounded-counts"
    """A count was given as "1.2K" or "2万"."""
    ODD_COUNTS = "odd-counts"
    """Counts that cannot be: negative, or more likes than views."""
    DOUBTFUL_COUNTS = "doubtful-counts"
    """Counts that the tool is known to garble, or to take from another post."""
    ODD_TIME = "odd-time"
    """A time before 2006 or after the capture."""
    ORPHAN = "orphan"
    """Its parent is named but was not captured."""
    CYCLE = "cycle"
    """Its parent chain came back to itself and was cut here."""
    CONFLICT = "conflict"
    """One capture held this id with two texts; the first is kept."""
    EDITED_BEFORE = "edited-before"
    """Its source says that its author had edited it before it was captured."""
    EDITED = "edited"
    """A later capture has another text; the one that was captured first is shown."""


class Post(PostCounts, frozen=True, gc=False):
    """The root or a reply, as captured; never changed by the writer.

    Its counts are those of PostCounts; handles have no leading `@`. A million are made in one import, and this kind of
    record is made in a fifth of the time of a dataclass, of which `dataclasses.replace` and `asdict` know nothing.
    """

    id: str
    """The source's id, or `h:` and a hash of author, text and parent where it gives none."""
    text: str
    """To the letter, newlines included."""
    author: str | None = None
    author_name: str | None = None
    parent_id: str | None = None
    """The post that this one answers, or None where that is unknown."""
    posted_at: int | None = None
    """Seconds since 1970 UTC; see `time_precision`."""
    time_precision: TimePrecision = TimePrecision.UNKNOWN
    time_given: str | None = None
    """The time as the source printed it, where that is not exact."""
    lang: str | None = None
    """BCP 47, or None where neither the source names it nor the text shows it."""
    url: str | None = None
    """A link to the post, http or https only."""
    media: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    status: PostStatus = PostStatus.LIVE
    flags: tuple[Flag, ...] = ()
    lang_from: LangFrom | None = None
    """How `lang` is known."""
    losses: TextLoss = TextLoss.NONE
    """What is known to be wrong with `text`; what its reader says of all its texts is added when it is finished."""
    details: tuple[PostDetail, ...] = ()
    """Polls, places, quoted posts and the like."""
    utc_offset: int | None = None
    """Minutes east of UTC of the clock by which the source gives `posted_at`; None where it says UTC or nothing."""
    shared_by: str | None = None
    """The handle of the account that passed the post on, where the source gives a share; the rest is the original's."""
    author_id: str | None = None
    """The network's own number or name of the account, where handles can be shared or change."""

    def with_changes(self, **changes: Any) -> "Post":
        """A copy with other values in some fields."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Payload:
    """Bytes as they came, with where from and when."""

    name: str
    """A file's name or a URL; shown to the user, never opened again."""
    data: bytes = field(repr=False)
    captured_at: int | None = None
    """Seconds since 1970 UTC; see `captured_from`."""
    captured_from: CapturedFrom = CapturedFrom.FETCH
    """What says so."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a payload that was left out or mended, and why."""

    place: str
    """For example `replies[7].text` or `line 12`."""
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one payload about one thread."""

    format: str
    """The reader's name."""
    root_id: str
    posts: tuple[Post, ...] = field(repr=False)
    """In the source's order; the root among them where the payload has it."""
    tool: str | None = None
    """The program that made the payload, as an article would credit it."""
    url: str | None = None
    root_author: str | None = None
    """The root's handle, also where the root itself is missing."""
    claimed: int | None = None
    """How many replies the source says there are."""
    verdict: Verdict = Verdict.UNKNOWN
    reasons: tuple[Reason, ...] = ()
    problems: tuple[Problem, ...] = ()
    captured_at: int | None = None
    """Overrides the payload's date where the payload says when it was fetched."""
    site: str = ""
    """The host on which the ids mean these posts, such as `x.com` or `lemmy.world`; "" where it is not known."""
    losses: TextLoss = TextLoss.NONE
    """What is known to be wrong with all texts of this reading."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One reading of a thread, as kept."""

    id: int
    thread_id: int
    read_at: int
    captured_at: int | None
    format: str
    tool: str | None
    names: tuple[str, ...]
    """The payloads' names."""
    verdict: Verdict
    reasons: tuple[Reason, ...]
    claimed: int | None
    found: int
    """Posts in this capture."""
    visit: int = 0
    """The number of the first capture that the same command made."""
    added: int | None = None
    """Posts that it was the first to bring; None, as for the next three, where an older program kept it."""
    changed: int | None = None
    """Posts that had been captured before, and differed."""
    edited: int | None = None
    """Those of them whose text differed."""
    gone: int | None = None
    """Posts of earlier captures that it, being complete, did not have."""
    problems: tuple[Problem, ...] = ()
    captured_from: CapturedFrom | None = None
    """What says when it was made; None where an older program kept it."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A post and what was said under it, as the library lists it."""

    id: int
    """The library's own number; it does not travel."""
    root_id: str
    url: str | None
    root_author: str | None
    title: str
    """The root's first line, or its link where the root is missing."""
    replies: int
    """Replies in the library."""
    claimed: int | None
    """The largest reply total that a source has stated."""
    starred: int
    decided: int
    """Replies starred or rejected."""
    captured_at: int | None
    """The newest capture's date."""
    verdict: Verdict
    reasons: tuple[Reason, ...]
    captured_from: CapturedFrom | None = None
    """What says when the newest capture was made; None where an older program kept it."""
    site: str = ""
    """The host on which its ids mean these posts; "" where it is not known."""
    mixed: bool = False
    """Whether an older program, which took an id alone for a thread's name, may have put two threads into it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the writer added to a post."""

    state: State = State.NEW
    tags: tuple[str, ...] = ()
    """In the order in which they were given."""
    note: str = ""
    """Private; never exported."""
    lead_in: str = ""
    comment: str = ""
    excerpt: tuple[tuple[int, int], ...] = ()
    """Spans of the text to quote, as (start, end) in code points, ascending and apart; empty means the whole."""
    rating: int = 0
    """0 to 5; 0 is unrated."""
    review: bool = False
    """The writer wants to check this one."""
    confirmed: bool = False
    """The writer vouches for the author, who is unknown or in doubt."""


class TranslationState(StrEnum):
    """How far a translation can be trusted."""

    MACHINE = "machine"
    EDITED = "edited"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Translation:
    """A post's text in another language."""

    lang: str
    text: str
    state: TranslationState
    engine: str | None = None
    """The engine and model that drafted it; None where the writer did."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A post seen with its mark and its translation."""

    seq: int
    """The library's own number of the post; it does not travel."""
    post: Post
    mark: Mark
    translation: Translation | None
    depth: int
    """0 for the root, 1 for a reply to it; a reply whose parent is unknown counts as 1."""
    is_root: bool
    position: int
    """Place in the source's order, from 0."""
    news: News = News.NONE
    alike: int = 0
    """How many posts say the same, this one among them; 0 where none does, or they have not been compared."""
    accounts: int = 0
    """How many accounts they are by."""
    newer_text: str | None = None
    """What the post says now, where the author has edited it, or a truer text that would be shown if no excerpt or
    translation hung on this one; None where there is no such text."""

    def quoted_text(self, gap: str = " […] ") -> str:
        """The text, or its excerpt with `gap` where something is left out."""
        if not self.mark.excerpt:
            return self.post.text
        return excerpted(self.post.text, self.mark.excerpt, gap)


def excerpted(text: str, spans: tuple[tuple[int, int], ...], gap: str = " […] ") -> str:
    """The `spans` of `text`, with `gap` between them and at an end that was left out.

    White space at a cut is dropped, for the gap brings its own.
    """
    parts = [text[start:end].strip() for start, end in spans]
    joined = gap.join(part for part in parts if part)
    if spans and text[: spans[0][0]].strip():
        joined = gap.lstrip() + joined
    if spans and text[spans[-1][1] :].strip():
        joined += gap.rstrip()
    return joined
