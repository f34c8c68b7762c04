"""The user's own keys against those that the program has."""

from pathlib import Path

import pytest

from tests.kit.stage import stage
from tui.commands.all_keys import action_names, without_clashes


def test_a_free_key_is_taken_without_a_word() -> None:
    assert without_clashes({"star.toggle": "S"}) == ({"star.toggle": "S"}, ())


def test_a_key_that_another_action_had_is_taken_and_said() -> None:
    keys, warnings = without_clashes({"star.toggle": "a"})
    assert keys == {"star.toggle": "a"}
    assert warnings == ("keys.toml: ‘a’ was the key of accept, which has lost it; bind that anew too",)


def test_two_actions_may_change_places() -> None:
    assert without_clashes({"star.toggle": "a", "accept": "s"})[1] == ()


def test_a_key_that_begins_a_sequence_is_not_taken() -> None:
    keys, (warning,) = without_clashes({"filter": "g", "undo": "Y"})
    assert "filter" not in keys
    assert "filter is not bound: ‘g’" in warning


def test_a_sequence_that_begins_with_a_key_is_not_taken() -> None:
    assert without_clashes({"outline": "s o"})[0] == {}


@pytest.mark.parametrize("name", ["star.toggle", "half.down", "pane.up", "facts.next"])
def test_the_actions_of_every_place_can_be_bound_anew(name: str) -> None:
    assert name in action_names()


async def test_a_sentence_names_the_users_own_key(tmp_path: Path) -> None:
    async with stage(tmp_path, keys={"tag.pick": "B"}) as it:
        await it.press("1")
        assert it.status == "No tag has the key 1 yet; B makes one."
