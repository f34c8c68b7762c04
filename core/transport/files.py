"""Files and streams as payloads: ordinary files only, within a limit, gzip opened."""

import os
import stat
import zlib
from pathlib import Path
from typing import BinaryIO

from core.errors import PayloadError
from core.models import CapturedFrom, Payload

LIMIT = 512 * 1024 * 1024
"""Bytes that a payload may have, packed or unpacked."""

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_TYPES = (
    (stat.S_ISDIR, "a directory; name a file in it"),
    (stat.S_ISFIFO, "a named pipe; save what comes out of it to a file first"),
    (stat.S_ISCHR, "a character device; name an ordinary file"),
    (stat.S_ISBLK, "a block device; name an ordinary file"),
    (stat.S_ISSOCK, "a socket; name an ordinary file"),
)


def read_file(path: Path, *, limit: int = LIMIT) -> Payload:
    """The payload in the file `path`, gunzipped where it is packed, captured when the file was last changed.

    Raises PayloadError for what is no ordinary file, cannot be read, or is larger than `limit` bytes.
    """
    try:
        _refuse_unless_regular(path, path.stat())
        # Without O_NONBLOCK, a pipe that takes the file's place after the check above would block for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(stream.fileno())
            _refuse_unless_regular(path, status)
            if status.st_size > limit:
                raise PayloadError(f"{path} has {status.st_size:,} bytes; {_limit_hint(limit)}")
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PayloadError(f"{path} cannot be read: {reason}; check its name and permissions") from error
    return from_bytes(data, name=path.name, source=str(path), captured_at=int(status.st_mtime), limit=limit)


def read_stream(stream: BinaryIO, *, name: str = "standard input", limit: int = LIMIT) -> Payload:
    """The payload that `stream` holds; it is read no further than `limit` bytes.

    Raises PayloadError where it holds more, or breaks off with an error.
    """
    try:
        data = stream.read(limit + 1)
    except OSError as error:
        raise PayloadError(f"{name} cannot be read: {error.strerror}; save the data to a file first") from error
    return from_bytes(data, name=name, limit=limit)


def from_bytes(
    data: bytes,
    *,
    name: str = "standard input",
    source: str | None = None,
    captured_at: int | None = None,
    limit: int = LIMIT,
) -> Payload:
    """A payload of `data`, gunzipped where it is packed; `source` is what errors call it, where not `name`.

    Raises PayloadError where it has more than `limit` bytes, packed or unpacked, or is damaged gzip.
    """
    source = source or name
    if len(data) > limit:
        raise PayloadError(f"{source} is too large; {_limit_hint(limit)}")
    if data.startswith(_GZIP):
        data = _gunzip(data, source, limit)
    return Payload(name=name, data=data, captured_at=captured_at, captured_from=CapturedFrom.FILE)


def _refuse_unless_regular(path: Path, status: os.stat_result) -> None:
    """Raise PayloadError, naming the type, for all but an ordinary file."""
    if stat.S_ISREG(status.st_mode):
        return
    kind = next((text for is_kind, text in _TYPES if is_kind(status.st_mode)), "no ordinary file; name one")
    raise PayloadError(f"{path} is {kind}")


def _gunzip(data: bytes, source: str, limit: int) -> bytes:
    """The unpacked bytes of `data`, which may be several gzip members in a row."""
    unpacked = bytearray()
    rest = data
    while rest.startswith(_GZIP):
        member = zlib.decompressobj(_GZIP_WINDOW)
        try:
            unpacked += member.decompress(rest, limit + 1 - len(unpacked))
        except zlib.error as error:
            raise PayloadError(f"{source} is damaged gzip ({error}); fetch it again") from error
        if len(unpacked) > limit:
            raise PayloadError(f"{source} is too large when unpacked; {_limit_hint(limit)}")
        if not member.eof:
            raise PayloadError(f"{source} is gzip that ends too early; fetch it again")
        # Padding with zero bytes after a member is allowed by the format.
        rest = member.unused_data.lstrip(b"\0")
    return bytes(unpacked)


def _limit_hint(limit: int) -> str:
    """What the limit is, and what to do about it."""
    return f"at most {limit:,} are read: split it, or fetch fewer replies"
