"""What captures say of a post that is there already: counts, texts, names, and what stays whatever comes."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from core.library import threads
from core.library.captures.readings import keep_reading
from core.models import CapturedFrom, Flag, News, Payload, Post, PostStatus, Reading, TextLoss
from core.thread.history import History, history_lines, wordings
from core.words import words
from tests.kit.shelf import ROOT, SITE, Shelf, capture, root, said, shelf

DAY = 86_400
FIRST = 1_771_891_200
"""2026-02-24."""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    made = shelf(
        tmp_path,
        (
            root(likes=20),
            said("101", "a black kettle", likes=251, author_name="Ada"),
            said("102", "Hey", likes=5, losses=TextLoss.CUT),
        ),
        captured_at=FIRST,
    )
    yield made
    made.library.close()


def again(here: Shelf, *posts: Post, days: int = 2, **more: Any) -> None:
    """Capture some posts, days after the first time."""
    capture(here.library, posts, captured_at=FIRST + days * DAY, **more)


def history_of_101(here: Shelf) -> list[str]:
    """What captures said of post 101 where they differ, as a reader sees it."""
    return [*map(words, history_lines(here.history("101")))]


def texts(here: Shelf, id: str) -> list[tuple[str, str, bool]]:
    """The wordings of a post: before, after, and whether that was the author."""
    found = wordings(here.history(id), here.quote(id).post)
    return [(one.before, one.after, one.edited) for one in found]


def test_a_counts_history_has_both_values_with_their_dates(here: Shelf) -> None:
    again(here, said("101", "a black kettle", likes=290))
    assert history_of_101(here) == ["likes 251 → 290 (2026-02-24 → 2026-02-26)"]


def test_a_third_value_of_a_count_joins_the_line(here: Shelf) -> None:
    again(here, said("101", "a black kettle", likes=260), days=1)
    again(here, said("101", "a black kettle", likes=290))
    assert history_of_101(here) == ["likes 251 → 260 → 290 (2026-02-24 → 2026-02-25 → 2026-02-26)"]


def test_of_many_values_the_first_and_the_last_are_shown(here: Shelf) -> None:
    for day in range(1, 6):
        again(here, said("101", "a black kettle", likes=251 + day), days=day)
    assert history_of_101(here) == ["likes 251 → … → 256 (2026-02-24 → 2026-03-01)"]


def test_two_captures_of_one_day_are_told_apart_by_the_minute(here: Shelf) -> None:
    capture(here.library, (said("101", "a black kettle", likes=290),), captured_at=FIRST + 3600)
    assert history_of_101(here) == ["likes 251 → 290 (2026-02-24 00:00 → 2026-02-24 01:00)"]


def test_a_post_that_is_no_longer_live_keeps_its_text_and_says_since_when(here: Shelf) -> None:
    again(here, Post("101", "", "reader101", parent_id=ROOT, status=PostStatus.DELETED))
    assert here.quote("101").post.text == "a black kettle"
    assert history_of_101(here) == ["status live → deleted (2026-02-24 → 2026-02-26)"]


def test_an_author_and_a_name_that_change_are_kept_as_they_were_and_told(here: Shelf) -> None:
    again(here, said("101", "a black kettle", likes=251, author="ada_2", author_name="Ada of the Rain"))
    assert (here.quote("101").post.author, here.quote("101").post.author_name) == ("reader101", "Ada")
    assert history_of_101(here) == [
        "author @reader101 → @ada_2 (2026-02-24 → 2026-02-26)",
        "name Ada → Ada of the Rain (2026-02-24 → 2026-02-26)",
    ]


def test_an_edited_text_stays_as_it_was_captured_first_is_flagged_and_both_are_kept(here: Shelf) -> None:
    seq = here.seq("101")
    here.desk.write(seq, translation="译文")
    again(here, said("101", "a white kettle", likes=251))
    quote = here.quote("101")
    assert (quote.post.text, quote.post.flags, quote.news) == ("a black kettle", (Flag.EDITED,), News.CHANGED)
    assert quote.translation is not None
    assert texts(here, "101") == [("a black kettle", "a white kettle", True)]


def test_an_edit_that_a_third_capture_confirms_is_not_told_again(here: Shelf) -> None:
    again(here, said("101", "a white kettle", likes=251), days=1)
    kept = capture(here.library, (said("101", "a white kettle", likes=251),), "b.json", captured_at=FIRST + 2 * DAY)
    assert (kept.changed, kept.edited) == (0, 0)


def test_a_text_that_goes_back_to_what_it_was_is_an_edit_too(here: Shelf) -> None:
    again(here, said("101", "a white kettle", likes=251), days=1)
    kept = capture(here.library, (said("101", "a black kettle", likes=251),), "b.json", captured_at=FIRST + 2 * DAY)
    assert (kept.changed, kept.edited) == (1, 1)
    assert [after for _, after, _ in texts(here, "101")] == ["a white kettle", "a black kettle"]


def test_what_another_format_makes_of_a_text_is_no_change(here: Shelf) -> None:
    kept = capture(here.library, (said("101", "@brolly a  black kettle https://t.co/x", likes=251),), format="other")
    assert (kept.changed, kept.edited) == (0, 0)
    assert here.history("101") == History()


def test_a_text_that_was_cut_gives_way_to_the_whole_one(here: Shelf) -> None:
    kept = capture(here.library, (said("102", "Hey @ada, 伞是谁的", likes=5),), format="other", captured_at=FIRST + DAY)
    assert (kept.changed, kept.edited) == (0, 0)
    assert here.quote("102").post.text == "Hey @ada, 伞是谁的"
    assert Flag.EDITED not in here.quote("102").post.flags
    assert texts(here, "102") == [("Hey", "Hey @ada, 伞是谁的", False)]


def test_the_whole_text_is_found_by_a_search_for_its_end(here: Shelf) -> None:
    from core.library import view_results
    from core.query.view import View

    capture(here.library, (said("102", "Hey, 伞是谁的 Régen", likes=5),), format="other")
    assert list(view_results.whole_order(here.library, here.thread_id, View("regen"))) == [here.seq("102")]


@pytest.mark.parametrize("undone", [False, True])
def test_a_text_of_which_an_excerpt_is_made_or_could_be_again_stays(here: Shelf, undone: bool) -> None:
    here.desk.excerpt(here.seq("102"), ((0, 2),))
    if undone:
        here.desk.undo()
    capture(here.library, (said("102", "Hey @ada, whose is it", likes=5),), format="other")
    assert here.quote("102").post.text == "Hey"
    assert texts(here, "102") == [("Hey", "Hey @ada, whose is it", False)]


def test_a_text_that_is_translated_stays(here: Shelf) -> None:
    here.desk.write(here.seq("102"), translation="嘿")
    capture(here.library, (said("102", "Hey @ada, whose is it", likes=5),), format="other")
    assert here.quote("102").post.text == "Hey"


def test_a_star_or_a_note_does_not_keep_a_text_cut(here: Shelf) -> None:
    here.desk.write(here.seq("102"), note="ask her", lead_in="first")
    capture(here.library, (said("102", "Hey @ada, whose is it", likes=5),), format="other")
    assert here.quote("102").post.text == "Hey @ada, whose is it"
    assert here.mark("102").note == "ask her"


def test_a_text_that_has_grown_in_the_same_format_was_edited(here: Shelf) -> None:
    again(here, said("101", "a black kettle. EDIT: sorry", likes=251))
    assert here.quote("101").post.text == "a black kettle"
    assert texts(here, "101") == [("a black kettle", "a black kettle. EDIT: sorry", True)]


def test_a_capture_that_is_older_fills_the_past_and_hides_nothing_newer(here: Shelf) -> None:
    kept = capture(here.library, (said("101", "a red kettle", likes=7, views=9),), captured_at=FIRST - DAY)
    assert (kept.changed, kept.edited) == (0, 0)
    post = here.quote("101").post
    assert (post.likes, post.views, post.text) == (251, 9, "a black kettle")
    assert history_of_101(here) == ["likes 7 → 251 (2026-02-23 → 2026-02-24)"]
    assert texts(here, "101") == [("a red kettle", "a black kettle", True)]


def test_a_name_that_was_not_known_is_filled_in_and_found(here: Shelf) -> None:
    from core.library import view_results
    from core.query.view import View

    again(here, said("102", "Hey", likes=5, author_name="Régine"))
    assert list(view_results.whole_order(here.library, here.thread_id, View("author:regine"))) == [here.seq("102")]


def test_the_first_observation_of_an_older_library_still_reads_as_it_did(here: Shelf) -> None:
    seq = here.seq("101")
    with here.library.transaction() as connection:
        connection.execute(
            "INSERT INTO observation (post, capture_id, text, likes, status) VALUES (?, 1, ?, 1, 'live')",
            (seq, "a  black kettle"),
        )
    assert texts(here, "101") == []


def test_a_post_twice_in_one_payload_is_one_observation(here: Shelf) -> None:
    payload = Payload("twice.json", b"twice", FIRST + DAY)
    keep_reading(
        here.library, payload, Reading("invented", ROOT, (said("101", "a black kettle", likes=290),), site=SITE)
    )
    assert len(here.history("101").observations) == 2
    assert threads.captures(here.library, here.thread_id)[0].changed == 1


LINK = "https://tide.example/harbour/2026/what-for"
SPELLED = [
    said("101", f"Read {LINK}\nand https://crane.example, you two.", likes=251),
    said(
        "101", "Read tide.example/harbour/2026/w… and crane.example, you two.", likes=251, losses=TextLoss.SHORT_LINKS
    ),
    said("101", "@brolly Read https://t.co/a1 and https://t.co/b2, you two.", likes=251, losses=TextLoss.HIDDEN_LINKS),
    said("101", "Read", likes=251, losses=TextLoss.CUT | TextLoss.LINE_BREAKS),
]
"""One reply as four tools give it, the truest first."""


@pytest.mark.parametrize("order", [*permutations(range(4))])
def test_the_truest_text_is_shown_in_whatever_order_captures_come_and_nothing_has_changed(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    first, *later = [SPELLED[place] for place in order]
    made = shelf(tmp_path, (root(), first), captured_at=FIRST, format="tool0")
    for number, post in enumerate(later, 1):
        kept = capture(made.library, (root(), post), captured_at=FIRST + number, format=f"tool{number}")
        assert (kept.new, kept.changed, kept.edited) == (0, 0, 0)
    post = made.quote("101").post
    assert (post.text, post.losses, post.flags) == (SPELLED[0].text, TextLoss.NONE, ())
    made.library.close()


def test_a_stump_loses_its_flag_with_the_whole_text_and_nobody_has_edited(here: Shelf) -> None:
    cut = said("103", "你好，明天…", likes=3, losses=TextLoss.CUT, flags=(Flag.CUT_BY_SOURCE,))
    again(here, cut, days=1)
    assert here.quote("103").post.flags == (Flag.CUT_BY_SOURCE,)
    again(here, said("103", "你好，明天就搬走。", likes=3))
    assert (here.quote("103").post.text, here.quote("103").post.flags) == ("你好，明天就搬走。", ())
    again(here, cut.with_changes(likes=4), days=3)
    assert (here.quote("103").post.text, here.quote("103").post.flags) == ("你好，明天就搬走。", ())


def test_a_text_that_was_whole_and_has_grown_in_another_tool_s_capture_is_edited(here: Shelf) -> None:
    kept = capture(
        here.library,
        (said("101", "a black kettle Edit: it leaks", likes=251),),
        format="other",
        captured_at=FIRST + DAY,
    )
    assert (kept.changed, kept.edited) == (1, 1)
    assert (here.quote("101").post.text, here.quote("101").post.flags) == ("a black kettle", (Flag.EDITED,))


def test_what_becomes_known_is_filled_and_is_no_change(here: Shelf) -> None:
    kept = capture(here.library, (said("101", "a black kettle", likes=251, views=52, replies=0),), "b.json")
    assert kept.changed == 0
    post = here.quote("101").post
    assert (post.likes, post.views, post.replies) == (251, 52, 0)
    assert here.quote("101").news is News.NONE


@pytest.mark.parametrize("older_first", [True, False])
def test_where_only_files_dates_speak_the_larger_count_is_shown(tmp_path: Path, older_first: bool) -> None:
    made = shelf(tmp_path, (root(),), captured_at=FIRST)
    for number, likes in enumerate((251, 412) if older_first else (412, 251)):
        payload = Payload(f"{number}.json", b"%d" % number, FIRST + number * DAY, CapturedFrom.FILE)
        keep_reading(
            made.library, payload, Reading("invented", ROOT, (said("101", "a kettle", likes=likes),), site=SITE)
        )
    assert made.quote("101").post.likes == 412
    made.library.close()


def test_a_fetch_after_a_file_s_date_is_newer_than_what_is_in_the_file(tmp_path: Path) -> None:
    made = shelf(tmp_path, (root(),), captured_at=FIRST)
    file = Payload("old.json", b"old", FIRST, CapturedFrom.FILE)
    keep_reading(made.library, file, Reading("invented", ROOT, (said("101", "a kettle", likes=412),), site=SITE))
    kept = capture(made.library, (said("101", "a kettle", likes=400),), captured_at=FIRST + DAY)
    assert (kept.changed, made.quote("101").post.likes) == (1, 400)
    made.library.close()


def test_counts_that_are_in_doubt_fill_and_never_replace(here: Shelf) -> None:
    doubtful = said("101", "a black kettle", likes=4, views=9, flags=(Flag.DOUBTFUL_COUNTS,))
    again(here, doubtful)
    assert (here.quote("101").post.likes, here.quote("101").post.views) == (251, 9)
    assert here.quote("101").news is News.NONE


def test_counts_that_were_in_doubt_give_way_to_those_that_are_not(here: Shelf) -> None:
    again(here, said("103", "tea", likes=4, flags=(Flag.DOUBTFUL_COUNTS,)), days=1)
    kept = capture(here.library, (said("103", "tea", likes=3),), "b.json", captured_at=FIRST)
    assert kept.changed == 0
    assert (here.quote("103").post.likes, here.quote("103").post.flags) == (3, ())


def test_a_rounded_count_that_may_be_the_known_one_changes_nothing(here: Shelf) -> None:
    again(here, said("103", "tea", views=1187), days=1)
    again(here, said("103", "tea", views=1200, flags=(Flag.ROUNDED_COUNTS,)))
    assert (here.quote("103").post.views, here.quote("103").news) == (1187, News.NONE)


def test_a_quote_says_what_the_author_has_made_of_it_since(here: Shelf) -> None:
    assert here.quote("101").newer_text is None
    again(here, said("101", "a white kettle", likes=251))
    assert here.quote("101").newer_text == "a white kettle"
    again(here, said("101", "a black kettle", likes=251), days=3)
    assert here.quote("101").newer_text is None


def test_a_quote_with_an_excerpt_says_which_truer_text_there_is(here: Shelf) -> None:
    here.desk.excerpt(here.seq("102"), ((0, 2),))
    capture(here.library, (said("102", "Hey @ada, whose is it", likes=5),), format="other", captured_at=FIRST + DAY)
    assert (here.quote("102").post.text, here.quote("102").newer_text) == ("Hey", "Hey @ada, whose is it")
    capture(here.library, (said("102", "Hey @ada, whose", likes=5, losses=TextLoss.CUT),), "b.json", format="other")
    assert here.quote("102").newer_text == "Hey @ada, whose is it"
