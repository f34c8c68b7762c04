"""The demo's library, and the script of marks that curates it as a writer would."""

import json
from pathlib import Path
from typing import Any

from core.demo import demo_file
from core.desk import Desk
from core.errors import LibraryError
from core.importing import import_payload
from core.library import Library, open_library, thread_posts, threads
from core.models import Payload, State
from core.readers import read

CAPTURED_AT = 1_792_065_600
"""When the invented thread was captured: 2026-10-15 12:00 UTC."""


def open_demo(path: Path, *, reset: bool = False) -> tuple[Library, int]:
    """The demo's library at `path`, with its thread in it; with `reset`, as on the first day.

    Raises LibraryError where `path` cannot be used, or where a reset would take more than the demo's thread.
    """
    if reset:
        _refuse_foreign(path)
        try:
            for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                name.unlink(missing_ok=True)
        except OSError as error:
            raise LibraryError(f"The demo's library {path} cannot be removed: {error.strerror}.") from error
    library = open_library(path)
    payload = Payload("thread.json", demo_file("thread.json"), CAPTURED_AT)
    (imported,) = import_payload(library, payload)
    if imported.kept.thread_id is None:
        raise LibraryError("The demo's thread could not be read; the installation is damaged.")
    return library, imported.kept.thread_id


def _refuse_foreign(path: Path) -> None:
    """Raise LibraryError unless nothing is at `path`, or a library that holds the demo's thread alone."""
    if not path.exists():
        return
    library = open_library(path)
    try:
        others = [thread.root_id for thread in threads.threads(library) if thread.root_id != _root_id()]
    finally:
        library.close()
    if others:
        raise LibraryError(
            f"The library {path} holds {'a thread' if len(others) == 1 else f'{len(others):,} threads'} of your own, "
            "so it was not reset. Name another with --library."
        )


def _root_id() -> str:
    """The id of the invented thread."""
    payload = Payload("thread.json", demo_file("thread.json"), CAPTURED_AT)
    return read(payload)[0].root_id


def apply_script(library: Library, thread_id: int) -> None:
    """Make the marks of the script, through the desk, as keys would."""
    script = json.loads(demo_file("marks.json"))
    desk = Desk(library, thread_id, script["lang"])
    desk.set_article(title=script["title"])
    for mark in script["marks"]:
        _mark(desk, _seq(desk, mark["post"]), mark)
    for section in script["sections"]:
        desk.tags.introduce(section["tag"], section["introduction"])
    desk.tags.order([section["tag"] for section in script["sections"]])
    desk.decide([_seq(desk, id) for id in script["rejected"]], State.REJECTED)
    desk.decide([_seq(desk, id) for id in script["skipped"]], State.SKIPPED)
    closing = _seq(desk, script["closing"])
    _mark(desk, closing, script.get("closing_mark", {}))
    desk.set_article(closing=closing)
    root = thread_posts.seq_of(library, thread_id, threads.thread(library, thread_id).root_id)
    if root is not None and "root_mark" in script:
        desk.write(root, translation=script["root_mark"]["translation"])


def _seq(desk: Desk, post_id: str) -> int:
    """The seq of a post that the script names."""
    return threads.find_post(desk.library, desk.thread_id, post_id)


def _mark(desk: Desk, seq: int, mark: dict[str, Any]) -> None:
    """Tag, star and write one quote."""
    if "tag" in mark:
        desk.tags.add((seq,), mark["tag"])
    desk.decide((seq,), State.STARRED)
    desk.write(
        seq,
        lead_in=mark.get("lead_in"),
        comment=mark.get("comment"),
        note=mark.get("note"),
        translation=mark.get("translation"),
    )
    if "excerpt" in mark:
        (quote,) = desk.quotes((seq,))
        start = quote.post.text.index(mark["excerpt"])
        desk.excerpt(seq, [(start, start + len(mark["excerpt"]))])
