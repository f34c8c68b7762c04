"""Several answers of one source, read as one thread."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from core.errors import PayloadError
from core.models import Flag, Payload, Post, Problem, Reading, TextLoss, Verdict
from core.readers import detect, finish_for, read, reader
from core.readers.kit.document import Document, Kind, decode
from core.readers.kit.finish import finish
from core.readers.kit.json_parts import without_gc
from core.readers.x.nitter_links import ABOVE
from core.reasons import Reason, ReasonCode

_ABOUT_PAGES = re.compile(r"page|cursor|next|prev|after|before|total|count", re.IGNORECASE)
"""What the fields are called that say nothing but where a page is."""


def read_pages(
    payloads: Sequence[Payload], formats: Collection[str], settled: Collection[ReasonCode] | None
) -> Reading:
    """What `payloads` say of the thread that the first of them is about.

    `settled` are the reasons that no longer hold since these are all pages; None where there are more.

    Raises PayloadError where the first is no thread in one of the `formats`; a later one that is none is reported.
    """
    first, *others = payloads
    documents = [decode(first)]
    problems: list[Problem] = []
    for payload in others:
        try:
            documents.append(decode(payload))
        except PayloadError as error:
            problems.append(Problem(payload.name, error.reason))
    together = _together(documents)
    pages = [read(first) if together is None else together]
    for payload in others if together is None else ():
        try:
            pages.append(read(payload))
        except PayloadError as error:
            problems.append(Problem(payload.name, error.reason))
    if pages[0][0].format not in formats:
        title = reader(pages[0][0].format.partition(" ")[0]).title
        raise PayloadError(Reason(ReasonCode.NO_THREAD_ANSWER, names=(first.name, title)))
    missed = [Reason(ReasonCode.PAGES_NOT_READ, (len(problems),))] if problems else []
    return _joined(pages, missed, problems, first.captured_at, settled)


def _together(documents: Sequence[Document]) -> list[Reading] | None:
    """What the reader of the first makes of all of them at once; None where it takes them one by one only."""
    if any(document.kind is not Kind.JSON for document in documents):
        return None
    whole = replace(
        documents[0],
        # The page after the last one holds nothing by which a format could be told.
        parts=tuple(part for document in documents for part in document.parts if not _is_empty(part.value)),
        problems=tuple(problem for document in documents for problem in document.problems),
    )
    found = detect(whole)
    if found is None or found.name == "generic" or not found.detects(whole):
        return None
    with without_gc():
        return [finish_for(found, one, whole.captured_at, whole.name) for one in found.read(whole)]


def _is_empty(value: object) -> bool:
    """Whether a page is an empty list, or what stands around one."""
    if isinstance(value, dict):
        said = {key: inside for key, inside in value.items() if inside is not None and not _ABOUT_PAGES.search(key)}
        return bool(said) and all(map(_is_empty, said.values()))
    return value == []


def _joined(
    pages: Sequence[Sequence[Reading]],
    missed: Iterable[Reason],
    problems: Iterable[Problem],
    captured_at: int | None,
    settled: Collection[ReasonCode] | None,
) -> Reading:
    """The readings of pages that are of the first one's thread, as one."""
    first, *others = (one for page in pages for one in page)
    posts, ids, ours = [*first.posts], {first.root_id, *(post.id for post in first.posts)}, [first]
    strangers = 0
    for one in others:
        if one.root_id in ids or any(post.id in ids or post.parent_id in ids for post in one.posts):
            ours.append(one)
            posts += one.posts
            ids.update(post.id for post in one.posts)
        else:
            strangers += len(one.posts)
    told_by_pages = (reason for one in ours for reason in one.reasons if _still_holds(reason, settled or ()))
    known = set(map(id, ours))
    strange = sum(known.isdisjoint(map(id, page)) for page in pages)
    of_others = [Reason(ReasonCode.PAGES_OF_OTHERS, (strange,))] if strange else []
    reasons = dict.fromkeys((*missed, *of_others, *told_by_pages))
    about = [one for one in ours if one.root_id == first.root_id]
    # What a reply's own page leaves out above it is on the post's.
    told = [*problems, *(each for one in ours for each in one.problems if one in about or each.place != ABOVE)]
    if strangers:
        told.append(Problem("pages", Reason(ReasonCode.OTHER_THREADS, (strangers,))))
    verdict = about[-1].verdict
    if reasons:
        verdict = Verdict.PARTIAL
    elif settled is not None:
        verdict = Verdict.COMPLETE
    whole = replace(
        first,
        posts=tuple(map(_without_orphans, posts)),
        root_author=next((one.root_author for one in about if one.root_author), None),
        claimed=max((one.claimed for one in about if one.claimed is not None), default=None),
        verdict=verdict,
        reasons=tuple(reasons),
        problems=tuple(told),
        captured_at=first.captured_at or captured_at,
        # Each page's own are with its posts by now.
        losses=TextLoss.NONE,
        site=next((one.site for one in about if one.site), ""),
    )
    return finish(whole, captured_at=whole.captured_at, site=reader(first.format).site)


def _still_holds(reason: Reason, settled: Collection[ReasonCode]) -> bool:
    """Whether a page's reason for being partial is true of all pages: not how many replies it had itself."""
    return reason.code is not ReasonCode.FEWER_REPLIES and reason.code not in settled


def _without_orphans(post: Post) -> Post:
    """A post that may find its parent on another page."""
    return (
        post.with_changes(flags=tuple(flag for flag in post.flags if flag is not Flag.ORPHAN)) if post.flags else post
    )
