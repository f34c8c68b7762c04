"""Libraries made once for many tests: an empty one, and those that were asked for last; each test gets a copy."""

from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from core.library import Library, duplicates, open_library, orders, threads
from tests.kit.tables import file_of

_KEPT = 8
_made: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
"""The last libraries by what they were made of."""


def new_library(path: Path) -> Library:
    """The library at `path`, empty where there was none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty())
    return open_library(path)


def filled_library(path: Path, made_of: str, fill: Callable[[Library], object]) -> Library:
    """The library at `path` after `fill`, or as `fill` left another that was made of the same."""
    # What a test may change of how a library is filled: for how many posts it keeps orders, and compares texts.
    known_by = (made_of, orders.MANY, duplicates.MOST)
    if not path.exists() and known_by in _made:
        path.write_bytes(_made[known_by])
        _made.move_to_end(known_by)
        return open_library(path)
    is_new = not path.exists()
    library = new_library(path)
    fill(library)
    if is_new:
        _made[known_by] = file_of(library)
        if len(_made) > _KEPT:
            _made.popitem(last=False)
    return library


def only_thread(library: Library) -> int:
    """The number of the thread that a library holds."""
    (thread,) = threads.threads(library)
    return thread.id


@cache
def _empty() -> bytes:
    """The file of a library that holds nothing."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        open_library(path).close()
        return path.read_bytes()
