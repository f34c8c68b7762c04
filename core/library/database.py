"""Opening the library's file, and transactions that are on disk when they end."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.errors import LibraryError
from core.library.schema import migrate
from core.text.matching import fold

BUSY_SECONDS = 10.0
"""How long a write waits for another process before it gives up."""


@dataclass(frozen=True, slots=True)
class Library:
    """An open library. One connection serves one thread of control."""

    path: Path
    connection: sqlite3.Connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and on disk at the end; within another one, a part of that.

        Raises LibraryError where SQLite refuses.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
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

    def close(self) -> None:
        """Release the file."""
        self.connection.close()


def open_library(path: Path) -> Library:
    """Open the library at `path`, made where it is missing.

    Raises LibraryError where that cannot be done, the file is something else, or a newer program wrote it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Made absolute, for SQLite takes `:memory:` and an empty name for no file at all.
        connection = sqlite3.connect(path.absolute(), timeout=BUSY_SECONDS, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(_words(path, error)) from error
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("fold", 1, fold, deterministic=True)
        migrate(connection)
        # Only now, for it writes to the file, which may turn out to be another program's.
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        connection.close()
        raise LibraryError(_words(path, error)) from error
    except LibraryError:
        connection.close()
        raise
    return Library(path, connection)


def storable(text: str) -> str:
    """`text` as SQLite can take it: half a surrogate pair becomes U+FFFD."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _words(path: Path, error: Exception) -> str:
    """What a failure of the file system or of SQLite means, with the next step."""
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    if "not a database" in text:
        return f"{path} is no pullquote library. Name another with --library."
    if "locked" in text or "busy" in text:
        return f"Another program holds the library {path}. Nothing was changed; try again when it is done."
    if "full" in text:
        return f"The disk that holds {path} is full. Nothing was changed; make room and try again."
    if "readonly" in text or "read-only" in text or isinstance(error, PermissionError):
        return (
            f"The library {path} cannot be written: {text}. Check its owner and rights, or name another with --library."
        )
    return f"The library {path} cannot be used: {text}. Nothing was changed; name another with --library."
