"""What every reader keeps to: a new one needs its line in READERS, and a sample under tests/data/readers."""

from contextlib import suppress
from pathlib import Path

import pytest

from core.errors import PayloadError
from core.models import Payload
from core.readers import READERS, detect, read, reader
from core.readers.kit.document import Document, decode
from core.readers.kit.fields import NO_ID
from core.text.links import web_link
from tests.kit.places import ROOT

SAMPLES = sorted((ROOT / "tests/data/readers").iterdir())
OTHERS = [name for name in READERS if name != "generic"]


def payload(path: Path) -> Payload:
    return Payload(path.name, path.read_bytes(), 1_780_000_000)


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """Each sample decoded, by its name."""
    return {path.name: decode(payload(path)) for path in SAMPLES}


def named(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("name", READERS)
def test_a_reader_is_what_its_name_says_and_has_a_sample(name: str, documents: dict[str, Document]) -> None:
    found = reader(name)
    assert (found.name, bool(found.title.strip())) == (name, True)
    assert [one for one in documents.values() if (taken := detect(one)) and taken.name == name]


@pytest.mark.parametrize("path", SAMPLES, ids=named)
def test_a_sample_is_taken_by_one_reader_alone(path: Path, documents: dict[str, Document]) -> None:
    """But for the generic one, which is asked last."""
    taken = [name for name in OTHERS if reader(name).detects(documents[path.name])]
    assert len(taken) == (0 if path.name.startswith("comments.") else 1)


@pytest.mark.parametrize("path", SAMPLES, ids=named)
def test_what_is_read_of_a_sample_are_posts_with_ids_texts_and_authors(path: Path) -> None:
    for reading in read(payload(path)):
        ids = [post.id for post in reading.posts]
        assert reading.root_id
        assert all(ids)
        assert len({*ids}) == len(ids)
        assert not any(post_id.startswith(NO_ID) for post_id in ids)
        assert any(post.author and post.text for post in reading.posts)
        parents = {post.parent_id for post in reading.posts} - {None, *ids, reading.root_id}
        assert not any(str(parent).startswith(NO_ID) for parent in parents)
        links = [reading.url, *(link for post in reading.posts for link in (post.url, *post.media, *post.links))]
        assert all(web_link(link) == link for link in links if link is not None)


@pytest.mark.parametrize("name", READERS)
def test_a_reader_that_is_handed_another_ones_sample_refuses_it_in_words(
    name: str, documents: dict[str, Document]
) -> None:
    """Or reads what it can of it; nothing else is raised."""
    for document in documents.values():
        with suppress(PayloadError):
            assert isinstance(reader(name).read(document), list)
