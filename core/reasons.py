"""Reasons: why something is so, as a code with numbers and names; `core.words` says them in a language.

A new reason is one member of `ReasonCode` and one line in each language of `core.words`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ReasonCode(StrEnum):
    """What a reason says; its numbers and names are said in the templates of `core.words`."""

    WRITTEN = "written"
    """A sentence of another program, or of an older one of ours, as it was written."""

    # Why a reading is partial.
    FEWER_REPLIES = "fewer-replies"
    """Only compares with the total that the source states, which other captures may make up."""
    FURTHER_PAGES = "further-pages"
    FURTHER_REPLY_PAGES = "further-reply-pages"
    NEXT_PAGE = "next-page"
    LISTING_NEXT_PAGE = "listing-next-page"
    FIRST_PAGE_MISSING = "first-page-missing"
    SEARCH_PAGE = "search-page"
    FULL_PAGE = "full-page"
    PAGE_OF_TOPIC = "page-of-topic"
    NEWEST_ONLY = "newest-only"
    CUT_CHAINS = "cut-chains"
    BEHIND_PROMPT = "behind-prompt"
    BEHIND_STUBS = "behind-stubs"
    ONLY_BEHIND_STUB = "only-behind-stub"
    CONTINUED_ELSEWHERE = "continued-elsewhere"
    HIDDEN_REPLIES = "hidden-replies"
    POSTS_WITH_MORE_ANSWERS = "posts-with-more-answers"
    COMMENTS_WITH_MORE_ANSWERS = "comments-with-more-answers"
    COMMENTS_WITHOUT_ANSWERS = "comments-without-answers"
    ANSWERS_MISSING = "answers-missing"
    NAMED_ANSWERS_MISSING = "named-answers-missing"
    TOPIC_POSTS_MISSING = "topic-posts-missing"
    PARENTS_MISSING = "parents-missing"
    BEGINS_AT_REPLY = "begins-at-reply"
    SINGLE_COMMENT = "single-comment"
    CONTEXT_ALONE = "context-alone"
    POST_NOT_NAMED = "post-not-named"
    VIDEO_NOT_NAMED = "video-not-named"
    SUBJECT_NOT_NAMED = "subject-not-named"
    ROOT_NOT_NAMED = "root-not-named"
    SNAPSHOT_TRUNCATED = "snapshot-truncated"
    SNAPSHOT_ENDS = "snapshot-ends"
    NO_REPLY_FOUND = "no-reply-found"
    COMMENTS_INTERRUPTED = "comments-interrupted"
    COMMENTS_NOT_FETCHED = "comments-not-fetched"

    # Why a capture is not whole.
    IMPORT_UNFINISHED = "import-unfinished"
    FETCH_UNFINISHED = "fetch-unfinished"
    PAGES_NOT_HAD = "pages-not-had"
    BROKEN_OFF = "broken-off"
    STOPPED = "stopped"
    TOO_MANY_PAGES = "too-many-pages"
    NOTHING_NEW = "nothing-new"

    # How a fetch came by what it has, or by nothing.
    POST_ALONE = "post-alone"
    POST_WITHOUT_ITS_REPLIES = "post-without-its-replies"
    TRYING_NEXT = "trying-next"
    TRIED = "tried"
    NOTHING_FETCHED = "nothing-fetched"
    NO_SOURCE = "no-source"
    NOTHING_TO_ASK = "nothing-to-ask"
    NO_POST = "no-post"
    NOTHING_CAME = "nothing-came"

    # Why a chosen post is not quoted.
    AUTHOR_UNKNOWN = "author-unknown"
    AUTHOR_LINK = "author-link"
    AUTHOR_NAME = "author-name"
    AUTHOR_ROOT = "author-root"
    AUTHOR_CONFLICT = "author-conflict"
    AUTHOR_IN_DOUBT = "author-in-doubt"
    TO_BE_CONFIRMED = "to-be-confirmed"
    WITHOUT_TEXT = "without-text"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so; equal where it says the same."""

    code: ReasonCode
    numbers: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    """Text from outside, such as a server's own words; whoever shows it cleans it first."""
    causes: "tuple[Reason, ...]" = ()
    """The reasons that this one is because of."""

    @classmethod
    def written(cls, text: str) -> "Reason":
        """The reason that somebody else's sentence is."""
        return cls(ReasonCode.WRITTEN, names=(text,))

    def as_data(self) -> dict[str, Any]:
        """As plain data for JSON, without what is empty."""
        causes = [cause.as_data() for cause in self.causes]
        parts = {"numbers": list(self.numbers), "names": list(self.names), "causes": causes}
        return {"code": str(self.code), **{name: value for name, value in parts.items() if value}}


def reason_from(data: Mapping[str, Any]) -> Reason:
    """The reason that `Reason.as_data` has made plain data of."""
    return Reason(
        ReasonCode(data["code"]),
        tuple(data.get("numbers", ())),
        tuple(data.get("names", ())),
        reasons_from(data.get("causes", ())),
    )


def reasons_from(data: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """Several of them."""
    return tuple(map(reason_from, data))
