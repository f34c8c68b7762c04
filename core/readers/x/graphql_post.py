"""One post as X's web GraphQL has it, from 2022 to 2026."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from core.models import Flag, Post
from core.readers.kit.details import quoted_post
from core.readers.kit.fields import JsonObject, identifier
from core.readers.kit.json_values import objects_at, value_at
from core.readers.x.entities import asked, described, link_texts, noted
from core.readers.x.legacy_post import Author, Sent, legacy_post, sent
from core.readers.x.shares import share_alone, share_of
from core.text.x_posts import post_link

Values = Mapping[str, object]
_SHARED = ("retweeted_status_result", "retweeted_status_results", "repostedStatusResults")
_WRAPPED = 4
"""Covers around a post that are taken off."""


def unwrapped(result: Values) -> Values:
    """A post without what X puts around those that not all may answer or see."""
    for _ in range(_WRAPPED):
        inner = result.get("tweet")
        if not isinstance(inner, dict):
            break
        result = inner
    return result


def is_shown(result: Values) -> bool:
    """Whether there is a post with its text, and not only a sign in its place."""
    told = result.get("legacy") or result.get("details")
    return isinstance(told, dict) and bool("full_text" in told or _note(result))


def why_not(result: Values) -> str:
    """X's words for a post that it does not show; empty where it has none."""
    tombstone = result.get("tombstone")
    told = value_at(tombstone, "text", "text"), value_at(tombstone, "richText", "text"), result.get("reason")
    return next((words for words in told if isinstance(words, str)), "")


class Tweet:
    """A result that is shown."""

    def __init__(self, item: JsonObject) -> None:
        self.item = item
        self.legacy = _legacy(item)

    def post(self, hint: str) -> Post:
        """The post, or the one that it passes on; `hint` is its id as its entry has it."""
        post = self._own_post(hint)
        shared = next(self._inside(*_SHARED), None)
        if shared is not None:
            return share_of(shared._own_post(""), post.id, post.author)
        original_id = self.legacy.id("retweeted_status_id_str")
        is_share = original_id or any(key in holder for key in _SHARED for holder in self._holders())
        return share_alone(post, original_id) if is_share else post

    def _own_post(self, hint: str) -> Post:
        """The post with its own words, counts and author."""
        flags: list[Flag] = []
        count = value_at(self.item.values, "views", "count")
        views = JsonObject({"count": count}, self.item.at("views"), self.item.problems, None).count("count", flags)
        post_id = self.item.id("rest_id") or self.legacy.id("id_str") or hint
        if self.earlier_ids():
            flags.append(Flag.EDITED_BEFORE)
        return legacy_post(self.legacy, post_id, self._author(), self._sent(), flags, views)

    def earlier_ids(self) -> list[str]:
        """The ids that an edited post had before, where this is its last version."""
        control = self.item.values.get("edit_control")
        versions = value_at(control, "edit_tweet_ids") or value_at(control, "edit_control_initial", "edit_tweet_ids")
        ids = [one for one in versions if isinstance(one, str)] if isinstance(versions, list) else []
        return ids[:-1] if ids and ids[-1] == self.item.values.get("rest_id") else []

    def _author(self) -> Author:
        """Handle and name, which stand in `legacy` up to 2025 and in `core` since, and the account's number."""
        core = self.item.values.get("core")
        user = value_at(core, "user_results", "result") or value_at(core, "user_result", "result")
        names = [JsonObject(told, self.item.at("user"), self.item.problems, None) for told in _objects_of(user)]
        handle = next((found for one in names if (found := one.handle("screen_name"))), None)
        number = identifier(value_at(user, "rest_id"))[0] or self.legacy.id("user_id_str")
        return handle, next((found for one in names if (found := one.string("name"))), None), number or None

    def _sent(self) -> Sent:
        """What the post says and shows, and what stands beside that."""
        quoted = next(self._inside("quoted_status_result", "quotedPostResults", "quoted_tweet_results"), None)
        link = post_link(quoted._author()[0], quoted.item.id("rest_id")) if quoted else None
        told = self._own_sent(link)
        words = quoted._own_sent(None).shown() if quoted else None
        quote = quoted_post(quoted._author()[0] if quoted else None, words, told.quoted_url)
        card, pivot = self.item.values.get("card"), self.item.values.get("birdwatch_pivot")
        return replace(told, details=(*quote, *asked(card), *told.details, *noted(pivot)))

    def _own_sent(self, quoted_url: str | None) -> Sent:
        """What the post itself says and shows; a long one has its text in `note_tweet`, with other links."""
        told = sent(self.legacy, quoted_url)
        note = _note(self.item.values)
        text = note.get("text")
        if not isinstance(text, str):
            return told
        urls = [*objects_at(note, "entity_set", "urls"), *told.urls]
        attached = [*told.attached, *link_texts(objects_at(note, "entity_set", "media"))]
        beside = (*told.details, *described(objects_at(note, "entity_set", "media")))
        span = [_hidden(told, text), len(text)]
        return replace(told, text=text, span=span, urls=urls, attached=attached, escaped=False, details=beside)

    def _holders(self) -> tuple[Values, Values]:
        """Where a field that holds another post can be."""
        return self.item.values, self.legacy.values

    def _inside(self, *keys: str) -> Iterator["Tweet"]:
        """The post inside this one that one of the fields holds."""
        for key in keys:
            for holder in self._holders():
                result = value_at(holder, key, "result")
                if isinstance(result, dict) and is_shown(unwrapped(result)):
                    yield Tweet(JsonObject(unwrapped(result), self.item.at(key), self.item.problems, None))


def _hidden(told: Sent, text: str) -> int:
    """How much of a long text X hides at its beginning: the same names as of the short one."""
    start = value_at(told.span, 0)
    return start if isinstance(start, int) and 0 < start <= len(text) and text[:start] == told.text[:start] else 0


def _objects_of(user: object) -> list[Values]:
    """Where a user's names can be."""
    return [told for key in ("core", "legacy") if isinstance(told := value_at(user, key), dict)]


def _note(values: Values) -> Values:
    """The whole of a long post; empty where there is none."""
    note = value_at(values, "note_tweet", "note_tweet_results", "result")
    return note if isinstance(note, dict) else {}


def _legacy(item: JsonObject) -> JsonObject:
    """The fields that have been in `legacy` from the start, from wherever the answer has them now."""
    if (legacy := item.item("legacy")) or not (details := item.item("details")):
        return legacy or JsonObject({}, item.at("legacy"), item.problems, None)
    values = item.values
    media = objects_at(values, "media_entities")
    made: dict[str, object] = {
        "in_reply_to_status_id_str": value_at(values, "reply_to_results", "rest_id"),
        "quoted_status_id_str": value_at(values, "quoted_tweet_results", "rest_id"),
        "created_at": _milliseconds(details.values.get("created_at_ms")),
        "entities": {"urls": objects_at(values, "url_entities"), "media": media},
        **details.values,
    }
    counts = item.item("counts")
    return JsonObject(made | dict(counts.values if counts else {}), details.place, item.problems, None)


def _milliseconds(value: object) -> object:
    """A moment in milliseconds, which may be printed as text."""
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 16 else value
