"""The journal: every change of marks as one named entry with its before and after, undone and redone from there.

`step` is the only door through which marks are written; `core.library.marks` stands before it, in the writer's terms.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from sqlite3 import Connection
from typing import Any

from core.changes import ChangeName, change_name_from
from core.library.database import Library, in_chunks
from core.library.named_columns import NamedColumns

PRIMARY_KEYS: Mapping[str, tuple[str, ...]] = {
    "mark": ("post",),
    "post_tag": ("post", "tag_id"),
    "tag": ("id",),
    "translation": ("post", "lang"),
    "thread": ("id",),
}
"""The tables that a step may change, with their keys."""

ColumnValues = Mapping[str, Any]
Change = tuple[str, Sequence[Any], ColumnValues | None, ColumnValues | None]
"""Table, key, the columns before and after; None where there is no row."""
_ENTRY = NamedColumns({name: name for name in ("id", "at", "name", "changes")})


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry of the journal."""

    id: int
    at: int
    """Seconds since 1970 UTC."""
    name: ChangeName
    posts: frozenset[int]
    """The posts whose marks it changed, as seqs."""


@dataclass(slots=True)
class JournalStep:
    """A change that is being made."""

    connection: Connection
    thread_id: int
    name: ChangeName
    changes: list[Change] = field(default_factory=list)
    entry: int | None = None
    """The entry's number, once the step is made."""

    @property
    def posts(self) -> frozenset[int]:
        """The posts whose marks it changes, as seqs."""
        return _marked_posts(self.changes)

    def put(self, table: str, key: Sequence[Any], **after: Any) -> None:
        """Set columns of a row, made where it is missing; nothing is recorded where nothing changes."""
        before = _row(self.connection, table, key, tuple(after))
        if before != after:
            _write(self.connection, table, key, after)
            self.changes.append((table, tuple(key), before, after))

    def put_marks(self, seqs: Iterable[int], **after: Any) -> None:
        """Set columns of posts' marks; nothing is recorded of those where nothing changes."""
        columns = tuple(after)
        if not columns:
            return
        for some, among in in_chunks(list(dict.fromkeys(seqs))):
            self.connection.executemany("INSERT OR IGNORE INTO mark (post) VALUES (?)", ((seq,) for seq in some))
            rows = self.connection.execute(f"SELECT post, {', '.join(columns)} FROM mark WHERE post IN ({among})", some)
            before = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}
            changed = [seq for seq in some if before[seq] != after]
            self.connection.executemany(
                f"UPDATE mark SET {', '.join(f'{name} = ?' for name in columns)} WHERE post = ?",
                ((*after.values(), seq) for seq in changed),
            )
            self.changes += [("mark", (seq,), before[seq], after) for seq in changed]

    def drop(self, table: str, key: Sequence[Any]) -> None:
        """Delete a row, if it is there."""
        before = _row(self.connection, table, key, None)
        if before is not None:
            _write(self.connection, table, key, None)
            self.changes.append((table, tuple(key), before, None))

    def insert(self, table: str, **columns: Any) -> int:
        """Insert a row under a key that no row had before, for an undo may bring any of them back; returns the key."""
        import secrets

        key = secrets.randbits(62)
        _write(self.connection, table, (key,), columns)
        self.changes.append((table, (key,), None, columns))
        return key


@contextmanager
def step(library: Library, thread_id: int, name: ChangeName, onto: int | None = None) -> Iterator[JournalStep]:
    """One change, with one journal entry, in one transaction; on disk when the block ends.

    What had been undone can no longer be redone after it. Where `onto` is the latest entry's number, the change joins
    that entry, so that one undo takes both back.
    """
    with library.transaction() as connection:
        made = JournalStep(connection, thread_id, name)
        yield made
        if made.changes:
            connection.execute(
                "UPDATE journal SET state = 'dropped' WHERE thread_id = ? AND state = 'undone'", (thread_id,)
            )
            extended = None if onto is None else _extend(connection, made, onto)
            made.entry = extended or _insert(connection, made)


def _insert(connection: Connection, made: JournalStep) -> int:
    """Add a new entry; returns its number."""
    cursor = connection.execute(
        "INSERT INTO journal (thread_id, at, name, changes) VALUES (?, ?, ?, ?)",
        (made.thread_id, int(time.time()), _name_column(made.name), json.dumps(made.changes, ensure_ascii=False)),
    )
    return int(cursor.lastrowid or 0)


def _extend(connection: Connection, made: JournalStep, onto: int) -> int | None:
    """Add the changes to entry `onto`, where that is the thread's latest that holds; else None."""
    for entry, before in _entries(connection, made.thread_id, "done"):
        if entry.id == onto:
            changes = [*before, *made.changes]
            name = replace(made.name, count=len(_marked_posts(changes))) if made.name.count else made.name
            connection.execute(
                "UPDATE journal SET changes = ?, name = ? WHERE id = ?",
                (json.dumps(changes, ensure_ascii=False), _name_column(name), onto),
            )
            return onto
    return None


def undo(library: Library, thread_id: int) -> JournalEntry | None:
    """Take the latest entry back; None where there is nothing to undo."""
    with library.transaction() as connection:
        for entry, changes in _entries(connection, thread_id, "done"):
            for table, key, before, _ in reversed(changes):
                _write(connection, table, key, before)
            connection.execute("UPDATE journal SET state = 'undone' WHERE id = ?", (entry.id,))
            return entry
    return None


def redo(library: Library, thread_id: int) -> JournalEntry | None:
    """Make the entry that was undone last again; None where there is none."""
    with library.transaction() as connection:
        for entry, changes in _entries(connection, thread_id, "undone", newest_first=False):
            for table, key, _, after in changes:
                _write(connection, table, key, after)
            connection.execute("UPDATE journal SET state = 'done' WHERE id = ?", (entry.id,))
            return entry
    return None


def history(library: Library, thread_id: int, limit: int = 50) -> list[JournalEntry]:
    """The latest entries that hold, newest first."""
    return [entry for entry, _ in _entries(library.connection, thread_id, "done", limit)]


def _entries(
    connection: Connection, thread_id: int, state: str, limit: int = 1, *, newest_first: bool = True
) -> list[tuple[JournalEntry, list[Change]]]:
    """The first entries that are in a state, each with its changes."""
    rows = connection.execute(
        f"SELECT {_ENTRY.sql} FROM journal WHERE thread_id = ? AND state = ? "
        f"ORDER BY id {'DESC' if newest_first else ''} LIMIT ?",
        (thread_id, state, limit),
    )
    found = []
    for row in _ENTRY.named(rows):
        changes = json.loads(row.changes)
        entry = JournalEntry(row.id, row.at, change_name_from(json.loads(row.name)), _marked_posts(changes))
        found.append((entry, changes))
    return found


def _name_column(name: ChangeName) -> str:
    """A change's name as it is kept."""
    return json.dumps(name.as_data(), ensure_ascii=False)


def _marked_posts(changes: Sequence[Change]) -> frozenset[int]:
    """The posts, as seqs, whose marks are among the changes."""
    return frozenset(key[0] for table, key, _, _ in changes if table in ("mark", "post_tag", "translation"))


def _row(
    connection: Connection, table: str, key: Sequence[Any], columns: tuple[str, ...] | None
) -> dict[str, Any] | None:
    """The columns of a row (None: all but its key), or None where there is no row."""
    cursor = connection.execute(
        f"SELECT {', '.join(columns) if columns else '*'} FROM {table} WHERE {_where(table)}", tuple(key)
    )
    row = cursor.fetchone()
    if row is None:
        return None
    named = {name: value for (name, *_), value in zip(cursor.description, row, strict=True)}
    return {name: value for name, value in named.items() if columns or name not in PRIMARY_KEYS[table]}


def _write(connection: Connection, table: str, key: Sequence[Any], columns: ColumnValues | None) -> None:
    """Make a row hold `columns`, or delete it."""
    if columns is None:
        connection.execute(f"DELETE FROM {table} WHERE {_where(table)}", tuple(key))
        return
    if not columns:
        connection.execute(
            f"INSERT OR IGNORE INTO {table} ({', '.join(PRIMARY_KEYS[table])}) VALUES ({_marks(key)})", tuple(key)
        )
        return
    values = tuple(columns.values())
    changed = connection.execute(
        f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in columns)} WHERE {_where(table)}",
        (*values, *key),
    )
    if changed.rowcount == 0:
        names = ", ".join((*PRIMARY_KEYS[table], *columns))
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({_marks((*key, *values))})", (*key, *values))


def _where(table: str) -> str:
    """The condition that picks a row by its key."""
    return " AND ".join(f"{name} = ?" for name in PRIMARY_KEYS[table])


def _marks(values: Sequence[Any]) -> str:
    """Placeholders for `values`."""
    return ", ".join("?" * len(values))
