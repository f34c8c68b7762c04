"""Asking another program: its standard output is the answer, and it goes when nobody waits for it any more."""

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from shutil import which

from core.children import child_environment
from core.errors import FetchError, Unreachable
from core.models import Payload
from core.reasons import Reason, ReasonCode
from core.transport import Notify, Request, SourceSettings

_TIMES = 20
"""A program that turns many pages may take so many times as long as one answer."""
_SAID = 300
"""Characters of what the program said last that are repeated."""
_ENDING_TAKES = 2.0
_CHUNK = 64 * 1024
_UNKNOWN_OPTION = 2
"""The status with which a program says that it does not know an option."""
_WATCH = 'read -r _ && exit; kill -s TERM -- "-$1"; sleep 2; kill -s KILL -- "-$1"'
"""Waits for a line, which we send at the end; where the pipe breaks first, for we are no more, it ends the program."""


class ProgramTransport:
    """Carries requests as runs of a program, which sentences call by its `title`."""

    def __init__(self, command: tuple[str, ...], title: str, settings: SourceSettings, notify: Notify) -> None:
        self._command, self._title, self._notify = command, title, notify
        self._limit = settings.max_answer_mb * 2**20
        self._timeout = settings.fetch_timeout * _TIMES

    async def fetch(self, request: Request) -> Payload:
        """What the program prints. Raises FetchError where it prints nothing, too much, or takes too long."""
        link = request.url.partition("#")[0]
        arguments = [*self._command[1:], "--url", link, *([request.kind] if request.kind else [])]
        process = await self._started(*arguments)
        listening = asyncio.create_task(self._said(process))
        try:
            async with _watched(process), asyncio.timeout(self._timeout):
                printed = await self._printed(process)
                code, said = await process.wait(), await listening
        except TimeoutError as error:
            raise Unreachable(Reason(ReasonCode.PROGRAM_TOO_SLOW, (self._timeout,), (self._title,))) from error
        finally:
            listening.cancel()
            await _end(process)
        if not printed.strip():
            raise FetchError(self._silent(code, said, request.kind))
        return Payload(request.url, printed, int(time.time()))

    async def _started(self, *arguments: str) -> Process:
        """The program. Raises FetchError where it is not there or does not run."""
        found = which(self._command[0])
        if found is None:
            raise FetchError(Reason(ReasonCode.NO_PROGRAM, names=(self._command[0],)))
        try:
            return await asyncio.create_subprocess_exec(
                found,
                *arguments,
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=PIPE,
                env=child_environment(os.environ),
                start_new_session=True,
            )
        except OSError as error:
            raise FetchError(
                Reason(ReasonCode.PROGRAM_NOT_RUN, names=(self._command[0], str(error.strerror or error)))
            ) from error

    def _silent(self, code: int, said: str, option: str) -> Reason:
        """Why the program printed nothing: it does not know what it was asked for, or what it said last."""
        if option and code == _UNKNOWN_OPTION and option in said:
            return Reason(ReasonCode.PROGRAM_LACKS_OPTION, names=(self._title, option))
        if code < 0:
            return Reason(ReasonCode.PROGRAM_KILLED, (-code,), (self._title,))
        silent = ReasonCode.PROGRAM_SILENT_SAYING if said else ReasonCode.PROGRAM_SILENT
        return Reason(silent, (code,), (self._title, said))

    async def _printed(self, process: Process) -> bytes:
        """Its standard output, within the limit."""
        data = bytearray()
        assert process.stdout is not None
        while chunk := await process.stdout.read(_CHUNK):
            data += chunk
            if len(data) > self._limit:
                raise FetchError(Reason(ReasonCode.PROGRAM_TOO_LOUD, (self._limit // 2**20,), (self._title,)))
        return bytes(data)

    async def _said(self, process: Process) -> str:
        """The last that it said on standard error, each line of which is passed on."""
        last, begun = "", b""
        assert process.stderr is not None
        while chunk := await process.stderr.read(_CHUNK):
            *lines, begun = (begun + chunk).split(b"\n")
            for line in [*lines, begun[:_CHUNK]]:
                told = " ".join(line.decode("utf-8", "replace").split())[:_SAID]
                last = told.removeprefix(f"[{self._title}]").strip() or last
            begun = begun[:_CHUNK]
            self._notify(Reason(ReasonCode.PROGRAM_SAYS, names=(self._title, last)))
        return last


@asynccontextmanager
async def _watched(process: Process) -> AsyncIterator[None]:
    """See to it that a program and what it started end with us, even where we are killed and can end nothing."""
    watch = await asyncio.create_subprocess_exec(
        "/bin/sh", "-c", _WATCH, "sh", str(process.pid), stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL,
        env=child_environment(os.environ), start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            await watch.communicate(b"\n")


async def _end(process: Process) -> None:
    """End the program and what it started, in peace or else at once, and take what it still had to say."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_ENDING_TAKES):
                await process.communicate()
                return


@asynccontextmanager
async def program_transport(
    command: tuple[str, ...], title: str, settings: SourceSettings, notify: Notify
) -> AsyncIterator[ProgramTransport]:
    """A transport by a program, given as its path or name and the arguments that come first."""
    yield ProgramTransport(command, title, settings, notify)
