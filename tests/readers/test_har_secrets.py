"""A HAR file holds a whole login: what opens anything is made unreadable before the file is kept."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from core.importing import import_payload
from core.importing.secrets import without_secrets
from core.library.captures import payloads
from core.models import Payload
from tests.kit.blank import new_library
from tests.kit.sentences import sentence

TOKEN, COOKIE, CSRF = "invented-auth-token-0123456789", "auth_token=a1b2c3d4e5f6; ct0=998877665544", "998877665544"
BODY = {"code": 200, "message": "OK", "tweet": {
    "id": "1900000000000000001", "url": "https://x.com/brolly/status/1900000000000000001",
    "text": "Our labels: 998877665544",
    "author": {"screen_name": "brolly", "name": "Brolly"}, "created_timestamp": 1741797420}}  # fmt: skip


def har() -> bytes:
    """A HAR file with one answer, and all that a browser sends along."""
    request = {
        "url": "https://api.fxtwitter.com/brolly/status/1900000000000000001",
        "headers": [
            {"name": "Authorization", "value": f"Bearer {TOKEN}"},
            {"name": "Cookie", "value": COOKIE},
            {"name": "x-csrf-token", "value": CSRF},
            {"name": "User-Agent", "value": "Mozilla/5.0 (invented)"},
        ],
        "cookies": [{"name": "ct0", "value": CSRF}],
    }
    response = {
        "headers": [{"name": "Set-Cookie", "value": "guest_id=v1%3A170000"}],
        "cookies": [],
        "content": {"mimeType": "application/json", "text": json.dumps(BODY)},
    }
    entry = {"startedDateTime": "2026-02-24T01:30:00.000Z", "request": request, "response": response}
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "a browser"}, "entries": [entry]}}).encode()


def test_a_har_file_is_kept_without_what_opens_anything_and_says_so(tmp_path: Path) -> None:
    library = new_library(tmp_path / "library.db")
    (found,) = import_payload(library, Payload("x.har", har(), 1_790_000_000))
    (number,) = library.connection.execute("SELECT id FROM payload").fetchone()
    kept = payloads.payload_data(library.connection, number)
    assert not [secret for secret in (TOKEN, COOKIE, "guest_id=v1") if secret.encode() in kept]
    assert f'"value": "{CSRF}"'.encode() not in kept
    assert any("made unreadable before it was kept" in sentence(one.reason) for one in found.reading.problems)
    library.close()
    assert not any(TOKEN.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_what_posts_say_and_all_else_stays_byte_for_byte() -> None:
    before = har()
    after, _ = without_secrets(Payload("x.har", before))
    assert len(after.data) == len(before)
    assert json.loads(after.data)["log"]["entries"][0]["response"] == {
        **json.loads(before)["log"]["entries"][0]["response"],
        "headers": [{"name": "Set-Cookie", "value": "*" * len("guest_id=v1%3A170000")}],
    }
    assert b"Mozilla/5.0 (invented)" in after.data


def test_a_payload_that_is_no_har_file_is_left_alone() -> None:
    payload = Payload("x.json", json.dumps({"replies": [], "cookies": [{"name": "a", "value": TOKEN}]}).encode())
    assert without_secrets(payload) == (payload, 0)


def cleaned(data: bytes, encoding: str | None = None) -> tuple[bytes, int]:
    found, times = without_secrets(Payload("x.har", data), encoding)
    return found.data, times


def escaped(data: bytes) -> bytes:
    return data.replace(b"/", b"\\/")


@pytest.mark.parametrize(
    ("change", "encoding"),
    [
        (lambda data: b'# saved by an extension, it says "\n' + data, None),
        (lambda data: data.decode().encode("utf-16"), None),
        (lambda data: data.decode().encode("utf-16-le"), "utf-16-le"),
        (lambda data: b"\xef\xbb\xbf" + data, None),
        (escaped, None),
        (lambda data: b'{"about": "' + b"x" * 20_000 + b'", ' + data[1:], None),
        (lambda data: json.dumps(json.loads(data), indent=2).encode(), None),
        (lambda data: data.replace(b"invented-auth", b"invented\\u002dauth"), None),
    ],
    ids=[
        "a line before",
        "UTF-16",
        "UTF-16 without a mark",
        "a mark",
        "escapes",
        "far from the start",
        "indented",
        "coded",
    ],
)
def test_a_har_file_is_cleaned_however_it_is_written(change: Callable[[bytes], bytes], encoding: str | None) -> None:
    before = change(har())
    after, times = cleaned(before, encoding)
    told = after.decode(encoding or ("utf-16" if before[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"))
    assert (len(after), times) == (len(before), 5)
    assert not [
        secret
        for secret in ("invented", "0123456789", "a1b2c3d4e5f6", "guest_id=v1")
        if secret in told.replace("(invented)", "")
    ]
    assert "Our labels: 998877665544" in told


def test_the_order_of_a_pair_and_the_length_of_a_cookie_do_not_matter() -> None:
    request = {"headers": [{"value": TOKEN, "name": "authorization"}], "cookies": [{"value": "a1", "name": "x"}]}
    after, times = cleaned(json.dumps({"log": {"entries": [{"request": request}]}}).encode())
    assert times == 2
    assert TOKEN.encode() not in after
    assert b'"value": "**", "name": "x"' in after


def test_keys_in_addresses_and_forms_are_made_unreadable_and_what_pages_say_is_not() -> None:
    url = f"https://tea.example/1?a=2&access_token={TOKEN}&b=3"
    form = {"mimeType": "application/x-www-form-urlencoded", "text": f"password={TOKEN}&who=ada",
            "params": [{"name": "password", "value": TOKEN}]}  # fmt: skip
    login = json.dumps({"next_token": "page-two-of-it", "access_token": TOKEN})
    said = f"I wrote ?token={CSRF} there"
    entry = {
        "request": {"url": url, "queryString": [{"name": "access_token", "value": TOKEN}], "postData": form},
        "response": {"redirectURL": url, "content": {"text": login, "comment": said}},
    }
    after, times = cleaned(json.dumps({"log": {"entries": [entry]}}).encode())
    assert (TOKEN.encode() in after, times) == (False, 6)
    assert b"?a=2&access_token=" in after
    assert all(kept in after for kept in (b"&b=3", b"&who=ada", b"page-two-of-it", said.encode()))


def test_a_warc_file_is_cleaned_and_each_record_keeps_its_length() -> None:
    asked = (
        f"POST /1?api_key={TOKEN} HTTP/1.1\r\nCookie: {COOKIE}\r\nAuthorization: Bearer {TOKEN}\r\nAccept: x\r\n\r\n"
        f"password={TOKEN}&who=ada"
    ).encode()
    told = f"HTTP/1.1 200 OK\r\nSet-Cookie: {COOKIE}\r\n\r\nCookie: of oats, token={CSRF}".encode()
    records = [
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://tea.example/1?api_key={TOKEN}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
        for kind, block in (("request", asked), ("response", told))
    ]  # fmt: skip
    before = b"".join(records)
    after, _ = cleaned(before)
    assert len(after) == len(before)
    assert not [secret for secret in (TOKEN, "a1b2c3d4e5f6") if secret.encode() in after]
    assert f"Cookie: of oats, token={CSRF}".encode() in after
