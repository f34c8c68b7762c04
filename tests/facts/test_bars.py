"""The bars that counts become, without a library."""

from dataclasses import replace

import pytest

from core.facts import CLASSES, CountSpread, Facts, Plot, Spread, combined, plots
from core.facts.plots import by_count
from core.facts.timeline import over_time
from core.query import parse
from tests.facts.test_facts import DAY, HOUR, NOON, bars
from tests.kit.sentences import sentence


def spread(**given: object) -> Spread:
    """Counts of which only some matter."""
    whole = Spread(replies=0, unit=HOUR, times={}, about={}, languages={}, counts={})
    return replace(whole, **given)  # type: ignore[arg-type]


def by_likes(replies: int, classes: dict[int, int]) -> Plot:
    """The plot of likes that fall into these classes."""
    return by_count("likes", spread(replies=replies, counts={"likes": CountSpread(classes)}))


def test_unknown_likes_are_not_zero() -> None:
    assert bars(by_likes(5, {0: 2})) == {"0": 2, "unknown": 3}


@pytest.mark.parametrize(
    ("likes", "labels"),
    [
        ({0: 1, 9: 1}, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        ({0: 1, 50: 1}, ["0", "1", "2–4", "5–9", "10–19", "20–49", "50–99"]),
        ({3_000: 1}, ["0", "1–2", "3–9", "10–29", "30–99", "100–299", "300–999", "1,000–2,999", "3,000–9,999"]),
    ],
)
def test_bars_of_likes_are_as_fine_as_the_likes_are_few(likes: dict[int, int], labels: list[str]) -> None:
    assert [sentence(bar.label) for bar in by_likes(sum(likes.values()), likes).bars] == labels


def test_likes_of_any_size_have_a_bar() -> None:
    section = by_likes(1, {CLASSES[-1]: 1})
    assert section.bars[-1].count == 1
    assert str(section.bars[-1].node) == "likes:>=3000000000"


def test_few_strays_do_not_stretch_the_steps() -> None:
    times = {NOON + hour * HOUR: 100 for hour in range(10)} | {NOON + 900 * DAY: 5, NOON - 900 * DAY: 3}
    section = over_time(spread(replies=1_008, times=times))
    assert sentence(section.title) == "by time, UTC · hours"
    assert [
        (sentence(bar.label), bar.count) for bar in section.bars if sentence(bar.label) in ("earlier", "later")
    ] == [
        ("earlier", 3),
        ("later", 5),
    ]
    assert str(section.bars[0].node) == "date:<2026-02-23T12:00"


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("", "lang:en"),
        ("lang:en", "lang:en"),
        ("likes:>3", "likes:>3 lang:en"),
        ("likes:>3 lang:en", "likes:>3 lang:en"),
        ("a OR b", "(a OR b) lang:en"),
    ],
)
def test_a_bars_filter_is_added_to_the_one_in_force(before: str, wanted: str) -> None:
    node = parse("lang:en")
    assert node is not None
    assert combined(parse(before), node) == wanted


def test_what_is_still_counted_says_so() -> None:
    assert {sentence(section.note) for section in plots(Facts())} == {"counting …"}
    assert [section.bars for section in plots(Facts())] == [()] * 6
