"""Importing: payloads through the readers into the library, each outcome told apart."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.errors import PayloadError
from core.importing.file_dates import without_future_date, without_impossible_date
from core.importing.options import ImportOptions
from core.importing.picking import meant_readings
from core.importing.secrets import without_secrets
from core.importing.slices import Slices, cut
from core.library import Library
from core.library.captures import payloads
from core.library.captures.in_progress import KeptCapture
from core.library.captures.readings import keep_readings, parted_readings
from core.library.captures.visits import Visit
from core.models import CapturedFrom, Payload, Problem, Reading
from core.readers.kit.json_parts import without_gc
from core.readers.kit.readings import with_problems
from core.reasons import Reason, ReasonCode

if TYPE_CHECKING:
    from core.importing.worker_pool import WorkerPool
    from core.library.captures.in_progress import CaptureInProgress
    from core.library.captures.large_import import SortValues


@dataclass(frozen=True, slots=True)
class Imported:
    """One thread's part of a payload, as kept."""

    payload: str
    """The payload's name."""
    reading: Reading
    """Without its posts where the payload was read in slices."""
    kept: KeptCapture
    posts: int
    file_dated: int | None = None
    """The date of its file, where nothing else says when it was captured."""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import has come."""

    thread_id: int
    root_id: str
    posts: int
    """Kept so far, and readable."""
    done: int
    """Bytes of the payload."""
    total: int


_AS_IT_IS = ImportOptions()

TellImportProgress = Callable[[ImportProgress], None]
"""Is told of progress; what it raises ends the import, and what has come stays."""


def import_payloads(
    library: Library,
    payloads: Sequence[Payload],
    options: ImportOptions = _AS_IT_IS,
    *,
    tell: TellImportProgress | None = None,
    visit: Visit | None = None,
) -> list[Imported]:
    """Keep every thread in the payloads of one file, which may pack several; see `import_payload`.

    Raises PayloadError where none of them can be read; those beside a thread that cannot are reported with it.
    """
    found: list[Imported] = []
    failures: list[tuple[Payload, PayloadError]] = []
    for payload in payloads:
        try:
            found += import_payload(library, payload, options, tell=tell, visit=visit)
        except PayloadError as error:
            failures.append((payload, error))
    if not failures:
        return found
    failed, why = failures[0]
    archive = failed.name.partition("/")[0]
    if len(payloads) == 1:
        raise why
    if not found:
        raise PayloadError(
            Reason(ReasonCode.NONE_PACKED_IS_THREAD, (len(failures),), (archive,), (why.reason,))
        ) from why
    left_out = Reason(ReasonCode.PACKED_LEFT_OUT, (len(failures),), (failed.name,), (why.reason,))
    first, *others = found
    (reading,) = with_problems([first.reading], [Problem(archive, left_out)])
    return [replace(first, reading=reading), *others]


def import_payload(
    library: Library,
    payload: Payload,
    options: ImportOptions = _AS_IT_IS,
    *,
    tell: TellImportProgress | None = None,
    visit: Visit | None = None,
) -> list[Imported]:
    """Read a payload and keep every thread in it that is meant; `options` are the writer's word about it.

    `visit` is shared by all payloads that come at one time.

    Raises PayloadError where it cannot be read; the library is then as it was. A payload without a post is kept as
    evidence beside its thread, and makes no thread of its own. A large one is kept slice by slice.
    """
    if options.captured_at is not None:
        payload = replace(payload, captured_at=options.captured_at, captured_from=CapturedFrom.GIVEN)
    payload, said = without_future_date(payload)
    # What the writer says of a payload is said to its reader, who then sees all of it.
    slices = None if options.explains else cut(payload)
    if slices is not None:
        return [_import_slices(library, slices, tell or _nobody, visit)]
    payload, secrets = without_secrets(payload, options.encoding)
    readings = meant_readings(payload, options)
    dated, wrong_date = without_impossible_date(payload, readings)
    if wrong_date:
        payload, readings = dated, meant_readings(dated, options)
    if not readings:
        raise PayloadError(Reason(ReasonCode.NO_THREAD, names=(payload.name,)))
    if secrets:
        said.append(Problem("payload", Reason(ReasonCode.SECRETS_REMOVED, (secrets,))))
    if said or wrong_date:
        readings = with_problems(readings, [*said, *wrong_date])
    readings = parted_readings(library, readings)
    kept = keep_readings(library, payload, readings, visit)
    return [
        Imported(
            payload.name,
            replace(reading, problems=(*reading.problems, *one.problems)),
            one,
            len(reading.posts),
            _file_dated(payload, reading),
        )
        for reading, one in zip(readings, kept, strict=True)
    ]


def _file_dated(payload: Payload, reading: Reading) -> int | None:
    """The date of the payload's file, where nothing else says when it was captured."""
    is_guessed = payload.captured_from is CapturedFrom.FILE and reading.captured_at is None
    return payload.captured_at if is_guessed else None


def _nobody(_progress: ImportProgress) -> None:
    """Default progress callback; does nothing."""


def _import_slices(library: Library, slices: Slices, tell: TellImportProgress, visit: Visit | None) -> Imported:
    """Keep a large payload slice by slice, while processes read ahead."""
    from core.importing.parts import read_slice
    from core.importing.worker_pool import worker_pool
    from core.library.captures.large_import import begin_large_import, relaxed_durability
    from core.readers.kit.finish import shortened, verdict_of

    name = slices.payload.name
    with without_gc(), worker_pool(len(slices)) as processes:
        known_by = processes.submit(payloads.payload_digest, slices.payload.data)
        raw, first = read_slice(slices[0], slices.of_others(0, None))
        last = read_slice(slices[len(slices) - 1])[1]
        dated, wrong_date = without_impossible_date(slices.payload, (first, last))
        if wrong_date:
            slices = replace(slices, payload=dated)
            raw, first = read_slice(slices[0], slices.of_others(0, None))
        capture = begin_large_import(library, slices.payload, known_by.result(), first, visit)
        if isinstance(capture, KeptCapture):
            return Imported(name, replace(first, posts=()), capture, len(slices.entries))
        with relaxed_durability(library):
            sort_values = _take(slices, first, capture, processes, tell)
            capture.count_found()
            problems = (*wrong_date, *capture.problems)
            verdict, reasons = verdict_of(replace(raw, problems=problems), capture.found - _has_root(first))
            problems = shortened(problems)
            reading = replace(first, posts=(), verdict=verdict, reasons=reasons, problems=problems)
            made = sort_values.orders(library, capture.thread_id, processes.orders)
            kept = capture.finish(reading, made)
            reading = replace(reading, problems=(*problems, *kept.problems))
    return Imported(name, reading, kept, capture.found, _file_dated(slices.payload, reading))


def _has_root(first: Reading) -> bool:
    """Whether the first slice brought the post that was answered."""
    return any(post.id == first.root_id for post in first.posts)


def _take(
    slices: Slices, first: Reading, capture: "CaptureInProgress", processes: "WorkerPool", tell: TellImportProgress
) -> "SortValues":
    """Keep one slice after the other; returns the values by which sorts compare their posts."""
    from core.importing.parts import read_slice
    from core.library.captures.large_import import SortValues

    sort_values = SortValues()
    root = first.root_id if _has_root(first) else None
    total = len(slices.payload.data)
    with closing(processes.parts(slices, capture.parts, root)) as coming:
        for part in coming:
            if part.reading.root_id != first.root_id:
                # What a part says of the thread must be what the whole says: only then has its reader a long list.
                raise PayloadError(
                    f"{slices.payload.name} cannot be read in parts, though its reader ({first.format}) says so: they "
                    "name several threads. What came of the first one stays; tell whoever made the reader."
                )
            number = capture.parts
            capture.loose |= part.loose
            capture.problems += slices.placed(number, part.reading.problems)
            seqs = capture.take_slice(part.rows, slices.share(number))
            if seqs is not None:
                sort_values.add(seqs, part.values)
            else:
                posts = read_slice(slices[number], slices.of_others(number, root))[1].posts
                capture.merge_slice(posts, slices.share(number))
            done = total * capture.parts // len(slices)
            tell(ImportProgress(capture.thread_id, first.root_id, capture.found, done, total))
    return sort_values
