"""Reddit: a post's comments as its public JSON gives them, with all that its "more" stubs lead to.

API: https://www.reddit.com/dev/api (comments, morechildren)
"""

import re
from collections.abc import Iterator, Sequence

from core.errors import FetchError
from core.models import Payload
from core.readers.kit.json_values import list_at, value_at
from core.reasons import Reason, ReasonCode
from core.sources.json_answer import json_of
from core.sources.over_http import OverHttp, batches
from core.text.links import split_link
from core.transport import Request, SourceSettings

_AT_ONCE = 100
"""Comments that may be asked for at once."""
_COMMENTS = re.compile(r"/(?:(?:r|user|u)/[^/]+/)?(?:comments|gallery)/([a-z0-9]{1,12})(?:/|$)", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z]{2,4}\.|www\.|new\.|old\.|np\.)?reddit\.com")


class RedditSource(OverHttp):
    """Posts of reddit.com; of a comment, the post that it is under."""

    name = "reddit"
    title = "Reddit"
    formats = ("reddit",)
    fetches = "posts of reddit.com with all comments, also those behind “more”"
    pause = 1.0

    def __init__(self, settings: SourceSettings) -> None:
        super().__init__(settings)
        self.home = settings.reddit.rstrip("/")

    def takes(self, link: str) -> bool:
        """Whether this is a link to a post, or one that is made for sharing."""
        return bool(_post(link)) or _is_shared(link)

    def begin(self, link: str) -> Sequence[Request]:
        """The post and its first comments."""
        if not _post(link):
            raise FetchError(Reason(ReasonCode.LINK_FOR_SHARING))
        return (
            Request(f"{self.home}/comments/{_post(link)}.json?raw_json=1&limit=500", "the post and its first comments"),
        )

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """What the "more" stubs of the answer lead to."""
        answer = json_of(payload)
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


def _post(link: str) -> str:
    """The id of the post that a link leads to, without its type; empty where it leads to none."""
    parts = split_link(link)
    host = (parts.hostname or "").lower() if parts else ""
    if parts and host == "redd.it":
        found = re.fullmatch(r"/([a-z0-9]{1,12})/?", parts.path, re.IGNORECASE)
    else:
        found = _COMMENTS.match(parts.path) if parts and _HOST.fullmatch(host) else None
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
