"""Readers: from a payload's bytes to posts. A reader is one file, and one line in READERS or an entry point."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, Protocol

from core.counts import count_values
from core.errors import PayloadError
from core.models import Payload, PostStatus, Problem, Reading, TextLoss
from core.plugs import PlugKind
from core.readers.kit.document import Document, decode
from core.readers.kit.fields import NO_ID
from core.readers.kit.json_parts import without_gc
from core.readers.kit.readings import with_problems
from core.reasons import Reason, ReasonCode


class Reader(Protocol):
    """One format that threads come in."""

    name: str
    """As in READERS or the entry point, and as kept with a capture."""
    title: str
    """As people call the format."""
    site: str
    """The host on which its ids are unique, as `Reading.site`; "" where each reading says it, or nothing does."""
    long_list: str | None
    """The field with the posts, where what is read from a part of them is that part of what is read from all."""
    losses: TextLoss = TextLoss.NONE
    """What its format does to every text; what it does to some is `Reading.losses` and `Post.losses`."""

    def detects(self, document: Document) -> bool:
        """Whether `document` is of this format, judged by its content alone."""
        ...

    def read(self, document: Document) -> list[Reading]:
        """The threads in `document`, before `finish`.

        Raises FetcherSaid where the document is an error message of its fetcher, and PayloadError where it is of
        this format and still no thread.
        """
        ...


READERS: Mapping[str, str] = {
    "x-tweet-fetcher": "core.readers.x.x_tweet_fetcher:XTweetFetcherReader",
    "fxtwitter": "core.readers.x.fxtwitter:FxTwitterReader",
    "nitter": "core.readers.x.nitter:NitterReader",
    "camofox": "core.readers.x.camofox:CamofoxReader",
    "hackernews": "core.readers.hackernews:HackerNewsReader",
    "reddit": "core.readers.reddit:RedditReader",
    "reddit-feed": "core.readers.reddit_feed:RedditFeedReader",
    "discourse": "core.readers.discourse:DiscourseReader",
    "github": "core.readers.github:GitHubReader",
    "lemmy": "core.readers.lemmy:LemmyReader",
    "nitter-client": "core.readers.x.nitter_client:NitterClientReader",
    "x-tweet-fetcher-text": "core.readers.x.nitter_client:TextOnlyReader",
    "twscrape": "core.readers.x.twscrape:TwscrapeReader",
    "gallery-dl": "core.readers.x.gallery_dl:GalleryDlReader",
    "bird": "core.readers.x.bird:BirdReader",
    "x-tweet-fetcher-list": "core.readers.x.x_tweet_fetcher_lists:XTweetFetcherListReader",
    "twitter-cli": "core.readers.x.twitter_cli:TwitterCliReader",
    "tweet-detail": "core.readers.x.tweet_detail:TweetDetailReader",
    "x-replies-search": "core.readers.x.tweet_detail:RepliesSearchReader",
    "bluesky": "core.readers.bluesky:BlueskyReader",
    "mastodon": "core.readers.mastodon:MastodonReader",
    "bilibili": "core.readers.bilibili:BilibiliReader",
    "weibo": "core.readers.weibo:WeiboReader",
    "youtube": "core.readers.youtube:YouTubeReader",
    "x-graphql": "core.readers.x.graphql:XGraphQLReader",
    "x-api-v2": "core.readers.x.api_v2:XApiV2Reader",
    "x-api-v1": "core.readers.x.api_v1:XApiV1Reader",
    "vxtwitter": "core.readers.x.vxtwitter:VxTwitterReader",
    "generic": "core.readers.table.generic:GenericReader",
}
"""Name of a reader -> module and class, in the order in which they are asked; the generic one is the last."""
READER_PLUGS: PlugKind[Reader] = PlugKind("reader", READERS, Reader)
_GENERIC = "generic"
_TOLD_BY = 200
"""Posts by which a reader is told to know its format."""
_MOST = 0.9


def reader(name: str) -> Reader:
    """The reader `name`. Raises PlugError where there is none, or its package is broken."""
    return READER_PLUGS.load(name)


def _reader_names() -> Iterator[str]:
    """The readers in the order in which they are asked: those of other packages before the generic one."""
    yield from (name for name in READERS if name != _GENERIC)
    yield from READER_PLUGS.added_names()
    yield _GENERIC


def detect(document: Document, *, generic: bool = True) -> Reader | None:
    """The reader for `document`, or None where there is none; the generic one is asked only with `generic`."""
    found = next(readers_that(lambda one: (generic or one.name != _GENERIC) and one.detects(document)), None)
    if found is None or found.name != _GENERIC or document.mapping.get("text") or len(document.parts) == 1:
        return found
    # Several documents of a format that is known are no rows of a table.
    return None if any(detect(part, generic=False) for part in document.split()[:3]) else found


def readers_that(match: Callable[[Reader], bool]) -> Iterator[Reader]:
    """The readers that match, in the order in which they are asked; what does not work is passed over."""
    return READER_PLUGS.matching(match, _reader_names())


def read(
    payload: Payload,
    *,
    encoding: str | None = None,
    mapping: Mapping[str, str] | None = None,
    root: str | None = None,
) -> list[Reading]:
    """The threads in `payload`; never an empty list, though a reading may be without posts and its verdict FAILED.

    `mapping` (field -> column) and `root` are what the user says of a list that only the generic reader takes.
    Several JSON documents in one payload are read one by one, and those that are no thread are reported.
    Raises PayloadError where nothing can be read, and FetcherSaid where the payload is an error message.
    """
    document = replace(decode(payload, encoding), mapping=mapping or {}, root=root)
    problems = list(document.problems)
    readings, failures = _each_reading(document, problems)
    for page in document.pages:
        # Most pages that a browser saves are no thread, and nobody meant them to be.
        if detect(page):
            try:
                readings += _readings(page) or []
            except PayloadError as error:
                failures.append(error)
                problems.append(Problem(page.name, error.reason))
    if not readings:
        raise failures[0] if failures else _refusal(document)
    first = readings[0]
    if (mapping or root) and not any(one.format.startswith("generic") for one in readings):
        problems.append(Problem("payload", Reason(ReasonCode.OPTIONS_NOT_USED, names=(reader(first.format).title,))))
    return with_problems(readings, problems)


def finish_for(reader: Reader, reading: Reading, captured_at: int | None, name: str, *, detect: bool = True) -> Reading:
    """What `reader` has read, finished; `captured_at` and `name` are the payload's. See `core.readers.kit.finish`."""
    from core.readers.kit.finish import finish

    # A reader of another package may be older than what is asked of readers now.
    losses = getattr(reader, "losses", TextLoss.NONE)
    at = captured_at if reading.captured_at is None else reading.captured_at
    return finish(reading, captured_at=at, site=reader.site, losses=losses, detect=detect, name=name)


def _each_reading(document: Document, problems: list[Problem]) -> tuple[list[Reading], list[PayloadError]]:
    """What is read of the values of `document`, all together or else one by one, and why some are no thread."""
    readings = _readings(document) if document.text or document.parts else []
    if readings is not None:
        return readings, []
    readings, failures = [], []
    for part in document.split() if len(document.parts) > 1 else ():
        try:
            readings += _readings(part) or _refuse(part)
        except PayloadError as error:
            failures.append(error)
            problems.append(Problem(part.parts[0].place, error.reason))
    return readings, failures


def _readings(document: Document) -> list[Reading] | None:
    """What the reader of `document` makes of it, finished; None where there is no reader."""
    found = detect(document)
    if found is None:
        return None
    # Nothing that is made here can be garbage yet, and looking for it takes a third of the time.
    with without_gc():
        found, raw = _read_by(found, document)
        readings = [
            replace(one, captured_at=one.captured_at or document.fetched_at) if document.fetched_at else one
            for one in raw
        ]
        return [finish_for(found, one, document.captured_at, document.name) for one in readings]


def _read_by(found: Reader, document: Document) -> tuple[Reader, list[Reading]]:
    """What a reader makes of `document`, with that reader: the generic one where the other can name nothing in a list.

    A reader that finds no id, or neither an author nor a count, has claimed a format that only looks like its own,
    unless it knows the thread's page or author, and what was said.
    """
    try:
        raw = found.read(document)
    except PayloadError:
        if found.name == _GENERIC or (other := _as_list(document)) is None:
            raise
        return other
    if found.name == _GENERIC or any(map(_knows_its_thread, raw)):
        return found, raw
    told = _NamedParts.of(raw)
    is_sure = told.ids and (told.authors or told.counts)
    return (None if is_sure else _as_list(document)) or (found, raw)


def _knows_its_thread(reading: Reading) -> bool:
    """Whether a reader knows the page or the author of a thread, and what was said in it."""
    return bool(reading.url or reading.root_author) and any(post.text for post in reading.posts)


class _NamedParts(NamedTuple):
    """Of how many of the first posts a reader knows what, from 0 to 1."""

    ids: float
    authors: float
    counts: float

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> "_NamedParts":
        """What `readings` know of their posts; of none, everything."""
        posts = [*islice((post for one in readings for post in one.posts), _TOLD_BY)]
        if not posts:
            return cls(1, 1, 1)
        shares = (
            sum(bool(post.id) and not post.id.startswith(NO_ID) for post in posts),
            sum(post.author is not None or post.status is not PostStatus.LIVE for post in posts),
            sum(any(value is not None for value in count_values(post)) for post in posts),
        )
        return cls(*(share / len(posts) for share in shares))


def _as_list(document: Document) -> tuple[Reader, list[Reading]] | None:
    """What the generic reader makes of `document`; None where it cannot name most of its posts either."""
    generic = reader(_GENERIC)
    try:
        readings = generic.read(document) if document.parts and generic.detects(document) else []
    except PayloadError:
        return None
    told = _NamedParts.of(readings)
    return (generic, readings) if readings and told.ids >= _MOST and told.authors * 2 >= 1 else None


def _refuse(document: Document) -> list[Reading]:
    """Raise the error for a document without a reader."""
    raise _refusal(document)


def _refusal(document: Document) -> PayloadError:
    """The error for a document without a reader."""
    from core.readers.kit.refusals import refusal

    return refusal(document)
