"""Bytes become one document, whatever their encoding and whatever stands around it."""

import gc
import json
import subprocess
import sys

import pytest

from core.errors import FetcherSaid, PayloadError
from core.models import Payload, TimePrecision
from core.readers import READERS, read, reader
from core.readers.kit.counts import printed_count
from core.readers.kit.document import Kind, decode
from core.readers.kit.times import PostTime, post_time
from core.text.ages import age
from tests.kit.places import ROOT
from tests.kit.sentences import problem_sentences, sentence

THREAD = {"url": "https://x.com/ada/status/5", "username": "ada", "tweet_id": "5"}
ONE = json.dumps({**THREAD, "replies": [{"author": "@ben", "text": "hé", "tweet_id": "6"}]}, ensure_ascii=False)


def payload(data: bytes | str, captured_at: int | None = None) -> Payload:
    return Payload("thread.json", data.encode() if isinstance(data, str) else data, captured_at)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_the_encoding_is_told_from_the_bytes(encoding: str) -> None:
    (found,) = read(payload(ONE.encode(encoding)))
    assert found.posts[0].text == "hé"


def test_a_named_encoding_is_used() -> None:
    (found,) = read(payload(ONE.replace("hé", "你好").encode("gb18030")), encoding="gb18030")
    assert found.posts[0].text == "你好"


def test_bytes_that_are_not_utf_8_are_refused_with_their_offset() -> None:
    with pytest.raises(PayloadError, match=r"byte 0xe9 at offset 1,000; .*--encoding"):
        read(payload(b'{"a": "' + b"x" * 993 + b'\xe9"}'))


@pytest.mark.parametrize("encoding", ["no-such-thing", "hex", "utf-8\0"])
def test_an_encoding_that_does_not_exist_is_refused(encoding: str) -> None:
    with pytest.raises(PayloadError, match="no encoding of text"):
        read(payload(ONE), encoding=encoding)


def test_utf_16_without_a_mark_is_refused_with_the_way_out() -> None:
    with pytest.raises(PayloadError, match="--encoding utf-16-le"):
        read(payload(ONE.replace("é", "e").encode("utf-16-le")))


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n"])
def test_an_empty_payload_is_called_empty(data: bytes) -> None:
    with pytest.raises(PayloadError, match="is empty"):
        read(payload(data))


def test_log_lines_before_the_document_are_skipped_and_reported() -> None:
    (found,) = read(payload("[x-tweet-fetcher] 正在通过 Camofox 打开\n[x-tweet-fetcher] done\n" + ONE))
    assert found.posts[0].id == "6"
    assert problem_sentences(found.problems) == (("lines 1-2", "not part of the document; left out"),)


def test_log_lines_after_the_document_are_left_out_and_reported() -> None:
    (found,) = read(payload(ONE + "\n[x-tweet-fetcher] done"))
    assert problem_sentences(found.problems) == (("line 2", "broken JSON: Expecting value at column 2; left out"),)


def test_words_after_the_document_are_left_out_and_reported() -> None:
    (found,) = read(payload(ONE + "\ndone in 3 s"))
    assert problem_sentences(found.problems) == (("line 2", "what follows the document is not JSON; left out"),)


def test_broken_json_is_refused_with_line_and_column() -> None:
    with pytest.raises(PayloadError, match=r"line 3, column 9; mend that place"):
        read(payload('{\n "replies": [],\n "url": x\n}'))


def test_a_document_that_is_cut_off_is_refused_as_too_short() -> None:
    with pytest.raises(PayloadError, match="ends too early"):
        read(payload(ONE[:-20]))


def test_a_document_that_closes_too_early_is_broken() -> None:
    with pytest.raises(PayloadError, match="Extra data"):
        read(payload(ONE + ', "reply_count": 1}'))


def test_nesting_without_end_is_refused_without_a_crash() -> None:
    for text in ("[" * 100_000, '{"replies":' * 100_000):
        with pytest.raises(PayloadError):
            read(payload(text))


def test_nan_is_null_and_a_number_without_end_is_nothing() -> None:
    text = '{"tweet_id": "5", "replies": [{"text": "a", "likes": NaN, "views": ' + "9" * 5000 + "}]}"
    (post,) = read(payload(text))[0].posts
    assert (post.likes, post.views) == (None, None)


def test_a_broken_line_of_json_lines_loses_that_line_alone() -> None:
    other = ONE.replace('"5"', '"7"')
    first, second = read(payload(f'{ONE}\n\n{{"url": \n{other}\n'))
    assert (first.root_id, second.root_id) == ("5", "7")
    assert problem_sentences(first.problems) == (("line 3", "broken JSON: Expecting value at column 9; left out"),)


def test_a_broken_first_line_of_json_lines_loses_that_line_alone() -> None:
    assert [found.root_id for found in read(payload(f'{{"x\n{ONE}'))] == ["5"]


def test_lines_of_a_log_among_those_of_json_lines_are_left_out_and_reported() -> None:
    lines = [json.dumps({"user": name, "text": name, "likes": 1}) for name in ("tess", "rolf", "nell")]
    (found,) = read(payload("\n".join(("INFO start", lines[0], "WARN retry 1", *lines[1:], "done"))))
    assert [post.author for post in found.posts] == ["tess", "rolf", "nell"]
    assert problem_sentences(found.problems)[:3] == tuple(
        (place, "not part of the document; left out") for place in ("lines 1-1", "line 3", "line 6")
    )


def test_two_documents_in_a_row_are_both_read() -> None:
    pretty = json.dumps(json.loads(ONE), indent=2)
    post = json.dumps({**THREAD, "tweet": {"text": "root", "screen_name": "ada"}}, indent=2)
    replies, root = read(payload(pretty + "\n" + post))
    assert (replies.posts[0].id, root.posts[0].text) == ("6", "root")


def test_a_line_that_is_no_thread_is_reported_beside_those_that_are() -> None:
    (found,) = read(payload(f'{ONE}\n{{"error": "HTTP 404: Not Found"}}'))
    assert [problem.place for problem in found.problems] == ["line 2"]
    assert "HTTP 404: Not Found" in sentence(found.problems[0].reason)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"url": "u", "error": "Camofox 未在 localhost:9377 运行。"}', "Camofox 未在 localhost:9377 运行。"),
        ('{"error": "Tab not found", "code": "tab_gone"}', "Tab not found"),
        ('{"errors": [{"message": "Rate limit exceeded", "code": 88}], "data": {}}', "Rate limit exceeded"),
        ('{"code": 404, "message": "NOT_FOUND", "tweet": null}', "NOT_FOUND"),
        ('{"ok": 0, "msg": "login first"}', "login first"),
        ('{"code": -404, "message": "啥都木有"}', "啥都木有"),
        ('{"title": "Unauthorized", "status": 401, "detail": "Bad token"}', "Bad token (status 401)"),
    ],
)
def test_a_fetchers_own_error_is_passed_on(text: str, message: str) -> None:
    with pytest.raises(FetcherSaid) as caught:
        read(payload(text))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<html><title>Just a moment...</title>", "a page that asks who is browsing"),
        ('<html><form><input type="password">', "a login page"),
        ("<?xml version='1.0'?><rss>", r"a feed \(rss\)"),
        ("<html><p>Hello</p>", "a web page"),
        ('<title>notes.md</title><a href="/login">Sign in</a><p>' + "Notes on umbrellas. " * 99, "a web page"),
        (
            "<title>brollies: over 18?</title><a href='/login'>log in</a>You must be 18+",
            "a page that asks for your age",
        ),
        ("<title>Log in to the umbrella club</title>", "a login page"),
        ("<title>Umbrellas</title>" + "How the gate was forbidden to us. " * 99, "a web page"),
        ('interactions:\n- request:\n    method: GET\n{"id": 1}\n', "a recording of requests"),
        ("just words", "plain text"),
        ("[1, 2]", "JSON that is a list"),
        ('{"a": 1}', "a JSON object with 'a'"),
    ],
)
def test_what_is_no_thread_is_named_in_one_sentence_with_a_next_step(text: str, kind: str) -> None:
    with pytest.raises(PayloadError, match=kind + ".*(import --formats|save the post’s own page)") as caught:
        read(payload(text))
    assert len(str(caught.value)) < 250


def test_the_collector_runs_again_after_decoding() -> None:
    assert gc.isenabled()
    read(payload(ONE))
    with pytest.raises(PayloadError):
        read(payload("{"))
    assert gc.isenabled()


def test_a_snapshot_is_told_from_its_lines() -> None:
    assert decode(payload('- link "a" [e1]:\n  - /url: /a\n')).kind is Kind.SNAPSHOT


@pytest.mark.parametrize("name", READERS)
def test_each_reader_has_its_registered_name_a_title_and_takes_no_other_document(name: str) -> None:
    found = reader(name)
    assert found.name == name
    assert found.title
    assert not found.detects(decode(payload('{"unknown": 1}')))


def test_importing_the_readers_imports_no_parser() -> None:
    code = "import sys, core.readers; print([m for m in sys.modules if m.startswith(('selectolax', 'core.readers.n'))])"
    root = ROOT
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("given", "value", "flag"),
    [
        (7, 7, None),
        ("1,234", 1234, None),
        ("1.2K", 1200, "rounded-counts"),
        ("3.4M", 3_400_000, "rounded-counts"),
        ("2万", 20_000, "rounded-counts"),
        ("1.5亿", 150_000_000, "rounded-counts"),
        (12.0, 12, None),
        (None, None, None),
        ("", None, None),
        (-3, None, "odd-counts"),
        ("-3", None, "odd-counts"),
        (10**18, 10**18, "odd-counts"),
        (10**30, None, "odd-counts"),
    ],
)
def test_counts_are_read_as_they_are_printed(given: object, value: int | None, flag: str | None) -> None:
    assert (printed_count(given).value, printed_count(given).flag) == (value, flag)


@pytest.mark.parametrize("given", [True, 1.5, float("inf"), "many", "1.2.3", [], {}])
def test_what_is_no_count_is_not_understood(given: object) -> None:
    assert printed_count(given) == (None, None, False)


CAPTURED = 1_772_000_000  # 2026-02-25 06:13:20 UTC


@pytest.mark.parametrize(
    ("given", "posted_at", "precision"),
    [
        ("2h", CAPTURED - 7200, "relative"),
        ("12m", CAPTURED - 720, "relative"),
        ("now", CAPTURED, "relative"),
        ("Feb 15", 1_771_113_600, "relative"),
        ("15 Feb", 1_771_113_600, "relative"),
        ("2月15日", 1_771_113_600, "relative"),
        ("2월 15일", 1_771_113_600, "relative"),
        ("3月5日", None, "unknown"),
        ("2月30日", None, "unknown"),
        ("13月1日", None, "unknown"),
        ("2024年4月17日", 1_713_312_000, "day"),
        ("2024년 4월 17일", 1_713_312_000, "day"),
        ("下午6:37 · 2024年4月17日", 1_713_312_000, "day"),
        ("午後6:37 · 2024年4月17日", 1_713_312_000, "day"),
        ("오후 6:37 · 2024년 4월 17일", 1_713_312_000, "day"),
        ("6:37 PM · Apr 17, 2024", 1_713_312_000, "day"),
        ("Mar 5", None, "unknown"),
        ("Feb 30", None, "unknown"),
        ("17 Apr 2024", 1_713_312_000, "day"),
        ("Apr 17, 2024", 1_713_312_000, "day"),
        ("2024-04-17", 1_713_312_000, "day"),
        ("2024-04-17T18:37:10", 1_713_312_000, "day"),
        ("2024-04-17T18:37:10Z", 1_713_379_030, "exact"),
        ("2024-04-17T20:37:10.500+02:00", 1_713_379_030, "exact"),
        ("Wed Apr 17 18:37:10 +0000 2024", 1_713_379_030, "exact"),
        ("Apr 17, 2024 · 6:37 PM UTC", 1_713_379_020, "exact"),
        ("Apr 17, 2024 · 12:05 AM UTC", 1_713_312_300, "exact"),
        ("Apr 17, 2024 at 12:05pm UTC", 1_713_355_500, "exact"),
        ("Apr 17, 2024 · 6:60 PM UTC", None, "unknown"),
        ("Feb 30, 2024 · 6:37 PM UTC", None, "unknown"),
        (1_713_379_030, 1_713_379_030, "exact"),
        (1_713_379_030_123, 1_713_379_030, "exact"),
        ("soon", None, "unknown"),
        (10**30, None, "unknown"),
    ],
)
def test_times_are_read_as_they_are_printed(given: object, posted_at: int | None, precision: str) -> None:
    found = post_time(given, CAPTURED)
    assert found is not None
    assert (found.posted_at, found.precision) == (posted_at, precision)


@pytest.mark.parametrize(
    ("given", "seconds", "written"),
    [
        ("45s", 45, "45s"),
        ("3 hours ago", 10_800, "3h"),
        ("an hour ago", 3_600, "1h"),
        ("2 years ago (edited)", 2 * 365 * 86_400, "2y"),
        ("yesterday", 86_400, "1d"),
        ("just now", 0, "now"),
        ("2小时前", 7_200, "2h"),
        ("3 分钟前", 180, "3m"),
        ("2個月前", 60 * 86_400, "2mo"),
        ("刚刚", 0, "now"),
        ("2時間前", 7_200, "2h"),
        ("3日前", 3 * 86_400, "3d"),
        ("2시간 전", 7_200, "2h"),
        ("vor 2 Stunden", 7_200, "2h"),
        ("vor einer Stunde", 3_600, "1h"),
        ("2 Std.", 7_200, "2h"),
        ("il y a 2 jours", 2 * 86_400, "2d"),
        ("hace 3 días", 3 * 86_400, "3d"),
        ("há 2 horas", 7_200, "2h"),
        ("2 часа назад", 7_200, "2h"),
        ("2 ore fa", 7_200, "2h"),
    ],
)
def test_an_age_is_reckoned_from_the_capture_in_whatever_language_it_is_printed(
    given: str, seconds: int, written: str
) -> None:
    assert age(given) == (seconds, written)
    assert post_time(given, CAPTURED) == PostTime(CAPTURED - seconds, TimePrecision.RELATIVE, given)


@pytest.mark.parametrize(
    ("printed", "minutes"),
    [
        ("2026-02-13T00:30:00+08:00", 480),
        ("Fri Feb 13 00:30:00 +0530 2026", 330),
        ("2026-02-12T12:00:00-05:00", -300),
        ("2026-02-12T17:00:00Z", None),
        ("Thu Feb 12 17:00:00 +0000 2026", None),
        ("2026-02-12", None),
    ],
)
def test_the_zone_that_a_source_names_is_kept_with_the_time(printed: str, minutes: int | None) -> None:
    found = post_time(printed, None)
    assert found is not None
    assert found.utc_offset == minutes


@pytest.mark.parametrize(
    "given", ["2M", "5日", "2026年", "3분", "2 Mar", "12", "1.2K", "h", "", "999999h", "two hours ago"]
)
def test_what_may_be_something_else_is_no_age(given: str) -> None:
    assert age(given) is None


@pytest.mark.parametrize("given", ["2h", "Feb 15", "2小时前", "2月15日"])
def test_a_time_that_depends_on_an_unknown_capture_is_kept_as_given(given: str) -> None:
    found = post_time(given, None)
    assert found is not None
    assert (found.posted_at, found.precision, found.given) == (None, "unknown", given)
