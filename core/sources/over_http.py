"""What sources that answer over HTTP have in common."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from core.errors import FetchError
from core.models import Payload
from core.reasons import Reason, ReasonCode
from core.transport import Notify, Request, SourceSettings, Transport

_WANTS_REST = frozenset({ReasonCode.WANTS_SECONDS, ReasonCode.WANTS_MINUTES, ReasonCode.WANTS_LONG})
"""What is said of a server that wants to be left alone for longer than the user waits."""


class OverHttp:
    """A source whose answers come over HTTP; all of its pages together are the whole thread."""

    reasons_settled_by_all_pages: frozenset[ReasonCode] | None = frozenset()
    pause = 0.5
    """Seconds between two requests at least."""
    home = ""
    """The address that the user has set for it; empty where the link's own is asked."""

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings

    def headers(self) -> Mapping[str, Mapping[str, str]]:
        """What goes to a server, by its address, and to no other."""
        return {}

    def next_step(self, _request: Request, _error: FetchError) -> Reason | None:
        """What to say in place of an error, with the next step that this source knows; None where it knows none."""
        return None

    def transport(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        """A transport over HTTP, whose refusals name the source's next step."""
        return self._transport(notify)

    @asynccontextmanager
    async def _transport(self, notify: Notify) -> AsyncIterator[Transport]:
        """The transport, for as long as it is open."""
        from core.transport.addresses import host_of
        from core.transport.web import web_transport

        headers = {host_of(address): sent for address, sent in self.headers().items()}
        async with web_transport(
            self._settings, notify, home=self.home, headers=headers, pause=self.pause
        ) as transport:
            yield AdvisingTransport(transport, self)


@dataclass(frozen=True, slots=True)
class AdvisingTransport:
    """A transport for a source, which knows what helps where it is refused."""

    transport: Transport
    source: OverHttp

    async def fetch(self, request: Request) -> Payload:
        """The answer to a request. Raises FetchError as the transport does, with the source's next step."""
        try:
            return await self.transport.fetch(request)
        except FetchError as error:
            said = self.source.next_step(request, error)
            if said is None:
                raise
            raise type(error)(said, error.status) from error


def is_limit(error: FetchError) -> bool:
    """Whether a server has had as many requests as it allows."""
    return error.reason.code in _WANTS_REST or bool(getattr(error.__cause__, "is_limit", False))


def batches(ids: list[str], size: int) -> list[list[str]]:
    """`ids` in lists of at most `size`."""
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def answer_alone(error: FetchError) -> Reason:
    """What a server answered, without what is said of such an answer elsewhere."""
    reason = error.reason
    return Reason(ReasonCode.AT_HOST, names=reason.names, causes=reason.causes) if reason.causes else reason
