"""Posts whose text may not change, for something of the writer's is made of it."""

import json
from sqlite3 import Connection


def bound_texts(connection: Connection, thread_id: int) -> frozenset[int]:
    """The posts, as seqs, of whose text an excerpt or a translation is made, or would be after an undo or a redo."""
    found = {
        seq
        for (seq,) in connection.execute(
            "SELECT m.post FROM mark m CROSS JOIN post p ON p.seq = m.post "
            "WHERE p.thread_id = ?1 AND m.excerpt != '[]' UNION "
            " SELECT t.post FROM translation t CROSS JOIN post p ON p.seq = t.post WHERE p.thread_id = ?1",
            (thread_id,),
        )
    }
    # The journal knows what an undo or a redo would bring.
    for (changes,) in connection.execute(
        "SELECT changes FROM journal WHERE thread_id = ? "
        "AND (instr(changes, 'excerpt') OR instr(changes, 'translation'))",
        (thread_id,),
    ):
        for table, key, before, after in json.loads(changes):
            if table == "translation" or (table == "mark" and "excerpt" in {**(before or {}), **(after or {})}):
                found.add(key[0])
    return frozenset(found)
