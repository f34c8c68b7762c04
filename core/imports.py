"""Importing: payloads through the readers into the library, each outcome told apart."""

from dataclasses import dataclass

from core.errors import PayloadError
from core.library import Library
from core.library.captures import Kept, keep_all
from core.models import Payload, Reading
from core.readers import read
from core.text.counted import counted


@dataclass(frozen=True, slots=True)
class Imported:
    """One thread's part of a payload, as kept."""

    payload: str
    """The payload's name."""
    reading: Reading
    kept: Kept

    def describe(self) -> str:
        """What was kept, in a sentence."""
        posts = counted(len(self.reading.posts), "post")
        if self.kept.thread_id is None:
            return f"{self.payload}: no replies; {'; '.join(self.reading.reasons) or 'the source gave none'}"
        if self.kept.known:
            return f"{self.payload}: known already ({posts}); nothing was added"
        parts = [f"{posts} of thread {self.reading.root_id} ({self.reading.format})", f"{self.kept.new:,} new"]
        if self.kept.changed:
            parts.append(f"{self.kept.changed:,} changed since the last capture")
        if self.reading.problems:
            parts.append(f"{len(self.reading.problems):,} left out or mended")
        return f"{self.payload}: " + " · ".join(parts)


def import_payload(library: Library, payload: Payload, *, encoding: str | None = None) -> list[Imported]:
    """Read a payload and keep every thread in it.

    Raises PayloadError where it cannot be read; the library is then as it was. A payload without a post is kept as
    evidence beside its thread, and makes no thread of its own.
    """
    readings = read(payload, encoding=encoding)
    if not readings:
        raise PayloadError(f"{payload.name} holds no thread.")
    kept = keep_all(library, payload, readings)
    return [Imported(payload.name, *one) for one in zip(readings, kept, strict=True)]
