"""Reddit: a thread's two listings, a single listing, what a "more" stub leads to, posts and comments alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import PayloadError
from core.models import Post, Problem, Reading, Verdict
from core.readers.kit.document import Document
from core.readers.kit.fetcher_errors import fetcher_error
from core.readers.kit.fields import NO_ID, JsonObject
from core.readers.kit.forums import without_empty_ends
from core.readers.kit.readings import find_post, thread_reading, with_problems
from core.readers.reddit_posts import SITE, are_escaped, comment_post, full_id, link_post, other_id, permalink
from core.reasons import Reason, ReasonCode


class RedditReader:
    """Threads of reddit.com as its JSON gives them."""

    name = "reddit"
    title = "Reddit JSON (a post's listings, more children, single comments)"
    site = "reddit.com"
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether each JSON value is a listing, a thing, or a list of them."""
        return bool(document.parts) and all(_is_ours(part.value) for part in document.parts)

    def read(self, document: Document) -> list[Reading]:
        """One reading for each post that comments are under."""
        gathered = _Gathered(document)
        for number, part in enumerate(document.parts):
            gathered.page = number
            gathered.take(part.value, part.place)
        if not gathered.things:
            raise PayloadError(Reason(ReasonCode.REDDIT_WITHOUT_POST, names=(document.name,)))
        return gathered.readings(self.name)


def _is_ours(value: object) -> bool:
    """Whether `value` is a listing, a thing, or a list of them."""
    if isinstance(value, list):
        return any(_is_thing(entry) for entry in value[:20])
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("json"), dict):
        return "errors" in value["json"] or _things(value) is not None
    data = value.get("data")
    return _is_thing(value) or (isinstance(data, list) and any(map(_is_bare, data[:20])))


def _is_thing(value: object) -> bool:
    """Whether `value` is a listing, a post, a comment or a stub."""
    if not isinstance(value, dict):
        return False
    return (value.get("kind") in ("Listing", "t1", "t3", "more") and isinstance(value.get("data"), dict)) or _is_bare(
        value
    )


def _is_bare(value: object) -> bool:
    """Whether `value` is a post or a comment without what Reddit puts around it."""
    if not isinstance(value, dict):
        return False
    if not value.get("id") and not value.get("name"):
        # Without either, it is a list that somebody made of Reddit's fields.
        return False
    link = value.get("link_id")
    is_named = type(link) is int or (isinstance(link, str) and link.startswith("t3_"))
    return ("body" in value and is_named) or ("selftext" in value and "title" in value and "subreddit" in value)


def _things(value: Mapping[str, object]) -> list[object] | None:
    """What a "more" stub led to."""
    answer = value.get("json")
    data = answer.get("data") if isinstance(answer, dict) else None
    things = data.get("things") if isinstance(data, dict) else None
    return things if isinstance(things, list) else None


@dataclass(slots=True)
class _Thread:
    """One post and what is known of its comments."""

    posts: list[Post] = field(default_factory=list)
    submitter: str | None = None
    hidden: int = 0
    stubs: int = 0
    elsewhere: int = 0
    answered: set[str] = field(default_factory=set)
    """What the stubs are under."""


class _Gathered:
    """The things of a payload."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.things: list[tuple[str, JsonObject]] = []
        """Kind and fields, in the order in which Reddit shows them."""
        self.stubs: list[tuple[int, JsonObject]] = []
        """With the page that each stands on."""
        self.page = 0
        self.answered: dict[str, int] = {}
        """The last page with an answer to a comment, by what is answered."""
        self.continues = False
        self.apart = False
        """Whether these are comments that a stub led to."""

    def take(self, value: object, place: str) -> None:
        """Take a JSON value and all that is nested in it."""
        pending = [(value, place)]
        while pending:
            one, at = pending.pop()
            inside: list[tuple[object, str]] = []
            if isinstance(one, list):
                inside = [(entry, f"{at}[{number}]") for number, entry in enumerate(one)]
            elif not isinstance(one, dict):
                self.problems.append(Problem(at or "payload", Reason(ReasonCode.NO_POST_OR_COMMENT)))
            elif isinstance(one.get("json"), dict):
                inside = self._answer(one)
            elif isinstance(one.get("data"), list):
                inside = [(one["data"], "data")]
            else:
                inside = self._thing(one, at)
            pending += reversed(inside)

    def _answer(self, value: Mapping[str, object]) -> list[tuple[object, str]]:
        """What a "more" stub led to, or Reddit's word on why it leads nowhere."""
        things, answer = _things(value), value["json"]
        errors = answer.get("errors") if isinstance(answer, dict) else None
        if not things and errors:
            told = errors[0] if isinstance(errors, list) else errors
            words = told if isinstance(told, list) else [told]
            raise fetcher_error(": ".join(str(word)[:200] for word in words if word) or "an error", self.document.name)
        self.apart = True
        return [(things or [], "things")]

    def _thing(self, one: Mapping[str, object], at: str) -> list[tuple[object, str]]:
        """Take one thing; what is nested in it is returned."""
        kind, data = one.get("kind"), one.get("data")
        if _is_bare(one):
            kind, data = "t1" if "body" in one else "t3", one
        if not isinstance(data, dict):
            self.problems.append(Problem(at or "payload", Reason(ReasonCode.NO_POST_OR_COMMENT)))
            return []
        item = JsonObject(
            data, str(data.get("name") or data.get("id") or at)[:100], self.problems, self.document.captured_at
        )
        if kind == "Listing":
            children = data.get("children")
            self.continues |= bool(data.get("after")) and _is_of_comments(children)
            return [(children, f"{at}.children"[-200:])] if isinstance(children, list) else []
        if kind == "more":
            self.stubs.append((self.page, item))
        elif kind in ("t1", "t3"):
            self.things.append((str(kind), item))
            self.answered[str(data.get("parent_id"))] = self.page
            replies = data.get("replies")
            return [(replies, f"{item.place}.replies")] if isinstance(replies, dict | list) else []
        else:
            self.problems.append(
                Problem(at or "payload", Reason(ReasonCode.KIND_NO_POST_OR_COMMENT, names=(ascii(str(kind)[:40]),)))
            )
        return []

    def readings(self, name: str) -> list[Reading]:
        """One reading for each post."""
        escaped = are_escaped(item.values for _, item in self.things)
        threads: dict[str, _Thread] = {}
        links: dict[str, str] = {}
        permalinks = {full_id(kind, item): permalink(item) for kind, item in self.things if kind == "t3"}
        for number, (kind, item) in enumerate(self.things):
            own = full_id(kind, item) or f"{NO_ID}{number}"
            link = own if kind == "t3" else other_id(item, "link_id")
            parent = other_id(item, "parent_id", link) if kind == "t1" else ""
            link = link or links.get(parent) or _named(item) or next(iter(threads), "")
            if not link:
                item.report("link_id", ReasonCode.POST_MISSING)
                continue
            links[own] = link
            thread = threads.setdefault(link, _Thread())
            make = link_post if kind == "t3" else comment_post
            post = make(item, own, parent or link, permalinks.get(link) or f"{SITE}/comments/{link[3:]}/_/", escaped)
            thread.posts.append(post)
            if kind == "t3" or item.values.get("is_submitter") is True:
                thread.submitter = thread.submitter or post.author
        self._count_stubs(threads, links)
        if not threads:
            raise PayloadError(Reason(ReasonCode.REDDIT_POST_NOT_NAMED, names=(self.document.name,)))
        shared, self.problems = tuple(self.problems), []
        found = [self._reading(name, link, thread, permalinks) for link, thread in threads.items()]
        return with_problems(found, shared)

    def _count_stubs(self, threads: dict[str, _Thread], links: dict[str, str]) -> None:
        """Count what is behind the stubs of each thread, and is not here all the same."""
        here = {full_id(kind, item) for kind, item in self.things}
        for page, item in self.stubs:
            parent = item.id("parent_id")
            children = item.values.get("children")
            named = [f"t1_{one}" for one in children] if isinstance(children, list) else []
            if here.issuperset(named) if named else self.answered.get(parent, 0) > page:
                continue
            thread = threads.get(links.get(parent, parent)) or next(iter(threads.values()), _Thread())
            thread.answered.add(parent)
            count = item.count("count", []) or 0
            thread.hidden += count
            thread.stubs += count > 0
            thread.elsewhere += count == 0

    def _reading(self, name: str, link: str, thread: _Thread, permalinks: Mapping[str, str | None]) -> Reading:
        """What is known of one post and its comments."""
        problems: list[Problem] = []
        ids = {post.id for post in thread.posts}
        root = find_post(thread.posts, link)
        loose = sum(post.parent_id not in ids and post.parent_id != link for post in thread.posts if post.id != link)
        reasons = []
        if thread.hidden:
            reasons.append(Reason(ReasonCode.BEHIND_STUBS, (thread.hidden, thread.stubs)))
        if thread.elsewhere:
            reasons.append(Reason(ReasonCode.CONTINUED_ELSEWHERE, (thread.elsewhere,)))
        if loose:
            reasons.append(Reason(ReasonCode.PARENTS_MISSING, (loose,)))
        if self.continues:
            reasons.append(Reason(ReasonCode.LISTING_NEXT_PAGE))
        if self.apart and root is None:
            reasons.append(Reason(ReasonCode.ONLY_BEHIND_STUB))
        claimed = root.replies if root else None
        posts, gone = without_empty_ends(thread.posts, link, problems, thread.answered)
        return thread_reading(
            name,
            link,
            posts,
            tool="Reddit API",
            url=permalinks.get(link) or f"{SITE}/comments/{link[3:]}/",
            root_author=thread.submitter,
            claimed=claimed,
            verdict=Verdict.UNKNOWN if claimed is None else Verdict.COMPLETE,
            reasons=reasons,
            problems=problems,
            gone=gone,
        )


def _named(item: JsonObject) -> str:
    """The post's full id by the comment's own page, which the messages of an inbox name; empty where none is."""
    page = item.string("context") or item.string("permalink") or ""
    found = re.search(r"/comments/([a-z0-9]{1,12})(?:/|$)", page[:500])
    return f"t3_{found[1]}" if found else ""


def _is_of_comments(children: object) -> bool:
    """Whether a listing's things are comments."""
    first = children[0] if isinstance(children, list) and children else None
    return isinstance(first, dict) and first.get("kind") in ("t1", "more")
