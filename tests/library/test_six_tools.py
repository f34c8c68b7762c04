"""The same thread through six tools, in whatever order: the same texts, counts and verdict at the end of each."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from core.importing import import_payload
from core.library import rows, threads
from core.library.thread_posts import seq_of
from core.models import CapturedFrom, Flag, Payload, Verdict
from tests.kit.blank import new_library
from tests.kit.examples import IS_THOROUGH
from tests.kit.six_tools import POSTS, ROOT, TOOLS

ORDERS = [*permutations(TOOLS)]
CAPTURED = 1_772_000_000
SOME = ORDERS if IS_THOROUGH else Random(10).sample(ORDERS, 30)
"""All 720 orders, or some of them."""


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """What each tool has written."""
    return {name: make() for name, make in TOOLS.items()}


def end_of(folder: Path, files: dict[str, bytes], order: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Each post and the verdict, once all files have come in an order."""
    library = new_library(folder / "library.db")
    for name in order:
        (done,) = import_payload(library, Payload(name, files[name], CAPTURED, CapturedFrom.FILE))
        assert (name, done.kept.changed, done.kept.edited, done.kept.gone) == (name, 0, 0, 0)
    (thread,) = threads.threads(library)
    yield thread.verdict, thread.reasons, thread.replies
    for written in POSTS:
        seq = seq_of(library, thread.id, written.id)
        assert seq is not None
        quote = rows.quote(library, seq, "zh")
        yield quote.post.id, quote.post.text, quote.post.likes, quote.post.replies, quote.post.views, quote.newer_text
        yield quote.post.flags, quote.post.losses, quote.post.parent_id, quote.post.author, quote.post.status
    library.close()


@pytest.fixture(scope="module")
def end(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, ...]]:
    """What there is at the end of one order."""
    return [*end_of(tmp_path_factory.mktemp("one"), files, ORDERS[0])]


@pytest.mark.parametrize("order", SOME, ids="-".join)
def test_the_end_is_the_same_in_whatever_order_the_tools_come(
    tmp_path: Path, files: dict[str, bytes], order: tuple[str, ...], end: list[tuple[Any, ...]]
) -> None:
    assert [*end_of(tmp_path, files, order)] == end


@pytest.mark.parametrize("order", [ORDERS[0], ORDERS[-1]], ids="-".join)
def test_every_text_is_what_its_author_wrote_and_no_doubt_is_left_on_it(
    tmp_path: Path, files: dict[str, bytes], order: tuple[str, ...]
) -> None:
    (verdict, *_), *told = end_of(tmp_path, files, order)
    assert verdict is Verdict.COMPLETE
    assert [one[1] for one in told[::2]] == [written.text for written in POSTS]
    assert [one[2] for one in told[::2]] == [written.likes for written in POSTS]
    assert all(one[5] is None for one in told[::2])
    assert not any(Flag.EDITED in one[0] or Flag.CUT_BY_SOURCE in one[0] for one in told[1::2])


def test_the_root_s_id_is_that_of_the_thread(tmp_path: Path, files: dict[str, bytes]) -> None:
    library = new_library(tmp_path / "library.db")
    for name, data in files.items():
        import_payload(library, Payload(name, data, CAPTURED, CapturedFrom.FILE))
    assert [one.root_id for one in threads.threads(library)] == [ROOT]
    library.close()
