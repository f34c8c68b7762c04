"""Removing a thread from the list, and taking that back: a change in the thread's own journal, and no row is lost."""

import time
from collections.abc import Sequence

from core.changes import ChangeName, ChangeVerb
from core.library import journal
from core.library.captures.capture_threads import restore_thread
from core.library.database import Library


def remove_threads(library: Library, thread_ids: Sequence[int]) -> None:
    """Take threads from the list; what they hold stays, and a capture of one brings it back with its marks."""
    with library.transaction():
        for thread_id in thread_ids:
            with journal.step(library, thread_id, ChangeName(ChangeVerb.REMOVE_THREAD)) as step:
                step.put("thread", (thread_id,), removed=int(time.time()))


def bring_back(library: Library, thread_id: int) -> None:
    """List a removed thread again; undo where nothing came after the removal, so that redo can remove it again."""
    with library.transaction() as connection:
        latest = journal.history(library, thread_id, 1)
        if latest and latest[0].name.verb is ChangeVerb.REMOVE_THREAD:
            journal.undo(library, thread_id)
        else:
            restore_thread(connection, thread_id)


def last_removed(library: Library) -> int | None:
    """The number of the thread that was removed last, of those that still are."""
    row = library.connection.execute(
        "SELECT t.id FROM thread t JOIN journal j ON j.thread_id = t.id AND j.state = 'done' WHERE t.removed NOT NULL "
        "ORDER BY t.removed DESC, j.id DESC LIMIT 1"
    ).fetchone()
    return None if row is None else int(row[0])
