"""Packed files by their first bytes: gzip, bzip2, xz, Zstandard; zip (WACZ is one) and tar with each file in them.

A few bytes can hold gigabytes, and a file a hundred thousand members: what is unpacked is bounded as it comes, in
memory and in how much larger than its file it may be.
"""

import bz2
import io
import lzma
import re
import sys
import tarfile
import zipfile
import zlib
from calendar import timegm
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from core.errors import PayloadError
from core.reasons import Reason, ReasonCode

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_FREE = 64 * 1024 * 1024
"""Bytes that anything may unpack to; beyond, no text is packed to less than a `_DENSEST`th of itself."""
_DENSEST = 250
_FIRST_PIECE, _LARGEST_PIECE = 1024, 1024 * 1024
"""Packed bytes that are fed at a time: what follows a member is copied, so that short members want short pieces."""
_LARGEST_WINDOW = 31
"""The dumps of Reddit are packed with a window of 2 ** 31 bytes."""
_MOST_MEMBERS = 10_000
_DEEPEST = 3
"""Packed files inside one another."""
_XZ_MEMORY = 512 * 1024 * 1024
_WACZ, _IN_WACZ = "datapackage.json", re.compile(r"archive/.+\.warc(?:\.gz)?")
"""What tells a WACZ file, and where in it the answers are; the rest are lists of them."""
_WORKBOOK, _OFFICE, _ZIP = "xl/workbook.xml", "[Content_Types].xml", b"PK\x03\x04"
_NO_TEXT = frozenset(
    (
        *("avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "svg", "webp", "pdf", "psd"),
        *("m4a", "m4v", "mkv", "mov", "mp3", "mp4", "webm", "css", "wasm", "eot", "otf", "ttf", "woff", "woff2"),
    )
)
"""Endings of files that go with an archive's texts and hold none."""


class PackedMember(NamedTuple):
    """A file that was packed."""

    name: str
    """Its path in the archive; empty where that holds one stream without a name."""
    data: bytes
    dated: int | None = None
    """Its date in the archive, in seconds since 1970, which a copy changes as it does a file's."""


class _Decompressor(Protocol):
    """What the decompressors of bz2, lzma and zstd have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gunzip:
    """gzip in the form of the others."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        """Whether all that was fed has been unpacked."""
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """What follows the member."""
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """The next bytes, at most `max_length`."""
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


_STREAMS: tuple[tuple[bytes, str, Callable[[], _Decompressor]], ...] = (
    (b"\x1f\x8b", "gzip", _Gunzip),
    (b"BZh", "bzip2", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\x00", "xz", lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)),
    (
        b"\x28\xb5\x2f\xfd",
        "Zstandard",
        lambda: zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW}),
    ),
)
_FOREIGN = (
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook"),
)
_ERRORS = (zlib.error, OSError, EOFError, lzma.LZMAError, zstd.ZstdError, ValueError)


class _Bounds:
    """How much may still be unpacked of one file."""

    def __init__(self, source: str, packed: int, limit: int) -> None:
        self.source, self.packed, self.limit = source, packed, limit
        self.taken = 0

    @property
    def left(self) -> int:
        """Bytes that may still come, and one more that shows that there are too many."""
        return self.limit + 1 - self.taken

    def take(self, size: int) -> None:
        """Count unpacked bytes. Raises PayloadError where they are too many for the limit, or for their file."""
        self.taken += size
        if self.taken > self.limit or self.taken > max(_FREE, self.packed * _DENSEST):
            raise PayloadError(Reason(ReasonCode.UNPACKS_TOO_LARGE, (self.limit,), (self.source,)))


def unpacked(data: bytes, source: str, limit: int) -> list[PackedMember] | None:
    """The files that `data` packs, in the archive's order; None where it is not packed.

    `source` is what errors call it. Raises PayloadError where more than `limit` bytes come, where the archive is
    damaged, or where it is of a kind that another program opens.
    """
    found = [*_members("", data, None, _Bounds(source, len(data), limit), 0)]
    if not found:
        raise PayloadError(Reason(ReasonCode.PACKED_WITHOUT_TEXT, names=(source,)))
    return None if len(found) == 1 and found[0].data is data else found


def _members(name: str, data: bytes, dated: int | None, bounds: _Bounds, depth: int) -> Iterator[PackedMember]:
    """The files in one file, or that itself."""
    foreign = next((told for sign, told in _FOREIGN if data.startswith(sign)), None)
    if foreign and not depth:
        raise PayloadError(Reason(ReasonCode.OTHER_PROGRAMS_FILE, names=(bounds.source, foreign)))
    stream = next(((kind, make) for sign, kind, make in _STREAMS if data.startswith(sign)), None)
    if depth >= _DEEPEST or not (stream or _is_zip(data) or _is_tar(data)):
        yield PackedMember(name, data, dated)
    elif stream:
        yield from _members(name, _stream(data, *stream, bounds), dated, bounds, depth + 1)
    else:
        for inner in _zipped(data, bounds) if _is_zip(data) else _tarred(data, bounds):
            path = f"{name}/{inner.name}" if name else inner.name
            yield from _members(path, inner.data, inner.dated or dated, bounds, depth + 1)


def _stream(data: bytes, kind: str, make: Callable[[], _Decompressor], bounds: _Bounds) -> bytes:
    """What one stream holds, which may be several members in a row."""
    # Its value is handed out without a copy.
    whole = io.BytesIO()
    member, size, at = make(), _FIRST_PIECE, 0
    try:
        while at < len(data) or not member.eof:
            piece = data[at : at + size] if member.needs_input and not member.eof else b""
            if not piece and member.needs_input and not member.eof:
                raise PayloadError(Reason(ReasonCode.PACKED_ENDS_EARLY, names=(bounds.source, kind)))
            at += len(piece)
            told = member.decompress(piece, min(bounds.left, _LARGEST_PIECE))
            bounds.take(len(told))
            whole.write(told)
            size = min(size * 2, _LARGEST_PIECE)
            if member.eof:
                at -= len(member.unused_data)
                # Padding with zero bytes after a member is allowed by the formats.
                while data[at : at + 1] == b"\0":
                    at += 1
                if at >= len(data) or not _goes_on(data, at, kind):
                    break
                member, size = make(), _FIRST_PIECE
    except _ERRORS as error:
        raise PayloadError(Reason(ReasonCode.PACKED_DAMAGED, names=(bounds.source, kind, str(error)))) from error
    return whole.getvalue()


def _goes_on(data: bytes, at: int, kind: str) -> bool:
    """Whether another member of the same kind begins here; what is none is passed over, as the formats' tools do."""
    return any(data.startswith(sign, at) for sign, other, _ in _STREAMS if other == kind)


def _is_zip(data: bytes) -> bool:
    """Whether this is a zip file."""
    return data.startswith(_ZIP)


def _is_tar(data: bytes) -> bool:
    """Whether this is a tar file."""
    return data[257:262] == b"ustar"


def _zipped(data: bytes, bounds: _Bounds) -> Iterator[PackedMember]:
    """The files in a zip file that can be texts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            names = {one.filename for one in listed}
            if _OFFICE in names:
                told = "an Excel workbook" if _WORKBOOK in names else "an office document"
                raise PayloadError(Reason(ReasonCode.OTHER_PROGRAMS_FILE, names=(bounds.source, told)))
            _check_number(len(listed), bounds)
            archived = {name for name in names if _WACZ in names and _IN_WACZ.fullmatch(name)}
            for one in listed:
                if archived and one.filename not in archived:
                    continue
                if one.flag_bits & 1:
                    raise PayloadError(Reason(ReasonCode.PACKED_WITH_PASSWORD, names=(bounds.source,)))
                if not one.is_dir() and _can_be_text(one.filename):
                    with archive.open(one) as opened:
                        inside = _taken(opened.read, bounds)
                    yield PackedMember(one.filename, inside, _moment((*one.date_time, 0, 0, 0)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, *_ERRORS) as error:
        raise PayloadError(Reason(ReasonCode.PACKED_DAMAGED, names=(bounds.source, "zip", str(error)))) from error


def _tarred(data: bytes, bounds: _Bounds) -> Iterator[PackedMember]:
    """The files in a tar file that can be texts."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for number, one in enumerate(archive):
                _check_number(number, bounds)
                opened = archive.extractfile(one) if one.isreg() and _can_be_text(one.name) else None
                if opened is not None:
                    yield PackedMember(one.name, _taken(opened.read, bounds), int(one.mtime))
    except (tarfile.TarError, *_ERRORS) as error:
        raise PayloadError(Reason(ReasonCode.PACKED_DAMAGED, names=(bounds.source, "tar", str(error)))) from error


def _taken(read: Callable[[int], bytes], bounds: _Bounds) -> bytes:
    """All that a file in an archive holds."""
    whole = io.BytesIO()
    while piece := read(_LARGEST_PIECE):
        bounds.take(len(piece))
        whole.write(piece)
    return whole.getvalue()


def _check_number(number: int, bounds: _Bounds) -> None:
    """Raise PayloadError for more files than anybody packs."""
    if number > _MOST_MEMBERS:
        raise PayloadError(Reason(ReasonCode.TOO_MANY_PACKED, (_MOST_MEMBERS,), (bounds.source,)))


def _can_be_text(name: str) -> bool:
    """Whether a file in an archive can be a text, and nothing that a system has put there."""
    last = name.rpartition("/")[2]
    return last.rpartition(".")[2].lower() not in _NO_TEXT and not last.startswith("._") and "__MACOSX/" not in name


def _moment(parts: tuple[int, ...]) -> int | None:
    """The date of a file in a zip, whose zone is not told; None where it has none."""
    return timegm(parts) if parts[0] > 1980 else None
