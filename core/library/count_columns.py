"""The columns of the counts: what `core.counts` declares and a library does not have yet is added when it is opened."""

import sqlite3

from core.counts import COUNT_NAMES

_TABLES = ("post", "observation")


def add_count_columns(connection: sqlite3.Connection) -> None:
    """Give every declared count its columns; in what was kept before, a new count is unknown.

    A migration that makes one of these tables anew must keep the columns that it does not know.
    """
    if not _missing(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Looked up again, for another process may have added them since.
        for table, name in _missing(connection):
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {name} INTEGER")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _missing(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The declared counts without a column, each with the table that lacks it."""
    missing = []
    for table in _TABLES:
        known = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
        missing += [(table, name) for name in COUNT_NAMES if name not in known]
    return missing
