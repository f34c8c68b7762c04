"""Reading fields of JSON objects that may be missing, null, or of a wrong type: then they are unknown."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from core.models import Flag, Problem
from core.readers.kit.counts import LARGEST, printed_count
from core.readers.kit.times import PostTime, post_time
from core.reasons import Reason, ReasonCode
from core.text.language_tags import language_tag
from core.text.links import web_link

NO_ID = "\0"
"""Begins the provisional id of a post that its source gives none; see `finish`."""
CountKeys = Mapping[str, str | tuple[str, ...]]
"""Where a format gives each count: its field, or several of which the first with a value is meant."""
_ROUNDED_ID = re.compile(r"\d\.\d{1,40}[eE]\+?\d{1,2}|\d{16,30}\.\d{1,40}")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f]")
_LARGEST_EXACT_FLOAT = 2**53
_LONGEST_ID = 200
_NOTHING = frozenset(("undefined", "null", "none", "nan", "n/a", "[object object]"))
"""What scripts write where they have no id."""


def identifier(value: object) -> tuple[str, Flag | None]:
    """`value` as an id, empty where it is none, with DAMAGED_ID where it is a rounded number."""
    if isinstance(value, str):
        text = _UNSAFE.sub("", value)
        if len(text) > _LONGEST_ID or text.lower() in _NOTHING:
            return "", None
        return (str(int(float(text))), Flag.DAMAGED_ID) if _ROUNDED_ID.fullmatch(text) else (text, None)
    if isinstance(value, bool):
        return "", None
    if isinstance(value, int):
        return (str(value), None) if 0 <= value < 10**40 else ("", None)
    if isinstance(value, float) and math.isfinite(value) and 0 <= value < 10**40 and value.is_integer():
        return str(int(value)), Flag.DAMAGED_ID if value > _LARGEST_EXACT_FLOAT else None
    return "", None


def type_name(value: object) -> str:
    """A JSON value's type in plain words."""
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return names.get(type(value), "null")


class JsonObject:
    """A JSON object and its place in the payload; what is wrong with a field goes to `problems`."""

    __slots__ = ("captured_at", "place", "problems", "values")

    def __init__(
        self, values: Mapping[str, object], place: str, problems: list[Problem], captured_at: int | None
    ) -> None:
        self.values = values
        self.place = place
        self.problems = problems
        self.captured_at = captured_at

    def at(self, key: str) -> str:
        """The place of a field."""
        return f"{self.place}.{key}" if self.place else key

    def report(self, key: str, code: ReasonCode, *, numbers: tuple[int, ...] = (), names: tuple[str, ...] = ()) -> None:
        """Note what is wrong with a field."""
        self.problems.append(Problem(self.at(key), Reason(code, numbers, names)))

    def string(self, key: str) -> str | None:
        """A text, to the letter."""
        value = self.values.get(key)
        if value is None or isinstance(value, str):
            return value
        self.report(key, ReasonCode.NOT_TEXT, names=(type_name(value),))
        return None

    def text(self, key: str) -> str:
        """A post's text; empty where it is unknown, which is reported."""
        value = self.string(key)
        if value is None and self.values.get(key) is None:
            self.report(key, ReasonCode.TEXT_MISSING)
        return value or ""

    def handle(self, key: str) -> str | None:
        """An author's handle without its `@`."""
        value = self.string(key)
        return (value.strip().lstrip("@＠").strip() or None) if value else None

    def language(self, key: str) -> str | None:
        """A language as a BCP 47 tag; None for the codes that stand for none."""
        return language_tag(self.string(key))

    def id(self, key: str, flags: list[Flag] | None = None) -> str:
        """An id, or the empty text; a rounded one adds to `flags`."""
        value = self.values.get(key)
        found, flag = identifier(value)
        if flag:
            self.report(key, ReasonCode.ROUNDED_ID)
            if flags is not None:
                flags.append(flag)
        elif not found and value not in (None, ""):
            self.report(key, ReasonCode.NOT_AN_ID, names=(type_name(value),))
        return found

    def count(self, key: str, flags: list[Flag]) -> int | None:
        """A count; what is odd about it adds to `flags`."""
        value = self.values.get(key)
        if type(value) is int and 0 <= value <= LARGEST:
            return value
        if value is None:
            return None
        found = printed_count(value)
        if found.flag:
            flags.append(found.flag)
        if not found.understood:
            self.report(key, ReasonCode.NOT_A_COUNT, names=(type_name(value),))
        return found.value

    def counts(self, keys: CountKeys, flags: list[Flag]) -> dict[str, Any]:
        """The counts by their names, for `Post(**counts)`.

        They are Any to a type checker, which takes `**` for values of whatever field a post has.
        """
        found = {}
        for name, key in keys.items():
            if not isinstance(key, str):
                key = next((one for one in key if self.values.get(one) is not None), key[-1])
            found[name] = self.count(key, flags)
        return found

    def time(self, *keys: str) -> PostTime:
        """The time in the first of the fields `keys` that has one."""
        fallback = PostTime()
        for key in keys:
            found = post_time(self.values.get(key), self.captured_at)
            if found is None:
                self.report(key, ReasonCode.NOT_A_TIME, names=(type_name(self.values[key]),))
            elif found.posted_at is not None:
                return found
            elif found.given and not fallback.given:
                fallback = found
        return fallback

    def link(self, key: str) -> str | None:
        """An http or https link."""
        value = self.string(key)
        found = web_link(value)
        if value and not found:
            self.report(key, ReasonCode.NO_WEB_LINK)
        return found

    def links(self, key: str) -> tuple[str, ...]:
        """The http and https links of a list, once each."""
        value = self.values.get(key)
        if value is None:
            return ()
        entries = value if isinstance(value, list) else [value]
        found = [link for entry in entries if (link := web_link(entry))]
        if len(found) < len(entries):
            self.report(key, ReasonCode.SOME_NO_WEB_LINKS)
        return tuple(dict.fromkeys(found))

    def item(self, key: str) -> "JsonObject | None":
        """An object inside this one."""
        value = self.values.get(key)
        if isinstance(value, dict):
            return JsonObject(value, self.at(key), self.problems, self.captured_at)
        if value is not None:
            self.report(key, ReasonCode.NOT_AN_OBJECT, names=(type_name(value),))
        return None

    def items(self, key: str) -> Iterator["JsonObject"]:
        """The objects of a list inside this one; what is no object is reported and skipped."""
        for number, entry in self.entries(key):
            yield JsonObject(entry, self.at(f"{key}[{number}]"), self.problems, self.captured_at)

    def entries(self, key: str) -> Iterator[tuple[int, dict[str, object]]]:
        """The objects of a list inside this one as they are, with their numbers; see `items`."""
        value = self.values.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.report(key, ReasonCode.NOT_A_LIST, names=(type_name(value),))
            return
        for number, entry in enumerate(value):
            if isinstance(entry, dict):
                yield number, entry
            else:
                self.report(f"{key}[{number}]", ReasonCode.ENTRY_NOT_AN_OBJECT, names=(type_name(entry),))
