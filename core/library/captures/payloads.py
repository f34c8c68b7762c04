"""Payloads, kept byte for byte as evidence; a large one in parts."""

import hashlib
from sqlite3 import Connection

from core.models import Payload
from core.text.storable import storable


def payload_digest(data: bytes) -> str:
    """The name under which a payload is known: the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()


def keep_payload(connection: Connection, payload: Payload) -> int:
    """Keep a payload whole, also where only parts of it had come; returns its number, the same for the same bytes."""
    number = _row(connection, payload.name, payload_digest(payload.data), payload.data)
    made_whole = connection.execute(
        "UPDATE payload SET data = ? WHERE id = ? AND length(data) < ?", (payload.data, number, len(payload.data))
    )
    if made_whole.rowcount:
        connection.execute("DELETE FROM payload_part WHERE payload_id = ?", (number,))
    return number


def begin_payload(connection: Connection, name: str, known_by: str) -> int:
    """Begin to keep a payload whose parts follow; `known_by` is its digest. Returns its number."""
    return _row(connection, name, known_by, b"")


def _row(connection: Connection, name: str, known_by: str, data: bytes) -> int:
    """The number of the row that has the digest, made where it is missing."""
    connection.execute(
        "INSERT OR IGNORE INTO payload (sha256, name, data) VALUES (?, ?, ?)", (known_by, storable(name), data)
    )
    return int(connection.execute("SELECT id FROM payload WHERE sha256 = ?", (known_by,)).fetchone()[0])


def keep_part(connection: Connection, payload_id: int, place: int, data: bytes) -> None:
    """Keep the next bytes of a payload, unless it is whole already."""
    connection.execute(
        "INSERT OR IGNORE INTO payload_part (payload_id, place, data) "
        "SELECT id, ?, ? FROM payload WHERE id = ? AND length(data) = 0",
        (place, data, payload_id),
    )


def payload_data(connection: Connection, payload_id: int) -> bytes:
    """All bytes that are kept of a payload."""
    (whole,) = connection.execute("SELECT data FROM payload WHERE id = ?", (payload_id,)).fetchone()
    rest = connection.execute("SELECT data FROM payload_part WHERE payload_id = ? ORDER BY place", (payload_id,))
    return b"".join((whole, *(part for (part,) in rest)))
