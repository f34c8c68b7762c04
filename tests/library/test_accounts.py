"""Who is one account: the same handle, and where the network numbers its accounts the same number."""

from collections.abc import Sequence
from pathlib import Path

from core.facts import Authors, Scope
from core.library import open_library
from core.library.captures.readings import keep_reading
from core.library.facts import count_facts
from core.library.rows import quotes
from core.models import Payload, Post, Reading

SAID = "The old crane by the harbour should stay where it is, and nobody has asked us about it."


def said_by(author: str, post_id: str, author_id: str) -> Post:
    """A reply that says the same as the others."""
    return Post(post_id, SAID, author, parent_id="1", author_id=author_id)


def kept(tmp_path: Path, posts: Sequence[Post]) -> tuple[int, int]:
    """How many accounts say what the first reply says, and how many authors the facts count."""
    library = open_library(tmp_path / "library.db")
    root = Post("1", "What shall become of the crane?", "orla")
    thread_id = keep_reading(library, Payload("x", b""), Reading("test", "1", (root, *posts))).thread_id
    assert thread_id is not None
    (seq,) = library.connection.execute("SELECT seq FROM post WHERE id = ?", (posts[0].id,)).fetchone()
    authors = next(one for one in count_facts(library, Scope(thread_id)) if isinstance(one, Authors))
    found = quotes(library, [seq], "zh")[0].accounts, authors.known
    library.close()
    return found


def test_two_people_of_one_name_are_two_accounts(tmp_path: Path) -> None:
    posts = [
        said_by("momo", "2", "71"),
        said_by("momo", "3", "72"),
    ]
    assert kept(tmp_path, posts) == (2, 2)


def test_one_person_is_one_account_however_the_handle_is_spelled(tmp_path: Path) -> None:
    posts = [
        said_by("Momo", "2", "71"),
        said_by("momo", "3", "71"),
    ]
    assert kept(tmp_path, posts) == (1, 1)
