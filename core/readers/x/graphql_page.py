"""One answer of X's web GraphQL: its posts, what stands in the place of others, and whether it leads on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.models import Post, Problem
from core.readers.kit.fields import JsonObject
from core.readers.x.entities import is_advertised
from core.readers.x.graphql_find import (
    ENTRY_POST,
    Single,
    Timeline,
    Values,
    content_of,
    entries_of,
    items_of,
    result_of,
)
from core.readers.x.graphql_post import Tweet, is_shown, unwrapped, why_not
from core.reasons import Reason, ReasonCode

_OTHERS = ("tweetdetailrelatedtweets", "module-", "who-to-follow")
"""How the entries begin that hold what X recommends below a conversation."""
_PAGES = ("Bottom", "ShowMoreThreads", "ShowMore")
_PROMPTS = ("ShowMoreThreadsPrompt",)


@dataclass(frozen=True, slots=True)
class TweetInContext:
    """A post with what its answer says about it."""

    post: Post
    conversation: str
    """Empty where the answer does not say."""
    answered: str | None
    """The handle that it answers."""
    earlier: tuple[str, ...]
    is_main: bool
    """Whether it is the post that was asked for, or one before it."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What stands in the place of a post that is not shown."""

    id: str
    why: str
    before: str | None
    """The post that it stands behind, which it answers."""
    is_main: bool
    """Whether it stands outside of the replies."""


@dataclass(slots=True)
class Page:
    """The posts of one answer, what stands in the place of others, and whether it leads on."""

    is_conversation: bool
    place: str
    problems: list[Problem]
    captured_at: int | None
    found: list[TweetInContext | Gone] = field(default_factory=list)
    """In the answer's order."""
    reasons: dict[Reason, None] = field(default_factory=dict)
    """Why there is more than this, in the order found."""
    cut_chains: int = 0
    left_out: Counter[ReasonCode] = field(default_factory=Counter)
    last_main: str | None = None
    """The last of the posts that stand outside of the replies."""

    def read(self, found: Timeline | Single) -> None:
        """Take all that an answer has."""
        if isinstance(found, Single):
            if is_advertised(found.result, unwrapped(found.result)):
                self.left_out[ReasonCode.ADVERTISED] += 1
            else:
                self._take(found.result, "", None, is_main=True)
            return
        for name, entry in entries_of(found):
            items = items_of(entry)
            if items is None:
                self._take_entry(name, content_of(entry))
            elif self.is_conversation and name.startswith(_OTHERS):
                self.left_out[ReasonCode.RECOMMENDED_BY_X] += sum(
                    result_of(content) is not None for _, content in items
                )
            else:
                self._take_chain(items)

    def report(self, left_out: Mapping[ReasonCode, int]) -> None:
        """Note how many of what was left out."""
        for code, number in left_out.items():
            self.problems.append(Problem(self.place or "entries", Reason(code, (number,))))

    @property
    def posts(self) -> list[TweetInContext]:
        """The posts that the answer shows."""
        return [one for one in self.found if isinstance(one, TweetInContext)]

    def root(self) -> str:
        """The conversation that this page is about, or the empty text."""
        posts = self.posts
        for main in (True, False):
            named = Counter(one.conversation for one in posts if one.conversation and one.is_main is main)
            if named:
                return named.most_common(1)[0][0]
        first = next(iter(posts), None)
        return (first.post.parent_id or first.post.id if not first.is_main else first.post.id) if first else ""

    def all_reasons(self) -> tuple[Reason, ...]:
        """Why there is more than this page has."""
        cut = [Reason(ReasonCode.CUT_CHAINS, (self.cut_chains,))] if self.cut_chains else []
        return (*self.reasons, *cut)

    def _take_entry(self, name: str, content: Values) -> None:
        """Take an entry that is a post or a cursor."""
        kind = content.get("cursorType") or content.get("cursor_type")
        if kind in _PAGES:
            code = ReasonCode.FURTHER_REPLY_PAGES if self.is_conversation else ReasonCode.FURTHER_PAGES
            self.reasons[Reason(code)] = None
        elif kind in _PROMPTS:
            self.reasons[Reason(ReasonCode.BEHIND_PROMPT)] = None
        elif (result := self._result(name, content)) is not None:
            post_id = _id_in(name)
            self._take(result, post_id, self.last_main, is_main=True)
            self.last_main = post_id or self.last_main

    def _take_chain(self, items: list[tuple[str, Values]]) -> None:
        """Take the posts of a module, each of which answers the one before it."""
        before = self.last_main
        for name, content in items:
            if content.get("cursorType") or content.get("cursor_type"):
                self.cut_chains += 1
            elif (result := self._result(name, content)) is not None:
                post_id = _id_in(name)
                self._take(result, post_id, before, is_main=False)
                before = post_id or before

    def _result(self, name: str, content: Values) -> Values | None:
        """The post of an entry or item, unless it is an advertisement."""
        result = result_of(content)
        if result is not None and ("promoted" in name.casefold() or is_advertised(content, result, unwrapped(result))):
            self.left_out[ReasonCode.ADVERTISED] += 1
            return None
        return result

    def _take(self, result: Values, post_id: str, before: str | None, *, is_main: bool) -> None:
        """Take a post, or what stands in its place."""
        result = unwrapped(result)
        if not is_shown(result):
            self.found.append(Gone(post_id, why_not(result), before, is_main))
            return
        place = f"{self.place} post {post_id or result.get('rest_id')}".strip()
        tweet = Tweet(JsonObject(result, place, self.problems, self.captured_at))
        post = tweet.post(post_id)
        if not post.id:
            tweet.item.report("rest_id", ReasonCode.MISSING)
            return
        self.found.append(
            TweetInContext(
                post,
                tweet.legacy.id("conversation_id_str"),
                tweet.legacy.handle("in_reply_to_screen_name"),
                tuple(tweet.earlier_ids()),
                is_main,
            )
        )


def _id_in(name: str) -> str:
    """The id of the post that an entry or item is named after, or the empty text."""
    found = ENTRY_POST.search(name)
    return found[1] if found else ""
