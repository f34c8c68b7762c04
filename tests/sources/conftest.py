"""What several tests of sources talk to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.camofox import Camofox, running
from tests.kit.fetched import Fetching, fetching
from tests.kit.played import Played


@pytest.fixture(scope="module")
def camofox() -> Iterator[Camofox]:
    """A real Camofox server."""
    with running() as found:
        yield found


@pytest.fixture
def here(tmp_path: Path, server: Played) -> Fetching:
    """A library, and settings that name the played server for every network that has one address."""
    homes = dict.fromkeys(("reddit", "hackernews", "hackernews_items", "bluesky", "github"), server.url)
    return fetching(tmp_path, **homes)
