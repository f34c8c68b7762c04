"""A count is declared once: a program with one more declaration and one more line in a reader has it everywhere."""

import json
import subprocess
import sys
from typing import Any

import pytest

from core.counts import COUNTS, PostCounts
from core.importing import import_payload
from core.library import open_library
from core.models import Payload
from tests.kit.places import ROOT as HOUSE

ROOT, FIRST, SECOND = "1900000000000000000", "1900000200000000000", "1900000300000000000"
_AUTHOR = {"screen_name": "ben_sample", "name": "Ben"}
_ABOVE = {"screen_name": "ada_example", "status": ROOT}


def conversation(*bookmarks: int) -> bytes:
    """A conversation as FxTwitter gives it, in which that many have bookmarked each of the replies."""
    reply = {"type": "status", "author": _AUTHOR, "replying_to": _ABOVE}
    replies = [
        {**reply, "id": id, "text": f"Reply {id}", "bookmarks": count}
        for id, count in zip((FIRST, SECOND), bookmarks, strict=True)
    ]
    root = {"type": "status", "id": ROOT, "text": "Shall we?", "author": {"screen_name": "ada_example", "name": "Ada"}}
    return json.dumps({"code": 200, "status": root, "thread": [root], "replies": replies}).encode()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Where the program with one more count finds it, in a library that the program without it has made."""
    folder = tmp_path_factory.mktemp("counts")
    library = open_library(folder / "library.db")
    import_payload(library, Payload("first.json", conversation(1, 2)))
    library.close()
    (folder / "earlier.json").write_bytes(conversation(7, 300))
    (folder / "later.json").write_bytes(conversation(7, 301))
    (folder / "table.csv").write_text("id,author,text,bookmarks\n1,ada,Good morning everyone,5\n2,bo,Good night,6\n")
    command = [sys.executable, "-m", "tests.kit.one_more_count", str(folder)]
    ran = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def test_every_declaration_is_named_as_its_field() -> None:
    assert [count.name for count in COUNTS] == [*PostCounts.__struct_fields__]


def test_a_new_count_is_unknown_in_what_was_kept_before(found: dict[str, Any]) -> None:
    assert found["kept before"] == [None] * 3


def test_a_new_count_is_sorted_by(found: dict[str, Any]) -> None:
    assert (found["sorted"], "bookmarks" in found["sorts"]) == ([ROOT, SECOND, FIRST], True)


def test_a_new_count_is_filtered_by(found: dict[str, Any]) -> None:
    assert SECOND in found["filtered"]
    assert FIRST not in found["filtered"]
    assert found["help of the filter"] == "how many bookmarks; ? is not known"


def test_a_new_count_has_its_column(found: dict[str, Any]) -> None:
    assert "book↓" in found["titles"]
    assert " 301 " in found["cells"]


def test_a_new_count_stands_in_the_pane(found: dict[str, Any]) -> None:
    assert found["pane"].endswith("301 bookmarks")


def test_a_new_count_and_its_changes_are_in_json(found: dict[str, Any]) -> None:
    """That the count became known with the second capture is no change."""
    assert found["json"] == {ROOT: [None], FIRST: [7], SECOND: [301, 300, 301]}


def test_a_new_count_is_in_csv(found: dict[str, Any]) -> None:
    heading, *lines = found["csv"].splitlines()
    assert '"bookmarks"' in heading
    assert any('"301"' in line for line in lines)


def test_a_new_count_has_its_plot(found: dict[str, Any]) -> None:
    assert found["plots"]["bookmarks"] == "by bookmarks · 308 in all"


def test_a_new_count_is_there_for_templates(found: dict[str, Any]) -> None:
    assert found["template"] == 301


def test_a_large_import_keeps_the_order_by_a_new_count(found: dict[str, Any]) -> None:
    assert "bookmarks" in found["large import"]


def test_a_new_count_is_found_in_a_list_by_its_name(found: dict[str, Any]) -> None:
    assert found["table"] == [5, 6]
