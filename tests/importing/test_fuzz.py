"""Files that something has happened to, imported: posts that are sound, or words; never a traceback, a hang, or half.

Between two edits each file comes to one kind of harm, and with `PULLQUOTE_THOROUGH=1` to all three;
`PULLQUOTE_EXAMPLES=200` makes it long.
"""

import faulthandler
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.article.outline import outline
from core.errors import PullquoteError
from core.importing import import_payloads
from core.library import Library, rows, threads, view_results
from core.models import Payload
from core.query.view import View
from core.readers import READERS
from core.readers.kit.pages import read_pages
from core.sources import SOURCES, source
from core.transport import SourceSettings
from core.transport.files import from_bytes
from exports import render_article
from exports.settings import ExportSettings
from tests.kit.blank import new_library
from tests.kit.examples import IS_THOROUGH, examples
from tests.kit.mutations import battered, changed, written
from tests.kit.places import DATA, SHARED
from tui.cli.outcomes import import_outcome

_USUAL = 2
EXAMPLES = int(os.environ.get("PULLQUOTE_EXAMPLES", _USUAL))
HANG = 60.0
"""Seconds after which one example is taken for a hang, and the run is ended with every stack."""
TABLES = (
    "thread",
    "capture",
    "payload",
    "post",
    "payload_part",
    "capture_payload",
    "known_before",
    "alike",
    "observation",
)
AT = 1_790_000_000


def files() -> dict[str, Path]:
    """Our own invented files, and the real ones where they are there; those that are too long to batter aside."""
    own = {f"own/{path.name}": path for path in (DATA / "readers").iterdir() if path.is_file()}
    real = {
        f"{path.parent.name}/{path.name}": path for path in (SHARED / "samples").glob("*/*") if path.suffix != ".tsv"
    }
    return {name: path for name, path in sorted({**own, **real}.items()) if path.stat().st_size < 200_000}


def some(names: Sequence[str], kind: int) -> Sequence[str]:
    """The files that come to one kind of harm: all of them in a long run, else every third, for each kind another."""
    return names if IS_THOROUGH or EXAMPLES > _USUAL else names[kind::3]


FILES = files()
LONG = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


def value_of(name: str) -> Any:
    """The JSON value of a file, of JSON Lines a list; None where it is neither."""
    text = FILES[name].read_bytes().decode("utf-8", "replace")
    try:
        return json.loads(text)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
    try:
        return [json.loads(line) for line in lines]
    except ValueError:
        return None


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library on disk, and a watch that no example hangs."""
    found = new_library(tmp_path / "library.db")
    yield found
    faulthandler.cancel_dump_traceback_later()
    found.close()


def count(library: Library) -> dict[str, int]:
    """How many rows each table has."""
    return {name: library.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}


def imported(library: Library, data: bytes) -> None:
    """Import bytes: what is refused changes nothing, what is kept is sound."""
    faulthandler.dump_traceback_later(HANG, exit=True)
    before = count(library)
    try:
        found = import_payloads(library, from_bytes(data, name="battered", captured_at=AT))
    except PullquoteError as error:
        said = str(error)
        assert said.strip()
        said.encode()
        assert "Traceback" not in said
        assert count(library) == before
        return
    assert found
    for one in found:
        import_outcome(one).encode()
        if one.kept.thread_id is not None:
            is_sound(library, one.kept.thread_id)


def is_sound(library: Library, thread_id: int) -> None:
    """See that a thread can be shown, sorted and written, whatever it holds."""
    thread = threads.thread(library, thread_id)
    order = view_results.whole_order(library, thread_id, View(sort="likes", folded=True))
    assert len(set(order)) == len(order)
    whole = view_results.whole_order(library, thread_id, View(sort="time"))
    quotes = rows.quotes(library, whole[:300], "zh")
    ids = [quote.post.id for quote in quotes]
    assert len(set(ids)) == len(ids)
    assert len(whole) - thread.replies in (0, 1)
    for quote in quotes:
        post = quote.post
        assert post.id
        assert post.id != post.parent_id
        assert quote.depth >= 0
        assert quote.is_root == (post.id == thread.root_id)
        json.dumps([post.text, post.author, post.author_name, post.url, post.time_given]).encode()
        "".join(filter(None, (post.text, post.author, post.author_name, post.url, post.time_given))).encode()
        assert post.url is None or post.url.startswith(("http://", "https://"))
    article = outline(library, thread_id, "zh")
    render_article("markdown", article, ExportSettings(), "zh").encode()
    (unsound,) = library.connection.execute("PRAGMA foreign_key_check").fetchall() or [None]
    assert unsound is None


@pytest.mark.parametrize("name", some([name for name in FILES if value_of(name) is not None], 0))
@LONG
@given(data=st.data())
def test_a_file_with_another_structure(name: str, data: st.DataObject, library: Library) -> None:
    others = (value_of(data.draw(st.sampled_from(sorted(FILES)))),)
    value = data.draw(changed(value_of(name), others))
    if isinstance(value, list) and data.draw(st.booleans()):
        lines = [written(one, ascii=True) for one in value]
        imported(library, b"\n".join(lines))
    else:
        imported(library, written(value, ascii=data.draw(st.booleans())))


@pytest.mark.parametrize("name", some([*FILES], 1))
@LONG
@given(data=st.data())
def test_a_file_whose_bytes_were_battered(name: str, data: st.DataObject, library: Library) -> None:
    other = FILES[data.draw(st.sampled_from(sorted(FILES)))].read_bytes()
    imported(library, data.draw(battered(FILES[name].read_bytes(), other)))


@pytest.mark.parametrize("name", some([*FILES], 2))
@LONG
@given(data=st.data())
def test_pages_that_do_not_belong_together(name: str, data: st.DataObject) -> None:
    faulthandler.dump_traceback_later(HANG, exit=True)
    pages = [FILES[name].read_bytes()]
    for _ in range(data.draw(st.integers(1, 3))):
        other = FILES[data.draw(st.sampled_from(sorted(FILES)))].read_bytes()
        pages.append(data.draw(st.one_of(st.just(other), battered(other, pages[0]))))
    payloads = [Payload(f"https://a.example/{number}", page, AT) for number, page in enumerate(pages)]
    try:
        found = read_pages(payloads, READERS.keys(), () if data.draw(st.booleans()) else None)
    except PullquoteError:
        return
    finally:
        faulthandler.cancel_dump_traceback_later()
    ids = [post.id for post in found.posts]
    assert len(set(ids)) == len(ids)


def test_there_are_files_to_batter() -> None:
    assert len(FILES) > 25


FIRST_LINKS = {
    "hackernews": "https://news.ycombinator.com/item?id=9000001",
    "reddit": "https://www.reddit.com/r/pens/comments/1abcde/which_pen/",
    "bluesky": "https://bsky.app/profile/ada.example.com/post/3kabcdefghi2x",
    "github": "https://github.com/brolly/labels/issues/12",
    "mastodon": "https://social.example/@ada/113000000000000001",
    "lemmy": "https://home.example/post/12",
    "discourse": "https://forum.example/t/which-pen/57",
}
ON_X = "https://x.com/brolly/status/1900000000000000001"


@pytest.mark.parametrize("name", SOURCES)
@settings(max_examples=examples(EXAMPLES * 15), deadline=None)
@given(data=st.data())
def test_whatever_a_server_answers_a_source_asks_on_or_says_why_not(name: str, data: st.DataObject) -> None:
    made = source(name, SourceSettings(nitter=("https://nitter.example",)))
    asks = [*made.begin(FIRST_LINKS.get(name, ON_X))]
    for _ in range(4):
        ask = data.draw(st.sampled_from(asks))
        file = FILES[data.draw(st.sampled_from(sorted(FILES)))]
        value = value_of(next(one for one, path in FILES.items() if path == file))
        page = file.read_bytes()
        if value is not None and data.draw(st.booleans()):
            page = written(data.draw(changed(value)), ascii=True)
        try:
            more = made.follow(ask, Payload(ask.url, page, AT))
        except PullquoteError as error:
            assert str(error).strip()  # noqa: PT017
            continue
        assert all(one.url.startswith(("http://", "https://")) for one in more)
        asks += more[:20]
