"""What twitter-cli prints with --json or --yaml: posts in a list, alone or in an envelope.

Nothing tells which post another answers. Where a list begins with its oldest post, that is the one that was asked for,
and the others were said under it, as `twitter tweet` prints them; else each is a thread of its own, as of a search.
"""

from collections.abc import Iterator, Mapping

from core.errors import PayloadError
from core.models import Flag, Post, Problem, Reading, TextLoss
from core.readers.kit.details import quoted_post
from core.readers.kit.document import Document
from core.readers.kit.entities import unescaped
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message
from core.readers.kit.fields import JsonObject
from core.readers.kit.threads import GatheredPosts
from core.readers.x.text import known_losses, without_link_to, without_short_links
from core.reasons import Reason, ReasonCode
from core.text.x_posts import is_older, post_link

_COUNTS = {"likes": "likes", "replies": "replies", "reposts": "retweets", "views": "views"}


class TwitterCliReader:
    """Reads the posts that twitter-cli prints."""

    name = "twitter-cli"
    title = "twitter-cli JSON or YAML"
    site = "x.com"
    long_list = None
    losses = TextLoss.NONE

    def detects(self, document: Document) -> bool:
        """Whether these are posts as twitter-cli names their fields."""
        return any(_is_tweet(entry) for part in document.parts[:20] for entry in _entries(part.value)[:5])

    def read(self, document: Document) -> list[Reading]:
        """One reading of the post that was asked for with the answers to it, or one for each post."""
        problems: list[Problem] = []
        posts: list[Post] = []
        for part in document.parts:
            for number, entry in enumerate(_entries(part.value)):
                place = f"{part.place}[{number}]"
                item = JsonObject(entry, place, problems, document.captured_at) if isinstance(entry, dict) else None
                post = _post(item) if item and _is_tweet(entry) else None
                if post and post.id:
                    posts.append(post)
                else:
                    problems.append(Problem(place, Reason(ReasonCode.NO_TWEET)))
        if not posts:
            message = next((told for part in document.parts if (told := fetcher_message(part.value))), None)
            if message:
                raise fetcher_error(message, document.name)
            raise PayloadError(Reason(ReasonCode.POST_IDS_NOT_GIVEN, names=(document.name,)))
        gathered = GatheredPosts()
        for post, conversation in _placed(posts):
            gathered.add(post, conversation)
        return gathered.readings(self.name, "twitter-cli", problems=problems)


def _entries(value: object) -> list[object]:
    """What may be posts: a list, the `data` of an envelope, or one."""
    if isinstance(value, dict) and "ok" in value and "data" in value:
        value = value["data"]
    return value if isinstance(value, list) else [value]


def _is_tweet(entry: object) -> bool:
    """Whether an entry is a post of twitter-cli."""
    if not isinstance(entry, dict) or not {"id", "text", "author", "metrics"} <= entry.keys():
        return False
    return isinstance(entry["author"], dict) and "screenName" in entry["author"] and isinstance(entry["metrics"], dict)


def _placed(posts: list[Post]) -> Iterator[tuple[Post, str]]:
    """The posts with the conversations that they belong to."""
    first, *others = posts
    is_thread = bool(others) and all(post.id == first.id or is_older(first.id, post.id) for post in others)
    for post in posts:
        yield post, first.id if is_thread else post.id


def _post(item: JsonObject) -> Post:
    """One post; of one that was passed on the tool gives the original, and who passed it on."""
    flags: list[Flag] = []
    author, metrics, quoted = item.item("author"), item.item("metrics"), item.item("quotedTweet")
    media = tuple(dict.fromkeys(link for one in item.items("media") if (link := one.link("url"))))
    quote_id = quoted.id("id") if quoted else ""
    text = without_short_links(unescaped(item.text("text")), bool(media) + bool(quoted))
    text = without_link_to(text, (quote_id,)) if quote_id else text
    by = quoted.item("author") if quoted else None
    handle = by.handle("screenName") if by else None
    link = post_link(handle, quote_id) if quote_id else None
    counts: Mapping[str, int | None] = metrics.counts(_COUNTS, flags) if metrics else {}
    post = Post(
        id=item.id("id", flags),
        text=text,
        author=author.handle("screenName") if author else None,
        author_name=(author.string("name") if author else None) or None,
        author_id=(author.id("id") or None) if author else None,
        **item.time("createdAtISO", "createdAt").as_fields(),
        lang=item.language("lang"),
        media=media,
        links=tuple(dict.fromkeys([*item.links("urls"), *((link,) if link else ())])),
        losses=known_losses(text, may_begin_with_names=True),
        details=quoted_post(handle, quoted.string("text"), link) if quoted else (),
    )
    sharer = item.handle("retweetedBy") if item.values.get("isRetweet") else None
    return post.with_changes(**counts, flags=tuple(flags), shared_by=sharer)
