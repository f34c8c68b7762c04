"""GitHub: issues and pull requests with the comments on them, as the REST API gives them.

An issue's comments do not name its own id, only its repository and number, so that `owner/name#12` is its id here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import PayloadError
from core.models import Flag, Post, Problem, Reading, Verdict
from core.readers.github_cli import is_cli_answer, rest_objects
from core.readers.kit.document import Document
from core.readers.kit.fields import JsonObject
from core.readers.kit.forums import markdown_links, unix_newlines, with_title
from core.readers.kit.readings import with_problems
from core.reasons import Reason, ReasonCode
from core.text.sites import site_of

_ABOUT = re.compile(
    r"https?://[^/?#]+/(?:api/v3/)?(?:repos/)?([^/?#]+/[^/?#]+)/(?:issues|pulls?)/(\d{1,18})(?=[/?#]|$)"
)
_COMMENTED = ("issue_url", "pull_request_url")
_BUNDLED = ("issue", "pull_request", "pull", "pr")
_PAGES = (30, 100)
"""How many comments GitHub gives at once, if nothing or the most is asked for."""


class GitHubReader:
    """Comments on GitHub's issues and pull requests."""

    name = "github"
    title = "GitHub JSON (issues, their comments, review comments; by the REST API or gh --json)"
    site = ""
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether each JSON value is an issue, a comment, or holds them."""
        return bool(document.parts) and all(_is_ours(part.value) for part in document.parts)

    def read(self, document: Document) -> list[Reading]:
        """One reading for each issue."""
        problems: list[Problem] = []
        threads: dict[str, _Thread] = {}
        for part in document.parts:
            for item in _items(part.value, part.place, problems, document.captured_at):
                link = next((link for link in _links(item) if _ABOUT.match(link)), "")
                about = _ABOUT.match(link)
                if about is None:
                    item.report("issue_url", ReasonCode.NO_ISSUE)
                    continue
                page = f"https://{site_of(link)}/{about[1]}/issues/{about[2]}"
                threads.setdefault(page, _Thread(f"{about[1]}#{about[2]}", page)).take(item)
        if not threads:
            raise PayloadError(Reason(ReasonCode.GITHUB_WITHOUT_COMMENT, names=(document.name,)))
        found = [thread.reading(self.name) for thread in threads.values()]
        return with_problems(found, problems)


def _is_ours(value: object) -> bool:
    """Whether `value` is an issue, a comment, or holds them."""
    if isinstance(value, list):
        # Pages that were put into one file are lists in a list.
        entries = [one for page in value[:20] for one in (page[:20] if isinstance(page, list) else [page])]
        return any(map(_is_entry, entries))
    if not isinstance(value, dict):
        return False
    return _is_entry(value) or any(_is_issue(value.get(key)) for key in _BUNDLED) or is_cli_answer(value)


def _is_entry(value: object) -> bool:
    """Whether `value` is an issue or a comment."""
    return _is_issue(value) or (
        isinstance(value, dict) and "body" in value and any(isinstance(value.get(key), str) for key in _COMMENTED)
    )


def _is_issue(value: object) -> bool:
    """Whether `value` is an issue or a pull request."""
    return isinstance(value, dict) and "comments_url" in value and "number" in value and "title" in value


def _items(value: object, place: str, problems: list[Problem], captured_at: int | None) -> Iterator[JsonObject]:
    """The issues and comments in a JSON value."""
    pending: list[tuple[object, str]] = [(value, place)]
    while pending:
        one, at = pending.pop()
        if isinstance(one, list):
            pending += [(entry, f"{at[-200:]}[{number}]") for number, entry in enumerate(one)][::-1]
        elif not isinstance(one, dict):
            problems.append(Problem(at or "payload", Reason(ReasonCode.NO_ISSUE_OR_COMMENT)))
        elif _is_entry(one):
            yield JsonObject(one, at, problems, captured_at)
        elif is_cli_answer(one):
            pending += [(entry, at) for entry in rest_objects(one)][::-1]
        elif any(key in one for key in _BUNDLED):
            inside = [(key, held) for key, held in one.items() if isinstance(held, list) or key in _BUNDLED]
            pending += [(held, f"{at}.{key}".strip(".")[-200:]) for key, held in inside][::-1]
        else:
            problems.append(Problem(at or "payload", Reason(ReasonCode.NO_ISSUE_OR_COMMENT)))


def _links(item: JsonObject) -> Iterator[str]:
    """The links that may name the issue."""
    keys = ("html_url", "url") if _is_issue(item.values) else (*_COMMENTED, "html_url")
    yield from (link for key in keys if isinstance(link := item.values.get(key), str))


@dataclass(slots=True)
class _Thread:
    """An issue and its comments as far as they are here."""

    root_id: str
    page: str
    """Its page, on GitHub or on an enterprise's own server."""
    issue: Post | None = None
    claimed: int | None = None
    comments: list[Post] = field(default_factory=list)

    def take(self, item: JsonObject) -> None:
        """Take the issue itself or a comment."""
        flags: list[Flag] = []
        if _is_issue(item.values):
            more = [item.count(key, flags) for key in ("comments", "review_comments")]
            self.claimed = None if more[0] is None else sum(filter(None, more))
            self.issue = _post(item, self.root_id, None, flags, self.claimed)
            return
        parent = item.id("in_reply_to_id") or self.root_id
        # A review that only carries comments has no text of its own.
        if item.values.get("body") or "submitted_at" not in item.values:
            self.comments.append(_post(item, item.id("id", flags), parent, flags, None))

    def reading(self, name: str) -> Reading:
        """What is known of the issue."""
        count = len(self.comments)
        reasons = []
        if self.issue is None and count in _PAGES:
            reasons.append(Reason(ReasonCode.FULL_PAGE, (count,)))
        return Reading(
            format=name,
            root_id=self.root_id,
            posts=(*filter(None, [self.issue]), *self.comments),
            tool="GitHub API",
            url=self.issue.url if self.issue else self.page,
            root_author=self.issue.author if self.issue else None,
            claimed=self.claimed,
            verdict=Verdict.UNKNOWN if self.claimed is None else Verdict.COMPLETE,
            reasons=tuple(reasons),
            site=site_of(self.page),
        )


def _post(item: JsonObject, own: str, parent: str | None, flags: list[Flag], replies: int | None) -> Post:
    """An issue or a comment."""
    body = unix_newlines(item.string("body") or "")
    user, reactions = item.item("user"), item.item("reactions")
    time = item.time("created_at", "submitted_at")
    links, images = markdown_links(body)
    return Post(
        id=own,
        text=with_title(item.string("title"), body) if parent is None else body,
        author=user.handle("login") if user else None,
        parent_id=parent,
        **time.as_fields(),
        likes=reactions.count("+1", flags) if reactions else None,
        replies=replies,
        url=item.link("html_url"),
        media=images,
        links=links,
        flags=tuple(flags),
    )
