"""What several tests of sources talk to."""

from collections.abc import Iterator

import pytest

from tests.kit.camofox import Camofox, running


@pytest.fixture(scope="module")
def camofox() -> Iterator[Camofox]:
    """A real Camofox server."""
    with running() as found:
        yield found
