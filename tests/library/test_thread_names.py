"""Which thread a reading belongs to, and by which names a writer means one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.desk import Desk
from core.errors import NoSuchThread
from core.library import Library, open_library, rows, threads
from core.library.captures import fetched_pages
from core.library.captures.in_progress import KeptCapture
from core.library.captures.readings import keep_readings, parted_readings
from core.models import Flag, Mark, Payload, Post, Reading, State
from core.reasons import Reason, ReasonCode

FEN, MARSH = "fen.example", "marsh.example"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    found = open_library(tmp_path / "library.db")
    yield found
    found.close()


def post(post_id: str, text: str, author: str | None = "moor", parent: str | None = None, **more: Any) -> Post:
    """A post of somebody."""
    return Post(post_id, text, author=author, parent_id=parent, **more)


def keep(library: Library, site: str, root_id: str, *posts: Post, **more: Any) -> KeptCapture:
    """Keep a reading, as an import does."""
    reading = Reading("invented", root_id, posts, site=site, **more)
    payload = Payload("thread.json", repr(reading).encode() + repr(posts).encode())
    return keep_readings(library, payload, parted_readings(library, [reading]))[-1]


def kept(library: Library) -> dict[tuple[str, str], set[str]]:
    """Every thread by its site and root, with the ids of its posts."""
    found: dict[tuple[str, str], set[str]] = {}
    for thread in threads.threads(library):
        ids = library.connection.execute("SELECT id FROM post WHERE thread_id = ?", (thread.id,)).fetchall()
        found[thread.site, thread.root_id] = {one for (one,) in ids}
    return found


def quoted(library: Library, text: str) -> tuple[str, Mark]:
    """The id and the mark of the one post with this text."""
    ((seq,),) = library.connection.execute("SELECT seq FROM post WHERE text = ?", (text,)).fetchall()
    found = rows.quote(library, seq, "zh")
    return found.post.id, found.mark


def star(library: Library, thread_id: int | None, text: str, tag: str = "reeds") -> Desk:
    """Star and tag the post with this text; returns the desk."""
    assert thread_id is not None
    ((seq,),) = library.connection.execute("SELECT seq FROM post WHERE text = ?", (text,)).fetchall()
    desk = Desk(library, thread_id, "zh")
    desk.decide([seq], State.STARRED)
    desk.tags.add([seq], tag)
    return desk


# Site and id


def test_one_number_on_two_sites_is_two_threads(library: Library) -> None:
    keep(library, FEN, "31", post("31", "Are there bitterns?"), post("32", "Two.", parent="31"))
    keep(library, MARSH, "31", post("31", "Who cut the sedge?"), post("32", "We did.", parent="31"))
    assert kept(library) == {(FEN, "31"): {"31", "32"}, (MARSH, "31"): {"31", "32"}}


def test_two_sites_do_not_meet_either_where_neither_has_the_root(library: Library) -> None:
    keep(library, FEN, "31", post("32", "Two.", parent="31"))
    keep(library, MARSH, "31", post("33", "We did.", "reed", "31"))
    assert len(threads.threads(library)) == 2


def test_a_thread_without_a_site_learns_it_from_a_reading_that_agrees(library: Library) -> None:
    keep(library, "", "31", post("31", "Are there bitterns?"))
    keep(library, FEN, "31", post("31", "Are there bitterns?"), post("32", "Two.", parent="31"))
    assert kept(library) == {(FEN, "31"): {"31", "32"}}


@pytest.mark.parametrize("first", ["", FEN])
def test_without_a_site_a_common_number_joins_nothing_that_it_contradicts(library: Library, first: str) -> None:
    keep(library, first, "31", post("31", "Are there bitterns?"))
    keep(library, "", "31", post("31", "Is the mill for sale?", "miller"))
    assert len(threads.threads(library)) == 2


@pytest.mark.parametrize("first", ["", FEN])
def test_without_a_site_a_common_number_alone_joins_nothing(library: Library, first: str) -> None:
    keep(library, first, "31", post("32", "Two.", parent="31"))
    keep(library, "", "31", post("33", "It is not.", "miller", "31"))
    assert len(threads.threads(library)) == 2


def test_an_id_too_long_for_chance_joins_without_a_site(library: Library) -> None:
    root_id = "2022000000000000900"
    keep(library, "x.com", root_id, post("2022000000000000901", "Two.", parent=root_id))
    keep(library, "", root_id, post("2022000000000000902", "Three.", "reed", root_id))
    assert kept(library) == {("x.com", root_id): {"2022000000000000901", "2022000000000000902"}}


def test_a_post_of_another_author_with_other_words_is_refused_and_said(library: Library) -> None:
    keep(library, FEN, "31", post("31", "Are there bitterns?"), post("32", "Two."), post("33", "Three."))
    told = keep(library, FEN, "31", post("31", "Are there bitterns?"), post("32", "Buy my hay.", "trader"))
    assert [(problem.place, problem.reason.code) for problem in told.problems] == [("post 32", ReasonCode.ANOTHER_POST)]
    assert (told.changed, told.edited) == (0, 0)
    ((seq,),) = library.connection.execute("SELECT seq FROM post WHERE id = '32'").fetchall()
    quote = rows.quote(library, seq, "zh")
    assert (quote.post.text, quote.post.flags) == ("Two.", (Flag.AUTHOR_CONFLICT,))
    (newest, _) = threads.captures(library, told.thread_id or 0)
    assert newest.problems == told.problems


def test_a_refused_post_is_not_gone(library: Library) -> None:
    from core.models import Verdict

    keep(library, FEN, "31", post("31", "Are there bitterns?"), post("32", "Two."), post("33", "Three."))
    told = keep(
        library,
        FEN,
        "31",
        post("31", "Are there bitterns?"),
        post("32", "Buy my hay.", "trader"),
        post("33", "Three."),
        verdict=Verdict.COMPLETE,
        claimed=2,
    )
    assert told.gone == 0


def test_where_most_posts_are_other_ones_it_is_another_thread_even_on_one_site(library: Library) -> None:
    keep(library, FEN, "31", post("31", "Are there bitterns?"), post("32", "Two."))
    keep(library, FEN, "31", post("31", "Is the mill for sale?", "miller"), post("32", "Buy my hay.", "trader"))
    assert len(threads.threads(library)) == 2


# One thing under two numbers


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_reply_and_the_thread_that_it_stands_in_are_one_whichever_comes_first(
    library: Library, order: tuple[int, int]
) -> None:
    readings = (
        (FEN, "32", post("32", "Two.", "reed", "31"), post("34", "Where?", "rush", "32")),
        (FEN, "31", post("31", "Are there bitterns?"), post("33", "Three.", "sedge", "31")),
    )
    for number in order:
        site, root_id, *posts = readings[number]
        last = keep(library, site, root_id, *posts)
        if number == 0:
            star(library, last.thread_id, "Where?")
    assert kept(library) == {(FEN, "31"): {"31", "32", "33", "34"}}
    assert quoted(library, "Where?")[1].tags == ("reeds",)
    assert threads.threads(library)[0].starred == 1
    flags = library.connection.execute("SELECT flags FROM post WHERE id = '34'").fetchone()
    assert flags == ("",)


def test_a_thread_that_became_part_of_another_is_found_by_its_old_number_and_undo_goes_on(library: Library) -> None:
    part = keep(library, FEN, "32", post("32", "Two.", "reed", "31"), post("34", "Where?", "rush", "32"))
    star(library, part.thread_id, "Where?")
    whole = keep(library, FEN, "31", post("31", "Are there bitterns?"))
    assert threads.thread(library, part.thread_id or 0).id == whole.thread_id
    desk = Desk(library, whole.thread_id or 0, "zh")
    assert [tag.name for tag in desk.tags.all()] == ["reeds"]
    while desk.undo():
        pass
    assert quoted(library, "Where?")[1] == Mark()
    assert desk.tags.all() == ()
    while desk.redo():
        pass
    assert (quoted(library, "Where?")[1].state, quoted(library, "Where?")[1].tags) == (State.STARRED, ("reeds",))


def test_marks_of_both_rows_of_one_post_are_kept(library: Library) -> None:
    part = keep(library, FEN, "32", post("32", "Two.", "reed", "31"), post("34", "Where?", "rush", "32"))
    star(library, part.thread_id, "Where?").write(_seq(library, "Where?"), comment="Ask rush.")
    whole = keep(library, FEN, "31", post("31", "Are there bitterns?"), post("34", "Where?", "rush", "32"))
    assert whole.thread_id == part.thread_id or kept(library)
    assert quoted(library, "Where?")[1].comment == "Ask rush."
    assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def _seq(library: Library, text: str) -> int:
    """The one post with this text."""
    ((seq,),) = library.connection.execute("SELECT seq FROM post WHERE text = ?", (text,)).fetchall()
    return int(seq)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_post_that_came_without_an_id_is_the_one_that_has_it(library: Library, order: tuple[int, int]) -> None:
    both = (
        post("h:0123456789abcdef", "Two,  near the sluice!", "Reed", "31"),
        post("32", "Two, near the sluice!", "reed", "31", likes=4, url="https://fen.example/post/32"),
    )
    for number in order:
        last = keep(library, FEN, "31", both[number])
        if number == order[0]:
            star(library, last.thread_id, both[number].text)
    ((seq, post_id, likes),) = library.connection.execute("SELECT seq, id, likes FROM post").fetchall()
    mark = rows.quote(library, seq, "zh").mark
    assert (post_id, likes, mark.state, mark.tags) == ("32", 4, State.STARRED, ("reeds",))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_post_without_an_id_is_known_again_also_with_the_names_in_front(
    library: Library, order: tuple[int, int]
) -> None:
    both = (
        post("h:0123456789abcdef", "Two, near the sluice!", "reed", "31"),
        post("32", "@moor @rush Two, near the sluice!", "reed", "31"),
    )
    for number in order:
        keep(library, FEN, "31", both[number])
    assert kept(library) == {(FEN, "31"): {"32"}}


def test_two_posts_in_the_same_words_are_not_taken_for_the_one_without_an_id(library: Library) -> None:
    keep(library, FEN, "31", post("h:0123456789abcdef", "Same here.", "reed", "31"))
    keep(library, FEN, "31", post("32", "Same here.", "reed", "31"), post("33", "Same here.", "reed", "32"))
    assert kept(library)[FEN, "31"] == {"h:0123456789abcdef", "32", "33"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_thread_seen_from_two_servers_is_one_by_its_address(library: Library, order: tuple[int, int]) -> None:
    url, answer = "https://fen.example/@moor/31", "https://fen.example/@reed/32"
    readings = (
        (FEN, "31", post("31", "Are there bitterns?", url=url), post("32", "Two.", "reed", "31", url=answer)),
        (
            MARSH,
            "7001",
            post("7001", "Are there bitterns?", "moor@fen.example", url=url),
            post("7002", "Two.", "reed@fen.example", "7001", url=answer),
            post("32", "Three.", "rush", "7001", url="https://marsh.example/@rush/32"),
        ),
    )
    for number in order:
        site, root_id, *posts = readings[number]
        keep(library, site, root_id, *posts, url=url)
    assert kept(library) == {(FEN, "31"): {"31", "32", "marsh.example:32"}}
    told = library.connection.execute("SELECT text, author, depth, flags FROM post ORDER BY id").fetchall()
    assert told == [
        ("Are there bitterns?", "moor", 0, ""),
        ("Two.", "reed", 1, ""),
        ("Three.", "rush@marsh.example", 1, ""),
    ]


def test_what_another_server_shows_of_a_known_thread_is_not_new_and_names_the_thread_that_has_it(
    library: Library,
) -> None:
    url, answer = "https://fen.example/@moor/31", "https://fen.example/@reed/32"
    keep(library, FEN, "31", post("31", "Are there bitterns?", url=url), url=url)
    seen = (
        post("7001", "Are there bitterns?", "moor@fen.example", url=url),
        post("7002", "Two.", "reed@fen.example", "7001", url=answer),
    )
    last = keep(library, MARSH, "7001", *seen, url=url)
    assert (last.new, last.root_id) == (1, "31")
    added = library.connection.execute("SELECT added FROM capture ORDER BY id").fetchall()
    assert added == [(1,), (1,)]


def test_answers_that_another_server_shows_without_their_root_are_of_the_thread_that_has_them_at_home(
    library: Library,
) -> None:
    url, answer = "https://fen.example/@moor/31", "https://fen.example/@reed/32"
    keep(library, FEN, "31", post("31", "Are there bitterns?", url=url), post("32", "Two.", "reed", "31", url=answer))
    seen = (
        post("7002", "Two.", "reed@fen.example", "7001", url=answer),
        post("7003", "Three.", "rush", "7002", url="https://marsh.example/@rush/7003"),
    )
    last = keep(library, MARSH, "7001", *seen)
    assert kept(library) == {(FEN, "31"): {"31", "32", "marsh.example:7003"}}
    assert (last.new, last.root_id) == (1, "31")


def test_a_post_that_only_another_server_had_gets_its_own_servers_number(library: Library) -> None:
    url, answer = "https://fen.example/@moor/31", "https://fen.example/@reed/33"
    keep(library, FEN, "31", post("31", "Are there bitterns?", url=url), url=url)
    seen = (
        post("7001", "Are there bitterns?", "moor@fen.example", url=url),
        post("7003", "Three.", "reed@fen.example", "7001", url=answer),
    )
    star(library, keep(library, MARSH, "7001", *seen, url=url).thread_id, "Three.")
    keep(library, FEN, "31", post("33", "Three.", "reed", "31", url=answer), url=url)
    assert kept(library) == {(FEN, "31"): {"31", "33"}}
    assert quoted(library, "Three.")[1].state is State.STARRED


# A fetch whose first page is a reply


def fetched(library: Library, *pages: Reading) -> int:
    """Keep the pages of one fetch; each reading is of all pages so far."""
    payloads = [Payload(f"https://fen.example/{number}", repr(one).encode()) for number, one in enumerate(pages)]
    fetch = fetched_pages.begin_fetch(library, "invented", "https://fen.example/post/34", payloads[0], pages[0], ())
    for payload, reading in zip(payloads[1:], pages[1:], strict=True):
        fetch.keep(payload, ())
        fetch.take(reading)
    return fetch.finish(pages[-1]).thread_id or 0


PART = (post("34", "Where?", "rush", "32"), post("35", "By the sluice.", "reed", "34"))
ALL = (post("31", "Are there bitterns?"), post("32", "Two.", "reed", "31"), *PART)


def test_a_fetch_that_begins_at_a_reply_ends_under_the_root_that_its_later_pages_name(library: Library) -> None:
    pages = (Reading("invented", "34", PART, site=FEN), Reading("invented", "31", ALL, site=FEN))
    thread_id = fetched(library, *pages)
    assert kept(library) == {(FEN, "31"): {"31", "32", "34", "35"}}
    (thread,) = threads.threads(library)
    assert (thread.id, thread.replies, thread.title) == (thread_id, 3, "Are there bitterns?")
    assert dict(library.connection.execute("SELECT id, depth FROM post")) == {"31": 0, "32": 1, "34": 2, "35": 3}


@pytest.mark.parametrize("reply_first", [True, False])
def test_a_fetch_by_a_reply_and_one_by_the_root_are_one_thread_with_its_marks(
    library: Library, reply_first: bool
) -> None:
    by_reply = (Reading("invented", "34", PART, site=FEN), Reading("invented", "31", ALL, site=FEN))
    by_root = (Reading("invented", "31", ALL, site=FEN),)
    for pages in (by_reply, by_root) if reply_first else (by_root, by_reply):
        thread_id = fetched(library, *pages)
        if pages is by_reply:
            star(library, thread_id, "By the sluice.")
    assert kept(library) == {(FEN, "31"): {"31", "32", "34", "35"}}
    assert quoted(library, "By the sluice.")[1].tags == ("reeds",)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_tool_that_lists_all_replies_under_the_root_hides_nobodys_answer(
    library: Library, order: tuple[int, int]
) -> None:
    flat = [post(one.id, one.text, one.author, "31" if one.parent_id else None) for one in ALL]
    for number in order:
        keep(library, FEN, "31", *(ALL, flat)[number])
    parents = dict(library.connection.execute("SELECT id, parent_id FROM post").fetchall())
    assert parents == {"31": None, "32": "31", "34": "32", "35": "34"}


# Lists that name no root


LIST = {"reasons": (Reason(ReasonCode.ROOT_NOT_NAMED),)}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_posts_of_a_list_without_a_root_join_the_threads_that_have_them(
    library: Library, order: tuple[int, int]
) -> None:
    readings: tuple[tuple[str, tuple[Post, ...], dict[str, Any]], ...] = (
        ("list.csv", (post("32", "Two.", "reed"), post("77", "Hay?", "trader"), post("78", "Sold.", "trader")), LIST),
        ("31", (post("31", "Are there bitterns?"), post("32", "Two.", "reed", "31")), {}),
    )
    for number in order:
        root_id, posts, more = readings[number]
        last = keep(library, FEN, root_id, *posts, **more)
        if number == order[0] == 0:
            star(library, last.thread_id, "Two.")
            star(library, last.thread_id, "Hay?", "hay")
    assert kept(library) == {(FEN, "31"): {"31", "32"}, (FEN, "list.csv"): {"77", "78"}}
    if order[0] == 0:
        assert (quoted(library, "Two.")[1].tags, quoted(library, "Hay?")[1].tags) == (("reeds",), ("hay",))
    assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_list_of_the_same_name_with_other_posts_is_another_thread(library: Library) -> None:
    keep(library, "", "list.csv", post("a1", "Two.", "reed"), **LIST)
    keep(library, "", "list.csv", post("a1", "Hay?", "trader"), **LIST)
    keep(library, "", "list.csv", post("a1", "Two.", "reed"), post("a2", "Three.", "rush"), **LIST)
    found = [
        library.connection.execute("SELECT count(*) FROM post WHERE thread_id = ?", (n,)).fetchone() for n in (1, 2)
    ]
    assert found == [(2,), (1,)]


# Names


def test_a_bare_id_of_several_sites_is_refused_with_their_addresses(library: Library) -> None:
    for site, text in ((FEN, "Are there bitterns?"), (MARSH, "Who cut the sedge?")):
        keep(library, site, "31", post("31", text, url=f"https://{site}/post/31"), url=f"https://{site}/post/31")
    with pytest.raises(NoSuchThread, match=r"fits 2 threads \(https://fen.example/post/31, https://marsh"):
        threads.find_thread(library, "31")
    for name in ("https://marsh.example/post/31", "marsh.example/31", "www.marsh.example:31", "thread:2"):
        assert threads.find_thread(library, name).site == MARSH


def test_a_link_of_one_site_names_no_thread_of_another(library: Library) -> None:
    keep(library, FEN, "31", post("31", "Are there bitterns?"))
    with pytest.raises(NoSuchThread):
        threads.find_thread(library, "https://marsh.example/post/31")
