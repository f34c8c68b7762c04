"""Reddit: a post's comments as its JSON gives them, with all that its "more" stubs lead to.

API: https://www.reddit.com/dev/api (comments, morechildren). Reddit lets few programs read what any browser may, and
all that log in as somebody's app: https://github.com/reddit-archive/reddit/wiki/OAuth2 (application only).
"""

import re
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from core.errors import FetchError
from core.models import Payload
from core.readers.kit.json_values import list_at, value_at
from core.reasons import Reason, ReasonCode
from core.sources.json_answer import json_of
from core.sources.over_http import OverHttp, answer_alone, batches
from core.text.links import split_link
from core.transport import Notify, Request, SourceSettings, Transport

_AT_ONCE = 100
"""Comments that may be asked for at once."""
_COMMENTS = re.compile(r"/(?:(?:r|user|u)/[^/]+/)?(?:comments|gallery)/([a-z0-9]{1,12})(?:/|$)", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z]{2,4}\.|www\.|new\.|old\.|np\.)?reddit\.com")
_OF_APPS = "https://oauth.reddit.com"
"""Where Reddit answers those who are logged in."""
_LOGIN = "/api/v1/access_token"


class RedditSource(OverHttp):
    """Posts of reddit.com; of a comment, the post that it is under."""

    name = "reddit"
    title = "Reddit"
    formats = ("reddit",)
    fetches = "posts of reddit.com with all comments, also those behind “more”"
    pause = 1.0

    def __init__(self, settings: SourceSettings) -> None:
        super().__init__(settings)
        self.home = reddit_home(settings)
        self._app, self._token = settings.keys.get("reddit", ""), ""
        self._hosts = frozenset(filter(None, (urlsplit(one).netloc for one in (settings.reddit, settings.redlib))))

    def takes(self, link: str) -> bool:
        """Whether this is a link to a post, or one that is made for sharing."""
        return bool(_post(link, self._hosts)) or _is_shared(link)

    def begin(self, link: str) -> Sequence[Request]:
        """The post and its first comments."""
        post = _post(link, self._hosts)
        if not post:
            raise FetchError(Reason(ReasonCode.LINK_FOR_SHARING))
        return (Request(f"{self.home}/comments/{post}.json?raw_json=1&limit=500", "the post and its first comments"),)

    def headers(self) -> Mapping[str, Mapping[str, str]]:
        """The token of the app, where the user has one."""
        return {self.home: {"Authorization": f"Bearer {self._token}"}} if self._token else {}

    @asynccontextmanager
    async def _transport(self, notify: Notify) -> AsyncIterator[Transport]:
        """The transport, after logging in where there is an app."""
        if self._app:
            from core.transport.app_login import app_token

            self._token = await app_token(self._settings.reddit.rstrip("/") + _LOGIN, self._app, self._settings)
        async with super()._transport(notify) as transport:
            yield transport

    def next_step(self, request: Request, error: FetchError) -> Reason | None:
        """The ways that work, where Reddit turns programs away."""
        return self._turned_away(request, error) if error.status in (401, 403) else None

    def _turned_away(self, request: Request, error: FetchError) -> Reason:
        """What to say where Reddit answers with a refusal, or a page in place of an answer."""
        if self._app:
            return Reason(ReasonCode.REDDIT_REFUSES_APP, causes=(answer_alone(error),))
        page = f"https://www.reddit.com/comments/{_link_id(None, request.url)[3:]}"
        return Reason(ReasonCode.REDDIT_TURNS_AWAY, names=(page,), causes=(answer_alone(error),))

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """What the "more" stubs of the answer lead to."""
        try:
            answer = json_of(payload)
        except FetchError as error:
            raise FetchError(self._turned_away(request, error)) from error
        link_id = _link_id(answer, request.url)
        ids: list[str] = []
        requests: list[Request] = []
        for stub in _stubs(answer):
            children = [one for one in list_at(stub, "children") if isinstance(one, str)]
            ids += children
            parent = str(stub.get("parent_id"))
            if not children and parent.startswith("t1_"):
                url = f"{self.home}/comments/{link_id[3:]}/_/{parent[3:]}.json?raw_json=1&limit=500"
                requests.append(Request(url, "where the thread continues", "branch", 1))
        more = f"{self.home}/api/morechildren.json?api_type=json&raw_json=1&link_id={link_id}&children="
        return [*(Request(more + ",".join(some), "more comments") for some in batches(ids, _AT_ONCE)), *requests]


def reddit_home(settings: SourceSettings) -> str:
    """The address that is asked: where the user has an app, Reddit has one of its own for it."""
    home = settings.reddit.rstrip("/")
    return _OF_APPS if settings.keys.get("reddit") and _HOST.fullmatch(urlsplit(home).netloc) else home


def _post(link: str, hosts: Collection[str]) -> str:
    """The id of the post that a link leads to, without its type; empty where it leads to none.

    `hosts` are those that show Reddit's pages besides its own.
    """
    parts = split_link(link)
    host = (parts.hostname or "").lower() if parts else ""
    if parts and host == "redd.it":
        found = re.fullmatch(r"/([a-z0-9]{1,12})/?", parts.path, re.IGNORECASE)
    else:
        is_reddit = parts is not None and (_HOST.fullmatch(host) or parts.netloc in hosts)
        found = _COMMENTS.match(parts.path) if parts and is_reddit else None
    return found[1].lower() if found else ""


def _is_shared(link: str) -> bool:
    """Whether a link is one for sharing, which does not name its post."""
    parts = split_link(link)
    return bool(parts and _HOST.fullmatch((parts.hostname or "").lower()) and re.match(r"/r/[^/]+/s/\w+", parts.path))


def _link_id(answer: object, url: str) -> str:
    """The post's full id, from the answer or else from what was asked for."""
    named = value_at(answer, 0, "data", "children", 0, "data", "name")
    if isinstance(named, str) and named.startswith("t3_"):
        return named
    found = re.search(r"link_id=(t3_\w+)", url) or re.search(r"/comments/()(\w+)", url)
    return (found[1] or f"t3_{found[2]}") if found else ""


def _stubs(value: object) -> Iterator[dict[str, object]]:
    """The "more" stubs of an answer, at any depth."""
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, list):
            pending += reversed(one)
        elif isinstance(one, dict) and isinstance(data := one.get("data"), dict):
            if one.get("kind") == "more":
                yield data
            else:
                pending += [data.get("replies"), data.get("children"), data.get("things")]
        elif isinstance(one, dict):
            pending.append(one.get("json"))
