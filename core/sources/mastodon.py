"""Mastodon and its kin: a status and its context, as a server gives them to those who are not logged in.

API: https://docs.joinmastodon.org/methods/statuses/. A server knows only those answers that reached it, so that no
thread is ever called complete; and it cuts long contexts for visitors, so that branches are asked for by themselves.
"""

import re
from collections import Counter
from collections.abc import Sequence

from core.errors import FetchError
from core.models import Payload
from core.readers.kit.json_values import list_at, value_at
from core.reasons import Reason, ReasonCode
from core.sources.json_answer import object_of
from core.sources.over_http import OverHttp
from core.text.links import origin, split_link
from core.transport import Request

_STATUS = re.compile(
    r"/(?:(?:web|deck)/)?(?:@[^/]+|@[^/]+/posts|users/[^/]+/statuses|statuses|notice|objects)"
    r"/(\d{5,20}|[A-Za-z0-9]{18}|[0-9a-f-]{36})/?"
)


class MastodonSource(OverHttp):
    """Statuses of any Mastodon or Pleroma server."""

    name = "mastodon"
    title = "Mastodon"
    formats = ("mastodon",)
    fetches = "posts of Mastodon and Pleroma servers (https://SERVER/@NAME/NUMBER) with the answers that they know"
    reasons_settled_by_all_pages = None

    def takes(self, link: str) -> bool:
        """Whether this looks like a link to a status."""
        parts = split_link(link)
        return parts is not None and _STATUS.fullmatch(parts.path) is not None

    def begin(self, link: str) -> Sequence[Request]:
        """The status, and what it answers and is answered by."""
        parts = split_link(link)
        found = _STATUS.fullmatch(parts.path) if parts else None
        if found is None:
            return ()
        if "/objects/" in link:
            raise FetchError(Reason(ReasonCode.ADDRESS_OF_OBJECT))
        status = f"{origin(link)}/api/v1/statuses/{found[1]}"
        return Request(status, "the post", "status"), Request(f"{status}/context", "its answers", "context")

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The thread's first post where this is an answer, and the branches that were cut."""
        answer = object_of(payload)
        if request.kind == "status":
            return ()
        base = request.url.rpartition("/api/v1/statuses/")[0] + "/api/v1/statuses/"
        above, below = list_at(answer, "ancestors"), list_at(answer, "descendants")
        requests = []
        if above and request.depth == 0 and isinstance(top := value_at(above, 0, "id"), str):
            requests.append(Request(f"{base}{top}/context", "the thread's answers", "context", 1))
        here = Counter(value_at(one, "in_reply_to_id") for one in below)
        for one in below:
            id, count = value_at(one, "id"), value_at(one, "replies_count")
            if isinstance(id, str) and isinstance(count, int) and count > here[id]:
                requests.append(Request(f"{base}{id}/context", "answers to an answer", "context", request.depth + 1))
        return requests
