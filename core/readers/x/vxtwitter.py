"""What the vxTwitter API answers: one post, flat, without its replies."""

from core.errors import PayloadError
from core.models import DetailKind, Flag, Post, PostDetail, Problem, Reading, TextLoss
from core.readers.kit.details import alt_texts, detail, poll, quoted_post
from core.readers.kit.document import Document
from core.readers.kit.fields import JsonObject
from core.readers.kit.json_values import value_at
from core.readers.kit.threads import GatheredPosts
from core.readers.x.shares import share_alone, unless_share
from core.readers.x.text import known_losses, without_link_to
from core.reasons import Reason, ReasonCode
from core.text.links import web_link
from core.text.x_posts import linked_account, linked_id

_COUNTS = {"likes": "likes", "replies": "replies", "reposts": "retweets", "views": "views"}


class VxTwitterReader:
    """The JSON of api.vxtwitter.com: one post, a list of them, or one on each line."""

    name = "vxtwitter"
    title = "vxTwitter JSON"
    site = "x.com"
    long_list = None
    losses = TextLoss.NONE

    def detects(self, document: Document) -> bool:
        """Whether this has posts in vxTwitter's shape."""
        return any(_is_post(value) for part in document.parts for value in _values(part.value)[:5])

    def read(self, document: Document) -> list[Reading]:
        """One reading for each conversation that a post belongs to."""
        problems: list[Problem] = []
        gathered, fetched = GatheredPosts(), None
        for part in document.parts:
            for number, value in enumerate(_values(part.value)):
                place = f"{part.place}[{number}]" if isinstance(part.value, list) else part.place
                if not _is_post(value):
                    problems.append(Problem(place, Reason(ReasonCode.NO_VXTWITTER_POST)))
                    continue
                item = JsonObject(value, place, problems, document.captured_at)
                post = _post(item)
                if not post.id:
                    item.report("tweetID", ReasonCode.OWN_ID_MISSING)
                    continue
                gathered.add(post, item.id("conversationID"), item.handle("replyingTo"))
                fetched = item.time("fetched_on").posted_at or fetched
        if not gathered.posts:
            raise PayloadError(Reason(ReasonCode.POST_ID_NOT_GIVEN, names=(document.name,)))
        return gathered.readings(self.name, "vxTwitter", problems=problems, captured_at=fetched)


def _values(value: object) -> list[dict[str, object]]:
    """The objects of a part."""
    return [value] if isinstance(value, dict) else value if isinstance(value, list) else []


def _is_post(value: object) -> bool:
    """Whether an object is a post in vxTwitter's shape."""
    return isinstance(value, dict) and "tweetID" in value and "user_screen_name" in value


def _post(item: JsonObject) -> Post:
    """The post that an object of vxTwitter is."""
    flags: list[Flag] = []
    given, linked = item.id("tweetID", flags), linked_id(item.values.get("tweetURL"))
    if linked and flags:
        given, flags = linked, []
    time = item.time("date_epoch", "date")
    parent = item.id("replyingToID") or None
    quoted = web_link(value_at(item.values, "qrt", "tweetURL")) or item.link("qrtURL")
    text = without_link_to(item.text("text"), (linked_id(quoted),)) if quoted else item.text("text")
    post = Post(
        id=given or linked or "",
        text=text,
        author=item.handle("user_screen_name"),
        author_name=item.string("user_name"),
        parent_id=parent,
        **time.as_fields(),
        **item.counts(_COUNTS, flags),
        lang=item.language("lang"),
        url=item.link("tweetURL"),
        media=item.links("mediaURLs"),
        links=(quoted,) if quoted else (),
        flags=tuple(flags),
        losses=known_losses(text, may_begin_with_names=parent is not None),
        details=_details(item, quoted),
    )
    shared = linked_id(item.values.get("retweetURL"))
    return share_alone(post, shared) if shared else unless_share(post)


def _details(item: JsonObject, quoted: str | None) -> tuple[PostDetail, ...]:
    """What stands beside the post: the quoted one, a poll, a note, the descriptions of its pictures."""
    quote, asked = item.item("qrt"), item.item("pollData")
    handle = quote.handle("user_screen_name") if quote else None
    found = quoted_post(handle or linked_account(quoted), quote.string("text") if quote else None, quoted)
    if asked:
        found += poll(option.string("name") for option in asked.items("options"))
    found += detail(DetailKind.COMMUNITY_NOTE, item.string("communityNote"))
    pictures = item.items("media_extended")
    return (*found, *alt_texts((one.string("altText"), one.link("url")) for one in pictures))
