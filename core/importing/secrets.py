"""Keys and cookies in what a browser or a crawler has saved, made unreadable before it is kept.

A HAR or WARC file holds a whole login: in headers, cookies, addresses and bodies. They are found where the format has
them, whatever the encoding, the escapes or the order of fields, and all else stays byte for byte.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.models import Payload
from core.readers.kit.document import encoding_of, json_begin
from core.readers.kit.warc import WarcRecord, heading_end, is_warc, warc_records

_HEADER = r"(?:proxy-)?authorization|(?:set-)?cookie2?|x-(?:csrf|xsrf|guest|auth|api|access)[\w-]*|[\w-]*token[\w-]*"
_SECRET_HEADER = re.compile(_HEADER, re.IGNORECASE)
_PARAMETER = (
    r"[\w.-]*token[\w.-]*|[\w.-]*(?:passw(?:or)?d|passwd|pwd|secret|signature)[\w.-]*|api[_-]?key|auth|authorization|code"
    r"|session(?:id|_id|key)?|sid|sig|ct0|csrf|x-amz-credential|key"
)
"""Names of parameters of an address or a form that open something."""
_FIELD = r"(?:access|refresh|id|auth|csrf|session|bearer)_?token|client_secret|password|passwd|api_?key|ct0"
"""Names of fields of JSON that open something; an answer's `next_token` is a page of it."""
_SECRET_PARAMETER = re.compile(_PARAMETER, re.IGNORECASE)
_IN_ADDRESS = re.compile(rf"((?:[?&;\"]|\\u0026)(?:{_PARAMETER})=)((?:[^&;#\"\\\s]|\\(?!u0026))+)", re.IGNORECASE)
_IN_BODY = re.compile(rf"(\\+\"(?:{_FIELD})\\+\"\s*:\s*\\+\")((?:[^\"\\]|\\\\(?!\"))+)", re.IGNORECASE)
"""A field of JSON inside a text of JSON."""
_SAVED = ('"entries"', '"request"')
_TOKEN = re.compile(r'"((?:[^"\\]++|\\.)*+)"(\s*+:)?|[{}\[\]]', re.DOTALL)
_HEADER_LINE = re.compile(rf"(?im)^((?:{_HEADER})[ \t]*:[ \t]*)([^\r\n]+)".encode())
_ADDRESS_BYTES = re.compile(rf"([?&;](?:{_PARAMETER})=)([^&;#\s\"]+)".encode(), re.IGNORECASE)
_FORM_BYTES = re.compile(rf"((?:^|[?&;])(?:{_PARAMETER})=)([^&;#\s\"]+)".encode(), re.IGNORECASE)
_JSON_BYTES = re.compile(rf"(\"(?:{_FIELD})\"\s*:\s*\")((?:[^\"\\]|\\.)+)".encode(), re.IGNORECASE)
_ADDRESSES = ("url", "redirectURL", "value", "text", "documentURL")
_HIDDEN = "*"


def without_secrets(payload: Payload, encoding: str | None = None) -> tuple[Payload, int]:
    """A HAR or WARC file without the values of its cookies and keys, and how many there were; others as they are."""
    if is_warc(payload.data):
        data, found = _clean_warc(payload.data)
        return (replace(payload, data=data), found) if found else (payload, 0)
    encoding = encoding or encoding_of(payload.data)
    try:
        if not all(name.encode(_without_mark(encoding), "replace") in payload.data for name in _SAVED):
            return payload, 0
        text = payload.data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return payload, 0
    begin = json_begin(text)
    spans = sorted(set(_secrets(text, begin))) if begin is not None else []
    if not spans:
        return payload, 0
    pieces, at = [], 0
    for start, end in spans:
        if start >= at:
            pieces += [text[at:start], _HIDDEN * len(text[start:end].encode("utf-8", "surrogatepass"))]
            at = end
    return replace(payload, data="".join((*pieces, text[at:])).encode(encoding)), len(spans)


def _without_mark(encoding: str) -> str:
    """The encoding in which words are looked for."""
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(encoding, encoding)


@dataclass(slots=True)
class _Container:
    """An object or a list that is open."""

    key: str
    """The field that it is in; that of its list for an object in one."""
    pending: str = ""
    """The field whose value comes next."""
    name: str = ""
    """What its field `name` says."""
    value: tuple[int, int] | None = None
    """Where its field `value` stands."""


def _secrets(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Where in the JSON of a HAR file the values of cookies and keys stand."""
    open_ones = [_Container("")]
    for token in _TOKEN.finditer(text, begin):
        here, sign = open_ones[-1], text[token.start()]
        if sign == '"' and token[2]:
            here.pending = token[1]
        elif sign == '"':
            yield from _in_string(text, token, here)
            here.pending = ""
        elif sign in "{[":
            open_ones.append(_Container(here.pending or here.key))
            here.pending = ""
        elif len(open_ones) > 1:
            closed = open_ones.pop()
            if sign == "}" and closed.value and _is_secret(closed):
                yield closed.value


def _in_string(text: str, token: re.Match[str], here: _Container) -> Iterator[tuple[int, int]]:
    """The secrets in one value that is a text; a pair of name and value is noted, to be judged when it is whole."""
    start, end = token.span(1)
    if here.pending == "name":
        here.name = _plain(token[1])
    elif here.pending == "value" and end > start:
        here.value = (start, end)
    if here.pending in _ADDRESSES and end > start:
        # From the quote before it, for a form's first field has nothing else in front.
        for found in _IN_ADDRESS.finditer(text, start - 1, end) if _may_be_form(text, start, end) else ():
            yield found.span(2)
        if here.pending == "text":
            yield from (found.span(2) for found in _IN_BODY.finditer(text, start, end))


def _may_be_form(text: str, start: int, end: int) -> bool:
    """Whether a text is an address or a form, and not an answer, in which people may have written such things."""
    return text.find(" ", start, min(end, start + 200)) < 0 and text[start] not in "{[<"


def _is_secret(pair: _Container) -> bool:
    """Whether a pair of name and value opens something."""
    if pair.key == "cookies":
        return True
    names = _SECRET_HEADER if pair.key == "headers" else _SECRET_PARAMETER
    return pair.key in ("headers", "queryString", "params") and bool(names.fullmatch(pair.name))


def _plain(written: str) -> str:
    """A text as JSON writes it, without its escapes."""
    try:
        return str(json.loads(f'"{written}"', strict=False)) if "\\" in written else written
    except ValueError:
        return written


def _clean_warc(data: bytes) -> tuple[bytes, int]:
    """A WARC file without what opens anything, and how much that was; each record keeps its length."""
    pieces, at, count = [], 0, 0
    for record in warc_records(data):
        clean, found = _clean_record(data, record)
        pieces += [data[at : record.start], clean]
        at, count = min(record.end, len(data)), count + found
    return b"".join((*pieces, data[at:])), count


def _clean_record(data: bytes, record: WarcRecord) -> tuple[bytes, int]:
    """A record without secrets in its address, its headers and, where it asks, its body."""
    heading, found = _ADDRESS_BYTES.subn(_hidden, data[record.start : record.block])
    block = data[record.block : record.end]
    body = heading_end(block) if record.values.get("warc-type") in ("request", "response") else 0
    top, in_headers = _HEADER_LINE.subn(_hidden, block[:body])
    first, rest = top.partition(b"\n")[::2]
    first, in_address = _ADDRESS_BYTES.subn(_hidden, first)
    top = first + b"\n" + rest if body else b""
    below, in_form, in_json = block[body:], 0, 0
    if record.values.get("warc-type") == "request":
        below, in_form = _FORM_BYTES.subn(_hidden, below)
    if body:
        below, in_json = _JSON_BYTES.subn(_hidden, below)
    return heading + top + below, found + in_headers + in_address + in_form + in_json


def _hidden(match: re.Match[bytes]) -> bytes:
    """What was found, with its value made unreadable."""
    return match[1] + _HIDDEN.encode() * len(match[2])
