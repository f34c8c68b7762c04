"""What a browser or a script has put around a document is taken off."""

import base64
import json

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
    assert (len(found.posts), found.problems) == (6, readings(GRAPHQL)[0].problems)


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
    assert (found.format, len(found.posts), found.captured_at) == ("x-graphql", 6, FETCHED)


def test_an_answer_of_any_format_is_found_in_a_har_file() -> None:
    body = (READERS_DATA / "conversation.json").read_text()
    (found,) = readings(har(answer(body, "https://api.fxtwitter.com/2/conversation/5")))
    assert (found.format, found.captured_at) == ("fxtwitter", FETCHED)


def test_other_timelines_that_a_browser_loaded_are_left_out_and_reported() -> None:
    tweet = {"rest_id": "5", "legacy": {"full_text": "Home", "conversation_id_str": "5"}}
    entry = {"entryId": "tweet-5", "content": {"itemContent": {"tweet_results": {"result": tweet}}}}
    home = {"data": {"home": {"home_timeline_urt": {"instructions": [{"type": "Timeline", "entries": [entry]}]}}}}
    (found,) = readings(har(answer(json.dumps(home)), answer(GRAPHQL)))
    assert len(found.posts) == 6
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
