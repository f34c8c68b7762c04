"""Tabs that a program leaves open in a Camofox server: x-tweet-fetcher wants to close them, and is refused."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

_PATIENCE = 3.0


@asynccontextmanager
async def tabs_closed_after(server: str, user: str) -> AsyncIterator[None]:
    """Close at the end the tabs that `user` has opened meanwhile in the Camofox server at an address.

    Nothing happens where none is there, or it does not say which tabs there are.
    """
    before = await _tabs(server, user)
    try:
        yield
    finally:
        for tab in await _tabs(server, user) - before:
            await _asked(server, "DELETE", f"/tabs/{quote(tab, safe='')}?userId={user}")


async def _tabs(server: str, user: str) -> frozenset[str]:
    """The ids of the tabs that a user has open."""
    answer = await _asked(server, "GET", f"/tabs?userId={user}")
    tabs = answer.get("tabs") if isinstance(answer, dict) else None
    ids = (one.get("tabId") or one.get("targetId") for one in tabs if isinstance(one, dict)) if tabs else ()
    return frozenset(id for id in ids if isinstance(id, str))


async def _asked(server: str, method: str, path: str) -> object:
    """The JSON that the server answers; None where it answers none."""
    import httpx

    try:
        async with httpx.AsyncClient(timeout=_PATIENCE, trust_env=False) as client:
            found: object = (await client.request(method, server + path)).json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError, RecursionError):
        return None
    return found
