"""WARC files, record by record: what servers answered while a crawler or a browser looked, each with its moment.

The format is simple enough to read here: a record is a heading, as many bytes as it says, and two line breaks
(ISO 28500). The file comes unpacked; what a server packed inside of an answer is unpacked within bounds.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from core.models import Problem
from core.readers.kit.saved_answer import SavedAnswer, operation_of
from core.readers.kit.times import post_time
from core.reasons import Reason, ReasonCode

_BEGINS = b"WARC/"
_HEADING_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEADING = 1024 * 1024
_LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes that one packed answer may hold."""
_PACKED = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_OF_ANSWERS = ("response", "resource")
_TEXTS = ("json", "html", "xml", "text/plain", "javascript")
"""Kinds of answers that can hold a thread."""


def is_warc(data: bytes) -> bool:
    """Whether a payload is a WARC file."""
    return data.startswith(_BEGINS)


class WarcRecord(NamedTuple):
    """Where a record stands in its file, and what its heading says."""

    start: int
    block: int
    """Where its content begins."""
    end: int
    values: Mapping[str, str]
    """The fields of its heading, by their names in lower case."""


def warc_records(data: bytes) -> Iterator[WarcRecord]:
    """The records of a WARC file, up to the first that is none; the last may say that it is longer than the file."""
    at = 0
    while at < len(data):
        heading = _HEADING_END.search(data, at, at + _LONGEST_HEADING) if data.startswith(_BEGINS, at) else None
        values = _values(data[at : heading.start()]) if heading else {}
        if heading is None or not values.get("content-length", "").isdecimal():
            return
        end = heading.end() + int(values["content-length"])
        yield WarcRecord(at, heading.end(), end, values)
        at = end
        while data[at : at + 1] in (b"\r", b"\n"):
            at += 1


def heading_end(block: bytes) -> int:
    """Where the heading of what was asked or answered over HTTP ends; 0 where there is none."""
    found = _HEADING_END.search(block, 0, _LONGEST_HEADING)
    return found.end() if found else 0


def warc_answers(data: bytes, problems: list[Problem]) -> Iterator[SavedAnswer]:
    """The answers in a WARC file, in its order; a record that cannot be read goes to `problems`."""
    number, end = 0, 0
    for number, record in enumerate(warc_records(data), 1):
        place, end = f"record {number}", record.end
        if called := operation_of(record.values.get("warc-target-uri")):
            place = f"{place} ({called})"
        if end > len(data):
            problems.append(Problem(place, Reason(ReasonCode.RECORD_CUT)))
        elif record.values.get("warc-type") in _OF_ANSWERS:
            yield from _answer(place, data[record.block : end], record.values, problems)
    if data[end:].strip():
        problems.append(Problem(f"record {number + 1}", Reason(ReasonCode.REST_NO_WARC)))


def _answer(place: str, block: bytes, values: Mapping[str, str], problems: list[Problem]) -> Iterator[SavedAnswer]:
    """What a record holds that was answered well."""
    kind, body = values.get("content-type", ""), block
    if block.startswith(b"HTTP/"):
        start, status = heading_end(block), block[:16].split(b" ")[1:2]
        if not start or not status or not status[0].startswith(b"2"):
            return
        answered = _values(block[:start])
        kind, body = answered.get("content-type", ""), block[start:]
        if not any(one in kind.lower() for one in _TEXTS):
            return
        if answered.get("transfer-encoding", "").lower() == "chunked":
            body = _without_chunks(body)
        try:
            body = _unpacked(body, answered.get("content-encoding", "").strip().lower())
        except (zlib.error, ValueError) as error:
            problems.append(Problem(place, Reason(ReasonCode.ANSWER_PACKED, names=(str(error),))))
            return
    time = post_time(values.get("warc-date"), None)
    yield SavedAnswer(place, body, time.posted_at if time else None, kind)


def _values(heading: bytes) -> dict[str, str]:
    """The fields of a heading, by their names in lower case; the first line has none."""
    found: dict[str, str] = {}
    for line in heading.split(b"\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            found.setdefault(name.strip().lower().decode("latin-1"), value.strip().decode("utf-8", "replace"))
    return found


def _without_chunks(body: bytes) -> bytes:
    """A body that was sent in chunks; as it is, where the crawler has joined them already."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + 200)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", size):
            return b"".join(pieces) if pieces else body
        length = int(size, 16)
        if not length:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2


def _unpacked(body: bytes, encoding: str) -> bytes:
    """A body without what its server packed it in; many crawlers have unpacked it and left the name of the packing.

    Raises ValueError for packings that are not known here, and for what holds too much.
    """
    if encoding in ("", "identity") or body.lstrip()[:1] in (b"{", b"[", b"<"):
        return body
    if encoding not in _PACKED:
        raise ValueError(ascii(encoding[:40]))
    unpacking = zlib.decompressobj(_PACKED[encoding])
    try:
        found = unpacking.decompress(body, _LARGEST_ANSWER)
    except zlib.error:
        # Some servers call it deflate and leave its first two bytes out.
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        found = unpacking.decompress(body, _LARGEST_ANSWER)
    if unpacking.unconsumed_tail:
        raise ValueError(f"{encoding}, too large")
    return found
