"""The library's seam: one room knows SQL and the connection; another database could stand behind its questions."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "core" / "library"
TABLES = ROOT / "tests" / "kit" / "tables.py"
"""The one module of the tests' kit that reads tables."""
SQL = re.compile(r"\b(SELECT\b.+\bFROM|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA|CREATE TABLE)\b", re.S)


def modules_outside_the_library() -> list[Path]:
    """Every module of the program and of the tests' kit but the library's own."""
    rooms = (ROOT / "core", ROOT / "exports", ROOT / "tui", ROOT / "tests" / "kit")
    found = sorted(path for room in rooms for path in room.rglob("*.py"))
    return [path for path in found if not path.is_relative_to(LIBRARY) and path != TABLES]


def breaches(source: str) -> Iterator[str]:
    """What in a module's source reaches behind the library's questions."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names) if any(name.name.partition(".")[0] == "sqlite3" for name in names):
                yield f"line {node.lineno} imports sqlite3"
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] == "sqlite3":
                yield f"line {node.lineno} imports from sqlite3"
            case ast.Attribute(attr="connection"):
                yield f"line {node.lineno} takes the connection"
            case ast.Constant(value=str(text)) if SQL.search(text):
                yield f"line {node.lineno} holds SQL"


def test_only_the_library_knows_sql_and_its_connection() -> None:
    assert LIBRARY.is_dir()
    modules = modules_outside_the_library()
    assert len(modules) > 200
    found = {str(path.relative_to(ROOT)): [*breaches(path.read_text("utf-8"))] for path in modules}
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import sqlite3",
        "from sqlite3 import Connection",
        "library.connection.execute(x)",
        "ask('SELECT seq FROM post')",
        "ask(f'UPDATE mark SET {x} = 1')",
        "ask('DELETE FROM mark')",
    ],
)
def test_each_way_around_the_library_is_seen(source: str) -> None:
    assert [*breaches(source)]


def test_a_sentence_that_sounds_like_sql_is_none() -> None:
    assert not [*breaches("say('Select a tag from the list, update it, or delete it.')")]
