"""What X's web GraphQL answers: a post with its replies (TweetDetail), a search, a person's posts, single posts.

X mixes posts that it recommends, and advertisements, into a conversation; they belong to other conversations and are
left out.
"""

from collections import Counter
from dataclasses import replace

from core.errors import PayloadError
from core.models import Post, Problem, Reading, Verdict
from core.readers.kit.document import Document
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message
from core.readers.kit.fields import type_name
from core.readers.kit.json_values import objects_at
from core.readers.kit.readings import find_post, with_problems
from core.readers.kit.threads import GatheredPosts
from core.readers.x.entities import status_of
from core.readers.x.graphql_find import Timeline, timelines_in
from core.readers.x.graphql_page import Gone, Page, TweetInContext
from core.reasons import Reason, ReasonCode

_PARTS = 500
"""Parts of a payload in which the format is looked for."""
_LOOKED_INTO = 5_000
"""Objects and lists that are looked into for it."""


class XGraphQLReader:
    """The JSON of x.com/i/api/graphql, also as pages on lines, in a list, or from a HAR file."""

    name = "x-graphql"
    title = "X web GraphQL JSON (TweetDetail and kin, also in a HAR file or a script)"
    site = "x.com"
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether a timeline or a post of X's GraphQL is somewhere in it."""
        most = _LOOKED_INTO if len(document.parts) == 1 else _LOOKED_INTO // 10
        return any(next(timelines_in(part.value, most), None) for part in document.parts[:_PARTS])

    def read(self, document: Document) -> list[Reading]:
        """One reading for each conversation; the pages of one conversation are read as one."""
        problems: list[Problem] = []
        threads = _Threads(problems)
        for part in document.parts:
            for found in timelines_in(part.value):
                page = Page(
                    isinstance(found, Timeline) and found.is_conversation, part.place, problems, document.captured_at
                )
                page.read(found)
                threads.add(page)
            threads.message = threads.message or _message(part.value)
        if not threads.gathered.posts:
            if told := threads.message or threads.why_not:
                raise fetcher_error(told, document.name)
            raise PayloadError(Reason(ReasonCode.X_WITHOUT_POST, names=(document.name,)))
        return threads.readings(self.name)


class _Threads:
    """The conversations of all answers in a payload."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.gathered = GatheredPosts()
        self.reasons: dict[str, tuple[Reason, ...]] = {}
        """The root's id -> why the last page about it is not the end."""
        self.rest: tuple[Reason, ...] = ()
        """The same for what is no conversation."""
        self.message: str | None = None
        self.why_not = ""

    def add(self, page: Page) -> None:
        """Take the posts of an answer."""
        posts = page.posts
        root = page.root() if page.is_conversation else ""
        kept = _of_this_thread(posts, root) if root else {one.post.id for one in posts}
        answered = {one.post.parent_id: one.answered for one in posts if one.post.id in kept and one.post.parent_id}
        left_out: Counter[ReasonCode] = Counter()
        for one in page.found:
            if isinstance(one, Gone):
                self.why_not = self.why_not or one.why
                if root and one.id and (one.id in answered or one.id == root or not one.is_main):
                    self.gathered.add(_gone(one, root, answered.get(one.id)), root, None)
                else:
                    left_out[ReasonCode.WITHHELD_BY_X] += 1
            elif one.post.id in kept:
                self.gathered.add(one.post, one.conversation or root, one.answered, one.earlier)
            else:
                left_out[ReasonCode.OTHER_CONVERSATION] += 1
        page.report(page.left_out + left_out)
        if root:
            self.reasons[root] = page.all_reasons()
        else:
            self.rest = page.all_reasons()

    def readings(self, name: str) -> list[Reading]:
        """One reading for each conversation."""
        if self.message:
            self.problems.append(Problem("errors", Reason.written(self.message)))
        found = self.gathered.readings(name, "X")
        reasons = {self.gathered.versions.get(root, root): told for root, told in self.reasons.items()}
        # Who saves what a browser has loaded for a conversation has other timelines beside it, which nobody asked for.
        asked = [reading for reading in found if reading.root_id in reasons] or found
        if beside := sum(len(reading.posts) for reading in found) - sum(len(reading.posts) for reading in asked):
            self.problems.append(Problem("timelines", Reason(ReasonCode.BESIDE_CONVERSATION, (beside,))))
        judged = [_judged(reading, reasons.get(reading.root_id), self.rest) for reading in asked]
        return with_problems(judged, self.problems)


def _judged(reading: Reading, reasons: tuple[Reason, ...] | None, rest: tuple[Reason, ...]) -> Reading:
    """`reading` with how complete it is: a conversation without a way on is all that X shows."""
    ends = reasons is not None and not reasons and find_post(reading.posts, reading.root_id) is not None
    reasons = rest if reasons is None else reasons
    verdict = Verdict.PARTIAL if reasons else Verdict.COMPLETE if ends else Verdict.UNKNOWN
    return replace(reading, verdict=verdict, reasons=reasons)


def _gone(one: Gone, root: str, author: str | None) -> Post:
    """A post that is not shown, and that others answer."""
    parent = None if one.id == root else one.before
    return Post(id=one.id, text="", author=author, parent_id=parent, status=status_of(one.why))


def _of_this_thread(posts: list[TweetInContext], root: str) -> set[str]:
    """The ids of those of `posts` that belong to the conversation, or answer one that does."""
    versions = {earlier for one in posts for earlier in one.earlier}
    kept: set[str] = set()
    for one in posts:
        if one.conversation in ("", root) or one.conversation in versions or one.post.parent_id in kept:
            kept.add(one.post.id)
    return kept


def _message(value: object) -> str | None:
    """What X says went wrong, also beside data."""
    error = next(iter(objects_at(value, "errors")), None)
    if error is None:
        return None
    return fetcher_message({"errors": [error]}) or type_name(error)
