"""Mastodon and its kin: a status and its context, as a server gives them to visitors or to one who is logged in.

API: https://docs.joinmastodon.org/methods/statuses/. A server knows only those answers that reached it, so that no
thread is ever called complete; and it cuts long contexts for visitors, so that branches are asked for by themselves.
The thread of an answer begins at the topmost status above it, which is asked for first.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from core.errors import FetchError
from core.models import Payload, Reading
from core.readers.kit.json_values import list_at, value_at
from core.reasons import Reason, ReasonCode
from core.sources.json_answer import object_of
from core.sources.over_http import OverHttp, answer_alone
from core.text.links import origin, split_link
from core.transport import Request

_STATUS = re.compile(
    r"/(?:(?:web|deck)/)?(?:@[^/]+|@[^/]+/posts|users/[^/]+/statuses|statuses|notice|objects)"
    r"/(\d{5,20}|[A-Za-z0-9]{18}|[0-9a-f-]{36})/?"
)
_API = "/api/v1/statuses/"
_CUT = frozenset({ReasonCode.POSTS_WITH_MORE_ANSWERS, ReasonCode.FEWER_REPLIES})
"""Why a thread is partial where a server gives less than there is."""


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

    def tokens(self) -> Mapping[str, str]:
        """The access token for each server, by its host."""
        pairs = (pair.partition("=") for pair in self._settings.keys.get("mastodon", "").split(","))
        return {host.lower(): token for host, _, token in pairs if token}

    def headers(self) -> Mapping[str, Mapping[str, str]]:
        """The token of each server, for it alone, and never unencrypted to one on the usual port."""
        return {f"https://{host}": {"Authorization": f"Bearer {token}"} for host, token in self.tokens().items()}

    def begin(self, link: str) -> Sequence[Request]:
        """The status itself, which says whether it is an answer."""
        parts = split_link(link)
        found = _STATUS.fullmatch(parts.path) if parts else None
        if found is None:
            return ()
        if "/objects/" in link:
            raise FetchError(Reason(ReasonCode.ADDRESS_OF_OBJECT))
        return (Request(f"{origin(link)}{_API}{found[1]}", "the post", "status"),)

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The way up to where the thread begins, what is under it, and the branches that were cut."""
        answer = object_of(payload)
        base = request.url.rpartition(_API)[0] + _API
        if request.kind == "status":
            id = request.url.rpartition("/")[2]
            return (_above(base, id) if answer.get("in_reply_to_id") else _context(base, id, "its answers"),)
        if request.kind == "top":
            return ()
        branches = _branches(base, list_at(answer, "descendants"), request.depth)
        return branches if request.kind == "context" else [*_from_top(base, list_at(answer, "ancestors")), *branches]

    def next_step(self, request: Request, error: FetchError) -> Reason | None:
        """A token, where a server shows a visitor nothing."""
        if error.status not in (401, 403):
            return None
        host = _host(request.url)
        has_token = host in self.tokens()
        code = ReasonCode.MASTODON_REFUSES_TOKEN if has_token else ReasonCode.MASTODON_WANTS_TOKEN
        return Reason(code, names=(host,), causes=(answer_alone(error),))

    def remarks(self, link: str, reading: Reading, _missed: Sequence[Reason]) -> Sequence[Reason]:
        """That a visitor gets less of a long thread than one who has a token."""
        is_cut = any(reason.code in _CUT for reason in reading.reasons)
        host = _host(link)
        return (Reason(ReasonCode.MASTODON_VISITOR, names=(host,)),) if is_cut and host not in self.tokens() else ()


def _host(link: str) -> str:
    """The host that a link leads to, with its port if that is an unusual one."""
    return origin(link).partition("://")[2].lower()


def _context(base: str, id: str, note: str, depth: int = 0) -> Request:
    """The request for what a status answers and what answers it."""
    return Request(f"{base}{quote(id, safe='')}/context", note, "context", depth)


def _above(base: str, id: str) -> Request:
    """The request for what is above a status, where the thread begins."""
    return Request(f"{base}{quote(id, safe='')}/context", "what it answers", "above", is_start=True)


def _from_top(base: str, above: Sequence[object]) -> list[Request]:
    """What to ask where the statuses above an answer are known: the topmost and its answers, or what is above it."""
    top = value_at(above, 0, "id")
    if not isinstance(top, str):
        return []
    if value_at(above, 0, "in_reply_to_id"):
        return [_above(base, top)]
    return [
        Request(f"{base}{quote(top, safe='')}", "the thread's first post", "top", is_start=True, is_optional=True),
        _context(base, top, "the thread's answers"),
    ]


def _branches(base: str, below: Sequence[object], depth: int) -> list[Request]:
    """The requests for the answers to those statuses that have more than are here."""
    here = Counter(value_at(one, "in_reply_to_id") for one in below)
    told = ((value_at(one, "id"), value_at(one, "replies_count")) for one in below)
    return [
        replace(_context(base, id, "answers to an answer", depth + 1), is_optional=True)
        for id, count in told
        if isinstance(id, str) and isinstance(count, int) and count > here[id]
    ]
