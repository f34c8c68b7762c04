"""Files and streams as payloads: ordinary files only, within a limit, unpacked."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from core.errors import PayloadError
from core.models import CapturedFrom, Payload
from core.transport.packed import unpacked

LIMIT = 512 * 1024 * 1024
"""Bytes that a payload may have, packed or unpacked."""

_TYPES = (
    (stat.S_ISDIR, "a directory; name a file in it"),
    (stat.S_ISFIFO, "a named pipe; save what comes out of it to a file first"),
    (stat.S_ISCHR, "a character device; name an ordinary file"),
    (stat.S_ISBLK, "a block device; name an ordinary file"),
    (stat.S_ISSOCK, "a socket; name an ordinary file"),
)


def read_file(path: Path, *, limit: int = LIMIT) -> list[Payload]:
    """The payload in the file `path`, or each one that it packs, dated by when the file was last changed.

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


def read_stream(stream: BinaryIO, *, name: str = "standard input", limit: int = LIMIT) -> list[Payload]:
    """The payload that `stream` holds, or those that it packs; it is read no further than `limit` bytes.

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
) -> list[Payload]:
    """The payload that `data` is, or each one that it packs; `source` is what errors call it, where not `name`.

    Raises PayloadError where it has more than `limit` bytes, packed or unpacked, or is damaged.
    """
    source = source or name
    if len(data) > limit:
        raise PayloadError(f"{source} is too large; {_limit_hint(limit)}")
    members = unpacked(data, source, limit)
    if members is None:
        return [Payload(name, data, captured_at, CapturedFrom.FILE)]
    return [
        Payload(f"{name}/{one.name}" if one.name else name, one.data, one.dated or captured_at, CapturedFrom.FILE)
        for one in members
    ]


def _refuse_unless_regular(path: Path, status: os.stat_result) -> None:
    """Raise PayloadError, naming the type, for all but an ordinary file."""
    if stat.S_ISREG(status.st_mode):
        return
    kind = next((text for is_kind, text in _TYPES if is_kind(status.st_mode)), "no ordinary file; name one")
    raise PayloadError(f"{path} is {kind}")


def _limit_hint(limit: int) -> str:
    """What the limit is, and what to do about it."""
    return f"at most {limit:,} are read: split it, or fetch fewer replies"
