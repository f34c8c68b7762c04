"""What the FxTwitter API answers: a status (v1 and v2), a thread, a conversation.

X mixes posts that it recommends into a conversation. They name no post that they answer, or one from before the
root, and are left out.
"""

from collections.abc import Iterable, Mapping

from core.errors import PayloadError
from core.models import DetailKind, Flag, Post, PostDetail, PostStatus, Problem, Reading, TextLoss, Verdict
from core.readers.kit.details import alt_texts, detail, poll, quoted_post
from core.readers.kit.document import Document
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message
from core.readers.kit.fields import NO_ID, CountKeys, JsonObject
from core.readers.kit.json_values import objects_at, value_at
from core.readers.kit.readings import thread_reading
from core.readers.kit.threads import GatheredPosts
from core.readers.x.entities import status_of
from core.readers.x.shares import is_shares_text, share_alone
from core.readers.x.text import display_text, known_losses, without_link_to
from core.reasons import Reason, ReasonCode
from core.text.names import is_same_account
from core.text.x_posts import is_older, linked_account, linked_id, linked_post

_COUNTS: CountKeys = {"likes": "likes", "replies": "replies", "reposts": ("reposts", "retweets"), "views": "views"}

_OK = (200, None)


class FxTwitterReader:
    """The JSON of api.fxtwitter.com and its kin."""

    name = "fxtwitter"
    title = "FxTwitter JSON (status, thread or conversation, v1 and v2)"
    site = "x.com"
    long_list = None
    losses = TextLoss.NONE

    def detects(self, document: Document) -> bool:
        """Whether this is a status of API v1, or one of v2 with or without what stands around it."""
        value = document.value
        if not isinstance(value, dict):
            return False
        if any(map(_is_status, objects_at(value, "results")[:5])):
            return "code" in value
        if "status" in value and ("thread" in value or "replies" in value or "code" in value):
            return isinstance(value["status"], dict | None)
        return "tweet" in value and "code" in value

    def read(self, document: Document) -> list[Reading]:
        """One reading, with the post, its author's continuation and the replies."""
        values = document.value if isinstance(document.value, dict) else {}
        problems: list[Problem] = []
        whole = JsonObject(values, "", problems, document.captured_at)
        if "results" in values and "status" not in values:
            return _of_list(whole, self.name)
        item = whole.item("status") or whole.item("tweet")
        around = [*whole.items("thread")], [*whole.items("replies")]
        if item is None or (_is_tombstone(item) and not any(around)):
            raise fetcher_error(_failure(values, item), document.name)
        root = _post(item, f"{NO_ID}root")
        if root.id.startswith(NO_ID):
            raise PayloadError(Reason(ReasonCode.POST_ID_NOT_GIVEN, names=(document.name,)))
        posts = [root, *_around(root, *around, whole)]
        more = _bottom(whole)
        ends = isinstance(values.get("replies"), list) and not more
        return [
            thread_reading(
                self.name,
                root.id,
                posts,
                tool="FxTwitter",
                reasons=[Reason(ReasonCode.FURTHER_REPLY_PAGES)] if more else [],
                verdict=Verdict.COMPLETE if ends else Verdict.UNKNOWN,
                problems=problems,
            )
        ]


def _is_status(values: Mapping[str, object]) -> bool:
    """Whether an entry of a list is a status of API v2."""
    return values.get("type") in ("status", "tombstone") and isinstance(values.get("author"), dict)


def _of_list(whole: JsonObject, name: str) -> list[Reading]:
    """One reading for each conversation of a search or of an account's statuses."""
    gathered = GatheredPosts()
    for number, item in enumerate(whole.items("results")):
        post = _post(item, f"{NO_ID}{number}")
        if not post.id.startswith(NO_ID):
            gathered.add(post, "")
    reasons = [Reason(ReasonCode.FURTHER_PAGES)] if _bottom(whole) else []
    return gathered.readings(name, "FxTwitter", reasons=reasons, problems=whole.problems)


def _failure(values: dict[str, object], item: JsonObject | None) -> str:
    """What FxTwitter says instead of a post."""
    told = item.string("message") or item.string("reason") if item else None
    code = values.get("code")
    message = told or fetcher_message(values) or "there is no such post"
    return f"{message} (code {code})" if isinstance(code, int) and code not in _OK else message


def _bottom(whole: JsonObject) -> bool:
    """Whether a cursor leads to more replies."""
    cursor = whole.values.get("cursor")
    return bool(cursor.get("bottom")) if isinstance(cursor, dict) else bool(cursor)


def _around(root: Post, thread: list[JsonObject], replies: list[JsonObject], whole: JsonObject) -> list[Post]:
    """The root author's continuation and the replies, in the source's order, without strangers."""
    continuation = [_post(item, f"{NO_ID}thread{number}") for number, item in enumerate(thread)]
    roots = [place for place, post in enumerate(continuation) if post.id == root.id]
    if roots:
        if roots[0]:
            whole.report("thread", ReasonCode.ABOVE_ROOT, numbers=(roots[0],))
        continuation = continuation[roots[0] + 1 :]
    found = [*continuation, *(_post(item, f"{NO_ID}reply{number}") for number, item in enumerate(replies))]
    found = [post for post in found if post.id != root.id]
    nameless = [post for post in found if post.status is not PostStatus.LIVE and post.id.startswith(NO_ID)]
    if nameless:
        whole.report("replies", ReasonCode.WITHHELD_BY_X, numbers=(len(nameless),))
        found = [post for post in found if post not in nameless]
    kept = _of_this_thread(root, found)
    if len(kept) < len(found):
        whole.report("replies", ReasonCode.RECOMMENDED, numbers=(len(found) - len(kept),))
    return kept


def _of_this_thread(root: Post, posts: list[Post]) -> list[Post]:
    """Those of `posts` whose chain of answers reaches the root, or breaks off where it still may."""
    by_id = {root.id: root}
    for post in posts:
        by_id.setdefault(post.id, post)
    belongs: dict[str, bool] = {root.id: True}
    for post in posts:
        path: list[str] = []
        here = post
        verdict: bool | None = None
        while verdict is None:
            path.append(here.id)
            parent = here.parent_id
            if here.status is not PostStatus.LIVE:
                verdict = True
            elif parent is None:
                verdict = False
            elif parent not in by_id:
                verdict = not is_older(parent, root.id)
            else:
                # A chain that comes back to itself is cut later, and kept until then.
                verdict = belongs.get(parent)
                here = by_id[parent]
                belongs[path[-1]] = True
        belongs.update(dict.fromkeys(path, verdict))
    return [post for post in posts if belongs[post.id]]


def _is_tombstone(item: JsonObject) -> bool:
    """Whether an entry stands for a post that cannot be shown."""
    return item.values.get("type") == "tombstone"


def _post(item: JsonObject, provisional_id: str) -> Post:
    """One status; a tombstone keeps its id and author, and has no text."""
    flags: list[Flag] = []
    post_id = item.id("id", flags)
    linked = linked_post(item.values.get("url"))
    if linked and (not post_id or flags):
        post_id, flags = linked.post_id, []
    author = item.item("author")
    handle = author.handle("screen_name") if author else None
    if _is_tombstone(item):
        status = status_of(f"{item.values.get('reason')} {item.values.get('message')}")
        named = handle or linked_account(item.link("url"))
        gone_id = post_id or provisional_id
        return Post(gone_id, "", named, parent_id=_parent(item), url=item.link("url"), status=status)
    time = item.time("created_timestamp", "created_at")
    media, described = _media(item)
    text, losses = _text(item)
    post = Post(
        id=post_id or provisional_id,
        text=text,
        author=handle,
        author_name=author.string("name") if author else None,
        author_id=(author.id("id") or None) if author else None,
        parent_id=_parent(item),
        **time.as_fields(),
        **item.counts(_COUNTS, flags),
        lang=item.language("lang"),
        url=item.link("url"),
        media=media,
        links=_links(item),
        flags=tuple(flags),
        losses=losses,
        details=(*_details(item), *described),
    )
    return _shared(post, item)


def _shared(post: Post, item: JsonObject) -> Post:
    """The original where the status is one that another account has passed on."""
    sharer = value_at(item.values, "reposted_by", "screen_name")
    if not isinstance(sharer, str) or not sharer:
        return post
    if is_same_account(sharer, post.author or "") and is_shares_text(post.text):
        return share_alone(post)
    return post.with_changes(shared_by=sharer)


def _text(item: JsonObject) -> tuple[str, TextLoss]:
    """The text as X shows it, whose links are in full already, and what is known to be wrong with it.

    `raw_text` is the text as it was sent; of a long one its range tells nothing.
    """
    text = item.text("text")
    raw = item.values.get("raw_text")
    span, sent = value_at(raw, "display_text_range"), value_at(raw, "text")
    is_told = isinstance(span, list) and item.values.get("is_note_tweet") is not True
    start = value_at(span, 0) if is_told else None
    if isinstance(start, int) and isinstance(sent, str) and text.startswith(sent[:start]):
        text = display_text(text, [start, len(text)], {}, (), escaped=False)
    quote = item.item("quote")
    quoted_id = (quote.id("id") or linked_id(quote.values.get("url"))) if quote else None
    text = without_link_to(text, (quoted_id,)) if quoted_id else text
    return text, known_losses(text, may_begin_with_names=not is_told and _answers(item))


def _answers(item: JsonObject) -> bool:
    """Whether a status answers another."""
    return bool(item.values.get("replying_to"))


def _details(item: JsonObject) -> tuple[PostDetail, ...]:
    """What stands beside the status: the quoted one, a poll, what readers have noted."""
    quote, asked, note = item.item("quote"), item.item("poll"), item.values.get("community_note")
    words = note if isinstance(note, str) else value_at(note, "text")
    found: tuple[PostDetail, ...] = ()
    if quote:
        author = quote.item("author")
        handle = (author.handle("screen_name") if author else None) or linked_account(quote.link("url"))
        found = quoted_post(handle, "" if _is_tombstone(quote) else _text(quote)[0], quote.link("url"))
    if asked:
        found += poll(choice.string("label") for choice in asked.items("choices"))
    return (*found, *detail(DetailKind.COMMUNITY_NOTE, words if isinstance(words, str) else None))


def _parent(item: JsonObject) -> str | None:
    """The id of the post that this one answers: `replying_to.status` in v2, `replying_to_status` in v1."""
    answered = item.values.get("replying_to")
    if isinstance(answered, dict):
        told = JsonObject(answered, item.at("replying_to"), item.problems, None)
        return told.id("status") or told.id("post") or None
    return item.id("replying_to_status") or None


def _media(item: JsonObject) -> tuple[tuple[str, ...], Iterable[PostDetail]]:
    """The links of all images and videos, and how they are described."""
    media = item.item("media")
    if media is None:
        return (), ()
    entries = list(media.items("all")) or [*media.items("photos"), *media.items("videos")]
    found = [(entry.string("altText"), entry.link("url")) for entry in entries]
    return tuple(dict.fromkeys(link for _, link in found if link)), alt_texts(found)


def _links(item: JsonObject) -> tuple[str, ...]:
    """The links in the text, in full, and the quoted post's."""
    raw = item.values.get("raw_text")
    facets = JsonObject(raw, item.at("raw_text"), item.problems, None).items("facets") if isinstance(raw, dict) else ()
    quote = item.item("quote")
    quoted = quote.link("url") if quote else None
    told = [facet.link("replacement") for facet in facets if facet.values.get("type") == "url"]
    found = [link for link in told if link and not (quoted and linked_id(link) == linked_id(quoted))]
    return tuple(dict.fromkeys([*found, *([quoted] if quoted else [])]))
