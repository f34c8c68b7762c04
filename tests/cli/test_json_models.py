"""The documented JSON: what the commands print is what their models say, and the schema is there to be had."""

import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from core.counts import COUNT_NAMES
from tests.kit.commands import Commands, post_file, thread_file
from tests.kit.places import ROOT
from tui.cli.json_base import JsonModel
from tui.cli.json_models import DOCUMENTS
from tui.cli.json_output import as_json
from tui.cli.json_posts import PostJson

THREAD = "1900000000000000001"
FIRST = str(int(THREAD) + 1)
NEEDS_THREAD = {"captures", "posts", "facts"}


@pytest.fixture
def pullquote(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    """Commands on a library that has a thread of two replies, one of them with every kind of mark."""
    commands = Commands(capsys)
    replies = ({"text": "one \ud83d\ude02 \x1b[1m"}, {"likes": 3})
    commands("import", thread_file(tmp_path / "replies.json", *replies), post_file(tmp_path / "post.json"))
    commands("import", thread_file(tmp_path / "later.json", {"text": "two"}, {"likes": 4}))
    texts = ["--translation", "四", "--lead-in", "above", "--note", "mine", "--excerpt", "0:2", "--rating", "4"]
    commands("mark", THREAD, FIRST, "--star", "--tag", "a", *texts)
    return commands


@pytest.mark.parametrize("command", DOCUMENTS)
def test_what_a_command_prints_is_what_its_model_says_to_the_byte(pullquote: Commands, command: str) -> None:
    printed = pullquote(command, *([THREAD] if command in NEEDS_THREAD else []), "--json").out
    document = DOCUMENTS[command]
    assert as_json(document.dump_python(document.validate_python(json.loads(printed)))) + "\n" == printed


@pytest.mark.parametrize("command", DOCUMENTS)
def test_the_schema_of_a_command_is_printed_without_a_thread_or_a_library(pullquote: Commands, command: str) -> None:
    assert pullquote(command, "--json-schema").json == DOCUMENTS[command].json_schema()


def test_every_declared_count_is_in_the_model_of_a_post_and_of_what_captures_said_of_it() -> None:
    schema = TypeAdapter(list[PostJson]).json_schema()
    for name in ("PostJson", "ObservationJson"):
        assert set(COUNT_NAMES) <= set(schema["$defs"][name]["required"])


@pytest.mark.parametrize("command", DOCUMENTS)
def test_the_readme_says_of_which_commands_the_schema_can_be_had(command: str) -> None:
    paragraph = next(one for one in (ROOT / "README.md").read_text("utf-8").split("\n\n") if "--json-schema" in one)
    assert f"`{command}" in paragraph


def test_a_model_says_nothing_of_a_field_that_it_does_not_have() -> None:
    with pytest.raises(ValueError, match="extra"):
        type("Small", (JsonModel,), {})(unknown=1)
