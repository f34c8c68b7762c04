"""What X's API v1.1 answered: lists of posts, searches, the premium search, posts on lines, an archive."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from core.errors import PayloadError
from core.models import Flag, Post, Problem, Reading
from core.readers.kit.details import quoted_post
from core.readers.kit.document import Document
from core.readers.kit.fields import JsonObject
from core.readers.kit.json_values import value_at
from core.readers.kit.threads import GatheredPosts
from core.readers.x.legacy_post import legacy_post, sent
from core.readers.x.shares import share_alone, share_of, unless_share
from core.reasons import Reason, ReasonCode
from core.text.x_posts import post_link

_LISTS = ("statuses", "results")
_STREAMED = frozenset(("matching_rules", "filter_level"))
"""What posts have that came through a stream."""


class XApiV1Reader:
    """The JSON of X's API v1.1."""

    name = "x-api-v1"
    title = "X API v1.1 JSON (list, search, archive; one document or JSON Lines)"
    site = "x.com"
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether this has posts in the form of API v1.1."""
        return any(_is_post(post) for part in document.parts[:50] for _, post, _ in _entries(part.value, 5))

    def read(self, document: Document) -> list[Reading]:
        """One reading for each conversation, as far as the answers tell which those are."""
        problems: list[Problem] = []
        gathered = GatheredPosts()
        more = False
        for part in document.parts:
            more |= _leads_on(part.value)
            for place, values, user in _entries(part.value):
                item = JsonObject(values, f"{part.place}{place}", problems, document.captured_at)
                post = _post(item, user) if _is_post(values) else None
                if post and post.id:
                    gathered.add(post, item.id("conversation_id_str"), item.handle("in_reply_to_screen_name"))
                else:
                    item.report("id_str", ReasonCode.NO_API_V1_POST)
        if not gathered.posts:
            raise PayloadError(Reason(ReasonCode.POST_IDS_NOT_GIVEN, names=(document.name,)))
        reasons = (Reason(ReasonCode.FURTHER_PAGES),) if more else ()
        readings = gathered.readings(self.name, "X API v1.1", reasons=reasons, problems=problems)
        # A stream gives posts at the moment at which they are made, when nobody can have answered.
        is_stream = any(_STREAMED & part.value.keys() for part in document.parts if isinstance(part.value, dict))
        return [replace(one, claimed=None) for one in readings] if is_stream else readings


def _entries(value: object, most: int | None = None) -> Iterator[tuple[str, Mapping[str, object], object]]:
    """What may be a post: its place, the object and its author's; at `most` so many of a list."""
    tweets = value_at(value, "globalObjects", "tweets")
    if isinstance(tweets, dict):
        users = value_at(value, "globalObjects", "users")
        for key, entry in list(tweets.items())[:most]:
            if isinstance(entry, dict):
                yield f"tweets.{key[:30]}", entry, value_at(users, str(entry.get("user_id_str")))
        return
    listed = next((found for key in _LISTS if isinstance(found := value_at(value, key), list)), value)
    for number, entry in enumerate(listed[:most] if isinstance(listed, list) else [listed]):
        place = f"[{number}]" if isinstance(listed, list) else ""
        if isinstance(entry, dict):
            only = entry.get("tweet")
            entry = only if len(entry) == 1 and isinstance(only, dict) else entry
            yield place, entry, entry.get("user")


def _is_post(values: Mapping[str, object]) -> bool:
    """Whether an object is a post of API v1.1, and not of a service that took after it."""
    if "id_str" not in values and not ("id" in values and "full_text" in values):
        return False
    named = isinstance(value_at(values, "user", "screen_name"), str) or "user_id_str" in values
    told = "full_text" in values or "text" in values
    return told and "rawContent" not in values and "mid" not in values and (named or "display_text_range" in values)


def _leads_on(value: object) -> bool:
    """Whether a search says that there are further pages."""
    return bool(
        value_at(value, "search_metadata", "next_results") or (value_at(value, "results") and value_at(value, "next"))
    )


def _post(item: JsonObject, user: object) -> Post:
    """The post that an object of API v1.1 is, or the one that it passes on."""
    post, shared = _own_post(item, user), item.item("retweeted_status")
    if shared and _is_post(shared.values):
        return share_of(_own_post(shared, shared.values.get("user")), post.id, post.author)
    original_id = item.id("retweeted_status_id_str")
    if shared or original_id:
        return share_alone(post, original_id)
    # An account's archive has its shares by their text alone.
    return post if post.author else unless_share(post)


def _own_post(item: JsonObject, user: object) -> Post:
    """A post with its own words, counts and author."""
    flags: list[Flag] = []
    post_id = item.id("id_str") or item.id("id", flags)
    author = JsonObject(user if isinstance(user, dict) else {}, item.at("user"), item.problems, None)
    quoted = item.item("quoted_status")
    handle = value_at(quoted.values, "user", "screen_name") if quoted else None
    quoted_url = post_link(handle, quoted.id("id_str")) if quoted and isinstance(handle, str) and handle else None
    number = author.id("id_str") or author.id("id") or item.id("user_id_str")
    who = author.handle("screen_name"), author.string("name"), number or None
    told = sent(item, quoted_url)
    if quoted:
        quote = quoted_post(handle if isinstance(handle, str) else None, sent(quoted).shown(), told.quoted_url)
        told = replace(told, details=(*quote, *told.details))
    return legacy_post(item, post_id, who, told, flags)
