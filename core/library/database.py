"""Opening the library's file, and transactions that are on disk when they end."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from core.errors import LibraryError
from core.library.count_columns import add_count_columns
from core.library.schema import migrate
from core.text.matching import fold

BUSY_SECONDS = 5.0
"""How long a write waits for another process before it gives up."""
_TURN_SECONDS = 0.0005
"""How long it waits before it looks again whether it is its turn."""
_CHUNK = 500
"""Parameters in one IN list."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Library:
    """An open library. One connection serves one thread of control."""

    path: Path
    connection: sqlite3.Connection
    _more: list[sqlite3.Connection] = field(default_factory=list)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and on disk at the end; within another one, a part of that.

        Raises LibraryError where SQLite refuses.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        try:
            _begin(self.connection)
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise LibraryError(_words(self.path, error)) from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Where SQLite refuses while the library is read, raises LibraryError."""
        try:
            yield
        except sqlite3.Error as error:
            raise LibraryError(_words(self.path, error)) from error

    def version(self) -> int:
        """A number that changes when another connection has written to the file."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def others(self, count: int) -> list[sqlite3.Connection]:
        """More connections, which read side by side in threads of their own; opened when they are wanted first."""
        while len(self._more) < count:
            self._more.append(_connected(self.path, any_thread=True))
        return self._more[:count]

    def interrupt(self) -> None:
        """Break off what is being asked; may be called from another thread."""
        for connection in (self.connection, *self._more):
            connection.interrupt()

    def close(self) -> None:
        """Release the file."""
        for connection in (self.connection, *self._more):
            connection.close()


def open_again(library: Library) -> Library:
    """The same file once more, for questions that are asked in another thread. Raises LibraryError."""
    try:
        return Library(library.path, _connected(library.path, any_thread=True))
    except sqlite3.Error as error:
        raise LibraryError(_words(library.path, error)) from error


def _connected(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """A connection; of an absolute path, for SQLite takes `:memory:` and an empty name for no file at all."""
    connection = sqlite3.connect(
        path.absolute(), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=not any_thread
    )
    connection.create_function("fold", 1, fold, deterministic=True)
    return connection


def _begin(connection: sqlite3.Connection) -> None:
    """Begin to write as soon as it is this connection's turn.

    SQLite itself looks ever more seldom, at last ten times a second: beside a program that writes on and on it waits
    for seconds.
    """
    until = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_TURN_SECONDS)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")


def open_library(path: Path) -> Library:
    """Open the library at `path`, made where it is missing.

    Raises LibraryError where that cannot be done, the file is something else, or a newer program wrote it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connected(path)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(_words(path, error)) from error
    try:
        connection.execute("PRAGMA synchronous = FULL")
        migrate(connection)
        add_count_columns(connection)
        # Only now, for a table that others refer to is made anew by copying it.
        connection.execute("PRAGMA foreign_keys = ON")
        # Only now, for it writes to the file, which may turn out to be another program's.
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        connection.close()
        raise LibraryError(_words(path, error)) from error
    except LibraryError:
        connection.close()
        raise
    return Library(path, connection)


def in_chunks(values: Sequence[Value]) -> Iterator[tuple[Sequence[Value], str]]:
    """`values` in parts that are not too many for one IN list, each with the list's placeholders."""
    for start in range(0, len(values), _CHUNK):
        some = values[start : start + _CHUNK]
        yield some, ",".join("?" * len(some))


def _words(path: Path, error: Exception) -> str:
    """What a failure of the file system or of SQLite means, with the next step."""
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    if "not a database" in text:
        return f"{path} is no pullquote library. Name another with --library."
    if "locked" in text or "busy" in text:
        return f"Another program holds the library {path}. Nothing was changed; try again when it is done."
    if "full" in text:
        return f"The disk that holds {path} is full. What was kept before is there; make room and try again."
    if "readonly" in text or "read-only" in text or isinstance(error, PermissionError):
        return (
            f"The library {path} cannot be written: {text}. Check its owner and rights, or name another with --library."
        )
    return f"The library {path} cannot be used: {text}. Nothing was changed; name another with --library."
