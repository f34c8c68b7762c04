"""A post as a source gives it, and what is known of its text, time, language and state."""

from dataclasses import dataclass
from enum import IntFlag, StrEnum
from typing import Any

from msgspec.structs import replace

from core.counts import PostCounts


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


class PostStatus(StrEnum):
    """Whether the source still showed the post when it was captured."""

    LIVE = "live"
    DELETED = "deleted"
    SUSPENDED = "suspended"
    PROTECTED = "protected"
    UNAVAILABLE = "unavailable"


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
