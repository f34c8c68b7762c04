"""GitHub: an issue or a pull request with its comments, reviews among them, by the REST API; GitHub Enterprise too.

API: https://docs.github.com/en/rest/issues/comments
"""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from core.errors import FetchError
from core.models import Payload
from core.reasons import Reason, ReasonCode
from core.sources.json_answer import json_of, object_of
from core.sources.over_http import OverHttp, is_limit
from core.text.links import split_link
from core.transport import Request, SourceSettings

_AT_ONCE = 100
_HOSTS = frozenset({"github.com", "www.github.com"})
_ISSUE = re.compile(r"/([\w.-]+/[\w.-]+)/(?:issues|pull)/(\d{1,10})(?:/.*)?")


class GitHubSource(OverHttp):
    """Issues and pull requests of github.com."""

    name = "github"
    title = "GitHub"
    formats = ("github",)
    fetches = "issues and pull requests of github.com with their comments"

    def __init__(self, settings: SourceSettings) -> None:
        super().__init__(settings)
        self.home = settings.github.rstrip("/")
        host = urlsplit(self.home).netloc
        self._hosts = frozenset({*_HOSTS, host, host.removeprefix("api.")})

    def headers(self) -> Mapping[str, Mapping[str, str]]:
        """The token, where there is one."""
        token = self._settings.keys.get("github", "")
        return {self.home: {"Authorization": f"Bearer {token}"}} if token else {}

    def takes(self, link: str) -> bool:
        """Whether this is a link to an issue or a pull request."""
        return self._issue(link) is not None

    def begin(self, link: str) -> Sequence[Request]:
        """The request for the issue or pull request itself."""
        found = self._issue(link)
        return (Request(f"{self.home}/repos/{found[1]}/issues/{found[2]}", "the issue", "issue"),) if found else ()

    def next_step(self, _request: Request, error: FetchError) -> Reason | None:
        """A token, where as many requests were made as GitHub allows without one."""
        is_helped = is_limit(error) and not self._settings.keys.get("github")
        return Reason(ReasonCode.GITHUB_LIMIT, causes=(error.reason,)) if is_helped else None

    def _issue(self, link: str) -> re.Match[str] | None:
        """Repository and number of what a link leads to."""
        parts = split_link(link)
        return _ISSUE.fullmatch(parts.path) if parts and parts.netloc.lower() in self._hosts else None

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The first page of comments, and after a full page the next one."""
        if request.kind == "issue":
            issue = object_of(payload)
            total = issue.get("comments")
            pages = [_page(f"{request.url}/comments", 1, total if isinstance(total, int) else 0)] if total else []
            if "pull_request" in issue:
                pull = request.url.replace("/issues/", "/pulls/")
                pages += [_page(f"{pull}/comments", 1, 0), _page(f"{pull}/reviews", 1, 0)]
            return pages
        found = json_of(payload)
        number, _, left = request.kind.partition("/")
        came = len(found) if isinstance(found, list) else 0
        is_last = came < _AT_ONCE and int(left or 0) <= came
        return (
            ()
            if is_last or not came
            else (_page(request.url.partition("?")[0], int(number) + 1, int(left or 0) - came),)
        )


def _page(url: str, number: int, left: int) -> Request:
    """A page of a list, from which on `left` entries are expected at least."""
    note = f"{url.rpartition('/')[2]}, page {number}"
    return Request(f"{url}?per_page={_AT_ONCE}&page={number}", note, f"{number}/{max(left, 0)}")
