"""Posts that go from one thread to another: their captures, tags and changes go with them, the rest stays."""

import json
from array import array
from collections.abc import Collection, Mapping
from sqlite3 import Connection
from typing import Any

from core.library.orders import SEQ_TYPECODE

_OWN = ("id", "thread_id")


def hand_over(
    connection: Connection, seqs: Collection[int], source: int, target: int, *, with_captures: bool = True
) -> None:
    """Give another thread all that belongs to some posts of one; their rows are still to be moved."""
    if with_captures:
        _copy_captures(connection, seqs, target)
    tags = _copy_tags(connection, seqs, source, target)
    _move_changes(connection, seqs, tags, source, target)


def _copy_captures(connection: Connection, seqs: Collection[int], target: int) -> None:
    """Let the captures that brought, observed or missed the posts be captures of the other thread too."""
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(capture)") if name not in _OWN]
    copies: dict[int, int] = {}

    def copy(number: int | None) -> int | None:
        if number is not None and number not in copies:
            cursor = connection.execute(
                f"INSERT INTO capture (thread_id, {', '.join(columns)}) "
                f"SELECT ?, {', '.join(columns)} FROM capture WHERE id = ?",
                (target, number),
            )
            copies[number] = int(cursor.lastrowid or 0)
        return None if number is None else copies[number]

    for seq in sorted(seqs):
        for (number,) in connection.execute("SELECT capture_id FROM observation WHERE post = ?", (seq,)).fetchall():
            connection.execute(
                "UPDATE observation SET capture_id = ? WHERE post = ? AND capture_id = ?", (copy(number), seq, number)
            )
        numbers = connection.execute("SELECT capture_id, observed, gone FROM post WHERE seq = ?", (seq,)).fetchone()
        connection.execute(
            "UPDATE post SET capture_id = ?, observed = ?, gone = ? WHERE seq = ?", (*map(copy, numbers), seq)
        )
    for number, made in copies.items():
        _share_out(connection, seqs, number, made)


def _share_out(connection: Connection, seqs: Collection[int], number: int, made: int) -> None:
    """Share what a capture held between it and its copy, which has the posts."""
    connection.execute(
        "INSERT INTO capture_payload (capture_id, place, payload_id, captured_at) "
        "SELECT ?, place, payload_id, captured_at FROM capture_payload WHERE capture_id = ?",
        (made, number),
    )
    brought = (
        "UPDATE capture SET added = CASE WHEN added NOT NULL THEN "
        "(SELECT count(*) FROM post p WHERE p.capture_id = capture.id) END WHERE id = ?"
    )
    connection.executemany(brought, ((number,), (made,)))
    counted = "UPDATE capture SET found = ?, changed = 0, edited = 0, gone = 0 WHERE id = ?"
    connection.execute(counted, (len(seqs), made))
    connection.execute("UPDATE capture SET found = max(0, found - ?) WHERE id = ?", (len(seqs), number))
    for row, held in connection.execute("SELECT id, seqs FROM known_before WHERE capture_id = ?", (number,)).fetchall():
        known = array(SEQ_TYPECODE, held)
        moving = array(SEQ_TYPECODE, (seq for seq in known if seq in seqs))
        if moving:
            staying = array(SEQ_TYPECODE, (seq for seq in known if seq not in seqs))
            connection.execute("UPDATE known_before SET seqs = ? WHERE id = ?", (staying.tobytes(), row))
            connection.execute("INSERT INTO known_before (capture_id, seqs) VALUES (?, ?)", (made, moving.tobytes()))


def _copy_tags(connection: Connection, seqs: Collection[int], source: int, target: int) -> dict[int, int]:
    """Give the posts, and the other thread, tags of the same names; returns the old tags with the new ones."""
    there = dict(connection.execute("SELECT name, id FROM tag WHERE thread_id = ?", (target,)).fetchall())
    slots = {slot for (slot,) in connection.execute("SELECT slot FROM tag WHERE thread_id = ?", (target,))}
    found: dict[int, int] = {}
    rows = connection.execute(
        "SELECT id, name, slot, introduction FROM tag WHERE thread_id = ? ORDER BY position", (source,)
    ).fetchall()
    for number, name, slot, introduction in rows:
        tagged = [
            seq for (seq,) in connection.execute("SELECT post FROM post_tag WHERE tag_id = ?", (number,)) if seq in seqs
        ]
        if tagged and name not in there:
            import secrets

            there[name] = secrets.randbits(62)
            connection.execute(
                "INSERT INTO tag (id, thread_id, name, slot, position, introduction) VALUES (?, ?, ?, ?, ?, ?)",
                (there[name], target, name, None if slot in slots else slot, len(there) - 1, introduction),
            )
        if name in there:
            found[number] = there[name]
        connection.executemany(
            "UPDATE OR IGNORE post_tag SET tag_id = ? WHERE post = ? AND tag_id = ?",
            ((there[name], seq, number) for seq in tagged),
        )
    return found


def _move_changes(
    connection: Connection, seqs: Collection[int], tags: Mapping[int, int], source: int, target: int
) -> None:
    """Move what the journal says of the posts to the other thread's journal, behind what stands there."""
    for entry, at, name, changes, state in connection.execute(
        "SELECT id, at, name, changes, state FROM journal WHERE thread_id = ? ORDER BY id", (source,)
    ).fetchall():
        staying, moving = [], []
        for change in json.loads(changes):
            table, key, before, after = change
            if table not in ("mark", "translation", "post_tag") or key[0] not in seqs:
                staying.append(change)
            elif table != "post_tag":
                moving.append(change)
            elif key[1] in tags:
                moving.append([table, [key[0], tags[key[1]]], before, after])
        if moving:
            connection.execute("UPDATE journal SET changes = ? WHERE id = ?", (_column(staying), entry))
            # What was undone can no longer be redone there.
            connection.execute(
                "INSERT INTO journal (thread_id, at, name, changes, state) VALUES (?, ?, ?, ?, ?)",
                (target, at, name, _column(moving), "dropped" if state == "undone" else state),
            )
        if moving and not staying:
            connection.execute("DELETE FROM journal WHERE id = ?", (entry,))


def _column(changes: list[Any]) -> str:
    """Changes as the journal keeps them."""
    return json.dumps(changes, ensure_ascii=False)
