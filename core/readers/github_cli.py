"""What `gh issue view --json` prints of an issue or pull request, as the REST API would give it.

See https://cli.github.com/manual/gh_issue_view for the fields.
"""

import re
from collections.abc import Iterator, Mapping

from core.readers.kit.json_values import objects_at, value_at

_NUMBERED = re.compile(r"#(?:issuecomment-|discussion_r|pullrequestreview-)(\d{1,18})$")
"""How a comment's page ends: with the number by which the REST API knows it."""
_RENAMED = {"createdAt": "created_at", "submittedAt": "submitted_at", "url": "html_url"}


def is_cli_answer(value: object) -> bool:
    """Whether `value` is an issue or pull request as the command line prints it, or its comments alone."""
    if not isinstance(value, dict) or "comments_url" in value:
        return False
    return _is_issue(value) or any(map(_is_comment, objects_at(value, "comments")[:20]))


def rest_objects(value: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """The issue where it is there, its comments and its reviews, with the fields of the REST API."""
    comments, page = objects_at(value, "comments"), ""
    if _is_issue(value):
        issue = _renamed(value)
        page = str(issue["html_url"])
        yield {**issue, "comments_url": f"{page}/comments", "comments": len(comments), "id": None}
    for one in (*comments, *objects_at(value, "reviews")):
        yield _rest_comment(one, page)


def _is_issue(value: Mapping[str, object]) -> bool:
    """Whether an object is an issue or pull request with its page."""
    return "number" in value and "title" in value and _is_page(value.get("url"))


def _is_comment(value: Mapping[str, object]) -> bool:
    """Whether an object is a comment with its page."""
    return "body" in value and "createdAt" in value and _is_page(value.get("url"))


def _rest_comment(value: Mapping[str, object], page: str) -> dict[str, object]:
    """A comment with the fields of the REST API; `page` is that of its issue, where it names none itself."""
    found = _renamed(value)
    link = str(found.get("html_url") or page or "")
    numbered = _NUMBERED.search(link)
    return {
        **found,
        "id": int(numbered[1]) if numbered else value.get("id"),
        "html_url": link if numbered else None,
        "issue_url": page or link.partition("#")[0],
    }


def _renamed(value: Mapping[str, object]) -> dict[str, object]:
    """An object's fields under the names of the REST API."""
    found = {_RENAMED.get(key, key): held for key, held in value.items()}
    author = value.get("author")
    found["user"] = {"login": value_at(author, "login")} if isinstance(author, dict) else None
    groups = {one.get("content"): value_at(one, "users", "totalCount") for one in objects_at(value, "reactionGroups")}
    if "reactionGroups" in value:
        found["reactions"] = {"+1": groups.get("THUMBS_UP") or 0}
    return found


def _is_page(link: object) -> bool:
    """Whether a link leads to an issue or pull request."""
    return isinstance(link, str) and re.match(r"https?://[^/]+/[^/]+/[^/]+/(?:issues|pull)/\d+", link) is not None
