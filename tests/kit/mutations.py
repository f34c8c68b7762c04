"""What can happen to a captured file: structure and bytes changed in ways that users and tools do, and worse."""

import copy
import gzip
import json
from typing import Any

from hypothesis import strategies as st

ODD: list[Any] = [
    None, True, False, 0, -1, 2**53 + 1, 2**63, 10**400, 1.5, -0.0, 1e308, float("nan"), "", " ", "@", "\0", "\0\0",
    "\ud800",
    "\x1b]52;c;aGk=\x07", "h:", "1.9e+18", "1.2K", "2万", "-3", "2h", "Feb 30", "2026-13-45T99:99:99Z", "javascript:x",
    "https://x.com/a/status/1", "t1_", "t3_", "at://", "root", "0", "&amp;lt;", "<p>" * 50, "\u202e\u2066", "é" * 300,
    "deep", [], {}, [[]], [None], [{}], {"": ""}, {"id": {}}, [1, "2", None],
]  # fmt: skip
"""Values that stand where others were."""


def paths(value: object, path: tuple[Any, ...] = (), depth: int = 0) -> list[tuple[Any, ...]]:
    """Where every value inside `value` is, down to a depth."""
    if depth > 12:
        return [path]
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, entry in inside for found in paths(entry, (*path, key), depth + 1))]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """What is at a path."""
    for key in path:
        value = value[key]
    return value


def put(value: Any, path: tuple[Any, ...], new: object) -> None:
    """Put something else at a path."""
    at(value, path[:-1])[path[-1]] = new


@st.composite
def changed(draw: st.DrawFn, original: Any, others: tuple[Any, ...] = ()) -> Any:
    """A JSON value with some of its parts dropped, doubled, moved, renamed or replaced."""
    value = copy.deepcopy(original)
    for _ in range(draw(st.integers(1, 5))):
        there = [path for path in paths(value) if path]
        if not there:
            break
        path = draw(st.sampled_from(there))
        above, key = at(value, path[:-1]), path[-1]
        match draw(st.sampled_from(("odd", "odd", "drop", "double", "move", "rename", "deep", "splice", "swap"))):
            case "odd":
                above[key] = copy.deepcopy(draw(st.sampled_from(ODD)))
            case "drop":
                del above[key]
            case "double" if isinstance(above, list):
                above.insert(key, copy.deepcopy(above[key]))
            case "move":
                above[key] = copy.deepcopy(at(value, draw(st.sampled_from(there))))
            case "rename" if isinstance(above, dict):
                above[draw(st.sampled_from([*map(str, above), "id", "text", "replies", "parent_id"]))] = above.pop(key)
            case "deep":
                inner: Any = above[key]
                for _ in range(draw(st.sampled_from((3, 60, 150)))):
                    inner = [inner] if draw(st.booleans()) else {str(key): inner}
                above[key] = inner
            case "splice" if others:
                above[key] = copy.deepcopy(draw(st.sampled_from(others)))
            case "swap":
                other = draw(st.sampled_from(there))
                one, two = copy.deepcopy(above[key]), copy.deepcopy(at(value, other))
                put(value, other, one)
                if path in paths(value):
                    put(value, path, two)
    return value


def written(value: object, *, ascii: bool) -> bytes:
    """A value as JSON, NaN and lone surrogates included; what says that it is deep is nested as nobody reads it."""
    data = json.dumps(value, ensure_ascii=ascii).encode("utf-8", "surrogatepass")
    return data.replace(b'"deep"', b"[" * 3_000 + b"1" + b"]" * 3_000)


@st.composite
def battered(draw: st.DrawFn, data: bytes, other: bytes) -> bytes:
    """Bytes that were cut off, overwritten, joined to others, written in another encoding or packed."""
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(data)))
        end = min(place + draw(st.sampled_from((0, 1, 7, 300, 10**7))), len(data))
        match draw(st.sampled_from(("cut", "flip", "splice", "repeat", "recode", "pack", "noise", "case"))):
            case "cut":
                data = data[:place] + data[end:]
            case "flip":
                data = data[:place] + draw(st.binary(min_size=1, max_size=4)) + data[place + 1 :]
            case "splice":
                data = data[:place] + other[draw(st.integers(0, len(other))) :]
            case "repeat":
                data = data + draw(st.sampled_from((b"", b"\n", b",", b"\0"))) + data
            case "recode":
                text = data.decode("utf-8", "replace")
                code = draw(st.sampled_from(("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "gb18030", "latin-1")))
                data = text.encode(code, "replace")
            case "pack":
                packed = gzip.compress(data)
                data = packed if draw(st.booleans()) else packed[: draw(st.integers(2, len(packed)))]
            case "noise":
                data = b"[x-tweet-fetcher] opening \xe2\x80\xa6\n" * draw(st.sampled_from((1, 3, 400))) + data
            case "case":
                data = data.swapcase()
        data = data[: 4 * 2**20]
    return data
