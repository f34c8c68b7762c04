"""Work of a large import that processes of their own do side by side, for Python works on one core at a time."""

import os
import subprocess
import sys
from array import array
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any, BinaryIO, TypeVar, cast

from core.errors import PayloadError
from core.importing.parts import ReadSlice, read_slice_from
from core.importing.slices import Slices
from core.importing.worker import FAILED, REFUSED, receive_message, send_message
from core.library.orders import SEQ_TYPECODE
from core.reasons import Reason, ReasonCode, reason_from

_MOST = 4
"""Processes; one writer cannot take in more than these read."""
_AHEAD = 3
"""Slices that are read ahead for each process."""

WorkerAnswer = TypeVar("WorkerAnswer")


class WorkerPool:
    """The processes, and threads that wait for them."""

    def __init__(self, children: Sequence["subprocess.Popen[bytes]"], threads: ThreadPoolExecutor) -> None:
        self._threads, self._ahead = threads, len(children) * _AHEAD
        self._free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for child in children:
            self._free.put(child)

    def submit(self, do: Callable[[bytes], WorkerAnswer], data: bytes) -> "Future[WorkerAnswer]":
        """Run `do(data)` in a thread of its own; the result comes in the future."""
        return self._threads.submit(do, data)

    def parts(self, slices: Slices, start: int, root: str | None) -> Generator[ReadSlice, None, None]:
        """The parts of the slices from number `start` on, in their order; all but the first one without the `root`.

        Raises PayloadError where one cannot be read, or a process has died. Whoever stops early closes it.
        """
        waiting: deque[Future[ReadSlice]] = deque()
        try:
            for number in range(start, len(slices)):
                waiting.append(self._threads.submit(self._part, slices, number, slices.of_others(number, root)))
                if len(waiting) > self._ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for one in waiting:
                one.cancel()

    def _part(self, slices: Slices, number: int, without: tuple[str, ...]) -> ReadSlice:
        """What a process makes of a slice."""
        one = slices[number]
        return read_slice_from(self._asked(one.name, "read", without, one.name, one.data, one.captured_at))

    def orders(
        self, seqs: Sequence[int], values: Mapping[str, Sequence[Any]], root: int | None
    ) -> "dict[str, Sequence[array[int]]]":
        """The orders of `seqs` by each of the `values`; see `core.library.orders.both_ways`."""
        numbers = array(SEQ_TYPECODE, seqs).tobytes()

        def made(sort: str) -> "tuple[array[int], ...]":
            return tuple(
                array(SEQ_TYPECODE, one) for one in self._asked(sort, "sort", numbers, list(values[sort]), root)
            )

        # The slowest first, so that none of them comes last and alone.
        names = sorted(values, key=lambda sort: not isinstance(values[sort][0], str))
        return dict(zip(names, self._threads.map(made, names), strict=True))

    def _asked(self, name: str, *message: object) -> Any:
        """The answer of a free process. Raises PayloadError."""
        child = self._free.get()
        try:
            send_message(cast(BinaryIO, child.stdin), message)
            answer = receive_message(cast(BinaryIO, child.stdout))
        except OSError:
            answer = None
        finally:
            self._free.put(child)
        if answer is None:
            raise PayloadError(Reason(ReasonCode.READER_DIED, names=(name,)))
        outcome, told = answer
        if outcome == REFUSED:
            raise PayloadError(reason_from(told))
        if outcome == FAILED:
            raise RuntimeError(told)
        return told


@contextmanager
def worker_pool(most: int) -> Iterator[WorkerPool]:
    """Up to `most` processes, gone at the end."""
    count = max(1, min(_MOST, os.cpu_count() or 1, most))
    # -P: what lies in the folder that the writer is in is not ours to run.
    command = [sys.executable, "-P", "-m", "core.importing.worker"]
    # In sessions of their own, for Ctrl+C on the terminal is meant for the one who keeps what they read.
    children = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        for _ in range(count)
    ]
    try:
        with ThreadPoolExecutor(count) as threads:
            try:
                yield WorkerPool(children, threads)
            finally:
                # Before the threads are waited for, which wait for them.
                for child in children:
                    child.kill()
    finally:
        for child in children:
            child.communicate()
