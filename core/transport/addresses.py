"""Which addresses are asked: those of servers that the user has named, and besides none inside a private network."""

import asyncio
import ipaddress
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from core.errors import FetchError
from core.reasons import Reason, ReasonCode

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_INSIDE = ipaddress.ip_network("64:ff9b:1::/48")
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")


class Redirect(NamedTuple):
    """Where a server sends us."""

    url: str
    addresses: tuple[str, ...]
    """The addresses of its host that were looked at, of which one is to be asked; empty where the user has named it."""


def host_of(url: str) -> str:
    """The host and port of an address, lower case, as one text; empty where there is none."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return ""
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{name}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def spoken_host(url: str) -> str:
    """The host of an address, for a sentence."""
    return host_of(url).removesuffix(":443").removesuffix(":80") or "the source"


def joined(base: str, link: str) -> str:
    """The address that a link on the page at `base` leads to; the link as it stands where it leads nowhere."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def is_of_origin(url: str, place: str) -> bool:
    """Whether an address is one of the same server: scheme, host and port are the same, and nobody is named in it."""
    parts, own = _split(url), _split(place)
    if parts is None or own is None or parts.scheme not in _PORTS or "@" in parts.netloc:
        return False
    return (parts.scheme, host_of(url)) == (own.scheme, host_of(place))


def is_same_site(url: str, place: str) -> bool:
    """Whether an address is of the same server, or of its encrypted side."""
    if is_of_origin(url, place):
        return True
    parts, own = _split(url), _split(place)
    if parts is None or own is None or "@" in parts.netloc:
        return False
    is_safer = (own.scheme, parts.scheme) == ("http", "https") and own.port in (None, 80) and parts.port in (None, 443)
    return is_safer and parts.hostname == own.hostname


def at_place(url: str, place: str) -> str:
    """An address of one server as that of another one that has the same pages."""
    place = place.rstrip("/")
    if url == place or url.startswith(f"{place}/"):
        return url
    parts = urlsplit(url)
    return place + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


async def redirected(url: str, location: str, named: frozenset[str]) -> Redirect:
    """Where a redirect from `url` leads; `named` are the hosts, as `host_of` gives them, that the user has named.

    Raises FetchError where that is no web address, less protected than `url`, or inside a private network.
    """
    target = joined(url, location)
    parts = _split(target)
    if parts is None or parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise FetchError(Reason(ReasonCode.REDIRECTS_TO_NO_ADDRESS, names=(host_of(url),)))
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        raise FetchError(Reason(ReasonCode.REDIRECTS_UNENCRYPTED, names=(host_of(url),)))
    if host_of(target) in named:
        return Redirect(target, ())
    addresses = await _addresses(parts.hostname)
    if any(map(_is_inside, addresses)):
        raise FetchError(Reason(ReasonCode.REDIRECTS_INSIDE, names=(host_of(url), parts.hostname)))
    return Redirect(target, addresses)


async def is_private(host: str) -> bool:
    """Whether a name or number leads to any address that is not of the public internet."""
    return any(map(_is_inside, await _addresses(host)))


async def _addresses(host: str) -> tuple[str, ...]:
    """The addresses that a name or number leads to; none where it cannot be resolved here, nor be reached from here."""
    if _number(host):
        return (host,)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


def _split(url: str) -> SplitResult | None:
    """An address in its parts; None where it has none, a port that is none among them."""
    try:
        parts = urlsplit(url)
        # Looked at, a port that is no number, or too large a one, raises.
        _ = parts.port
    except ValueError:
        return None
    return parts


def _number(host: str) -> bool:
    """Whether a host is an address in numbers."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_inside(address: str) -> bool:
    """Whether an address is one of a private network, of this machine, or of many; one in an envelope is opened."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return not found.is_global or found.is_multicast
    if found in _NAT64_INSIDE or found.is_site_local or found.is_multicast:
        return True
    last = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    packed = [one for one in (found.ipv4_mapped, found.sixtofour, *(found.teredo or ())) if one is not None]
    packed += [last] if found in _NAT64 or found in _IPV4_COMPATIBLE else []
    return any(_is_inside(str(one)) for one in packed) if packed else not found.is_global
