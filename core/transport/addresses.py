"""Which addresses a server may send us to: none inside the user's own network that the user has not named."""

import asyncio
import ipaddress
from urllib.parse import urljoin, urlsplit

from core.errors import FetchError
from core.reasons import Reason, ReasonCode


def host_of(url: str) -> str:
    """The host and port of an address, lower case, as one text; empty where there is none."""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname, parts.port
    except ValueError:
        return ""
    return f"{name}:{port or (443 if parts.scheme == 'https' else 80)}" if name else ""


async def redirected(url: str, location: str, named: frozenset[str]) -> str:
    """Where a redirect from `url` leads; `named` are the hosts, as `host_of` gives them, that the user has named.

    Raises FetchError where that is no web address, less protected than `url`, or inside a private network.
    """
    target = urljoin(url, location)
    parts = urlsplit(target)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise FetchError(Reason(ReasonCode.REDIRECTS_TO_NO_ADDRESS, names=(host_of(url),)))
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        raise FetchError(Reason(ReasonCode.REDIRECTS_UNENCRYPTED, names=(host_of(url),)))
    if host_of(target) not in named and await is_private(parts.hostname):
        raise FetchError(Reason(ReasonCode.REDIRECTS_INSIDE, names=(host_of(url), str(parts.hostname))))
    return target


async def is_private(host: str) -> bool:
    """Whether a name or number leads to any address that is not of the public internet."""
    try:
        found = (
            [host]
            if _number(host)
            else [str(info[4][0]) for info in await asyncio.get_running_loop().getaddrinfo(host, None)]
        )
    except OSError:
        # What cannot be resolved here cannot be reached from here either.
        return False
    return any(map(_is_inside, found))


def _number(host: str) -> bool:
    """Whether a host is an address in numbers."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_inside(address: str) -> bool:
    """Whether an address is one of a private network, of this machine, or of many."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return not found.is_global or found.is_multicast
