"""Views as trees, from the library and in another thread."""

from array import array
from pathlib import Path
from typing import Any

import pytest

from core.library.tree_results import TreeResult, ancestry_of, missing_id, tree_results
from core.query.view import View
from tests.kit.branched import AS_TREE, FAMILY
from tests.kit.shelf import root, said, shelf
from tests.kit.stage import stage
from tests.kit.trees import drawn
from tui.thread import views as thread_views

IN_SOURCE_ORDER = View(sort="thread", descending=False, tree=True)


def grown(it: Any, view: View = IN_SOURCE_ORDER, **more: Any) -> list[str]:
    """The tree of a view, its seqs as ids."""
    *_, last = tree_results(it.library, it.thread_id, view, more.get("known"), more.get("closed", array("i")))
    assert isinstance(last, TreeResult)
    ids = dict(it.library.connection.execute("SELECT seq, id FROM post"))
    return ["".join((line.rstrip("0123456789-"), ids.get(seq, "?"))) for line, seq in _lines(last)]


def _lines(piece: TreeResult) -> list[tuple[str, int]]:
    """What is drawn of each line, and its seq."""
    return list(zip(drawn(piece.folds.tree), piece.folds.tree.seqs, strict=True))


def test_a_view_as_a_tree_has_each_post_under_what_it_answers(tmp_path: Path) -> None:
    it = shelf(tmp_path, [root(), said("1"), said("2", parent_id="1"), said("3"), said("4", parent_id="2")])
    assert grown(it) == ["100", "1", "|2", "||4", "3"]


def test_the_posts_come_before_the_tree_that_they_make(tmp_path: Path) -> None:
    it = shelf(tmp_path, [root(), said("1")])
    first, last = tree_results(it.library, it.thread_id, IN_SOURCE_ORDER, None, array("i"))
    assert not first.whole
    assert list(first.order) == list(last.order) == it.seqs("100", "1")


def test_a_placeholder_knows_the_id_of_what_was_never_captured(tmp_path: Path) -> None:
    it = shelf(tmp_path, [root(), said("1", parent_id="gone"), said("2", parent_id="gone"), said("3", parent_id="too")])
    assert grown(it) == ["100", "?", "|1", "|2", "?", "|3"]
    assert missing_id(it.library, -it.seq("1")) == "gone"
    assert missing_id(it.library, -999) is None


def test_a_cycle_that_the_library_holds_is_cut(tmp_path: Path) -> None:
    it = shelf(tmp_path, [root(), said("1"), said("2", parent_id="1"), said("3", parent_id="2")])
    it.library.connection.execute("UPDATE post SET parent_id = '3' WHERE id = '1'")
    assert grown(it) == ["100", "1", "|2", "||3"]


def test_what_was_read_before_is_not_read_again(tmp_path: Path) -> None:
    it = shelf(tmp_path, [root(), said("1"), said("2", parent_id="1")])
    known = ancestry_of(it.library, it.thread_id)
    it.library.connection.execute("UPDATE post SET parent_id = '100' WHERE id = '2'")
    assert grown(it, known=known) == ["100", "1", "|2"]
    assert grown(it) == ["100", "1", "2"]


def test_nothing_comes_of_a_tree_that_is_no_longer_wanted(tmp_path: Path) -> None:
    it = shelf(tmp_path, [root(), said("1")])
    asked = tree_results(it.library, it.thread_id, IN_SOURCE_ORDER, None, array("i"), stop=lambda: True)
    assert not any(isinstance(piece, TreeResult) for piece in asked)


async def test_a_large_threads_tree_is_grown_in_another_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_views, "POSTS_WITHIN_A_FRAME", 0)
    async with stage(tmp_path, posts=FAMILY) as it:
        await it.do("view.tree")
        assert it.shown == AS_TREE
        await it.go("101")
        await it.do("fold.close1", "sort.thread")
        assert it.at == "101"
        assert "103" not in it.shown


async def test_a_tree_that_is_given_up_leaves_what_was_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_views, "POSTS_WITHIN_A_FRAME", 0)
    async with stage(tmp_path, posts=FAMILY) as it:
        await it.do("view.tree")
        await it.go("101")
        await it.do("fold.close1")
        before = it.shown
        it.bench.show_view(it.bench.view.sorted_by("text"))
        assert it.bench.views.question is not None
        it.bench.views.question.cancel()
        await it.settle()
        await it.until("Given up")
        assert it.shown == before
        assert it.at == "101"
