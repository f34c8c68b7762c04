"""What stands around a document that a browser or a script has saved: a HAR file, a JavaScript assignment."""

import base64
import binascii
import re
from collections.abc import Iterator

from core.readers.kit.json_values import object_at
from core.readers.kit.saved_answer import SavedAnswer, operation_of
from core.readers.kit.times import post_time

ASSIGNMENT = re.compile(
    r"(?:^|[;\n}])[ \t]{0,80}(?:export[ \t]{1,9}default[ \t]{1,9}"
    r"|(?:export[ \t]{1,9})?(?:(?:const|let|var)[ \t]{1,9})?[A-Za-z_$][\w$.\[\]'\"]{0,200}\s{0,9}=\s{0,99})(?=[{\[])"
)
"""The beginning of `const x = {…}`, `window.YTD.tweets.part0 = […]` and `export default {…}`, up to the value."""
_FIRST = 4_000
"""Characters in which the first assignment of a script begins."""


def first_value(text: str, start: int) -> int | None:
    """Where the first value that is assigned in a script begins; None where `text` is no script from `start` on."""
    if text[start] in "{[<":
        return None
    found = ASSIGNMENT.search(text, 0, start + _FIRST)
    return found.end() if found else None


def har_answers(value: object) -> list[SavedAnswer] | None:
    """The answers with a body in a HAR file; None where `value` is no HAR file."""
    log = object_at(value, "log")
    entries = log.get("entries") if "creator" in log or "version" in log else None
    return list(_answers(entries)) if isinstance(entries, list) else None


def _answers(entries: list[object]) -> Iterator[SavedAnswer]:
    """The answers of a HAR file's entries, in its order."""
    for number, entry in enumerate(entries, 1):
        content = object_at(entry, "response", "content")
        body = content.get("text")
        if not isinstance(body, str) or not body.strip():
            continue
        url, moment = object_at(entry, "request").get("url"), object_at(entry).get("startedDateTime")
        called = operation_of(url)
        time = post_time(moment, None) if isinstance(moment, str) else None
        yield SavedAnswer(
            f"response {number} ({called})" if called else f"response {number}",
            _bytes(body, content.get("encoding")),
            time.posted_at if time else None,
            str(content.get("mimeType")),
        )


def _bytes(body: str, encoding: object) -> bytes:
    """A body as it was sent."""
    if encoding == "base64":
        try:
            return base64.b64decode(body)
        except (binascii.Error, ValueError):
            return b""
    return body.encode(errors="surrogatepass")
