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

    # What was left out of a payload, or mended.
    NOT_TEXT = "not-text"
    NOT_AN_ID = "not-an-id"
    NOT_A_COUNT = "not-a-count"
    NOT_A_TIME = "not-a-time"
    NOT_AN_OBJECT = "not-an-object"
    ENTRY_NOT_AN_OBJECT = "entry-not-an-object"
    NOT_A_LIST = "not-a-list"
    TEXT_MISSING = "text-missing"
    MISSING = "missing"
    ROUNDED_ID = "rounded-id"
    NO_WEB_LINK = "no-web-link"
    SOME_NO_WEB_LINKS = "some-no-web-links"
    NO_ADDRESS = "no-address"
    POST_MISSING = "post-missing"
    TOPIC_MISSING = "topic-missing"
    ANSWERED_POST_MISSING = "answered-post-missing"
    OWN_ID_MISSING = "own-id-missing"
    NO_ISSUE = "no-issue"
    CUT_BY_SOURCE = "cut-by-source"
    REST_NOT_IN_FILE = "rest-not-in-file"
    NAMES_OTHER_POST = "names-other-post"
    NO_TWEET = "no-tweet"
    OF_OTHER_SITE = "of-other-site"
    NO_VXTWITTER_POST = "no-vxtwitter-post"
    NO_API_V1_POST = "no-api-v1-post"
    NO_API_V2_POST = "no-api-v2-post"
    NO_POST_OR_COMMENT = "no-post-or-comment"
    KIND_NO_POST_OR_COMMENT = "kind-no-post-or-comment"
    NO_ISSUE_OR_COMMENT = "no-issue-or-comment"
    NOT_GIVEN = "not-given"
    OTHER_TEXT = "other-text"
    TWO_TEXTS = "two-texts"
    TWO_AUTHORS = "two-authors"
    LINK_MISSING = "link-missing"
    POLL_LEFT_OUT = "poll-left-out"
    NUMBERS_AT_END = "numbers-at-end"
    POLL_OPTIONS = "poll-options"
    TOPIC_NOTES = "topic-notes"
    DELETED_POSTS = "deleted-posts"
    OTHER_THREADS = "other-threads"
    OTHER_CONVERSATION = "other-conversation"
    BESIDE_CONVERSATION = "beside-conversation"
    WITHHELD_BY_X = "withheld-by-x"
    RECOMMENDED_BY_X = "recommended-by-x"
    RECOMMENDED = "recommended"
    ABOVE_ROOT = "above-root"
    NESTED_TEXTS = "nested-texts"
    GONE_ANSWERS = "gone-answers"
    NOT_OF_DOCUMENT = "not-of-document"
    BROKEN_JSON = "broken-json"
    BROKEN_JSON_AT = "broken-json-at"
    VALUE_NO_JSON = "value-no-json"
    REST_NO_JSON = "rest-no-json"
    NESTED_TOO_DEEPLY = "nested-too-deeply"
    CELLS_AND_COLUMNS = "cells-and-columns"
    READ_AS = "read-as"
    NOT_USED = "not-used"
    OPTIONS_NOT_USED = "options-not-used"
    SECRETS_REMOVED = "secrets-removed"
    MORE_PROBLEMS = "more-problems"
    ADVERTISED = "advertised"

    # Why a payload is refused.
    GALLERY_DL_OTHER_SITE = "gallery-dl-other-site"
    GALLERY_DL_NO_TWEET = "gallery-dl-no-tweet"
    GALLERY_DL_EMPTY = "gallery-dl-empty"

    # What the writer asks for and there is not.
    NOTHING_TO_APPROVE = "nothing-to-approve"

    # Why a source cannot be asked, or what is waited for.
    TRYING_AGAIN = "trying-again"
    AT_HOST = "at-host"
    TRIED_OFTEN = "tried-often"
    WANTS_MINUTES = "wants-minutes"
    WANTS_SECONDS = "wants-seconds"
    NO_ANSWER_IN_TIME = "no-answer-in-time"
    NOT_REACHED = "not-reached"
    CONNECTION_BROKE = "connection-broke"
    ANSWER_WAS = "answer-was"
    ANSWER_WAS_SAYING = "answer-was-saying"
    MANY_REQUESTS = "many-requests"
    NO_MORE_REQUESTS = "no-more-requests"
    NO_WEB_ADDRESS = "no-web-address"
    REDIRECTS_IN_CIRCLE = "redirects-in-circle"
    ENVIRONMENT_UNFIT = "environment-unfit"
    REFUSED = "refused"
    REFUSED_KEY = "refused-key"
    REFUSED_ACCESS = "refused-access"
    REFUSED_GONE = "refused-gone"
    REFUSED_FOR_EVER = "refused-for-ever"
    REFUSED_BY_LAW = "refused-by-law"
    REDIRECTS_TO_NO_ADDRESS = "redirects-to-no-address"
    REDIRECTS_UNENCRYPTED = "redirects-unencrypted"
    REDIRECTS_INSIDE = "redirects-inside"
    PACKED_UNASKED = "packed-unasked"
    DAMAGED_GZIP = "damaged-gzip"
    GZIP_ENDS_EARLY = "gzip-ends-early"
    ANSWER_TOO_LARGE = "answer-too-large"
    PROGRAM_NOT_RUN = "program-not-run"
    PROGRAM_TOO_SLOW = "program-too-slow"
    PROGRAM_SILENT = "program-silent"
    PROGRAM_SILENT_SAYING = "program-silent-saying"
    NO_PROGRAM = "no-program"
    PROGRAM_TOO_LOUD = "program-too-loud"
    PROGRAM_SAYS = "program-says"
    NO_LINK_TO_X = "no-link-to-x"
    NO_INSTANCE = "no-instance"
    INSTANCE_SAYS = "instance-says"
    NO_HACKERNEWS_ITEM = "no-hackernews-item"
    NO_JSON_ANSWER = "no-json-answer"
    NO_JSON_ANSWER_SAYING = "no-json-answer-saying"
    NO_JSON_OBJECT = "no-json-object"
    POST_NOT_SAID = "post-not-said"
    LINK_FOR_SHARING = "link-for-sharing"
    ADDRESS_OF_OBJECT = "address-of-object"
    HOW_TO_ASK_UNKNOWN = "how-to-ask-unknown"
    ASKING_FOR = "asking-for"
    BROWSER_SHOWS_PASSING = "browser-shows-passing"
    BROWSER_SHOWS = "browser-shows"
    PAGE_ASKS_BROWSER = "page-asks-browser"
    TAB_MAY_BE_OPEN = "tab-may-be-open"
    NO_CAMOFOX = "no-camofox"
    CAMOFOX_TOO_SLOW = "camofox-too-slow"
    CAMOFOX_BROKE = "camofox-broke"
    CAMOFOX_NO_JSON = "camofox-no-json"
    CAMOFOX_KEY = "camofox-key"
    CAMOFOX_TOO_OLD = "camofox-too-old"
    CAMOFOX_WEB_PAGE = "camofox-web-page"
    CAMOFOX_LOST_TAB = "camofox-lost-tab"
    CAMOFOX_TABS = "camofox-tabs"
    CAMOFOX_BUSY = "camofox-busy"
    CAMOFOX_REFUSES = "camofox-refuses"
    CAMOFOX_FAILED = "camofox-failed"
    BROWSER_SAID = "browser-said"
    BROWSER_NO_HOST = "browser-no-host"
    BROWSER_REFUSED = "browser-refused"
    BROWSER_BROKE = "browser-broke"
    BROWSER_TOO_SLOW = "browser-too-slow"
    BROWSER_CERTIFICATE = "browser-certificate"
    BROWSER_CIRCLE = "browser-circle"
    BROWSER_PORT = "browser-port"
    BROWSER_PROXY = "browser-proxy"

    # Why a machine's answer is no translation.
    ANSWER_EMPTY = "answer-empty"
    ANSWER_IS_SOURCE = "answer-is-source"
    ANSWER_BLOWN_UP = "answer-blown-up"
    ANSWER_LOOPS = "answer-loops"
    ANSWER_FENCED = "answer-fenced"
    ANSWER_IS_JSON = "answer-is-json"
    ANSWER_DELIMITED = "answer-delimited"
    ANSWER_SEVERAL = "answer-several"
    ANSWER_REFUSES = "answer-refuses"
    ANSWER_REMARKS = "answer-remarks"
    ANSWER_OTHER_LANGUAGE = "answer-other-language"
    NO_TRANSLATION = "no-translation"


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
