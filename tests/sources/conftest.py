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


@pytest.fixture(params=["nitter", pytest.param("camofox", marks=pytest.mark.real)])
def by(request: pytest.FixtureRequest) -> str:
    """The source that asks an instance of Nitter."""
    return str(request.param)


@pytest.fixture
def at_instance(
    by: str, tmp_path: Path, nitter: Played, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Fetching:
    """A library, and settings that name the played instance, and the browser where that asks."""
    monkeypatch.setattr("core.transport.browser.transport.PATIENCE", 3.0)
    camofox = request.getfixturevalue("camofox").url if by == "camofox" else "http://127.0.0.1:9"
    return fetching(tmp_path, nitter=(nitter.url,), camofox=camofox, max_wait=5)


@pytest.fixture
def here(tmp_path: Path, server: Played) -> Fetching:
    """A library, and settings that name the played server for every network that has one address."""
    homes = dict.fromkeys(("reddit", "hackernews", "hackernews_items", "bluesky", "github"), server.url)
    return fetching(tmp_path, **homes)
