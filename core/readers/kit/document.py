"""A payload decoded once: its text, and what kind of text that is, told from the content alone."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from core.errors import PayloadError
from core.models import Payload, Problem
from core.readers.kit.json_parts import JsonPart, assigned_parts, encoded_parts, json_parts, quick_value, text_value
from core.readers.kit.unwrapping import Unwrapped, from_answers, from_collector
from core.readers.kit.warc import is_warc, warc_answers
from core.readers.kit.wrapped import first_value, har_answers
from core.readers.kit.yaml_parts import is_recording, is_yaml, yaml_parts
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
_HEAD = 2_000
"""Characters in which a recorder's file shows what it is."""


class Kind(StrEnum):
    """What a payload's text is."""

    JSON = "JSON"
    HTML = "HTML or XML"
    YAML = "YAML"
    SNAPSHOT = "an accessibility snapshot"
    PLAIN = "plain text"
    RECORDING = "a recording of requests and their answers in YAML (a VCR cassette)"


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
    pages: tuple["Document", ...] = field(default=(), repr=False)
    """The pages that were saved beside the JSON, each a document of its own."""
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
    if is_warc(payload.data):
        problems: list[Problem] = []
        answers = from_answers(warc_answers(payload.data, problems))
        document = Document(payload.name, Kind.JSON, "", payload.captured_at, problems=tuple(problems))
        return _with_answers(document, answers, ReasonCode.ANSWERS_WITHOUT_THREAD)
    if encoding is None and (value := quick_value(payload.data)) is not None:
        return _opened(Document(payload.name, Kind.JSON, "", payload.captured_at, (JsonPart("", value),)))
    text = _decoded(payload, encoding)
    start = _BLANK.match(text).end()  # type: ignore[union-attr]
    if start == len(text):
        raise PayloadError(Reason(ReasonCode.EMPTY_FILE, names=(payload.name,)))
    return _opened(_parsed(payload, text, start))


def _parsed(payload: Payload, text: str, start: int) -> Document:
    """The document that `text` is from its first visible character on, with its values where it has any."""
    kind, begin = _kind(text, start)
    document = Document(payload.name, kind, text, payload.captured_at)
    if text[start] == '"' and (parts := encoded_parts(text[start:])):
        return replace(document, kind=Kind.JSON, text="", parts=parts)
    if (value_start := first_value(text, start)) and not (kind is Kind.JSON and begin < value_start):
        parts, problems = assigned_parts(text, value_start, payload.name)
        return replace(document, kind=Kind.JSON, text="", parts=parts, problems=problems)
    if kind is Kind.YAML:
        return replace(document, kind=Kind.JSON, text="", parts=yaml_parts(text, payload.name))
    if kind is not Kind.JSON:
        return document
    parts, problems = json_parts(text, begin, payload.name)
    noise = text.count("\n", start, begin)
    if noise:
        skipped = Problem(f"lines 1-{text.count(chr(10), 0, begin)}", Reason(ReasonCode.NOT_OF_DOCUMENT))
        problems = (skipped, *problems)
    return replace(document, text="", parts=parts, problems=problems)


def _opened(document: Document) -> Document:
    """`document`, or what is inside where a browser or a collector has put something around it.

    Raises PayloadError where a HAR file has no answer that is JSON or a page.
    """
    if any(isinstance(part.value, str) for part in document.parts):
        told = (text_value(part.value) if isinstance(part.value, str) else part.value for part in document.parts)
        parts = (replace(part, value=value) for part, value in zip(document.parts, told, strict=True))
        document = replace(document, parts=tuple(parts))
    if (answers := har_answers(document.value)) is not None:
        return _with_answers(document, from_answers(answers), ReasonCode.HAR_WITHOUT_JSON)
    collected = from_collector(document.parts) if document.parts else None
    return document if collected is None else _with(document, collected)


def _with_answers(document: Document, answers: Unwrapped, without: ReasonCode) -> Document:
    """A document of saved answers. Raises PayloadError for the reason `without` where none has a thread in it."""
    if not answers.parts and not answers.pages:
        raise PayloadError(Reason(without, names=(document.name,)))
    found = _with(document, answers)
    pages = tuple(
        Document(f"{document.name}: {page.place}", Kind.HTML, page.text, page.fetched_at, fetched_at=page.fetched_at)
        for page in answers.pages
    )
    return replace(found, pages=pages)


def _with(document: Document, inside: Unwrapped) -> Document:
    """A document with what was inside it in its place."""
    return replace(
        document,
        captured_at=inside.fetched_at or document.captured_at,
        parts=inside.parts,
        problems=(*document.problems, *inside.problems),
        fetched_at=inside.fetched_at,
    )


def encoding_of(data: bytes) -> str:
    """The encoding that a text's first bytes tell."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")


def json_begin(text: str) -> int | None:
    """Where the JSON in a text begins, behind the lines of a log or a comment; None where it begins nowhere."""
    found = _JSON_START.search(text)
    return found.start() if found else None


def _decoded(payload: Payload, encoding: str | None) -> str:
    """The payload's text, without a byte order mark."""
    found = encoding or encoding_of(payload.data)
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
    if text[start] not in "{[" and is_recording(text[start : start + _HEAD]):
        return Kind.RECORDING, start
    json_start = _JSON_START.search(text)
    if text[start] not in "{[" and "- /url: " in text and "- link" in text:
        return Kind.SNAPSHOT, start
    if text[start] not in "{[" and is_yaml(text, start):
        return Kind.YAML, start
    if json_start and text.count("\n", 0, json_start.start()) <= _NOISE_LINES:
        return Kind.JSON, json_start.start()
    return (Kind.JSON if text[start] in "{[" and not _LOG.match(text, start) else Kind.PLAIN), start
