"""Visits: what is new since last time, what is gone, and when neither can be told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.library import Library, open_library, threads, view_results
from core.library.captures import visits
from core.library.captures.in_progress import KeptCapture
from core.library.captures.readings import keep_reading
from core.library.captures.visits import Visit, VisitSummary
from core.models import News, Payload, Post, PostStatus, Reading, State, Verdict
from core.query.view import View
from core.reasons import Reason, ReasonCode
from core.words import words
from tests.kit.sentences import fewer
from tests.kit.shelf import ROOT, SITE, Shelf, capture, root, said, shelf

DAY = 86_400
FIRST = 1_771_891_200
"""2026-02-24."""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    made = shelf(tmp_path, (root(), said("101"), said("102"), said("103", likes=1)), captured_at=FIRST)
    yield made
    made.library.close()


def come(library: Library, *posts: Post, visit: Visit | None = None, days: int = 2, **more: Any) -> KeptCapture:
    """Capture posts, two days after the first time."""
    name = f"{len(threads.captures(library, 1))}.json"
    reading = Reading(**{"format": "invented", "site": SITE, "root_id": ROOT, "posts": posts, **more})
    return keep_reading(library, Payload(name, repr((name, posts, more)).encode(), FIRST + days * DAY), reading, visit)


def ids(here: Shelf, filter: str) -> list[str]:
    """The posts that a filter keeps, in the source's order."""
    order = view_results.whole_order(here.library, here.thread_id, View(filter, "thread", False))
    found = {here.seq(one): one for one in (ROOT, *(str(number) for number in range(101, 107))) if has(here, one)}
    return [found[seq] for seq in order]


def has(here: Shelf, id: str) -> bool:
    """Whether the thread has a post."""
    return bool(here.library.connection.execute("SELECT 1 FROM post WHERE id = ?", (id,)).fetchall())


def told(here: Shelf) -> VisitSummary | None:
    """What the newest visit brought."""
    return visits.visit_summary(here.library, here.thread_id)


COMPLETE: dict[str, Any] = {"verdict": Verdict.COMPLETE, "claimed": 2}


# New since last time


def test_nothing_is_new_in_the_first_capture(here: Shelf) -> None:
    assert (told(here), ids(here, "is:added OR is:changed OR is:gone")) == (None, [])
    assert here.quote("101").news is News.NONE


def test_what_the_newest_capture_was_the_first_to_bring_is_new_and_says_since_when(here: Shelf) -> None:
    kept = come(here.library, said("103", likes=9), said("104"))
    assert (kept.new, kept.changed, kept.since) == (1, 1, FIRST)
    assert (ids(here, "is:added"), ids(here, "is:changed")) == (["104"], ["103"])
    assert (here.quote("104").news, here.quote("103").news) == (News.ADDED, News.CHANGED)
    found = told(here)
    assert found is not None
    assert words(found.reason) == "1 new since 2026-02-24, 1 changed"


def test_what_is_new_and_what_is_not_make_the_whole(here: Shelf) -> None:
    come(here.library, said("104"))
    assert ids(here, "-is:added") == [ROOT, "101", "102", "103"]


def test_several_files_of_one_command_are_one_time(here: Shelf) -> None:
    visit = Visit()
    come(here.library, said("104"), visit=visit)
    come(here.library, said("104", likes=3), said("105"), visit=visit)
    assert ids(here, "is:added") == ["104", "105"]
    assert ids(here, "is:changed") == [], "what came twice at one time has not changed since the last"
    assert len({one.visit for one in threads.captures(here.library, here.thread_id)}) == 2


def test_a_third_time_leaves_nothing_of_the_second_new(here: Shelf) -> None:
    come(here.library, said("104"))
    come(here.library, said("105"))
    assert ids(here, "is:added") == ["105"]


def test_the_post_that_was_captured_alone_before_its_replies_is_no_last_time(tmp_path: Path) -> None:
    alone = shelf(tmp_path, (root(),))
    assert come(alone.library, said("101")).since is None
    assert ids(alone, "is:added") == []
    alone.library.close()


def test_the_post_that_is_captured_alone_afterwards_is_no_news(here: Shelf) -> None:
    come(here.library, said("104"))
    come(here.library, root(likes=9))
    assert ids(here, "is:added") == ["104"]


def test_one_reply_that_is_fetched_alone_is_no_new_time(here: Shelf) -> None:
    come(here.library, said("104"))
    come(here.library, said("102", likes=9), root_id="102")
    assert ids(here, "is:added") == ["104"]


def test_a_capture_that_failed_is_no_new_time(here: Shelf) -> None:
    come(here.library, said("104"))
    come(here.library, verdict=Verdict.FAILED)
    assert ids(here, "is:added") == ["104"]


def test_the_same_payload_again_is_no_new_time(here: Shelf) -> None:
    for _ in range(2):
        capture(here.library, (said("104"),), "again.json", captured_at=FIRST + DAY)
    assert ids(here, "is:added") == ["104"]


def test_a_command_that_is_refused_leaves_its_visit_as_it_was(here: Shelf) -> None:
    visit = Visit()
    payload = Payload("a.json", b"a", FIRST)
    bad = Reading("invented", ROOT, (said("104").with_changes(likes=2**70),))
    with pytest.raises(OverflowError):
        keep_reading(here.library, payload, bad, visit)
    assert visit.number is None


# Gone


def test_a_reply_that_a_complete_capture_does_not_have_is_gone_from_then_on(here: Shelf) -> None:
    kept = come(here.library, root(), said("101"), said("103"), **COMPLETE)
    assert (kept.gone, ids(here, "is:gone")) == (1, ["102"])
    assert here.quote("102").news is News.GONE
    assert here.history("102").gone == FIRST + 2 * DAY
    assert here.quote("102").post.status == "live", "gone from the source is not deleted"


@pytest.mark.parametrize("verdict", [Verdict.PARTIAL, Verdict.UNKNOWN, Verdict.FAILED])
def test_what_a_capture_that_proves_no_end_does_not_have_is_merely_not_seen(here: Shelf, verdict: Verdict) -> None:
    kept = come(here.library, root(), said("101"), said("103"), verdict=verdict)
    assert (kept.gone, ids(here, "is:gone")) == (0, [])


def test_marks_stay_on_a_reply_that_is_gone(here: Shelf) -> None:
    here.desk.decide(here.seqs("102"), State.STARRED)
    here.desk.write(here.seq("102"), note="ask her")
    before = here.marks()["mark"]
    come(here.library, root(), said("101"), said("103"), **COMPLETE)
    assert here.marks()["mark"] == before


def test_a_reply_that_comes_back_is_gone_no_more(here: Shelf) -> None:
    come(here.library, said("101"), said("103"), **COMPLETE)
    come(here.library, said("102"), verdict=Verdict.PARTIAL)
    assert ids(here, "is:gone") == []


def test_a_reply_that_comes_back_alone_is_gone_no_more(here: Shelf) -> None:
    come(here.library, said("101"), said("103"), **COMPLETE)
    come(here.library, said("102"), root_id="102")
    assert ids(here, "is:gone") == []


def test_a_reply_that_stays_away_is_gone_since_the_first_time_that_it_was(here: Shelf) -> None:
    come(here.library, said("101"), said("103"), **COMPLETE)
    kept = come(here.library, said("101"), said("103", likes=3), days=9, **COMPLETE)
    assert kept.gone == 0
    assert here.history("102").gone == FIRST + 2 * DAY
    found = told(here)
    assert found is not None
    assert found.gone == 0, "that was told the last time"


def test_the_post_itself_is_never_gone(here: Shelf) -> None:
    come(here.library, said("101"), said("102"), said("103"), **COMPLETE)
    assert ids(here, "is:gone") == []


def test_pages_prove_together_that_a_reply_is_gone(here: Shelf) -> None:
    visit = Visit()
    first: dict[str, Any] = {"verdict": Verdict.PARTIAL, "claimed": 2}
    more = (fewer(1, 2), Reason(ReasonCode.FURTHER_REPLY_PAGES))
    assert come(here.library, said("101"), visit=visit, reasons=more, **first).gone == 0
    assert come(here.library, said("103"), visit=visit, reasons=more[:1], **first).gone == 1
    assert ids(here, "is:gone") == ["102"]


def test_pages_without_the_last_one_prove_nothing(here: Shelf) -> None:
    visit, more = Visit(), (fewer(1, 2), Reason(ReasonCode.FURTHER_REPLY_PAGES))
    for id in ("101", "103"):
        come(here.library, said(id), visit=visit, reasons=more, verdict=Verdict.PARTIAL, claimed=2)
    assert ids(here, "is:gone") == []


def test_a_page_that_failed_beside_a_complete_one_proves_nothing(here: Shelf) -> None:
    visit = Visit()
    come(here.library, verdict=Verdict.FAILED, visit=visit)
    assert come(here.library, said("101"), visit=visit, **COMPLETE).gone == 0


def test_answers_to_answers_are_not_missed_where_the_source_lists_none(here: Shelf) -> None:
    come(here.library, said("104", parent_id="101"))
    assert come(here.library, said("101"), said("103"), **COMPLETE).gone == 1
    assert ids(here, "is:gone") == ["102"]


def test_answers_to_answers_are_missed_where_the_source_lists_others(here: Shelf) -> None:
    come(here.library, said("104", parent_id="101"), said("105", parent_id="101"))
    come(here.library, said("101"), said("102"), said("103"), said("105", parent_id="101"), **COMPLETE)
    assert ids(here, "is:gone") == ["104"]


def test_a_complete_capture_that_is_older_than_another_makes_nothing_gone(here: Shelf) -> None:
    assert come(here.library, said("101"), days=-3, **COMPLETE).gone == 0


def test_where_nobody_replies_any_more_every_reply_is_gone(here: Shelf) -> None:
    assert come(here.library, root(), verdict=Verdict.EMPTY, claimed=0).gone == 3
    assert ids(here, "is:gone") == ["101", "102", "103"]


def test_a_complete_first_capture_makes_nothing_gone(tmp_path: Path) -> None:
    alone = shelf(tmp_path, (root(), said("101")), verdict=Verdict.COMPLETE, claimed=1)
    assert ids(alone, "is:gone") == []
    alone.library.close()


# What captures say of themselves


def test_each_capture_remembers_what_it_brought(here: Shelf) -> None:
    come(here.library, said("101", "edited since"), said("103", likes=4), said("104"), **COMPLETE)
    newest, first = threads.captures(here.library, here.thread_id)
    assert (newest.added, newest.changed, newest.edited, newest.gone) == (1, 2, 1, 1)
    assert (first.added, first.changed, first.edited, first.gone) == (4, 0, 0, 0)


def test_the_words_of_a_visit_name_what_there_is(here: Shelf) -> None:
    come(here.library, said("101", "edited since"), said("103", likes=4), said("104"), **COMPLETE)
    found = told(here)
    assert found is not None
    assert words(found.reason) == "1 new since 2026-02-24, 2 changed (1 edited), 1 gone"


def test_pages_that_reach_the_total_together_leave_no_reason_of_the_last_one(tmp_path: Path) -> None:
    alone = shelf(
        tmp_path,
        (said("101"),),
        claimed=2,
        verdict=Verdict.PARTIAL,
        reasons=(fewer(1, 2),),
    )
    come(
        alone.library,
        said("102"),
        claimed=2,
        verdict=Verdict.PARTIAL,
        reasons=(fewer(1, 2),),
    )
    (thread,) = threads.threads(alone.library)
    assert (thread.verdict, thread.reasons) == (Verdict.UNKNOWN, ())
    alone.library.close()


def test_the_post_alone_takes_nothing_from_a_complete_thread(tmp_path: Path) -> None:
    alone = shelf(tmp_path, (said("101"), said("102")), **COMPLETE)
    come(alone.library, root(), claimed=2, verdict=Verdict.PARTIAL, reasons=(fewer(0, 2),))
    assert threads.thread(alone.library, alone.thread_id).verdict is Verdict.COMPLETE
    alone.library.close()


def test_the_posts_own_counts_are_no_news_of_replies(here: Shelf) -> None:
    come(here.library, root(likes=99), said("104"))
    assert told(here) == VisitSummary(FIRST, 1, 0, 0, 0)


def test_several_files_are_counted_by_what_they_brought_together(here: Shelf) -> None:
    visit = Visit()
    come(here.library, root(likes=9), said("101", likes=1), said("104"), visit=visit)
    come(here.library, root(likes=10), said("101", likes=2), said("104", likes=2), said("105"), visit=visit)
    assert told(here) == VisitSummary(FIRST, 2, 1, 0, 0)


def test_the_news_of_one_thread_are_not_those_of_another(here: Shelf) -> None:
    keep_reading(here.library, Payload("x", b"x"), Reading("invented", "900", (said("901", parent_id="900"),)))
    come(here.library, said("104"))
    other = threads.find_thread(here.library, "900")
    assert visits.visit_summary(here.library, other.id) is None
    assert list(view_results.whole_order(here.library, other.id, View("is:added"))) == []


def test_news_survive_a_restart(here: Shelf) -> None:
    come(here.library, said("104"))
    again = here.reopened()
    assert ids(again, "is:added") == ["104"]
    again.library.close()
    open_library(here.library.path).close()


def test_a_bare_place_says_of_a_known_post_that_it_is_gone_and_is_no_post_itself(here: Shelf) -> None:
    """A source that shows no more than that an answer was deleted says so of the one that was captured."""
    places = tuple(Post(one, "", parent_id=ROOT, status=PostStatus.DELETED) for one in ("102", "900"))
    kept = come(
        here.library, root(), said("101"), said("103", likes=1), gone=places, verdict=Verdict.COMPLETE, claimed=3
    )
    assert (kept.new, kept.changed, kept.gone) == (0, 1, 0)
    rows = here.library.connection.execute("SELECT id, status, text FROM post WHERE NOT is_root ORDER BY id").fetchall()
    assert [(one[0], one[1]) for one in rows] == [("101", "live"), ("102", "deleted"), ("103", "live")]
    assert rows[1][2] == said("102").text


def test_the_post_alone_says_nothing_of_answers_that_others_brought(here: Shelf) -> None:
    reasons = (
        Reason(ReasonCode.FEWER_REPLIES, (0, 3)),
        Reason(ReasonCode.POSTS_WITH_MORE_ANSWERS, (1, 3)),
    )
    come(here.library, root(likes=7), verdict=Verdict.PARTIAL, claimed=3, reasons=reasons)
    found = threads.thread(here.library, here.thread_id)
    assert (found.verdict, found.reasons) == (Verdict.UNKNOWN, ())
