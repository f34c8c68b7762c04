"""The JSON values in a text: one, one on each line, several in a row, or those that a script assigns to names."""

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from core.errors import PayloadError
from core.models import Problem
from core.readers.kit.wrapped import ASSIGNMENT
from core.reasons import Reason, ReasonCode

_BLANK = re.compile(r"\s*")
_LOOKED_AT = 20
"""Lines by which values among the lines of a log are told from the pieces of one broken document."""
_TWICE = 2
"""Times that a value may be encoded as a text inside JSON."""


@dataclass(frozen=True, slots=True)
class JsonPart:
    """One JSON value of a payload; JSON Lines have several."""

    place: str
    """For example `line 12`; empty where the value is the whole payload."""
    value: object = field(repr=False)


def json_parts(text: str, begin: int, name: str) -> tuple[tuple[JsonPart, ...], tuple[Problem, ...]]:
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


def assigned_parts(text: str, begin: int, name: str) -> tuple[tuple[JsonPart, ...], tuple[Problem, ...]]:
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
    """The values of JSON Lines, with the lines that are broken, or a log's; None where `text` is no JSON Lines."""
    every = [(number, line) for number, line in enumerate(text.split("\n"), first_line + 1) if line.strip()]
    lines = [(number, line) for number, line in every if line.lstrip().startswith(("{", "["))]
    if len(lines) < 2:
        return None
    said = {number for number, _ in every} - {number for number, _ in lines}
    if said and not all(_is_whole(line) for _, line in lines[:_LOOKED_AT] if line.lstrip()[0] == "{"):
        return None
    parts = []
    problems = [Problem(f"line {number}", Reason(ReasonCode.NOT_OF_DOCUMENT)) for number in sorted(said)]
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


def _is_whole(line: str) -> bool:
    """Whether a line is an object or a list with something in it, and not a piece of a document."""
    try:
        return bool(_loads(line))
    except (ValueError, RecursionError):
        return False


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


def quick_value(data: bytes) -> object:
    """The one JSON object or list in UTF-8 that `data` is to the letter; None for all that wants a careful look."""
    if data[:1] not in (b"{", b"["):
        return None
    import msgspec

    try:
        with without_gc():
            return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def encoded_parts(text: str) -> tuple[JsonPart, ...]:
    """The values in a text, or on each line of it, that is JSON for a text with JSON in it; none where it is not."""
    if (value := text_value(text)) is not None:
        return (JsonPart("", value),)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if text_value(lines[0][1]) is None:
        return ()
    found = ((number, text_value(line)) for number, line in lines)
    return tuple(JsonPart(f"line {number}", value) for number, value in found if value is not None)


def text_value(text: str) -> object:
    """The object or list in a text that is JSON for a text with JSON in it; None where it is something else."""
    value: object = text
    for _ in range(_TWICE + 1):
        if not isinstance(value, str):
            return value if isinstance(value, dict | list) else None
        if value.lstrip()[:2].strip()[:1] not in ("{", "[", '"'):
            return None
        try:
            value = _loads(value)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, dict | list) else None
