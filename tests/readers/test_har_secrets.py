"""A HAR file holds a whole login: what opens anything is made unreadable before the file is kept."""

import json
from pathlib import Path

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
