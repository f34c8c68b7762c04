"""Lemmy: a post and its comments, page by page, by the API of version 0.19 or, where that is not there, of version 1.

API: https://join-lemmy.org/api
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from core.errors import FetchError
from core.models import Payload
from core.readers.kit.json_values import list_at, value_at
from core.reasons import Reason, ReasonCode
from core.sources.json_answer import object_of
from core.sources.over_http import OverHttp
from core.text.links import origin, split_link
from core.transport import Request

_AT_ONCE = 50
_LINK = re.compile(r"/(post|comment)/(\d{1,12})(?:/\d{1,12})?/?")
_OLD, _NEW = "/api/v3", "/api/v4"


class LemmySource(OverHttp):
    """Posts of any Lemmy instance; of a comment, the post that it is under."""

    name = "lemmy"
    title = "Lemmy"
    formats = ("lemmy",)
    fetches = "posts of Lemmy instances (https://INSTANCE/post/NUMBER) with their comments"

    def takes(self, link: str) -> bool:
        """Whether this looks like a link to a post or a comment."""
        parts = split_link(link)
        return parts is not None and _LINK.fullmatch(parts.path) is not None

    def begin(self, link: str) -> Sequence[Request]:
        """The post, or the comment, which names its post."""
        parts = split_link(link)
        found = _LINK.fullmatch(parts.path) if parts else None
        if found is None:
            return ()
        kind, number = found[1], found[2]
        new = Request(f"{origin(link)}{_NEW}/{kind}?id={number}", f"the {kind}", kind)
        return (Request(f"{origin(link)}{_OLD}/{kind}?id={number}", f"the {kind}", kind, fallbacks=(new,)),)

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The post of a comment, its comments' first page, and after a full page the next one."""
        answer = object_of(payload)
        base = f"{origin(request.url)}{_NEW if _NEW in request.url else _OLD}"
        if request.kind == "comment":
            number = value_at(answer, "comment_view", "post", "id") or value_at(answer, "post", "id")
            return (Request(f"{base}/post?id={_sure(number, request)}", "the post", "post"),)
        if request.kind == "post":
            number = value_at(answer, "post_view", "post", "id") or value_at(answer, "post", "id")
            first = f"{base}/comment/list?post_id={_sure(number, request)}&type_=All&sort=Old&limit={_AT_ONCE}"
            return (Request(f"{first}&page=1" if base.endswith(_OLD) else first, "comments, page 1", "1"),)
        number = int(request.kind) + 1
        note = f"comments, page {number}"
        if base.endswith(_NEW):
            cursor = answer.get("next_page")
            first = request.url.partition("&page_cursor=")[0]
            return (
                (Request(f"{first}&page_cursor={quote(cursor, safe='')}", note, str(number)),)
                if isinstance(cursor, str) and cursor
                else ()
            )
        if len(list_at(answer, "comments")) < _AT_ONCE:
            return ()
        return (Request(re.sub(r"&page=\d+$", f"&page={number}", request.url), note, str(number)),)


def _sure(number: object, request: Request) -> int:
    """The post's number. Raises FetchError where the answer gives none."""
    if not isinstance(number, int):
        raise FetchError(Reason(ReasonCode.POST_NOT_SAID, names=(request.url,)))
    return number
