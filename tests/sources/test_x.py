"""Posts of X: FxTwitter's two versions, and an installed x-tweet-fetcher, which here is a stand-in."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from core.errors import FetchError, InputError, Unreachable
from core.models import Verdict
from tests.kit.camofox import Camofox
from tests.kit.fetched import LINK, Fetching, fetching
from tests.kit.nitter_pages import AUTHOR, ROOT
from tests.kit.played import Played, as_json, http
from tests.kit.sentences import sentence, sentences
from tests.kit.terminal import alive, until

STRANGER = "1900000000000000999"


def status(number: int, author: str, text: str, answers: str | None, **more: Any) -> dict[str, Any]:
    """A status as FxTwitter's version 2 gives it."""
    id = str(int(ROOT) + number)
    to = {"screen_name": AUTHOR, "status": answers, "url": "", "profile_url": ""} if answers else None
    return {
        "type": "status",
        "id": id,
        "url": f"https://x.com/{author}/status/{id}",
        "text": text,
        "author": {"screen_name": author, "name": author.title()},
        "likes": number,
        "reposts": 0,
        "replies": 0,
        "views": None,
        "created_at": "Wed Mar 12 16:37:00 +0000 2025",
        "created_timestamp": 1741797420,
        "lang": "en",
        "replying_to": to,
        **more,
    }


def root(**more: Any) -> dict[str, Any]:
    return status(0, AUTHOR, "Our labels were copied.", None, replies=2, **more)


def conversation(*replies: dict[str, Any], cursor: str | None = None) -> bytes:
    bottom = {"bottom": cursor} if cursor else None
    return as_json(
        {"status": root(), "thread": [root()], "replies": list(replies), "author": {}, "cursor": bottom, "code": 200}
    )


def single() -> bytes:
    """The post as version 1 gives it."""
    post = {**root(), "retweets": 3, "replying_to": None, "replying_to_status": None}
    del post["reposts"]
    return as_json({"code": 200, "message": "OK", "tweet": post})


@pytest.fixture
def here(tmp_path: Path, server: Played) -> Fetching:
    return fetching(tmp_path, fxtwitter=server.url)


async def test_fxtwitter_gives_the_post_and_every_page_of_its_conversation(here: Fetching, server: Played) -> None:
    first, second = status(11, "ada", "Frame it.", ROOT), status(12, "eva", "Send it back.", ROOT)
    stranger = {**status(900, "tom", "Buy umbrellas", None), "id": STRANGER}
    server.routes |= {
        f"/{AUTHOR}/status/{ROOT}": single(),
        f"/2/conversation/{ROOT}": conversation(first, stranger, cursor="PA+/="),
        f"/2/conversation/{ROOT}?cursor=PA%2B%2F%3D": conversation(second),
    }
    found = await here.by("fxtwitter")
    assert [post.author for post in here.posts(found.kept.thread_id)] == [AUTHOR, "ada", "eva"]
    assert (found.pages, found.reading.verdict) == (3, Verdict.COMPLETE)
    assert here.posts(found.kept.thread_id)[0].reposts == 3


async def test_fxtwitter_without_conversations_still_gives_the_post(here: Fetching, server: Played) -> None:
    server.routes[f"/{AUTHOR}/status/{ROOT}"] = single()
    found = await here.by("fxtwitter")
    assert (found.replies, found.reading.verdict) == (0, Verdict.PARTIAL)
    assert "404" in sentence(found.broken)


async def test_fxtwitters_word_on_a_post_that_is_gone_is_passed_on(here: Fetching, server: Played) -> None:
    gone = {"code": 404, "message": "NOT_FOUND", "tweet": None}
    server.routes |= dict.fromkeys((f"/{AUTHOR}/status/{ROOT}", f"/2/conversation/{ROOT}"), as_json(gone, status=404))
    with pytest.raises(FetchError, match="NOT_FOUND"):
        await here.by("fxtwitter")
    assert here.is_untouched


async def test_an_answer_that_is_no_json_is_told_by_what_it_is(here: Fetching, server: Played) -> None:
    page = http(200, "<title>Just a moment...</title>", "Content-Type: text/html")
    server.routes |= dict.fromkeys((f"/{AUTHOR}/status/{ROOT}", f"/2/conversation/{ROOT}"), page)
    with pytest.raises(Exception, match="asks who is browsing"):
        await here.by("fxtwitter")
    assert here.is_untouched


STANDS_IN = """
import json, os, sys, time
url = sys.argv[sys.argv.index("--url") + 1]
whole = {"url": url, "username": "brolly", "tweet_id": url.rpartition("/")[2]}
print("[x-tweet-fetcher] opening", file=sys.stderr, flush=True)
if os.environ.get("XTF_STANDS_IN") == "hangs":
    open(os.environ["XTF_PID_FILE"], "w").write(str(os.getpid()))
    time.sleep(600)
if os.environ.get("XTF_STANDS_IN") == "fails":
    print(json.dumps({**whole, "replies": [], "error": "Camofox is not running on localhost:9377."}))
    sys.exit(1)
if os.environ.get("XTF_STANDS_IN") == "silent":
    print("no module named requests", file=sys.stderr)
    sys.exit(2)
if os.environ.get("XTF_STANDS_IN") == "pours":
    while True:
        sys.stdout.write("x" * 65536)
if "--replies" in sys.argv:
    reply = {"author": "@ada", "author_name": "Ada", "text": "Frame it.", "time_ago": "2h", "likes": 3, "replies": 0,
             "views": 9, "tweet_id": "1900000000000000011"}
    print(json.dumps({**whole, "replies": [reply], "reply_count": 1}))
else:
    tweet = {"text": "Our labels were copied.", "author": "Brolly", "screen_name": "brolly", "likes": 20, "retweets": 3,
             "views": 900, "replies_count": 1, "created_at": "Wed Mar 12 16:37:00 +0000 2025", "lang": "en"}
    secret = os.environ.get("PULLQUOTE_API_KEY")
    print(json.dumps({**whole, "tweet": {**tweet, **({"text": secret} if secret else {})}}))
"""


@pytest.fixture
def installed(tmp_path: Path) -> Fetching:
    """A library, and settings that name a stand-in for x-tweet-fetcher."""
    program = tmp_path / "fetch_tweet.py"
    program.write_text(STANDS_IN)
    return fetching(tmp_path, x_tweet_fetcher=(sys.executable, str(program)), max_answer_mb=1)


async def test_an_installed_x_tweet_fetcher_gives_replies_and_post_as_one_thread(
    installed: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_API_KEY", "sk-invented")
    found = await installed.by("x-tweet-fetcher")
    told = {post.id: (post.author, post.text, post.parent_id) for post in installed.posts(found.kept.thread_id)}
    assert told == {
        ROOT: (AUTHOR, "Our labels were copied.", None),
        "1900000000000000011": ("ada", "Frame it.", ROOT),
    }
    assert any("opening" in said for said in installed.heard.said)


async def test_its_own_error_is_passed_on(installed: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XTF_STANDS_IN", "fails")
    with pytest.raises(Exception, match="Camofox is not running"):
        await installed.by("x-tweet-fetcher")
    assert installed.is_untouched


async def test_its_last_words_are_passed_on_where_it_prints_nothing(
    installed: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XTF_STANDS_IN", "silent")
    with pytest.raises(FetchError, match="ended with 2: no module named requests"):
        await installed.by("x-tweet-fetcher")


async def test_more_than_the_limit_is_not_read(installed: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XTF_STANDS_IN", "pours")
    with pytest.raises(FetchError, match="more than 1 MiB"):
        await installed.by("x-tweet-fetcher")


async def test_it_is_ended_when_the_fetch_is_stopped(
    installed: Fetching, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    number = tmp_path / "pid"
    monkeypatch.setenv("XTF_STANDS_IN", "hangs")
    monkeypatch.setenv("XTF_PID_FILE", str(number))
    under_way = asyncio.create_task(installed.by("x-tweet-fetcher"))
    while not number.exists() or not number.read_text():
        await asyncio.sleep(0.02)
    under_way.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way
    until(lambda: not alive(int(number.read_text())), "the program to be ended")


async def test_it_is_ended_when_it_takes_too_long(
    installed: Fetching, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XTF_STANDS_IN", "hangs")
    monkeypatch.setenv("XTF_PID_FILE", str(tmp_path / "pid"))
    monkeypatch.setattr("core.transport.program._TIMES", 0.1)
    with pytest.raises(Unreachable, match="took longer"):
        await installed.by("x-tweet-fetcher")


VERSION_4 = """
import argparse, json
told = argparse.ArgumentParser(prog="xtf")
told.add_argument("url", nargs="?")
told.add_argument("--url", dest="option_url")
url = told.parse_args().option_url
author = {"name": "Brolly", "handle": "brolly"}
counts = {"likes": 20, "reposts": 3, "replies": 4, "bookmarks": 0, "views": 900}
print(json.dumps({"schema_version": "1.0", "source": "x", "source_url": url, "canonical_url": url,
    "post_id": url.rpartition("/")[2], "kind": "post", "title": None, "author": author, "metrics": counts,
    "published_at": "Wed Mar 12 16:37:00 +0000 2025", "post_text": "Our labels were copied.",
    "content_text": "Our labels were copied.", "content_markdown": "Our labels were copied.", "media": [],
    "quote": None, "language": "en"}))
"""


async def test_of_its_version_4_the_post_is_taken_and_it_is_said_that_it_fetches_no_replies(tmp_path: Path) -> None:
    program = tmp_path / "xtf"
    program.write_text(VERSION_4)
    here = fetching(tmp_path, x_tweet_fetcher=(sys.executable, str(program)))
    found = await here.by("x-tweet-fetcher")
    (post,) = here.posts(found.kept.thread_id)
    assert (post.id, post.author, post.text, post.likes) == (ROOT, AUTHOR, "Our labels were copied.", 20)
    assert (found.reading.verdict, found.broken) == (Verdict.PARTIAL, None)
    assert "x-tweet-fetcher does not know --replies; from its version 4 on it fetches the post without replies" in (
        sentences(found.reading.reasons)
    )


async def test_where_both_of_its_answers_fail_both_are_told(tmp_path: Path) -> None:
    program = tmp_path / "fails.py"
    program.write_text(
        "import json, sys\n"
        "error = 'Camofox is not running.' if '--replies' in sys.argv else 'HTTP 404: Not Found'\n"
        "print(json.dumps({'url': sys.argv[2], 'username': 'brolly', 'tweet_id': '19', 'error': error}))\n"
    )
    here = fetching(tmp_path, x_tweet_fetcher=(sys.executable, str(program)))
    with pytest.raises(InputError, match=r"Camofox is not running.*HTTP 404: Not Found"):
        await here.by("x-tweet-fetcher")
    assert here.is_untouched


LEAVES_TABS = """
import json, os, sys, urllib.error, urllib.request
browser = "http://localhost:" + os.environ["XTF_BROWSER_PORT"]
def ask(method, path, **told):
    asked = urllib.request.Request(browser + path, json.dumps(told).encode(), {"Content-Type": "application/json"})
    asked.method = method
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=60) as answer:
        return json.loads(answer.read())
tab = ask("POST", "/tabs", userId="x-tweet-fetcher", sessionKey="replies-19")["tabId"]
try:
    ask("DELETE", "/tabs/" + tab)
except urllib.error.HTTPError as error:
    assert error.code == 400
url = sys.argv[sys.argv.index("--url") + 1]
print(json.dumps({"url": url, "tweet_id": url.rpartition("/")[2], "replies": [], "error": "none"}))
"""


@pytest.mark.real
async def test_the_tabs_that_it_leaves_open_in_the_browser_are_closed(
    tmp_path: Path, camofox: Camofox, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "fetch_tweet.py"
    program.write_text(LEAVES_TABS)
    monkeypatch.setenv("XTF_BROWSER_PORT", camofox.url.rpartition(":")[2])
    with pytest.raises(InputError, match="none"):
        await fetching(tmp_path, x_tweet_fetcher=(sys.executable, str(program))).by("x-tweet-fetcher")
    assert camofox.tabs() == 0


async def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    missing = fetching(tmp_path, x_tweet_fetcher=("no-such-fetcher",))
    with pytest.raises(FetchError, match="no program ‘no-such-fetcher’"):
        await missing.by("x-tweet-fetcher")


async def test_a_link_is_an_argument_and_never_a_command(installed: Fetching) -> None:
    found = await installed.by("x-tweet-fetcher", f"{LINK}?x=$(touch%20owned);touch+owned")
    assert found.replies == 1
    assert json.loads(installed.library.connection.execute("SELECT data FROM payload").fetchone()[0])["url"] == LINK
