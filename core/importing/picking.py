"""Which threads of a payload are meant: a search, a profile, a list or a timeline holds many that nobody asked for."""

from collections.abc import Sequence

from core.errors import PayloadError
from core.importing.options import ImportOptions
from core.models import Payload, Reading
from core.readers import read
from core.reasons import Reason, ReasonCode
from core.text.x_posts import linked_id

_FEWEST = 3
"""Threads of one payload, from which on they are asked about where hardly any has an answer."""
_SHOWN = 5
_WORDS = 40
"""Characters of a post by which a writer knows it."""


def meant_readings(payload: Payload, options: ImportOptions) -> list[Reading]:
    """What is read in `payload`, as far as it is meant.

    Raises PayloadError where it cannot be read, and where it holds strangers and the writer picks none of them.
    """
    explained = {"encoding": options.encoding, "mapping": options.mapping}
    if options.takes_all or not options.roots:
        found = read(payload, **explained)  # type: ignore[arg-type]
        if not options.takes_all and are_strangers(found):
            raise PayloadError(_told(payload.name, found))
        return found
    found = read(payload, **explained)  # type: ignore[arg-type]
    picked = [one for one in found if any(_is_of(one, root) for root in options.roots)]
    if len(found) > 1 and picked:
        return picked
    if len(options.roots) > 1 or are_strangers(found):
        raise PayloadError(Reason(ReasonCode.ROOTS_NOT_HERE, names=(payload.name, ", ".join(options.roots))))
    return read(payload, root=options.roots[0], **explained)  # type: ignore[arg-type]


def are_strangers(readings: Sequence[Reading]) -> bool:
    """Whether these are threads with hardly an answer among them, as a search or a timeline brings."""
    with_posts = [one for one in readings if one.posts]
    alone = sum(len(one.posts) == 1 for one in with_posts)
    return len(with_posts) >= _FEWEST and alone * 2 > len(with_posts)


def _is_of(reading: Reading, root: str) -> bool:
    """Whether a reading is of the thread that a writer names by an id or a link of one of its posts."""
    wanted = {root, linked_id(root) or root}
    return bool(wanted & {reading.root_id, reading.url}) or any(wanted & {one.id, one.url} for one in reading.posts)


def _told(name: str, readings: Sequence[Reading]) -> Reason:
    """What a payload of strangers is, with the first of them."""
    posts = sum(len(one.posts) for one in readings)
    shown = "; ".join(map(_line, readings[:_SHOWN]))
    if len(readings) > _SHOWN:
        shown += "; …"
    return Reason(ReasonCode.MANY_STRANGERS, (posts, len(readings)), (name, shown))


def _line(reading: Reading) -> str:
    """A thread as a writer knows it: its id, who began it, its first words."""
    author = f" @{reading.root_author}" if reading.root_author else ""
    words = " ".join(reading.posts[0].text.split())[:_WORDS] if reading.posts else ""
    return f"{reading.root_id}{author}" + (f" “{words}”" if words else "")
