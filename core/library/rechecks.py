"""What later looks at the source found of posts, each with the answer that proves it."""

import time

from core.library.captures import payloads
from core.library.database import Library
from core.models import Payload
from core.text.storable import storable
from core.thread.rechecks import RecheckFinding


def keep_finding(library: Library, seq: int, finding: RecheckFinding, evidence: Payload | None) -> None:
    """Keep a finding with the answer that it was told from, which may be none."""
    with library.transaction() as connection:
        payload_id = payloads.keep_payload(connection, evidence) if evidence is not None else None
        connection.execute(
            "INSERT INTO recheck (post, at, outcome, detail, payload_id) VALUES (?, ?, ?, ?, ?)",
            (seq, int(time.time()), finding.outcome, storable(finding.detail), payload_id),
        )


NEWEST_RECHECK = "(SELECT n.id FROM recheck n WHERE n.post = p.seq ORDER BY n.outcome = 'unknown', n.id DESC LIMIT 1)"
"""The newest look at the post `p` that said anything, or else the newest, as SQL; NULL where there was none."""
