"""What a browser or a script has put around a document is taken off."""

import base64
import gzip
import json
import zlib

import pytest

from core.errors import PayloadError
from core.models import Payload, Reading
from core.readers import read
from core.readers.kit.document import decode
from tests.kit.places import DATA
from tests.kit.sentences import problem_sentences

READERS_DATA = DATA / "readers"
GRAPHQL = (READERS_DATA / "x_graphql.json").read_text()
FETCHED = 1_741_914_000
URL = "https://x.com/i/api/graphql/abc/TweetDetail?variables=%7B%7D"


def readings(text: str) -> list[Reading]:
    return read(Payload("saved", text.encode(), 1_750_000_000))


def answer(body: str, url: str = URL, kind: str = "application/json", encoding: str | None = None) -> dict[str, object]:
    content = {"mimeType": kind, "size": len(body), "text": body, **({"encoding": encoding} if encoding else {})}
    return {
        "startedDateTime": "2025-03-14T01:00:00.000Z",
        "request": {"method": "GET", "url": url},
        "response": {"status": 200, "content": content},
    }


def har(*entries: object) -> str:
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": list(entries)}})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("const x = ", ";\n"),
        ("const x = ", ""),
        ("// saved\n'use strict';\nvar answer=\n", ";\nmodule.exports = answer;\n"),
        ("export default ", "\n"),
        ("window.__STATE__['a'] = ", ""),
        ("\ufeff\n  let sample_2 = ", " // end"),
    ],
)
def test_an_assignment_is_taken_off(before: str, after: str) -> None:
    (found,) = readings(before + GRAPHQL.strip() + after)
    assert (len(found.posts), found.problems) == (7, readings(GRAPHQL)[0].problems)


def test_two_assignments_are_two_documents() -> None:
    found = decode(Payload("a.js", b'const a = {"x": 1};\nconst b = [2];\nconst c = {d: 3};', None))
    assert [(part.place, part.value) for part in found.parts] == [("line 1", {"x": 1}), ("line 2", [2])]
    assert problem_sentences(found.problems) == (("line 3", "a value that is no JSON; left out"),)


def test_a_script_whose_value_is_no_json_is_refused_with_its_line() -> None:
    with pytest.raises(PayloadError, match="is a script, and its value at line 2 is no JSON"):
        readings("// x\nconst a = {b: 1}")


def test_an_assignment_inside_a_text_is_no_script() -> None:
    assert decode(Payload("a", b'["x"]\n', None)).parts[0].value == ["x"]
    assert decode(Payload("a", b"<p>\nconst a = {}</p>", None)).kind == "HTML or XML"


@pytest.mark.parametrize("encoding", [None, "base64"])
def test_a_har_file_is_read_by_its_answers(encoding: str | None) -> None:
    body = base64.b64encode(GRAPHQL.encode()).decode() if encoding else GRAPHQL
    page = answer("<html>", "https://x.com/", "text/html")
    (found,) = readings(har(page, answer('{"flags": {}}'), answer(body, encoding=encoding)))
    assert (found.format, len(found.posts), found.captured_at) == ("x-graphql", 7, FETCHED)


def test_an_answer_of_any_format_is_found_in_a_har_file() -> None:
    body = (READERS_DATA / "conversation.json").read_text()
    (found,) = readings(har(answer(body, "https://api.fxtwitter.com/2/conversation/5")))
    assert (found.format, found.captured_at) == ("fxtwitter", FETCHED)


def test_other_timelines_that_a_browser_loaded_are_left_out_and_reported() -> None:
    tweet = {"rest_id": "5", "legacy": {"full_text": "Home", "conversation_id_str": "5"}}
    entry = {"entryId": "tweet-5", "content": {"itemContent": {"tweet_results": {"result": tweet}}}}
    home = {"data": {"home": {"home_timeline_urt": {"instructions": [{"type": "Timeline", "entries": [entry]}]}}}}
    (found,) = readings(har(answer(json.dumps(home)), answer(GRAPHQL)))
    assert len(found.posts) == 7
    assert ("timelines", "1 post beside the conversation; left out") in problem_sentences(found.problems)


def test_broken_json_in_a_har_file_is_reported_by_its_operation() -> None:
    (found,) = readings(har(answer(GRAPHQL[:-90]), answer(GRAPHQL)))
    assert problem_sentences(found.problems)[0] == ("response 1 (TweetDetail)", "broken JSON; left out")


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [{}],
        [None, 5, []],
        [{"response": {"content": {"text": ""}}}],
        [{"response": {"content": {"text": "AAA", "encoding": "base64"}}}],
        [{"request": {"url": 5}, "startedDateTime": 5, "response": {"content": {"text": "\ud800"}}}],
    ],
)
def test_a_har_file_without_content_is_refused_in_words(entries: list[object]) -> None:
    with pytest.raises(PayloadError, match="HAR file without an answer in JSON"):
        readings(har(*entries))


@pytest.mark.parametrize("text", ["\n" * 1_000_000 + "x = {", "x" * 1_000_000 + " = {", "a=" * 300_000, ";" * 300_000])
def test_long_repetitions_are_no_script(text: str) -> None:
    with pytest.raises(PayloadError):
        readings(text)


def record(kind: str, block: bytes, uri: str = URL, date: str = "2025-03-14T01:00:00Z") -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def http(body: bytes, kind: str = "application/json", *more: str) -> bytes:
    lines = ("HTTP/1.1 200 OK", f"Content-Type: {kind}", *more)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n%x;x=1\r\n%s\r\n0\r\n\r\n" % (9, body[:9], len(body) - 9, body[9:])


def warc(*records: bytes) -> list[Reading]:
    return read(Payload("seen.warc", record("warcinfo", b"software: x\r\n") + b"".join(records), 1_750_000_000))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (GRAPHQL.encode(), ()),
        (chunked(GRAPHQL.encode()), ("Transfer-Encoding: chunked",)),
        (GRAPHQL.encode(), ("Transfer-Encoding: chunked", "Content-Encoding: br")),
        (gzip.compress(GRAPHQL.encode()), ("Content-Encoding: gzip",)),
        (chunked(zlib.compress(GRAPHQL.encode())), ("Content-Encoding: deflate", "Transfer-Encoding: chunked")),
    ],
    ids=["plain", "in chunks", "unpacked by the crawler", "gzip", "deflate in chunks"],
)
def test_a_warc_file_is_read_by_its_answers_at_their_moment(body: bytes, headers: tuple[str, ...]) -> None:
    asked = record("request", b"GET / HTTP/1.1\r\n\r\n")
    (found,) = warc(
        asked,
        record("response", http(b"<html>", "text/html")),
        record("response", http(body, *["application/json", *headers])),
    )
    assert (found.format, len(found.posts), found.captured_at) == ("x-graphql", 7, FETCHED)


def timeline(*ids: str) -> bytes:
    entries = [
        {"entryId": f"tweet-{one}", "content": {"itemContent": {"tweet_results": {"result": {
            "rest_id": one, "legacy": {"full_text": f"Post {one}", "conversation_id_str": "1900000000000000001"}}}}}}
        for one in ids
    ]  # fmt: skip
    instructions = [{"type": "TimelineAddEntries", "entries": entries}]
    return json.dumps({"data": {"threaded_conversation_with_injections_v2": {"instructions": instructions}}}).encode()


def test_all_answers_of_a_warc_file_are_one_reading() -> None:
    pages = ("1900000000000000001", "1900000000000000002"), ("1900000000000000001", "1900000000000000003")
    (found,) = warc(*(record("response", http(timeline(*ids))) for ids in pages))
    assert [post.id[-1] for post in found.posts] == ["1", "2", "3"]


def test_pages_in_a_warc_file_and_in_a_har_file_are_read_beside_what_is_no_thread() -> None:
    page = (READERS_DATA / "status.html").read_text()
    (found,) = warc(
        record("response", http(b"<html>Shell</html>", "text/html")),
        record("response", http(page.encode(), "text/html")),
    )
    (same,) = readings(har(answer("<html>Shell</html>", kind="text/html"), answer(page, kind="text/html")))
    assert (found.format, found.captured_at, found.posts) == ("nitter", FETCHED, same.posts)


def test_a_warc_file_that_breaks_off_says_so() -> None:
    whole = record("response", http(GRAPHQL.encode()))
    (found,) = warc(whole, whole[:-900])
    assert ("record 3 (TweetDetail)", "ends before its record does; left out") in problem_sentences(found.problems)


def test_a_warc_file_without_a_thread_is_refused_in_words() -> None:
    with pytest.raises(PayloadError, match="holds saved answers, and none is JSON"):
        warc(record("response", http(b"\x89PNG", "image/png")))


def collected(number: int, item: dict[str, object], **more: object) -> dict[str, object]:
    around = {
        "nav_index": f"1:{number}",
        "item_id": item.get("cid", f"item{number}"),
        "timestamp_collected": 1_741_913_000_000 + number * 1000,
    }
    return {
        **around,
        "source_platform": "tiktok-comments",
        "source_platform_url": "https://tea.example/",
        "data": item,
        "id": number,
        **more,
    }


def said(cid: str, text: str, **more: object) -> dict[str, object]:
    return {
        "cid": cid,
        "text": text,
        "aweme_id": "71",
        "user": {"unique_id": f"user_{cid}"},
        "create_time": 1_741_900_000,
        **more,
    }


def test_items_that_zeeschuimer_collected_have_their_own_ids_and_the_moment_of_the_newest() -> None:
    lines = (
        collected(1, said("9001", "Tea in the rain")),
        collected(2, said("9002", "Or coffee")),
        collected(3, said("9003", "Buy!"), promoted=True),
    )
    (found,) = readings("\n".join(map(json.dumps, lines)))
    assert [(post.id, post.author, post.text) for post in found.posts] == [
        ("9001", "user_9001", "Tea in the rain"),
        ("9002", "user_9002", "Or coffee"),
    ]
    assert (found.root_id, found.captured_at) == ("71", 1_741_913_002)
    assert ("payload", "1 post from an advertiser; left out") in problem_sentences(found.problems)


def test_posts_of_x_that_zeeschuimer_collected_are_read_by_the_reader_of_x() -> None:
    user = {"core": {"screen_name": "brolly", "name": "Brolly"}, "rest_id": "7"}
    told = {
        "full_text": "Rain",
        "conversation_id_str": "1900000000000000002",
        "user_id_str": "7",
        "created_at": "Fri Mar 14 00:30:00 +0000 2025",
    }
    tweet = {
        "__typename": "Tweet",
        "rest_id": "1900000000000000002",
        "legacy": told,
        "core": {"user_results": {"result": user}},
        "promoted": False,
    }
    passed_on = {**tweet, "__import_meta": {"source_platform": "twitter.com", "timestamp_collected": 1_741_914_000_000}}
    for text in (json.dumps(collected(1, tweet)), json.dumps([collected(1, tweet)]), json.dumps(passed_on)):
        (found,) = readings(text)
        assert (found.format, found.posts[0].id, found.posts[0].author) == (
            "x-graphql",
            "1900000000000000002",
            "brolly",
        )
        assert found.captured_at in (1_741_913_001, 1_741_914_000)


def test_json_that_was_encoded_twice_is_read() -> None:
    rows = [{"author": "ada", "text": "Tea"}, {"author": "ben", "text": "Rain"}]
    for text in (json.dumps(json.dumps(rows)), "\n".join(json.dumps(json.dumps(row)) for row in rows)):
        assert [post.text for post in readings(text)[0].posts] == ["Tea", "Rain"]


def test_yaml_is_read_as_json_is() -> None:
    first = "- id: k1\n  author: ada\n  text: |\n    {tea}\n    for two\n  at: 2025-03-14T01:00:00Z\n"
    text = f"posts:\n{first}- id: k2\n  author: ben\n  text: 雨\n"
    (found,) = readings(text)
    assert [(post.id, post.author, post.text) for post in found.posts] == [
        ("k1", "ada", "{tea}\nfor two\n"),
        ("k2", "ben", "雨"),
    ]


@pytest.mark.parametrize(
    ("text", "said"), [("a: [1\nb: 2\n", "broken YAML at line 2"), ("a: &x [1]\nb: *x\n", "refer to one another")]
)
def test_yaml_that_cannot_be_read_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(PayloadError, match=said):
        readings(text)


def test_log_lines_before_json_are_no_yaml() -> None:
    assert decode(Payload("a", b'note: opening\nnote: reading\n{"a": 1}\n')).value == {"a": 1}
