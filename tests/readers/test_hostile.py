"""Whatever is done to a payload, reading it ends in readings or in an error of our own."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import PayloadError
from core.models import Payload
from core.readers import read
from tests.kit.examples import examples
from tests.kit.places import DATA

READERS_DATA = DATA / "readers"
FILES = {file.name: file.read_bytes() for file in sorted(READERS_DATA.iterdir())}
VALUES = {name: json.loads(data) for name, data in FILES.items() if name.endswith(".json")}
VALUES["reply"] = {
    "url": "http://nitter.example/i/status/1900000000000000000",
    "snapshot": FILES["snapshot.txt"].decode(),
    "refsCount": 1,
    "truncated": False,
}
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(
        [10**400, -1, 2**63, "", "@", "\ud800", "\0", "\0" * 3, "h:", "1.9e+18", "2h", "Feb 30", "javascript:x"]
    ),
    st.text(max_size=20),
    st.lists(st.none(), max_size=2),
    st.builds(dict),
    st.builds(lambda: [[]]),
)


def paths(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Where every value inside `value` is."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, entry in inside for found in paths(entry, (*path, key)))]


def survives(data: bytes, captured_at: int | None = 1_750_000_000) -> None:
    """Read `data`, and see that what comes out can be stored."""
    try:
        readings = read(Payload("hostile", data, captured_at))
    except PayloadError:
        return
    assert readings
    for reading in readings:
        ids = [post.id for post in reading.posts]
        assert len(set(ids)) == len(ids)
        assert all(ids)
        assert not any(post_id.startswith("\0") for post_id in ids)
        repr(reading).encode()
        for post in reading.posts:
            "".join(
                filter(None, (post.text, post.author, post.author_name, post.parent_id, post.url, post.lang))
            ).encode()
            assert all(count is None or 0 <= count < 2**63 for count in (post.replies, post.views, post.reposts))
            # A score is votes for less votes against.
            assert post.likes is None or -(2**63) < post.likes < 2**63
            assert post.posted_at is None or abs(post.posted_at) < 2**63


@pytest.mark.parametrize("name", VALUES)
@settings(max_examples=examples(50))
@given(data=st.data())
def test_json_with_values_replaced_or_dropped(name: str, data: st.DataObject) -> None:
    value = copy.deepcopy(VALUES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(paths(value)))
        if not path:
            continue
        inner = value
        for key in path[:-1]:
            inner = inner[key]
        if data.draw(st.booleans()):
            inner[path[-1]] = data.draw(LEAVES)
        else:
            del inner[path[-1]]
    survives(json.dumps(value, ensure_ascii=data.draw(st.booleans())).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=examples(30))
@given(data=st.data())
def test_bytes_cut_off_or_overwritten(name: str, data: st.DataObject) -> None:
    raw = FILES[name]
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    survives(raw[:start] + data.draw(st.binary(max_size=4)) + raw[end:])


@pytest.mark.parametrize("name", ["status.html", "snapshot.txt"])
@settings(max_examples=examples(50))
@given(data=st.data())
def test_lines_dropped_doubled_or_moved(name: str, data: st.DataObject) -> None:
    lines = FILES[name].decode().splitlines(keepends=True)
    places = data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=len(lines)))
    survives("".join(lines[place] for place in places).encode())


@settings(max_examples=examples(80))
@given(st.binary(max_size=200))
def test_bytes_of_any_kind(data: bytes) -> None:
    survives(data, None)


@pytest.mark.parametrize(
    "text",
    [
        " " * 1_000_000 + "<",
        "<" * 1_000_000,
        '- text: "' + "tweet " * 200_000 + '"\n- link "a" [e1]:\n  - /url: /a',
        "- text: " + "1 votes • " * 50_000 + '\n- link "a" [e1]:\n  - /url: /a',
        '{"replies": [' + '{"text": "' + "\\ue803" * 200_000 + '"}], "tweet_id": "5"}',
        '{"replies": [{"text": "' + "\\u200d" * 200_000 + '", "likes": "' + "1," * 100_000 + '"}], "tweet_id": "5"}',
        "[x-tweet-fetcher] a\n" * 100_000,
        "\n" * 1_000_000 + "{",
    ],
    ids=["spaces", "angles", "tweets", "votes", "icons", "joiners", "log", "newlines"],
)
def test_long_repetitions_end_soon(text: str) -> None:
    survives(text.encode())
