"""An installed x-tweet-fetcher: its command line as a program of its own, for the replies and for the post.

Its version 4 fetches the post alone, and does not know the option that asks for replies.
"""

import os
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import pairwise
from shutil import which

from core.errors import FetchError
from core.models import Payload, Reading
from core.reasons import Reason, ReasonCode
from core.text.x_posts import x_post
from core.transport import Notify, Request, SourceSettings, Transport

COMMANDS = ("xtf", "x-tweet-fetcher", "fetch_tweet.py")
"""The names under which it is installed; the first since version 3."""
_REPLIES, _POST = "--replies", ""
_BROWSER_PORT = 9377
_BROWSER_USER = "x-tweet-fetcher"
"""What it calls itself to the Camofox server that it asks for pages, on a port of this machine."""


class XTweetFetcherSource:
    """The command that the settings name; no shell is between."""

    name = "x-tweet-fetcher"
    title = "x-tweet-fetcher"
    formats = ("x-tweet-fetcher",)
    reasons_settled_by_all_pages: frozenset[ReasonCode] = frozenset()
    fetches = "posts of X, by the program of that name where it is installed"

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings

    def takes(self, link: str) -> bool:
        """Whether this is a link to a post of X."""
        return x_post(link) is not None

    def begin(self, link: str) -> Sequence[Request]:
        """The replies, and the post, which their output lacks."""
        post = x_post(link)
        if post is None:
            raise FetchError(Reason(ReasonCode.NO_LINK_TO_X, names=(link,)))
        url = f"https://x.com/{post.handle}/status/{post.post_id}"
        return Request(f"{url}#replies", "the replies", _REPLIES), Request(url, "the post", _POST)

    def follow(self, _ask: Request, _payload: Payload) -> Sequence[Request]:
        """Nothing: the program turns the pages itself."""
        return ()

    def remarks(self, _link: str, _reading: Reading, missed: Sequence[Reason]) -> Sequence[Reason]:
        """That the installed version fetches no replies, where it does not."""
        return [reason for reason in missed if reason.code is ReasonCode.PROGRAM_LACKS_OPTION]

    def transport(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        """A transport that runs the program, and closes the browser's tabs behind it."""
        return self._transport(notify)

    @asynccontextmanager
    async def _transport(self, notify: Notify) -> AsyncIterator[Transport]:
        """The program's transport, between looks at the browser's tabs."""
        from core.transport.left_tabs import tabs_closed_after
        from core.transport.program import program_transport

        command = self._settings.x_tweet_fetcher or _installed()
        browser = f"http://localhost:{_browser_port(command)}"
        async with (
            tabs_closed_after(browser, _BROWSER_USER),
            program_transport(command, self.title, self._settings, notify) as transport,
        ):
            yield transport


def _installed() -> tuple[str, ...]:
    """The command by which it is installed here, or the one that is looked for last."""
    return (next((name for name in COMMANDS if which(name)), COMMANDS[-1]),)


def _browser_port(command: Sequence[str]) -> int:
    """The port on which the program looks for its browser."""
    given = [after for option, after in pairwise(command) if option == "--port"]
    given += [option.partition("=")[2] for option in command if option.startswith("--port=")]
    given += [os.environ.get("XTF_BROWSER_PORT", "")]
    return next((int(one) for one in given if re.fullmatch(r"[1-9][0-9]{0,3}|[1-5][0-9]{4}", one)), _BROWSER_PORT)
