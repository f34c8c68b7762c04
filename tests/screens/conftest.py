"""What several tests of screens start from."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kit.branched import branched
from tests.kit.stage import Stage


@pytest.fixture
async def it(tmp_path: Path) -> AsyncIterator[Stage]:
    """The program with a thread that has chains and a missing post, as a tree."""
    async with branched(tmp_path) as made:
        yield made
