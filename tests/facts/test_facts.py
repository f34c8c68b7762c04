"""What a thread is made of: counts, bars and the filters behind them."""

from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from core.facts import Facts, Plot, Scope, combined, plots
from core.facts.timeline import MOST_STEPS
from core.library import view_results
from core.library.facts import count_facts
from core.models import Post, State, TimePrecision
from core.query import parse
from core.query.view import View
from tests.kit.sentences import sentence
from tests.kit.shelf import Shelf, root, said, shelf

NOON = 1_771_848_000
"""2026-02-23 12:00 UTC."""
HOUR, DAY = 3_600, 86_400


def plots_of(it: Shelf, filter: str = "", only: frozenset[int] | None = None) -> dict[str, Plot]:
    """Every plot by its name."""
    found = Facts()
    for part in count_facts(it.library, Scope(it.thread_id, parse(filter), only)):
        found = found.joined(part)
    return {section.name: section for section in plots(found)}


def bars(section: Plot) -> dict[str, int]:
    """Counts by label."""
    return {sentence(bar.label): bar.count for bar in section.bars}


def behind(it: Shelf, filter: str) -> int:
    """How many replies a filter shows."""
    order = view_results.whole_order(it.library, it.thread_id, View().filtered(filter))
    return len(order) - array("q", order).count(it.seq("100"))


def timed(*seconds: int | None, **more: Any) -> Iterable[Post]:
    """A root, and a reply at each of these times."""
    yield root(posted_at=NOON)
    for number, at in enumerate(seconds):
        precision = TimePrecision.UNKNOWN if at is None else TimePrecision.EXACT
        yield said(str(101 + number), posted_at=at, **{"time_precision": precision, **more})


def mixed() -> list[Post]:
    """Replies of every kind."""
    return [
        root(lang="en", likes=99, posted_at=NOON),
        said("101", author="ada", lang="en", likes=0, posted_at=NOON),
        said("102", author="Ada", lang="en-GB", likes=12, posted_at=NOON + HOUR),
        said("103", author="bo", lang="zh-Hans", likes=None, posted_at=NOON + 2 * DAY),
        said("104", author="bo", lang="zh", likes=3_456, posted_at=None),
        said("105", author=None, lang=None, likes=7, posted_at=NOON + 3 * DAY),
        said("106", author="Élo (Bot)", lang="de", likes=7, posted_at=NOON + 3 * DAY),
        said("107", author="ada", lang="", likes=40_000, posted_at=NOON + 9 * DAY),
    ]


def curated(folder: Path) -> Shelf:
    """The same with marks: four starred, one rejected, one skipped."""
    it = shelf(folder, mixed())
    it.desk.decide(it.seqs("101", "102", "103", "104"), State.STARRED)
    it.desk.decide(it.seqs("105"), State.REJECTED)
    it.desk.decide(it.seqs("106"), State.SKIPPED)
    it.desk.tags.add(it.seqs("101", "105"), 'kettles "black"')
    return it


# What is counted


def test_the_root_is_no_reply(tmp_path: Path) -> None:
    found = plots_of(shelf(tmp_path, mixed()))
    assert sum(bars(found["likes"]).values()) == sum(bars(found["languages"]).values()) == 7


@pytest.mark.parametrize("filter", ["", "lang:en", "likes:>5 -is:rejected", "(is:starred OR lang:de)", "kettle"])
def test_behind_each_bar_are_as_many_replies_as_it_says(tmp_path: Path, filter: str) -> None:
    it = curated(tmp_path)
    checked = 0
    for section in plots_of(it, filter).values():
        for bar in section.bars:
            shares = sentence(bar.label).startswith("known likes")
            if bar.node is not None and not shares and (bar.count or section.name != "covered languages"):
                assert behind(it, combined(parse(filter), bar.node)) == bar.count, (section.name, bar)
                checked += 1
    assert checked or filter == "kettle"


def test_only_the_selected_posts_are_counted_where_the_view_has_no_others(tmp_path: Path) -> None:
    it = curated(tmp_path)
    found = plots_of(it, only=frozenset(it.seqs("101", "103")))
    assert bars(found["languages"]) == {"en": 1, "zh": 1}
    assert bars(found["triage"])["starred"] == 2


def test_a_thread_without_replies_has_no_bars_but_those_of_the_triage(tmp_path: Path) -> None:
    found = plots_of(shelf(tmp_path, [root()]))
    assert {name: bars(section) for name, section in found.items() if section.bars} == {
        "triage": {"starred": 0, "rejected": 0, "skipped": 0, "undecided": 0}
    }


def test_other_threads_of_the_library_are_not_counted(tmp_path: Path) -> None:
    from core.library.captures.readings import keep_reading
    from core.models import Payload, Reading

    it = shelf(tmp_path, mixed())
    other = (Post("900", "Another."), Post("901", "Reply", parent_id="900", author="ada", lang="fr", likes=1))
    keep_reading(it.library, Payload("other.json", b"{}"), Reading("invented", "900", other))
    assert "fr" not in bars(plots_of(it)["languages"])


# Languages and authors


def test_a_language_is_counted_without_its_region_and_unknown_apart(tmp_path: Path) -> None:
    assert bars(plots_of(shelf(tmp_path, mixed()))["languages"]) == {"en": 2, "zh": 2, "de": 1, "unknown": 2}


def test_handles_that_differ_in_case_only_are_one_author(tmp_path: Path) -> None:
    found = bars(plots_of(shelf(tmp_path, mixed()))["authors"])
    assert sorted(found.values()) == [1, 1, 2, 3]
    assert found["unknown"] == 1


def test_authors_beyond_the_most_frequent_are_one_line_without_a_filter(tmp_path: Path) -> None:
    it = shelf(tmp_path, [root(), *(said(str(200 + n), author=f"reader{n}") for n in range(30))])
    *_, last = plots_of(it)["authors"].bars
    assert (sentence(last.label), last.count, last.node, last.full) == ("18 others", 18, None, 0)


def test_in_a_large_thread_authors_are_all_counted_and_those_of_one_reply_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.library import facts

    it = shelf(tmp_path, mixed())
    monkeypatch.setattr(facts, "_LARGE", 0)
    found = plots_of(it)["authors"]
    assert sentence(found.title) == "by author · 3 authors"
    assert list(bars(found).values()) == [3, 2, 1, 1]
    assert sentence(found.bars[-1].label) == "1 other"


def test_a_handle_that_no_filter_can_write_exactly_is_sought_as_words(tmp_path: Path) -> None:
    it = shelf(tmp_path, [root(), said("101", author="two words")])
    (bar,) = plots_of(it)["authors"].bars
    assert str(bar.node) == 'author:"two words"'


# Time


def test_a_short_thread_is_shown_by_minutes(tmp_path: Path) -> None:
    section = plots_of(shelf(tmp_path, timed(NOON, NOON + 60, NOON + 119)))["time"]
    assert sentence(section.title) == "by time, UTC · minutes"
    assert bars(section) == {"2026-02-23 12:00": 1, "2026-02-23 12:01": 2}


@pytest.mark.parametrize(
    ("span", "step"),
    [
        (2 * HOUR, "15 minutes"),
        (13 * HOUR, "hours"),
        (30 * HOUR, "3 hours"),
        (3 * DAY, "6 hours"),
        (10 * DAY, "days"),
        (60 * DAY, "weeks from Monday"),
        (300 * DAY, "months"),
        (1_000 * DAY, "quarters"),
        (3_000 * DAY, "years"),
    ],
)
def test_steps_are_as_long_as_the_thread_asks_for(tmp_path: Path, span: int, step: str) -> None:
    section = plots_of(shelf(tmp_path, timed(NOON, NOON + span)))["time"]
    assert sentence(section.title) == f"by time, UTC · {step}"
    assert 2 <= len(section.bars) <= MOST_STEPS
    assert sum(bars(section).values()) == 2


@pytest.mark.parametrize("at", [-(10**17), -1, 0, 10**11, 10**17])
def test_a_time_that_cannot_be_is_told_apart_and_breaks_nothing(tmp_path: Path, at: int) -> None:
    it = shelf(tmp_path, timed(NOON, at))
    section = plots_of(it)["time"]
    assert len(section.bars) == 2
    assert sum(bars(section).values()) == 2
    for bar in section.bars:
        assert bar.node is not None
        assert behind(it, str(bar.node)) == 1


def test_a_post_without_a_time_is_unknown(tmp_path: Path) -> None:
    section = plots_of(shelf(tmp_path, timed(None, None)))["time"]
    assert [(sentence(bar.label), bar.count, str(bar.node)) for bar in section.bars] == [("unknown", 2, "date:?")]


def test_times_that_were_counted_back_are_marked_as_inexact(tmp_path: Path) -> None:
    it = shelf(tmp_path, [*timed(NOON), said("120", posted_at=NOON + 60, time_precision=TimePrecision.RELATIVE)])
    section = plots_of(it)["time"]
    assert [bar.about for bar in section.bars] == [False, True]
    assert "≈" in sentence(section.note)


def test_days_are_marked_as_inexact_where_a_bar_is_less_than_a_day(tmp_path: Path) -> None:
    day = said("120", posted_at=NOON - 12 * 3_600, time_precision=TimePrecision.DAY)
    section = plots_of(shelf(tmp_path, [*timed(NOON), day]))["time"]
    assert [bar.about for bar in section.bars if bar.count] == [True, False]
    assert sentence(section.note) == "≈ has times that are known to the day alone"


def test_days_are_exact_where_a_bar_is_a_day_or_more(tmp_path: Path) -> None:
    day = said("120", posted_at=NOON - 12 * 3_600 - 12 * 86_400, time_precision=TimePrecision.DAY)
    section = plots_of(shelf(tmp_path, [*timed(NOON), day]))["time"]
    assert [bar.about for bar in section.bars if bar.count] == [False, False]
    assert sentence(section.note) == ""


# Triage and coverage


def test_the_triage_counts_every_state_and_the_tags(tmp_path: Path) -> None:
    found = plots_of(curated(tmp_path))
    assert bars(found["triage"]) == {"starred": 4, "rejected": 1, "skipped": 1, "undecided": 1}
    assert bars(found["tags"]) == {'kettles "black"': 2, "starred, untagged": 3}


def test_the_stars_cover_a_share_of_the_known_likes(tmp_path: Path) -> None:
    covered = plots_of(curated(tmp_path))["covered"]
    assert [(sentence(bar.label), bar.count, bar.of) for bar in covered.bars] == [
        ("replies", 4, 7),
        ("known likes", 3_468, 43_482),
        ("likes unknown", 1, 4),
    ]


def test_a_language_that_is_not_covered_shows_what_could_be(tmp_path: Path) -> None:
    section = plots_of(curated(tmp_path))["covered languages"]
    assert sentence(section.title) == "languages covered · 1 not covered"
    assert {sentence(bar.label): (bar.count, str(bar.node)) for bar in section.bars} == {
        "en, of 2": (2, "is:starred lang:en"),
        "zh, of 2": (2, "is:starred lang:zh"),
        "unknown, of 2": (0, "lang:?"),
        "de, of 1": (0, "lang:de"),
    }


def test_authors_who_are_starred_twice_are_named(tmp_path: Path) -> None:
    section = plots_of(curated(tmp_path))["starred twice"]
    assert sorted(str(bar.node).lower() for bar in section.bars) == ["is:starred author:@ada", "is:starred author:@bo"]


def test_without_stars_the_coverage_says_so(tmp_path: Path) -> None:
    found = plots_of(shelf(tmp_path, mixed()))
    assert sentence(found["covered"].note) == "nothing is starred yet"
    assert "starred twice" not in found


def test_likes_that_no_integer_holds_together_are_added_up(tmp_path: Path) -> None:
    it = shelf(tmp_path, [root(), *(said(str(200 + n), likes=10**18 - 1) for n in range(12))])
    assert bars(plots_of(it)["likes"])["3,000,000,000 or more"] == 12


# Filters


def test_nothing_is_behind_an_empty_bar(tmp_path: Path) -> None:
    section = plots_of(shelf(tmp_path, mixed()))["triage"]
    assert [sentence(bar.label) for bar in section.bars if bar.node is None] == ["starred", "rejected", "skipped"]
