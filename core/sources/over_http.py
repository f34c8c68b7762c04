"""What sources that answer over HTTP have in common."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager

from core.reasons import ReasonCode
from core.transport import Notify, SourceSettings, Transport


class OverHttp:
    """A source whose answers come over HTTP; all of its pages together are the whole thread."""

    reasons_settled_by_all_pages: frozenset[ReasonCode] | None = frozenset()
    pause = 0.5
    """Seconds between two requests at least."""
    home = ""
    """The address that the user has set for it; empty where the link's own is asked."""

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings

    def headers(self) -> Mapping[str, str]:
        """What goes to `home`, and nowhere else."""
        return {}

    def transport(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        """A transport over HTTP."""
        from core.transport.web import web_transport

        return web_transport(self._settings, notify, home=self.home, headers=self.headers(), pause=self.pause)


def batches(ids: list[str], size: int) -> list[list[str]]:
    """`ids` in lists of at most `size`."""
    return [ids[start : start + size] for start in range(0, len(ids), size)]
