"""Parting a thread that is two: one of its captures is read again, and becomes a thread of its own."""

from core.errors import InputError
from core.library import Library
from core.library.captures import parting
from core.models import Capture, Reading
from core.readers import read
from core.readers.kit.pages import read_pages
from core.reasons import Reason, ReasonCode


def part_thread(library: Library, capture: Capture) -> int:
    """Make a capture a thread of its own; returns that one's number.

    Raises InputError for the capture that began the thread, and where the payload can no longer be read.
    """
    if parting.is_first(library, capture.id):
        raise InputError(Reason(ReasonCode.FIRST_CAPTURE))
    return parting.part_capture(library, capture.id, _reading(library, capture))


def _reading(library: Library, capture: Capture) -> Reading:
    """What the capture's reader finds in its payloads about its thread."""
    payloads = parting.payloads_of(library, capture.id)
    format, *options = capture.format.split(" --map ")
    if len(payloads) > 1:
        return read_pages(payloads, (format,), None)
    mapping = dict(option.split("=", 1) for option in options)
    found = [one for one in read(payloads[0], mapping=mapping) if one.format == capture.format]
    root_id = parting.root_named_by(library, capture.id)
    named = [one for one in found if one.root_id == root_id] or found
    if not named:
        raise InputError(Reason(ReasonCode.NO_THREAD, names=(payloads[0].name,)))
    return max(named, key=lambda one: len(one.posts))
