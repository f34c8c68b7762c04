"""The library's tables as they are stored, for tests that compare two states of them."""

from typing import Any

from core.library import Library


def stored_rows(library: Library, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table, in the order of its first columns."""
    return library.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()


def file_of(library: Library) -> bytes:
    """What the library's file holds once all that was written is in it."""
    return library.connection.serialize()
