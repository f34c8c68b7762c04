"""Asking another program: its standard output is the answer, and it goes when nobody waits for it any more."""

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import which

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
_SECRETS = ("PULLQUOTE_", "OPENAI_")
"""How the names of variables begin that are nobody else's."""


class ProgramTransport:
    """Carries requests as runs of a program."""

    def __init__(self, command: tuple[str, ...], settings: SourceSettings, notify: Notify) -> None:
        self._command, self._notify = command, notify
        self._limit = settings.max_answer_mb * 2**20
        self._timeout = settings.fetch_timeout * _TIMES
        self._name = Path(command[0]).name

    async def fetch(self, request: Request) -> Payload:
        """What the program prints. Raises FetchError where it prints nothing, too much, or takes too long."""
        link = request.url.partition("#")[0]
        arguments = [*self._command[1:], "--url", link, *([request.kind] if request.kind else [])]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
        try:
            process = await asyncio.create_subprocess_exec(
                self._found(),
                *arguments,
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=PIPE,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise FetchError(
                Reason(ReasonCode.PROGRAM_NOT_RUN, names=(self._command[0], str(error.strerror or error)))
            ) from error
        listening = asyncio.create_task(self._said(process))
        try:
            async with asyncio.timeout(self._timeout):
                printed = await self._printed(process)
                code, said = await process.wait(), await listening
        except TimeoutError as error:
            raise Unreachable(Reason(ReasonCode.PROGRAM_TOO_SLOW, (self._timeout,), (self._name,))) from error
        finally:
            listening.cancel()
            await _end(process)
        if not printed.strip():
            silent = ReasonCode.PROGRAM_SILENT_SAYING if said else ReasonCode.PROGRAM_SILENT
            raise FetchError(Reason(silent, (code,), (self._name, said)))
        return Payload(request.url, printed, int(time.time()))

    def _found(self) -> str:
        """The program's path. Raises FetchError where there is none."""
        found = which(self._command[0])
        if found is None:
            raise FetchError(Reason(ReasonCode.NO_PROGRAM, names=(self._command[0],)))
        return found

    async def _printed(self, process: Process) -> bytes:
        """Its standard output, within the limit."""
        data = bytearray()
        assert process.stdout is not None
        while chunk := await process.stdout.read(_CHUNK):
            data += chunk
            if len(data) > self._limit:
                raise FetchError(Reason(ReasonCode.PROGRAM_TOO_LOUD, (self._limit // 2**20,), (self._name,)))
        return bytes(data)

    async def _said(self, process: Process) -> str:
        """The last that it said on standard error, each line of which is passed on."""
        last, begun = "", b""
        assert process.stderr is not None
        while chunk := await process.stderr.read(_CHUNK):
            *lines, begun = (begun + chunk).split(b"\n")
            for line in [*lines, begun[:_CHUNK]]:
                last = " ".join(line.decode("utf-8", "replace").split())[:_SAID] or last
            begun = begun[:_CHUNK]
            self._notify(Reason(ReasonCode.PROGRAM_SAYS, names=(self._name, last)))
        return last


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
    command: tuple[str, ...], settings: SourceSettings, notify: Notify
) -> AsyncIterator[ProgramTransport]:
    """A transport by a program, given as its path or name and the arguments that come first."""
    yield ProgramTransport(command, settings, notify)
