"""What x-tweet-fetcher prints: `--url U --replies` of 2026 and of version 3, and `--url U` for the post alone up to 4.

Its browser output has known defects, which this reader undoes: a count of 0 stands for unknown, icons are left in
texts, a date can stand for the author's name, and an entry of `thread_replies` without an author is the next
reply's text once more.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from core.errors import PayloadError
from core.models import Flag, Post, PostStatus, Problem, Reading, TextLoss, Verdict
from core.readers.kit.details import quoted_post
from core.readers.kit.document import Document
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message
from core.readers.kit.fields import NO_ID, JsonObject
from core.readers.kit.mending import hash_id
from core.readers.kit.readings import thread_reading
from core.readers.kit.times import PostTime, is_day, post_time
from core.readers.x.fetcher_faults import has_neighbours_counts, is_once_more, with_known_faults, without_counts
from core.readers.x.nitter_links import without_icons
from core.readers.x.plain_reply import COUNT_KEYS, plain_reply, what_zero_means
from core.readers.x.text import known_losses
from core.readers.x.x_tweet_fetcher_v4 import is_v4, v4_post
from core.reasons import Reason, ReasonCode
from core.text.x_posts import linked_id

OF_SNAPSHOTS = TextLoss.CUT | TextLoss.HIDDEN_LINKS | TextLoss.LINE_BREAKS | TextLoss.OTHER_WORDS
"""What the browser does to replies: a text ends at its first link or name, and goes on in what stands behind it."""
OF_PAGES = TextLoss.SHORT_LINKS | TextLoss.LINE_BREAKS | TextLoss.OTHER_WORDS
"""What it does to replies on a page that it reads itself: line breaks beside links and names become spaces."""
_ROOT_COUNTS = {**COUNT_KEYS, "replies": "replies_count"}


class XTweetFetcherReader:
    """Reads the JSON that x-tweet-fetcher prints."""

    name = "x-tweet-fetcher"
    title = "x-tweet-fetcher JSON (--url U, with or without --replies)"
    site = "x.com"
    long_list = "replies"

    def detects(self, document: Document) -> bool:
        """Whether this is an object with replies to a named post, or a single post in this tool's shape."""
        value = document.value
        if not isinstance(value, dict) or {"code", "status", "replies_list"} & value.keys():
            return False
        if is_v4(value):
            return True
        named = any(key in value for key in ("tweet_id", "username", "reply_count"))
        if not ({"tweet", "tweet_id", "reply_count"} & value.keys() or linked_id(value.get("url"))):
            # A comment of another site has an account's name and replies as well.
            return False
        # A number of replies is what each of its replies has.
        return ("replies" in value and (value["replies"] is None or isinstance(value["replies"], list)) and named) or (
            "tweet" in value and (named or "url" in value)
        )

    def read(self, document: Document) -> list[Reading]:
        """One reading: the replies without the post, or the post without its replies."""
        problems: list[Problem] = []
        values = document.value if isinstance(document.value, dict) else {}
        message = fetcher_message(values)
        if message and not values.get("replies") and not values.get("tweet"):
            raise fetcher_error(message, document.name)
        whole = JsonObject(values, "", problems, document.captured_at)
        if is_v4(values):
            alone = v4_post(whole, document.name)
            return [thread_reading(self.name, alone.id, [alone], tool="x-tweet-fetcher", problems=problems)]
        root_id = _root_id(whole, document.name)
        reasons = [Reason.written(text) for key in ("error", "warning") if (text := whole.string(key))]
        post = whole.item("tweet")
        posts = [_root(whole, post, root_id)] if post else []
        claimed = posts[0].replies if posts else None
        replies = _Replies(whole, root_id)
        posts += replies.read()
        verdict = Verdict.PARTIAL if reasons else Verdict.UNKNOWN
        if not posts:
            verdict = Verdict.FAILED
            reasons = reasons or [Reason(ReasonCode.NO_REPLY_FOUND)]
        return [
            Reading(
                format=self.name,
                root_id=root_id,
                posts=tuple(posts),
                tool="x-tweet-fetcher",
                url=whole.link("url"),
                root_author=whole.handle("username"),
                claimed=claimed,
                verdict=verdict,
                reasons=tuple(reasons),
                problems=tuple(problems),
                losses=_losses(replies) if replies.posts else TextLoss.NONE,
            )
        ]


def _losses(replies: "_Replies") -> TextLoss:
    """What the tool's way of fetching does to replies."""
    return OF_PAGES if replies.from_html else OF_SNAPSHOTS


def _root_id(whole: JsonObject, name: str) -> str:
    """The id of the post that was asked for; its link is trusted more than a damaged number."""
    damage: list[Flag] = []
    given = whole.id("tweet_id", damage)
    linked = linked_id(whole.values.get("url"))
    if given and linked and given != linked and not damage:
        whole.report(
            "url",
            ReasonCode.NAMES_OTHER_POST,
            names=(
                linked,
                given,
            ),
        )
    found = (linked or given) if damage else (given or linked)
    if not found:
        raise PayloadError(Reason(ReasonCode.ANSWERED_POST_NOT_SAID, names=(name,)))
    return found


def _root(whole: JsonObject, tweet: JsonObject, root_id: str) -> Post:
    """The post itself, which `--url U` prints."""
    flags: list[Flag] = []
    time = tweet.time("created_at")
    article = tweet.item("article")
    text = tweet.text("text")
    if not text and article:
        text = article.string("full_text") or article.string("title") or ""
    media = tweet.item("media")
    quote = tweet.item("quote")
    quoted_by = quote.handle("screen_name") if quote else None
    return Post(
        id=root_id,
        text=text,
        author=tweet.handle("screen_name") or whole.handle("username"),
        author_name=tweet.string("author"),
        **time.as_fields(),
        **tweet.counts(_ROOT_COUNTS, flags),
        lang=tweet.language("lang"),
        url=whole.link("url"),
        media=_media(media) if media else (),
        links=quote.links("url") if quote else (),
        flags=tuple(flags),
        losses=known_losses(text, may_begin_with_names=True),
        details=quoted_post(quoted_by, quote.string("text"), quote.link("url")) if quote else (),
    )


def _media(media: JsonObject) -> tuple[str, ...]:
    """The links of a single post's images and videos."""
    entries = [*media.items("images"), *media.items("videos")]
    return tuple(link for entry in entries if (link := entry.link("url")))


class _Replies:
    """The replies of one document, the nested ones after the one that they answer."""

    def __init__(self, whole: JsonObject, root_id: str) -> None:
        self.whole = whole
        self.from_html = whole.values.get("backend") == "nitter"
        self.has_other_views = bool(whole.values.get("views_supplemented"))
        """Whether the views come from elsewhere than the page."""
        # Nitter's chains are flattened there, so that nothing tells an answer to the post from one to a reply.
        self.parent = None if self.from_html else root_id
        self.posts: list[Post] = []
        self.repeated = 0

    def read(self) -> list[Post]:
        """The posts, in the source's order."""
        captured_at = self.whole.captured_at
        # What is no object is reported before what is wrong with those that are.
        for number, values in [*self.whole.entries("replies")]:
            post = None if "thread_replies" in values else plain_reply(values, self.parent, captured_at, self.from_html)
            if post is None:
                place = self.whole.at(f"replies[{number}]")
                self.add(JsonObject(values, place, self.whole.problems, captured_at))
            else:
                self.posts.append(self.judged(post, values))
        self.leave_out_unnamed()
        if self.repeated:
            self.whole.report("replies", ReasonCode.NESTED_TEXTS, numbers=(self.repeated,))
        return self.posts

    def add(self, reply: JsonObject) -> None:
        """Take a reply and what is nested in it."""
        pending = [(reply, self.parent)]
        while pending:
            item, parent = pending.pop()
            is_nested = parent != self.parent
            if is_nested and not _named(item) and _cleaned(item.string("text") or "") in self.known:
                self.repeated += 1
                continue
            post = plain_reply(item.values, parent, item.captured_at, self.from_html)
            post = post or reply_post(item, parent, self.from_html, f"{NO_ID}{len(self.posts)}")
            if is_nested and not _named(item):
                post = _stub(post)
            elif has_neighbours_counts(item.values):
                post = without_counts(post)
            self.posts.append(self.judged(post, item.values))
            pending += [(answer, post.id) for answer in _answers(item)][::-1]

    def leave_out_unnamed(self) -> None:
        """Leave out what is gone and has no id: a post that is known already must not come twice."""
        gone = [post for post in self.posts if post.status is not PostStatus.LIVE and post.id.startswith(NO_ID)]
        if gone:
            self.posts = [post for post in self.posts if post not in gone]
            self.whole.report("replies", ReasonCode.WITHHELD_BY_X, numbers=(len(gone),))

    def judged(self, post: Post, values: Mapping[str, object]) -> Post:
        """`post` with what is known to be wrong with it; nearly always the same object."""
        if self.from_html and post.text:
            return post
        return with_known_faults(post, values, from_html=self.from_html, has_other_views=self.has_other_views)

    @cached_property
    def known(self) -> frozenset[str]:
        """The texts of the entries that say whose they are."""
        return frozenset(_cleaned(text) for text in _named_texts(self.whole.values))


def reply_post(item: JsonObject, parent: str | None, from_html: bool, provisional_id: str = "") -> Post:
    """The post that a reply is, read with care for what the browser's output gets wrong."""
    flags: list[Flag] = []
    counts = what_zero_means(item.counts(COUNT_KEYS, flags), item.values, from_html)
    name, time = _name_and_time(item)
    return Post(
        id=item.id("tweet_id", flags) or provisional_id,
        text=without_icons(item.text("text")),
        author=item.handle("author"),
        author_name=name,
        parent_id=parent,
        **time.as_fields(),
        **counts,
        lang=item.language("lang"),
        url=item.link("url"),
        media=item.links("media"),
        links=item.links("links"),
        flags=tuple(flags),
    )


def _answers(item: JsonObject) -> Iterator[JsonObject]:
    """What is nested in a reply; where that is the reply once more, what is nested there."""
    pending = [*item.items("thread_replies")][::-1]
    while pending:
        answer = pending.pop()
        if is_once_more(answer.values, item.values):
            pending += [*answer.items("thread_replies")][::-1]
        else:
            yield answer


def _stub(post: Post) -> Post:
    """An entry that says neither whose nor which it is: what comes next on the page, whomever it answers.

    Its id is made of the post under which it stands, as it was when that passed for the one that it answers.
    """
    parent = post.parent_id
    if parent is None or parent.startswith(NO_ID) or not post.id.startswith(NO_ID):
        return post.with_changes(parent_id=None)
    return post.with_changes(id=hash_id(None, post.text, parent), parent_id=None)


def _named_texts(values: Mapping[str, object]) -> Iterator[str]:
    """The texts of all entries, at any depth, that say whose they are."""
    pending = list(JsonObject(values, "", [], None).items("replies"))
    while pending:
        item = pending.pop()
        text = item.values.get("text")
        if _named(item) and isinstance(text, str) and text.strip():
            yield text
        pending.extend(item.items("thread_replies"))


def _named(item: JsonObject) -> bool:
    """Whether an entry says whose it is, or which."""
    return bool(item.values.get("author") or item.values.get("tweet_id"))


def _cleaned(text: str) -> str:
    """A text in the form in which repetitions are found."""
    return without_icons(text).strip()


def _name_and_time(item: JsonObject) -> tuple[str | None, PostTime]:
    """The author's display name and the time; in posts of another year the date stands in the name's place."""
    name = item.string("author_name")
    time = item.time("time_ago")
    if name is not None and item.values.get("time_ago") is None and is_day(name.strip()):
        return None, post_time(name.strip(), item.captured_at) or time
    return (without_icons(name) or None) if name else None, time
