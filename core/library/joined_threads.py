"""Threads that have become part of another one, which are still found by their old numbers."""

from core.library.database import Library


def current_thread(library: Library, thread_id: int) -> int:
    """The number of the thread that a thread has become part of, or its own."""
    row = library.connection.execute("SELECT thread_id FROM joined_thread WHERE id = ?", (thread_id,)).fetchone()
    return thread_id if row is None else int(row[0])
