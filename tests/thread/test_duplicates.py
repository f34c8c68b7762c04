"""Which replies say the same, and what is folded away of them."""

from pathlib import Path

import pytest

from core.library import duplicates, rows, view_results
from core.library.view_results import whole_order
from core.models import PostStatus, State
from core.query import parse
from core.query.view import View
from core.thread.duplicates import find_duplicates
from tests.kit.shelf import Shelf, capture, root, said, shelf

CAMPAIGN = "Everyone should stop buying from these museums until they answer for the copied labels!"


def together(*texts: str, authors: str = "") -> list[tuple[int, ...]]:
    """The places of the texts that are alike."""
    named = [authors[place] if authors else f"reader{place}" for place in range(len(texts))]
    found = find_duplicates((place, text, name) for place, (text, name) in enumerate(zip(texts, named, strict=True)))
    return [one.seqs for one in found]


@pytest.mark.parametrize(
    "other",
    [
        CAMPAIGN,
        CAMPAIGN.upper(),
        CAMPAIGN + " https://t.co/aBc123",
        "@brolly @ada " + CAMPAIGN,
        CAMPAIGN.replace("!", "!!! 😭😭😭"),
        CAMPAIGN.replace("museums", "musems"),
        CAMPAIGN.replace(" ", "\u200b "),
        "Ｅveryone" + CAMPAIGN[8:],
    ],
)
def test_links_mentions_emoji_case_and_a_slip_aside_texts_are_alike(other: str) -> None:
    assert together(CAMPAIGN, "Frame the letter and send one back.", other) == [(0, 2)]


@pytest.mark.parametrize(
    "other",
    [
        "Everyone should start buying from these museums, for they wrote the labels themselves!",
        "Stop buying labels.",
        "",
    ],
)
def test_texts_that_say_something_else_are_not_alike(other: str) -> None:
    assert together(CAMPAIGN, other) == []


def test_chinese_texts_are_compared_too() -> None:
    text = "这些博物馆抄袭了我们的标签，大家都不要再去买他们的东西了，直到他们给出一个回答为止"
    assert together(text, text.replace("，", ",") + "😭", "第一次见到标签也有盗版") == [(0, 1)]


def test_what_anybody_says_folds_only_where_many_say_it() -> None:
    assert together("lol", "LOL!", "Frame it.") == []
    assert together("lol", "LOL!", "lol 😂", "Frame it.") == [(0, 1, 2)]


def test_texts_of_signs_alone_are_alike_where_the_signs_are() -> None:
    assert together("😭😭😭", "😭", "😭 😭", "😂") == [(0, 1, 2)]


def test_a_post_without_a_text_is_like_none() -> None:
    assert together("", "", "") == []


def test_small_steps_make_no_chain_of_unlike_texts() -> None:
    words = [f"word{number}" for number in range(12)]
    steps = [" ".join(["other"] * count + words[count:]) for count in range(12)]
    for cluster in together(*steps):
        first, last = steps[cluster[0]], steps[cluster[-1]]
        assert sum(a != b for a, b in zip(first.split(), last.split(), strict=True)) <= 2


def test_accounts_are_counted_once_each_however_their_handles_are_written() -> None:
    (found,) = find_duplicates([(1, CAMPAIGN, "Ada"), (2, CAMPAIGN, "ada"), (3, CAMPAIGN, "eva"), (4, CAMPAIGN, None)])
    assert (found.seqs, found.accounts) == ((1, 2, 3, 4), 3)


# In the library

POSTS = [
    root(),
    said("1", CAMPAIGN, likes=3),
    said("2", "Frame it."),
    said("3", CAMPAIGN.upper(), likes=9),
    said("4", CAMPAIGN + " https://t.co/x", likes=5),
]
FOLDED = View(sort="likes", folded=True)


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    return shelf(tmp_path, POSTS)


def ids(kept: Shelf, view: View) -> list[str]:
    return [one.post.id for one in rows.quotes(kept.library, whole_order(kept.library, kept.thread_id, view), "zh")]


def test_of_posts_that_are_alike_the_first_of_the_view_stands_for_all(kept: Shelf) -> None:
    assert ids(kept, FOLDED) == ["100", "3", "2"]
    assert ids(kept, View(sort="likes", descending=False, folded=True)) == ["100", "1", "2"]
    assert ids(kept, View(sort="likes")) == ["100", "3", "4", "1", "2"]
    *_, piece = view_results.view_results(kept.library, kept.thread_id, FOLDED)
    assert piece.folded == 2


def test_a_row_knows_how_many_say_it_and_by_how_many_accounts(kept: Shelf) -> None:
    assert (kept.quote("3").alike, kept.quote("3").accounts) == (3, 3)
    assert (kept.quote("2").alike, kept.quote("2").accounts) == (0, 0)
    assert duplicates.duplicate_accounts(kept.library, kept.seq("4")) == ["reader1", "reader3", "reader4"]


def test_what_the_writer_marked_is_never_folded_away(kept: Shelf) -> None:
    kept.desk.decide(kept.seqs("1"), State.STARRED)
    assert ids(kept, FOLDED) == ["100", "1", "2"]
    kept.desk.tags.add(kept.seqs("4"), "meme")
    assert ids(kept, FOLDED) == ["100", "4", "1", "2"]


def test_a_filter_that_leaves_the_marked_one_out_shows_another(kept: Shelf) -> None:
    kept.desk.decide(kept.seqs("1"), State.STARRED)
    assert ids(kept, FOLDED.filtered("-is:starred -is:root")) == ["3", "2"]


def test_a_tree_and_what_was_chosen_by_hand_are_shown_whole(kept: Shelf) -> None:
    assert len(ids(kept, View(sort="likes", folded=True, tree=True))) == 5
    chosen = frozenset(kept.seqs("1", "3"))
    assert len(ids(kept, View(sort="likes", folded=True, only=chosen))) == 2


def test_copies_can_be_looked_for(kept: Shelf) -> None:
    node = parse("has:copies")
    assert node is not None
    assert view_results.posts_fitting(kept.library, kept.thread_id, node) == frozenset(kept.seqs("1", "3", "4"))


def test_a_later_capture_is_compared_as_well(kept: Shelf) -> None:
    capture(kept.library, [*POSTS, said("5", CAMPAIGN)], name="later.json")
    assert kept.quote("3").alike == 4
    assert not duplicates.is_comparison_due(kept.library, kept.thread_id)


def test_a_post_that_is_gone_is_like_none(tmp_path: Path) -> None:
    kept = shelf(tmp_path, [said("1", CAMPAIGN), said("2", CAMPAIGN, status=PostStatus.DELETED)])
    assert kept.quote("1").alike == 0


def test_a_very_large_thread_is_compared_only_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "MOST", 3)
    kept = shelf(tmp_path, POSTS)
    assert kept.quote("3").alike == 0
    assert duplicates.is_comparison_due(kept.library, kept.thread_id)
    duplicates.find_duplicates_of(kept.library, kept.thread_id)
    assert kept.quote("3").alike == 3
