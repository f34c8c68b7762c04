"""The JSON objects of a document that is one, a list of them, or has one on each line."""

from collections.abc import Iterator
from itertools import islice

from core.models import Problem
from core.readers.kit.document import Document
from core.readers.kit.fields import JsonObject, type_name
from core.reasons import Reason, ReasonCode

_LOOKED_AT = 20
"""Entries that tell of which format all are."""


def json_objects(document: Document, problems: list[Problem]) -> Iterator[JsonObject]:
    """The objects, each with its place; what is none is reported and skipped."""
    for place, entry in _entries(document):
        if isinstance(entry, dict):
            yield JsonObject(entry, place, problems, document.captured_at)
        else:
            problems.append(
                Problem(place or "payload", Reason(ReasonCode.ENTRY_NOT_AN_OBJECT, names=(type_name(entry),)))
            )


def first_objects(document: Document) -> list[dict[str, object]]:
    """The first objects, by which a format is told."""
    return [entry for _, entry in islice(_entries(document), _LOOKED_AT) if isinstance(entry, dict)]


def _entries(document: Document) -> Iterator[tuple[str, object]]:
    """Every entry with its place."""
    for part in document.parts:
        if isinstance(part.value, list):
            for number, entry in enumerate(part.value):
                yield (f"{part.place}[{number}]" if part.place else f"[{number}]"), entry
        else:
            yield part.place, part.value
