"""A payload decoded once: its text, and what kind of text that is, told from the content alone."""

import codecs
import gc
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum

from core.errors import PayloadError
from core.models import Payload, Problem
from core.readers.kit.wrapped import ASSIGNMENT, first_value, har_answers
from core.reasons import Reason, ReasonCode

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; those of UTF-32 come first, for the one of UTF-16 is their beginning."""
_NOISE_LINES = 200
"""A fetcher prints fewer lines than this before its document."""
_JSON_START = re.compile(r'^[ \t]*(?:\{|\[[ \t]*(?:[\[{"\]]|\r?$))', re.MULTILINE)
"""The line that a document begins with; not that of a log, "[x-tweet-fetcher] opening"."""
_LOG = re.compile(r"\[(?!true|false|null|NaN|Infinity)[A-Za-z]")
"""What a fetcher's log begins with, and JSON does not."""
_BLANK = re.compile(r"\s*")


class Kind(StrEnum):
    """What a payload's text is."""

    JSON = "JSON"
    HTML = "HTML or XML"
    SNAPSHOT = "an accessibility snapshot"
    PLAIN = "plain text"


@dataclass(frozen=True, slots=True)
class JsonPart:
    """One JSON value of a payload; JSON Lines have several."""

    place: str
    """For example `line 12`; empty where the value is the whole payload."""
    value: object = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A payload's content, decoded."""

    name: str
    kind: Kind
    text: str = field(repr=False)
    """Empty for JSON, whose values are in `parts`."""
    captured_at: int | None = None
    parts: tuple[JsonPart, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What was left out while decoding."""
    fetched_at: int | None = None
    """When it was fetched, where what stands around it says so."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field -> column, as the user says it; for lists that no other reader knows."""
    root: str | None = None
    """The post that was answered, by its id or link, as the user says it."""

    @property
    def value(self) -> object:
        """The JSON value, where the payload is one; otherwise None."""
        return self.parts[0].value if len(self.parts) == 1 else None

    def split(self) -> list["Document"]:
        """One document for each JSON value, without the problems, which are the whole's."""
        return [replace(self, parts=(part,), problems=()) for part in self.parts]


def decode(payload: Payload, encoding: str | None = None) -> Document:
    """`payload` as a Document; `encoding` is used where given, otherwise it is told from the bytes.

    Raises PayloadError for bytes that are no text in that encoding, for empty text and for broken JSON.
    """
    if encoding is None and (value := _quickly(payload.data)) is not None:
        return _opened(Document(payload.name, Kind.JSON, "", payload.captured_at, (JsonPart("", value),)))
    text = _decoded(payload, encoding)
    start = _BLANK.match(text).end()  # type: ignore[union-attr]
    if start == len(text):
        raise PayloadError(Reason(ReasonCode.EMPTY_FILE, names=(payload.name,)))
    kind, begin = _kind(text, start)
    document = Document(payload.name, kind, text, payload.captured_at)
    if (value_start := first_value(text, start)) and not (kind is Kind.JSON and begin < value_start):
        parts, problems = _assigned(text, value_start, payload.name)
        return _opened(replace(document, kind=Kind.JSON, text="", parts=parts, problems=problems))
    if kind is not Kind.JSON:
        return document
    parts, problems = _json(text, begin, payload.name)
    noise = text.count("\n", start, begin)
    if noise:
        skipped = Problem(f"lines 1-{text.count(chr(10), 0, begin)}", Reason(ReasonCode.NOT_OF_DOCUMENT))
        problems = (skipped, *problems)
    return _opened(replace(document, text="", parts=parts, problems=problems))


def _opened(document: Document) -> Document:
    """`document`, or the JSON that servers answered where it is a HAR file.

    Raises PayloadError where a HAR file has no answer that is JSON.
    """
    found = har_answers(document.value)
    if found is None:
        return document
    parts, problems, moment = [], [], None
    for answer in found:
        if (value := _quickly(answer.data.lstrip())) is not None:
            parts.append(JsonPart(answer.place, value))
            moment = answer.fetched_at or moment
        elif answer.is_json and answer.data[:1] in (b"{", b"["):
            problems.append(Problem(answer.place, Reason(ReasonCode.BROKEN_JSON)))
    if not parts:
        raise PayloadError(Reason(ReasonCode.HAR_WITHOUT_JSON, names=(document.name,)))
    return replace(
        document,
        captured_at=moment or document.captured_at,
        parts=tuple(parts),
        problems=(*document.problems, *problems),
        fetched_at=moment,
    )


def _quickly(data: bytes) -> object:
    """The one JSON object or list in UTF-8 that `data` is to the letter; None for all that wants a careful look."""
    if data[:1] not in (b"{", b"["):
        return None
    import msgspec

    try:
        with without_gc():
            return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _decoded(payload: Payload, encoding: str | None) -> str:
    """The payload's text, without a byte order mark."""
    found = encoding or next((name for mark, name in _MARKS if payload.data.startswith(mark)), "utf-8")
    try:
        text = payload.data.decode(found)
    except UnicodeDecodeError as error:
        raise PayloadError(
            f"{payload.name} is not {found}: byte {payload.data[error.start]:#04x} at offset {error.start:,}; "
            "name its encoding, for example --encoding gb18030"
        ) from error
    except (LookupError, ValueError) as error:
        raise PayloadError(f"{found!a} is no encoding of text; try --encoding utf-8 or gb18030") from error
    if "\0" in text[:4] and encoding is None:
        raise PayloadError(
            f"{payload.name} has a zero byte at offset {text.index(chr(0))}; if it is UTF-16 without a byte "
            "order mark, say --encoding utf-16-le"
        )
    return text.removeprefix("\ufeff")


def _kind(text: str, start: int) -> tuple[Kind, int]:
    """What `text` is, and where its JSON begins if it is that; `start` is its first visible character."""
    if text[start] == "<":
        return Kind.HTML, start
    json_start = _JSON_START.search(text)
    if text[start] not in "{[" and "- /url: " in text and "- link" in text:
        return Kind.SNAPSHOT, start
    if json_start and text.count("\n", 0, json_start.start()) <= _NOISE_LINES:
        return Kind.JSON, json_start.start()
    return (Kind.JSON if text[start] in "{[" and not _LOG.match(text, start) else Kind.PLAIN), start


def _json(text: str, begin: int, name: str) -> tuple[tuple[JsonPart, ...], tuple[Problem, ...]]:
    """The JSON values in `text` from `begin`: one, one on each line, or several in a row."""
    try:
        with without_gc():
            return (JsonPart("", _loads(text[begin:] if begin else text)),), ()
    except json.JSONDecodeError as error:
        first_line = text.count("\n", 0, begin)
        lines = _lines(text[begin:], first_line)
        if lines and lines[0]:
            return lines
        if error.msg == "Extra data" and text[begin + error.pos] not in ',:}]"':
            return _row(text, begin)
        raise PayloadError(_broken(name, error, first_line)) from error
    except RecursionError as error:
        raise PayloadError(Reason(ReasonCode.NESTED_FILE, names=(name,))) from error


def _assigned(text: str, begin: int, name: str) -> tuple[tuple[JsonPart, ...], tuple[Problem, ...]]:
    """The JSON values that a script assigns to names, from the one at `begin` on. Raises PayloadError for the first."""
    parts: list[JsonPart] = []
    problems = []
    with without_gc():
        while begin:
            place = f"line {text.count(chr(10), 0, begin) + 1}"
            try:
                value, end = _DECODER.raw_decode(text, begin)
                parts.append(JsonPart(place, value))
            except (ValueError, RecursionError) as error:
                if not parts:
                    told = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
                    raise PayloadError(f"{name} is a script, and its value at {place} is no JSON: {told}") from error
                problems.append(Problem(place, Reason(ReasonCode.VALUE_NO_JSON)))
                end = begin + 1
            following = ASSIGNMENT.search(text, end)
            begin = following.end() if following else 0
    return _unless_alone(parts), tuple(problems)


def _lines(text: str, first_line: int) -> tuple[tuple[JsonPart, ...], tuple[Problem, ...]] | None:
    """The values of JSON Lines, with the lines that are broken; None where `text` is no JSON Lines."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), first_line + 1) if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith(("{", "[")) for _, line in lines):
        return None
    parts, problems = [], []
    with without_gc():
        for number, line in lines:
            try:
                parts.append(JsonPart(f"line {number}", _loads(line)))
            except json.JSONDecodeError as error:
                reason = Reason(ReasonCode.BROKEN_JSON_AT, (error.colno,), (error.msg,))
                problems.append(Problem(f"line {number}", reason))
            except RecursionError:
                problems.append(Problem(f"line {number}", Reason(ReasonCode.NESTED_TOO_DEEPLY)))
    return tuple(parts), tuple(problems)


def _row(text: str, begin: int) -> tuple[tuple[JsonPart, ...], tuple[Problem, ...]]:
    """The values of JSON documents in a row, up to the first that is broken."""
    parts: list[JsonPart] = []
    end = begin
    with without_gc():
        while (start := _BLANK.match(text, end).end()) < len(text):  # type: ignore[union-attr]
            line = text.count("\n", 0, start) + 1
            try:
                value, end = _DECODER.raw_decode(text, start)
            except (ValueError, RecursionError):
                rest = Reason(ReasonCode.REST_NO_JSON)
                return _unless_alone(parts), (Problem(f"line {line}", rest),)
            parts.append(JsonPart(f"line {line}", value))
    return tuple(parts), ()


def _unless_alone(parts: list[JsonPart]) -> tuple[JsonPart, ...]:
    """`parts`; a single one is the whole payload and needs no place."""
    return (JsonPart("", parts[0].value),) if len(parts) == 1 else tuple(parts)


def _loads(text: str) -> object:
    """The one JSON value in `text`, with NaN and Infinity as null and raw control characters allowed."""
    try:
        value: object = json.loads(text, strict=False, parse_constant=_null)
    except json.JSONDecodeError:
        raise
    except ValueError:
        # Python refuses to convert numbers of thousands of digits, which are no count and no id.
        value = json.loads(text, strict=False, parse_constant=_null, parse_int=_int_or_null)
    return value


def _null(_constant: str) -> None:
    """The value of NaN and Infinity, which are no JSON."""


def _int_or_null(digits: str) -> int | None:
    """A number, or None for one that is too long to be meant."""
    return int(digits) if len(digits) < 100 else None


_DECODER = json.JSONDecoder(strict=False, parse_constant=_null, parse_int=_int_or_null)


def _broken(name: str, error: json.JSONDecodeError, first_line: int) -> str:
    """What to say of JSON that does not parse."""
    too_short = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
    advice = "it ends too early, so fetch it again" if too_short else "mend that place, or fetch it again"
    return f"{name} is broken JSON: {error.msg} at line {error.lineno + first_line}, column {error.colno}; {advice}"


@contextmanager
def without_gc() -> Iterator[None]:
    """Pause the garbage collector, which makes the decoding of large JSON several times slower."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
