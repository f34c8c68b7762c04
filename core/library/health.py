"""Whether a library's file is sound, without changing it: integrity, format, journal, and locks between processes."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.library.schema import APPLICATION_ID, MIGRATIONS
from core.text.matching import fold

_PATIENCE = 1.0
_BUSY = 10
_PROBE = f"""
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], uri=True, timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    sys.exit({_BUSY} if "locked" in str(error) else 1)
"""


class Lock(StrEnum):
    """What became of one process's lock on the library."""

    HOLDS = "holds"
    """A second process was refused, as it should be."""
    IGNORED = "ignored"
    """A second process could begin to write beside the first one."""
    BUSY = "busy"
    """Another program was writing, and its lock refused us."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at the file showed."""

    damage: str
    """The first fault that SQLite finds, or nothing."""
    ours: bool
    """Whether it is a pullquote library, and no other program's database."""
    format: int
    """Migrations that it has had."""
    wal: bool
    """Whether it keeps its journal as a write-ahead log, with which readers never wait."""
    lock: Lock
    mixed: tuple[int, ...] = ()
    """The numbers of threads into which an older program may have put two."""


NEWEST = len(MIGRATIONS)
"""The format that this program writes."""


def examine(path: Path) -> Health:
    """Look at an existing file; what SQLite refuses to do with it is told as damage."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.create_function("fold", 1, fold, deterministic=True)
            application = _number(connection, "application_id")
            return Health(
                damage=_damage(connection),
                ours=application == APPLICATION_ID,
                format=_number(connection, "user_version"),
                wal=_one(connection, "journal_mode") == "wal",
                lock=_lock(connection, uri),
                mixed=_mixed(connection),
            )
    except sqlite3.Error as error:
        return Health(str(error), "not a database" not in str(error), 0, False, Lock.UNKNOWN)


def _one(connection: sqlite3.Connection, pragma: str) -> str:
    """The first value that a pragma answers."""
    return str(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    """The number that a pragma answers."""
    return int(_one(connection, pragma))


def _damage(connection: sqlite3.Connection) -> str:
    """What the quick check finds first, or nothing."""
    found = _one(connection, "quick_check(1)")
    return "" if found == "ok" else found


def _mixed(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The threads that may be two; an older format does not know yet."""
    if _number(connection, "user_version") < NEWEST:
        return ()
    rows = connection.execute("SELECT id FROM thread WHERE mixed AND removed IS NULL ORDER BY id")
    return tuple(number for (number,) in rows)


def _lock(connection: sqlite3.Connection, uri: str) -> Lock:
    """Whether another process respects a lock that this one holds; within one process that would prove nothing."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return Lock.BUSY if "locked" in str(error) else Lock.UNKNOWN
    try:
        second = subprocess.run(
            [sys.executable, "-I", "-c", _PROBE, uri], capture_output=True, timeout=_PATIENCE * 10, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return Lock.UNKNOWN
    finally:
        connection.execute("ROLLBACK")
    return {0: Lock.IGNORED, _BUSY: Lock.HOLDS}.get(second.returncode, Lock.UNKNOWN)
