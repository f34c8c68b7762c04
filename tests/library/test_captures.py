"""Captures: what a second look at a thread adds, what it may not touch, and the evidence that stays."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from core.errors import PayloadError
from core.importing import import_payload
from core.library import Library, thread_posts, threads, view_results
from core.library.captures.merging import depths
from core.library.captures.readings import keep_reading
from core.library.rows import quote
from core.models import Flag, LangFrom, Payload, Post, PostStatus, Reading, State, TimePrecision, Verdict
from core.query.view import View
from core.reasons import Reason
from core.transport.files import read_file
from tests.kit.blank import new_library
from tests.kit.sentences import fewer, sentences
from tests.kit.shelf import ROOT, Shelf, capture, root, said, shelf


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    made = shelf(tmp_path, (root(), said("101", likes=3), said("102", likes=5)))
    yield made
    made.library.close()


def observed(here: Shelf, id: str) -> list[tuple[object, ...]]:
    """What the captures say of a post, oldest first."""
    return here.library.connection.execute(
        "SELECT coalesce(o.text, p.text), o.likes, o.status FROM observation o JOIN post p ON p.seq = o.post "
        "WHERE o.post = ? ORDER BY o.capture_id",
        (here.seq(id),),
    ).fetchall()


def test_a_second_capture_joins_by_id(here: Shelf) -> None:
    kept = capture(here.library, (root(), said("102", likes=5), said("103")))
    assert (kept.thread_id, kept.new, kept.changed, kept.known) == (here.thread_id, 1, 0, False)
    (thread,) = threads.threads(here.library)
    assert thread.replies == 3


def test_marks_survive_a_second_capture(here: Shelf) -> None:
    seq = here.seq("101")
    here.desk.decide((seq,), State.STARRED)
    here.desk.tags.add((seq,), "meme")
    here.desk.write(seq, lead_in="first", translation="译文")
    before = here.quote("101")
    capture(here.library, (said("103"), said("101", "edited since", likes=3)))
    after = here.quote("101")
    assert (after.seq, after.mark, after.translation) == (before.seq, before.mark, before.translation)


def test_other_counts_become_two_dated_observations_and_the_newer_one_is_shown(here: Shelf) -> None:
    kept = capture(here.library, (said("101", likes=290),))
    assert kept.changed == 1
    assert observed(here, "101") == [("reply 101", 3, "live"), ("reply 101", 290, "live")]
    assert here.quote("101").post.likes == 290


def test_a_count_that_a_later_capture_does_not_give_stays_known(here: Shelf) -> None:
    assert capture(here.library, (said("101", likes=None),)).changed == 0
    assert here.quote("101").post.likes == 3


def test_the_text_that_was_captured_first_stays_and_the_other_one_is_an_observation(here: Shelf) -> None:
    capture(here.library, (said("101", "the author has edited this", likes=3),))
    assert here.quote("101").post.text == "reply 101"
    assert observed(here, "101")[-1][0] == "the author has edited this"


def test_the_same_payload_twice_adds_nothing(here: Shelf) -> None:
    posts = (root(), said("101", likes=3), said("102", likes=5))
    before = list(here.library.connection.iterdump())
    kept = capture(here.library, posts)
    assert (kept.known, kept.new, kept.changed) == (True, 0, 0)
    assert list(here.library.connection.iterdump()) == before


def test_a_payload_without_a_post_is_kept_once_as_evidence_and_makes_no_thread(library: Library) -> None:
    for _ in range(2):
        kept = capture(library, (), verdict=Verdict.FAILED, reasons=(Reason.written("log in first"),))
        assert kept.thread_id is None
    assert threads.threads(library) == []
    assert library.connection.execute("SELECT count(*) FROM capture").fetchone() == (1,)


def test_a_payload_without_a_post_stands_beside_the_thread_that_it_is_about(here: Shelf) -> None:
    assert capture(here.library, (), verdict=Verdict.FAILED).thread_id == here.thread_id
    assert threads.captures(here.library, here.thread_id)[0].verdict is Verdict.FAILED
    assert threads.thread(here.library, here.thread_id).replies == 2


def test_the_post_alone_joins_its_replies_whichever_comes_first(library: Library) -> None:
    capture(library, (said("101"),))
    assert capture(library, (root(likes=20),)).new == 1
    (thread,) = threads.threads(library)
    assert thread.title == root().text
    order = view_results.whole_order(library, thread.id, View(sort="thread", descending=False))
    assert thread_posts.seq_of(library, thread.id, ROOT) == order[0]


def test_one_reply_fetched_alone_joins_the_thread_that_holds_it(here: Shelf) -> None:
    kept = capture(here.library, (said("102", likes=9),), root_id="102")
    assert (kept.thread_id, kept.new, kept.changed) == (here.thread_id, 0, 1)
    assert len(threads.threads(here.library)) == 1


def test_one_reply_fetched_alone_says_nothing_of_its_thread(library: Library) -> None:
    capture(library, (said("101"),), claimed=2, verdict=Verdict.PARTIAL, reasons=(fewer(1, 2),))
    (before,) = threads.threads(library)
    more: dict[str, Any] = {"url": "https://x.example/reader101/status/101", "root_author": "reader101", "claimed": 99}
    capture(library, (said("101", likes=4),), root_id="101", verdict=Verdict.FAILED, **more)
    assert threads.threads(library) == [before]
    capture(library, (said("102"),))
    (after,) = threads.threads(library)
    assert (after.claimed, after.verdict) == (2, Verdict.UNKNOWN)


def test_a_reply_that_no_thread_holds_makes_its_own(here: Shelf) -> None:
    kept = capture(here.library, (said("900", parent_id="899"),), root_id="900")
    assert kept.thread_id != here.thread_id


def test_what_the_first_capture_left_open_is_filled_by_the_second(library: Library) -> None:
    vague = Post("101", "hello", "ada", posted_at=1000, time_precision=TimePrecision.RELATIVE, time_given="2h")
    exact = Post(
        "101", "hello", "ada", "Ada", "100", 990, TimePrecision.EXACT, lang="en", url="https://x.example/a",
        media=("https://x.example/m",), links=("https://x.example/l",), lang_from=LangFrom.SOURCE,
    )  # fmt: skip
    capture(library, (root(), vague))
    kept = capture(library, (exact,))
    assert kept.thread_id is not None
    seq = thread_posts.seq_of(library, kept.thread_id, "101")
    assert seq is not None
    assert quote(library, seq, "zh").post == exact


def test_a_vaguer_time_takes_no_exact_one_away(here: Shelf) -> None:
    capture(here.library, (said("103", posted_at=990, time_precision=TimePrecision.EXACT),))
    capture(here.library, (said("103", posted_at=1000, time_precision=TimePrecision.RELATIVE, time_given="2h"),))
    post = here.quote("103").post
    assert (post.posted_at, post.time_precision, post.time_given) == (990, TimePrecision.EXACT, None)


def test_an_author_who_was_unknown_is_named_by_a_later_capture(here: Shelf) -> None:
    capture(here.library, (said("103", author=None, flags=(Flag.AUTHOR_UNKNOWN,)),))
    capture(here.library, (said("103", author="cy", author_name="Cy"),))
    post = here.quote("103").post
    assert (post.author, post.author_name, post.flags) == ("cy", "Cy", ())


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (("en", LangFrom.DETECTOR), ("nl", LangFrom.SOURCE), ("nl", LangFrom.SOURCE)),
        (("zh", LangFrom.SCRIPT), ("ja", None), ("ja", LangFrom.SOURCE)),
        (("nl", LangFrom.SOURCE), ("en", LangFrom.DETECTOR), ("nl", LangFrom.SOURCE)),
        (("nl", LangFrom.SOURCE), ("en", LangFrom.SOURCE), ("nl", LangFrom.SOURCE)),
        (("en", LangFrom.DETECTOR), ("zh", LangFrom.SCRIPT), ("en", LangFrom.DETECTOR)),
        (("en", LangFrom.DETECTOR), (None, None), ("en", LangFrom.DETECTOR)),
        ((None, None), ("en", LangFrom.DETECTOR), ("en", LangFrom.DETECTOR)),
        ((None, None), ("en", LangFrom.SOURCE), ("en", LangFrom.SOURCE)),
        ((None, None), (None, None), (None, None)),
    ],
)
def test_a_sources_word_for_a_language_replaces_a_guess_and_nothing_replaces_that(
    here: Shelf, first: tuple[str, LangFrom], second: tuple[str, LangFrom], kept: tuple[str, LangFrom]
) -> None:
    for lang, lang_from in (first, second):
        capture(here.library, (said("103", lang=lang, lang_from=lang_from),))
    post = here.quote("103").post
    assert (post.lang, post.lang_from) == kept


def test_a_deleted_post_keeps_the_text_that_was_captured_before(here: Shelf) -> None:
    gone = Post("101", "", None, parent_id=ROOT, status=PostStatus.DELETED)
    assert capture(here.library, (gone,)).changed == 1
    post = here.quote("101").post
    assert (post.text, post.author, post.status) == ("reply 101", "reader101", PostStatus.DELETED)
    assert observed(here, "101")[-1] == ("reply 101", 3, "deleted")


def test_a_tombstone_that_comes_back_gets_its_text_and_its_warnings(here: Shelf) -> None:
    capture(here.library, (Post("103", "", None, parent_id=ROOT, status=PostStatus.DELETED),))
    capture(here.library, (said("103", "Überraschung \x00", flags=(Flag.CONTROL,)),))
    post = here.quote("103").post
    assert (post.text, post.status, post.flags) == ("Überraschung \x00", PostStatus.LIVE, (Flag.CONTROL,))
    found = view_results.whole_order(here.library, here.thread_id, View().filtered("uberraschung"))
    assert list(found) == [here.seq("103")]


def test_depths_follow_the_parents(here: Shelf) -> None:
    capture(here.library, (said("103", parent_id="101"), said("104", parent_id="103"), said("105", parent_id=None)))
    assert [here.quote(id).depth for id in (ROOT, "101", "103", "104", "105")] == [0, 1, 2, 3, 1]


def test_a_parent_that_comes_later_puts_its_answers_deeper_and_they_are_no_orphans_any_more(here: Shelf) -> None:
    capture(here.library, (said("104", parent_id="103", flags=(Flag.BIDI, Flag.ORPHAN)),))
    assert here.quote("104").depth == 1
    capture(here.library, (said("103", parent_id="102"),))
    late = here.quote("104")
    assert (late.depth, late.post.flags) == (3, (Flag.BIDI,))


def test_an_answer_to_nobody_who_is_here_stays_an_orphan(here: Shelf) -> None:
    capture(here.library, (said("104", parent_id="999", flags=(Flag.ORPHAN,)),))
    capture(here.library, (said("105"),))
    assert here.quote("104").post.flags == (Flag.ORPHAN,)


def test_a_chain_of_5000_answers_is_as_deep_as_it_is_long(library: Library) -> None:
    chain = tuple(said(str(101 + n), parent_id=str(100 + n)) for n in range(5000))
    kept = capture(library, (root(), *reversed(chain)))
    assert kept.thread_id is not None
    assert library.connection.execute("SELECT max(depth), count(*) FROM post").fetchone() == (5000, 5001)
    bottom = thread_posts.seq_of(library, kept.thread_id, "101")
    assert bottom is not None
    assert len(thread_posts.subtree(library, kept.thread_id, bottom)) == 5000


def test_parents_that_go_round_across_captures_do_no_harm(here: Shelf) -> None:
    capture(here.library, (said("103", parent_id="104"),))
    capture(here.library, (said("104", parent_id="103"),))
    below = thread_posts.subtree(here.library, here.thread_id, here.seq("103"))
    assert below == {here.seq("103"), here.seq("104")}
    assert all(here.quote(id).depth >= 1 for id in ("103", "104"))


@pytest.mark.parametrize("parents", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "b", "d": "a"}])
def test_every_post_of_a_cycle_gets_a_depth(parents: dict[str, str | None]) -> None:
    assert depths(parents, ROOT).keys() == {ROOT, *parents}


def test_thousands_of_cycles_are_no_deeper_than_they_are_long() -> None:
    pairs = {f"{one}{number}": f"{other}{number}" for number in range(10_000) for one, other in ("ab", "ba")}
    assert max(depths(pairs, ROOT).values()) == 2


def test_the_payload_is_kept_to_the_letter(library: Library) -> None:
    data = bytes(range(256)) * 3 + b"\r\n\x00\xff"
    keep_reading(library, Payload("odd.bin", data), Reading("invented", ROOT, (root(),)))
    assert library.connection.execute("SELECT data, name FROM payload").fetchall() == [(data, "odd.bin")]


def test_equal_bytes_under_two_names_are_stored_once_and_both_captures_are_told(library: Library) -> None:
    for name, format in (("a.json", "one"), ("b.json", "other")):
        keep_reading(library, Payload(name, b"{}"), Reading(format, ROOT, (root(),)))
    assert library.connection.execute("SELECT count(*) FROM payload").fetchone() == (1,)
    assert {one.names for one in threads.captures(library, 1)} == {("a.json",), ("b.json",)}


def test_a_file_name_that_is_no_unicode_keeps_nothing_out(library: Library) -> None:
    keep_reading(library, Payload("bad\udcff.json", b"{}"), Reading("invented", ROOT, (root(),)))
    assert threads.captures(library, 1)[0].names == ("bad\ufffd.json",)


def test_the_verdict_is_partial_while_the_source_claims_more_than_the_library_has(here: Shelf) -> None:
    capture(here.library, (said("103"),), claimed=40, verdict=Verdict.COMPLETE)
    thread = threads.thread(here.library, here.thread_id)
    assert (thread.verdict, sentences(thread.reasons)) == (Verdict.PARTIAL, ("3 of ≈ 40 replies",))
    capture(here.library, (said("104"),), reasons=(fewer(1, 2), Reason.written("log in first")))
    assert sentences(threads.thread(here.library, here.thread_id).reasons) == ("log in first", "4 of ≈ 40 replies")


def test_captures_are_listed_with_the_newest_first(here: Shelf) -> None:
    for at in (2000, 1000):
        capture(here.library, (said("103"),), name=f"{at}.json", captured_at=at)
    assert [one.captured_at for one in threads.captures(here.library, here.thread_id)][-2:] == [2000, 1000]


def fetched(id: int, **more: object) -> dict[str, object]:
    """A document of x-tweet-fetcher about post `id`."""
    return {"url": f"https://x.com/brolly/status/{id}", "username": "brolly", "tweet_id": str(id), **more}


def test_several_documents_about_one_thread_in_one_file_are_all_kept(library: Library) -> None:
    reply = {"author": "@ada", "author_name": "Ada", "text": "hello", "likes": 1, "tweet_id": "1900000000000000002"}
    lines = [
        fetched(1900000000000000001, replies=[reply]),
        fetched(1900000000000000001, tweet={"text": "the post", "screen_name": "brolly", "likes": 7}),
    ]
    payload = Payload("both.jsonl", "\n".join(json.dumps(line) for line in lines).encode(), 1_771_870_521)
    assert [one.kept.new for one in import_payload(library, payload)] == [1, 1]
    assert [one.kept.known for one in import_payload(library, payload)] == [True, True]
    (thread,) = threads.threads(library)
    assert (thread.title, thread.replies) == ("the post", 1)


@pytest.mark.parametrize("data", [b"", b"{", b'{"replies": [', b"\xff\xfe\xff", b"hello", b"null", b"[]"])
def test_a_payload_that_cannot_be_read_changes_nothing(here: Shelf, data: bytes) -> None:
    before = list(here.library.connection.iterdump())
    with pytest.raises(PayloadError):
        import_payload(here.library, Payload("broken.json", data))
    assert list(here.library.connection.iterdump()) == before


def test_a_packed_file_is_the_same_payload_as_its_content(library: Library, tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.json", tmp_path / "a.json.gz"
    plain.write_text(json.dumps(fetched(1900000000000000001, tweet={"text": "x", "screen_name": "brolly"})))
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    (payload,) = read_file(plain)
    import_payload(library, payload)
    (payload,) = read_file(packed)
    (again,) = import_payload(library, replace(payload, name="a.json"))
    assert again.kept.known


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_a_thread_s_verdict_is_that_of_the_newest_capture_in_whatever_order_they_came(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    told: list[dict[str, Any]] = [
        {"captured_at": 1000, "verdict": Verdict.COMPLETE, "claimed": 1},
        {"captured_at": 3000, "verdict": Verdict.PARTIAL, "reasons": (Reason.written("log in first"),)},
        {"captured_at": 3000, "verdict": Verdict.UNKNOWN},
    ]
    library = new_library(tmp_path / "library.db")
    for place in order:
        capture(library, (root(), said("101")), f"{place}.json", **told[place])
    (thread,) = threads.threads(library)
    assert (thread.verdict, sentences(thread.reasons)) == (Verdict.PARTIAL, ("log in first",))
    library.close()


def test_a_capture_that_found_nobody_proves_nothing_where_others_of_that_time_found_replies(tmp_path: Path) -> None:
    library = new_library(tmp_path / "library.db")
    capture(library, (root(), said("101")), "a.json", captured_at=1000, verdict=Verdict.UNKNOWN)
    capture(library, (root(),), "b.json", captured_at=1000, verdict=Verdict.EMPTY)
    (thread,) = threads.threads(library)
    assert thread.verdict is Verdict.UNKNOWN
    library.close()
