"""Large payloads, kept slice by slice: the same library in the end, and the truth at every moment before."""

import json
import os
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.desk import Desk
from core.errors import PayloadError
from core.importing import ImportProgress, import_payload, slices, worker_pool
from core.importing.options import ImportOptions
from core.library import Library, orders, threads, view_results
from core.library.captures import payloads
from core.library.captures.in_progress import CaptureInProgress
from core.library.captures.large_import import UNFINISHED
from core.library.captures.visits import Visit
from core.library.database import open_again
from core.models import Payload, State, Verdict
from core.query.view import View
from tests.kit.blank import new_library
from tests.kit.sentences import sentence

ROOT = 1_900_000_000_000_000_000
EVERYTHING = "SELECT * FROM (SELECT id, parent_id, depth, is_root, author, author_name, folded_name, posted_at, "
EVERYTHING += "time_precision, likes, replies, views, url, status, flags, text, folded FROM post) ORDER BY id"


class Stopped(Exception):
    """What a test ends an import with."""


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every payload large, and its slices a few replies long."""
    monkeypatch.setattr(slices, "LARGE", 1)
    monkeypatch.setattr(slices, "_SIZE", 600)
    monkeypatch.setattr(orders, "MANY", 5)


def reply(number: int, **more: Any) -> dict[str, Any]:
    """A reply as x-tweet-fetcher prints it."""
    text = ("Kettle first, umbrella later", "伞是谁的？", "Ünd der Regen?")[number % 3]
    told = {"author": f"@ada_{number % 7}", "author_name": "Ada", "text": f"{text} {number}", "time_ago": "2h"}
    return {
        **told,
        "likes": number * 7 % 11,
        "replies": 0,
        "views": 90 + number,
        "tweet_id": str(ROOT + number),
        **more,
    }


def fetched(replies: list[dict[str, Any]], **more: Any) -> Payload:
    """A payload with these replies."""
    told = {"url": f"https://x.com/brolly/status/{ROOT}", "username": "brolly", "tweet_id": str(ROOT), **more}
    data = json.dumps({**told, "replies": replies, "reply_count": len(replies)}, ensure_ascii=False).encode()
    return Payload("replies.json", data, 1_800_000_000)


def many() -> list[dict[str, Any]]:
    """Replies with everything that crosses the edge of a slice: answers, repeated texts, the same post twice."""
    replies = [reply(number) for number in range(1, 41)]
    for at in range(3, 36, 4):
        stub = {"text": replies[at + 1]["text"], "time_ago": "1h", "likes": 1, "replies": 0, "views": 3}
        replies[at]["thread_replies"] = [reply(100 + at), stub]
        replies[at]["replies"] = 1
    return [*replies, reply(2), reply(5, text="said otherwise"), reply(41, likes="many")]


def everything(library: Library) -> list[tuple[Any, ...]]:
    """All posts."""
    return library.connection.execute(EVERYTHING).fetchall()


def view_of(library: Library, view: View) -> list[str]:
    """A view's posts by id."""
    (thread,) = threads.threads(library)
    names = dict(library.connection.execute("SELECT seq, id FROM post").fetchall())
    return [names[seq] for seq in view_results.whole_order(library, thread.id, view)]


def whole(tmp_path: Path, payload: Payload) -> Library:
    """A library that read the payload in one piece."""
    opened = new_library(tmp_path / "whole.db")
    import_payload(opened, payload)
    return opened


def test_slices_make_the_thread_that_the_whole_makes(
    tmp_path: Path, library: Library, request: pytest.FixtureRequest
) -> None:
    payload = fetched([reply(number) for number in range(1, 41)], tweet={"text": "Ours.", "screen_name": "brolly"})
    entire = whole(tmp_path, payload)
    request.getfixturevalue("small_slices")
    told: list[ImportProgress] = []
    (imported,) = import_payload(library, payload, tell=told.append)
    assert len(told) > 5
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert told[-1].done == told[-1].total == len(payload.data)
    assert everything(library) == everything(entire)
    for sort in ("thread", "likes", "views", "time", "author", "text"):
        for descending in (False, True):
            view = View(sort=sort, descending=descending)
            assert view_of(library, view) == view_of(entire, view)
    columns = "SELECT verdict, reasons, claimed, finished, found, problems FROM capture"
    assert library.connection.execute(columns).fetchall() == entire.connection.execute(columns).fetchall()
    assert threads.threads(library) == threads.threads(entire)
    assert (imported.posts, imported.kept.new) == (41, 41)
    entire.close()


def test_what_crosses_the_edge_of_a_slice_is_joined(
    tmp_path: Path, library: Library, request: pytest.FixtureRequest
) -> None:
    payload = fetched(many())
    entire = whole(tmp_path, payload)
    request.getfixturevalue("small_slices")
    import_payload(library, payload)
    texts = "SELECT id, parent_id, depth, author, text FROM post ORDER BY id"
    assert library.connection.execute(texts).fetchall() == entire.connection.execute(texts).fetchall()
    for connection in (library.connection, entire.connection):
        (problems,) = connection.execute("SELECT problems FROM capture").fetchone()
        assert "replies[42].likes" in problems
    entire.close()


@pytest.mark.usefixtures("small_slices")
def test_the_payload_is_kept_byte_for_byte(library: Library) -> None:
    payload = fetched(many())
    import_payload(library, payload)
    assert payloads.payload_data(library.connection, 1) == payload.data
    assert library.connection.execute("SELECT sha256 FROM payload").fetchall() == [
        (payloads.payload_digest(payload.data),)
    ]


def stopped(library: Library, payload: Payload, after: int) -> None:
    """Import, and break off after some slices."""
    told: list[ImportProgress] = []

    def tell(progress: ImportProgress) -> None:
        told.append(progress)
        if len(told) == after:
            raise Stopped

    with pytest.raises(Stopped):
        import_payload(library, payload, tell=tell)


@pytest.mark.usefixtures("small_slices")
def test_an_import_that_breaks_off_says_so_and_keeps_what_came(library: Library) -> None:
    payload = fetched([reply(number) for number in range(1, 41)])
    stopped(library, payload, 4)
    (thread,) = threads.threads(library)
    assert (thread.verdict, thread.reasons) == (Verdict.PARTIAL, (UNFINISHED,))
    assert 0 < thread.replies < 40
    assert library.connection.execute("SELECT finished FROM capture").fetchall() == [(0,)]


@pytest.mark.usefixtures("small_slices")
def test_the_same_file_goes_on_where_it_stopped_and_marks_stay(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    payload = fetched(many())
    stopped(library, payload, 4)
    (thread,) = threads.threads(library)
    seqs = view_results.whole_order(library, thread.id, View())[:3]
    Desk(library, thread.id, "zh").decide(seqs, State.STARRED)
    monkeypatch.setattr(worker_pool, "_MOST", 1)
    numbers: list[int] = []

    def placed(_self: slices.Slices, number: int, problems: Any) -> Any:
        numbers.append(number)
        return problems

    monkeypatch.setattr(slices.Slices, "placed", placed)
    import_payload(library, payload)
    assert numbers[0] == 4
    (thread,) = threads.threads(library)
    assert (thread.starred, UNFINISHED in thread.reasons) == (3, False)
    assert library.connection.execute("SELECT finished FROM capture").fetchall() == [(1,)]
    entire = new_library(tmp_path / "other.db")
    import_payload(entire, payload)
    assert everything(library) == everything(entire)
    assert payloads.payload_data(library.connection, 1) == payload.data
    entire.close()


@pytest.mark.usefixtures("small_slices")
def test_what_an_import_that_stopped_has_mended_is_still_told_at_its_end(library: Library, tmp_path: Path) -> None:
    payload = fetched([reply(number, likes="many") for number in range(1, 31)])
    stopped(library, payload, 4)
    import_payload(library, payload)
    straight = new_library(tmp_path / "straight.db")
    import_payload(straight, payload)
    told = "SELECT problems, found FROM capture"
    assert library.connection.execute(told).fetchall() == straight.connection.execute(told).fetchall()
    assert "replies[29].likes" in library.connection.execute(told).fetchone()[0]
    straight.close()


@pytest.mark.usefixtures("small_slices")
def test_the_orders_of_an_import_that_went_on_are_kept(library: Library) -> None:
    payload = fetched([reply(number) for number in range(1, 41)])
    stopped(library, payload, 4)
    assert library.connection.execute("SELECT count(*) FROM ordering").fetchone() == (0,)
    import_payload(library, payload)
    assert library.connection.execute("SELECT count(*) FROM ordering").fetchone() == (14,)


@pytest.mark.usefixtures("small_slices")
def test_orders_that_are_missing_are_kept_when_they_are_asked_for(library: Library) -> None:
    import_payload(library, fetched([reply(number) for number in range(1, 41)]))
    library.connection.execute("DELETE FROM ordering")
    found = view_of(library, View())
    assert library.connection.execute("SELECT DISTINCT sort FROM ordering").fetchall() == [("likes",)]
    assert view_of(library, View()) == found


def test_a_payload_of_which_only_a_part_had_come_is_made_whole(
    library: Library, request: pytest.FixtureRequest
) -> None:
    payload = fetched([reply(number) for number in range(1, 41)])
    request.getfixturevalue("small_slices")
    stopped(library, payload, 4)
    import_payload(library, payload, ImportOptions(encoding="utf-8"))
    assert payloads.payload_data(library.connection, 1) == payload.data
    import_payload(library, payload)
    assert payloads.payload_data(library.connection, 1) == payload.data
    assert threads.threads(library)[0].replies == 40


@pytest.mark.usefixtures("small_slices")
def test_a_known_large_payload_adds_nothing(library: Library) -> None:
    payload = fetched(many())
    import_payload(library, payload)
    before = list(library.connection.iterdump())
    (again,) = import_payload(library, payload)
    assert again.kept.known
    assert list(library.connection.iterdump()) == before


@pytest.mark.usefixtures("small_slices")
def test_posts_at_the_edges_of_slices_are_counted_once_in_every_capture(library: Library) -> None:
    answered = [reply(number, replies=1, thread_replies=[reply(1000 + number)]) for number in range(1, 31)]
    stub = {"text": answered[4]["text"], "time_ago": "1h", "likes": 1, "replies": 0, "views": 3}
    answered[3]["thread_replies"].append(stub)
    for visit in (1, 2):
        again = [{**one, "likes": 100 + visit} for one in [*answered, answered[2]]]
        (done,) = import_payload(library, fetched(again))
        assert done.posts == 60
        assert threads.captures(library, 1)[0].found == 60
    assert library.connection.execute("SELECT count(*) FROM post").fetchone() == (60,)


@pytest.mark.usefixtures("small_slices")
def test_slices_have_no_post_in_common(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a slice was read twice")

    monkeypatch.setattr(CaptureInProgress, "merge_slice", never)
    import_payload(library, fetched([reply(number, replies=1, thread_replies=[]) for number in range(1, 31)]))
    assert library.connection.execute("SELECT count(*) FROM post").fetchone() == (30,)


@pytest.mark.usefixtures("small_slices")
def test_a_second_large_capture_joins_by_id(library: Library) -> None:
    import_payload(library, fetched([reply(number, likes=100 + number) for number in range(1, 31)]))
    later = [reply(number, likes=900 + number) for number in range(11, 41)]
    (second,) = import_payload(library, fetched(later))
    assert (second.kept.new, second.kept.changed) == (10, 20)
    assert view_of(library, View())[:2] == [str(ROOT + 40), str(ROOT + 39)]
    observed = "SELECT o.likes FROM observation o JOIN post p ON p.seq = o.post WHERE p.id = ? ORDER BY o.capture_id"
    assert library.connection.execute(observed, (str(ROOT + 11),)).fetchall() == [(111,), (911,)]


@pytest.mark.usefixtures("small_slices")
def test_a_second_large_capture_knows_what_is_new_and_what_both_had(library: Library) -> None:
    import_payload(library, fetched([reply(number, likes=100 + number) for number in range(1, 31)]))
    (second,) = import_payload(library, fetched([reply(number, likes=900 + number) for number in range(11, 41)]))
    assert second.kept.since is not None
    assert len(view_of(library, View("is:added"))) == 10
    assert len(view_of(library, View("is:changed"))) == 20
    newest, first = threads.captures(library, 1)
    assert {(newest.added, newest.changed), (first.added, first.changed)} == {(10, 20), (30, 0)}
    known = library.connection.execute("SELECT sum(length(seqs)) FROM known_before").fetchone()
    assert known == (20 * 4,)


@pytest.mark.usefixtures("small_slices")
def test_an_import_that_goes_on_belongs_to_the_visit_that_goes_on_with_it(library: Library) -> None:
    import_payload(library, fetched([reply(1), reply(2)]))
    payload = fetched(many())
    stopped(library, payload, 4)
    visit = Visit()
    import_payload(library, payload, visit=visit)
    newest, first = threads.captures(library, 1)
    assert visit.number == newest.visit != first.visit
    both = {str(ROOT + 1), str(ROOT + 2)}
    assert set(view_of(library, View("is:added"))) == set(view_of(library, View())) - both


@pytest.mark.usefixtures("small_slices")
def test_two_texts_in_two_slices_are_a_conflict_and_no_edit(library: Library) -> None:
    (imported,) = import_payload(library, fetched(many()))
    assert view_of(library, View("flag:conflict")) == [str(ROOT + 5)]
    assert (view_of(library, View("flag:edited")), imported.kept.edited) == ([], 0)


@pytest.mark.usefixtures("small_slices")
def test_others_mark_what_has_come_while_the_rest_is_on_its_way(library: Library) -> None:
    beside = open_again(library)
    seen: list[int] = []

    def mark(progress: ImportProgress) -> None:
        desk = Desk(beside, progress.thread_id, "zh")
        (newest,) = beside.connection.execute("SELECT max(seq) FROM post").fetchone()
        desk.decide((newest,), State.STARRED)
        seen.append(newest)

    import_payload(library, fetched([reply(number) for number in range(1, 41)]), tell=mark)
    (thread,) = threads.threads(library)
    assert thread.starred == len(set(seen)) > 5
    beside.close()


@pytest.mark.usefixtures("small_slices")
def test_a_process_that_dies_is_told_of_and_what_came_stays(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen

    def popen(*arguments: Any, **named: Any) -> "subprocess.Popen[bytes]":
        started.append(begin(*arguments, **named))
        return started[-1]

    monkeypatch.setattr("core.importing.worker_pool.subprocess.Popen", popen)
    monkeypatch.setattr(worker_pool, "_AHEAD", 0)
    payload = fetched([reply(number) for number in range(1, 41)])

    def kill(_progress: ImportProgress) -> None:
        for child in started:
            child.kill()
            child.wait()

    with pytest.raises(PayloadError, match="goes on from there"):
        import_payload(library, payload, tell=kill)
    (thread,) = threads.threads(library)
    assert thread.reasons == (UNFINISHED,)
    (again,) = import_payload(library, payload)
    assert (again.posts > 0, threads.threads(library)[0].replies) == (True, 40)


@pytest.mark.usefixtures("small_slices")
def test_parts_that_name_several_threads_are_never_mixed(
    small_slices: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = worker_pool.WorkerPool._part

    def of_another_thread(pool: Any, pieces: Any, number: int, without: tuple[str, ...]) -> Any:
        part = read(pool, pieces, number, without)
        return replace(part, reading=replace(part.reading, root_id="7")) if number == 2 else part

    monkeypatch.setattr(worker_pool.WorkerPool, "_part", of_another_thread)
    library = new_library(tmp_path / "library.db")
    with pytest.raises(PayloadError, match="name several threads"):
        import_payload(library, fetched(many()))
    (kept,) = threads.threads(library)
    assert (kept.root_id, kept.verdict, kept.reasons) == (str(ROOT), Verdict.PARTIAL, (UNFINISHED,))
    library.close()


@pytest.mark.parametrize(
    "data", [b"[1, 2]", b'{"a": [1, 2, 3]}', b'{"replies": 3, "tweet_id": "1"}', b'{"replies": [1,']
)
def test_what_has_no_long_list_is_read_as_a_whole(data: bytes) -> None:
    assert slices.cut(Payload("other.json", data)) is None


@pytest.mark.usefixtures("small_slices")
def test_an_import_ends_although_its_processes_answer_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = subprocess.Popen
    started: list[subprocess.Popen[bytes]] = []

    def popen(*arguments: Any, **named: Any) -> "subprocess.Popen[bytes]":
        started.append(begin(*arguments, **named))
        return started[-1]

    def stop(_progress: ImportProgress) -> None:
        for child in started:
            os.kill(child.pid, signal.SIGSTOP)
        raise Stopped

    monkeypatch.setattr("core.importing.worker_pool.subprocess.Popen", popen)
    with pytest.raises(Stopped):
        import_payload(library, fetched([reply(number) for number in range(1, 200)]), tell=stop)
    assert started
    assert all(child.returncode is not None for child in started)


@pytest.mark.usefixtures("small_slices")
@pytest.mark.parametrize("said", [{"mapping": {"likes": "views"}}, {"roots": ["5"]}])
def test_what_is_said_of_a_large_payload_is_heard(library: Library, said: dict[str, Any]) -> None:
    told: list[ImportProgress] = []
    (imported,) = import_payload(library, fetched([reply(1), reply(2)]), ImportOptions(**said), tell=told.append)
    assert told == []
    assert any(
        ("--map" if "mapping" in said else "--root") in sentence(one.reason) for one in imported.reading.problems
    )


@pytest.mark.usefixtures("small_slices")
def test_a_broken_large_payload_leaves_the_library_as_it_was(library: Library) -> None:
    before = list(library.connection.iterdump())
    with pytest.raises(PayloadError):
        import_payload(library, Payload("cut.json", fetched(many()).data[:-20]))
    assert list(library.connection.iterdump()) == before
