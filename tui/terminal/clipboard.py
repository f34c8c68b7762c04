"""The clipboard ladder: the first way that can work between here and the writer's clipboard, told as it is.

OSC 52 never confirms, tmux drops it by default, GNU screen needs it wrapped, and a desktop's own clipboard
exists only on a desktop.
"""

import asyncio
import base64
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from core.children import child_environment

OSC52_BYTES = 74_994
"""UTF-8 bytes that one OSC 52 sequence carries: 100,000 bytes in base64 with its frame, where hterm stops."""
_SCREEN_CHUNK = 250
"""Bytes of one pass-through string; GNU screen drops longer ones than 256 (768 since 4.2)."""
_PATIENCE = 3.0
_NO_OSC52 = frozenset({"", "dumb", "linux"})
"""Terminal types that would print OSC 52 or drop it."""

_DESKTOP = """
import sys, pyperclip
text = sys.stdin.buffer.read().decode("utf-8")
pyperclip.copy(text)
sys.exit(pyperclip.paste().replace("\\r\\n", "\\n") != text.replace("\\r\\n", "\\n"))
"""


@dataclass(frozen=True, slots=True)
class CopyResult:
    """Which way was taken, and what to tell the writer."""

    way: str
    """tmux, desktop, screen, osc52, file, or none."""
    certain: bool
    """Whether the text is known to be where the message says."""
    message: str
    """Holds nothing of the text."""


def first_way(environ: Mapping[str, str]) -> str:
    """The way that a copy of a short text tries first, by the names in `CopyResult.way`."""
    if environ.get("TMUX"):
        return "tmux"
    if _on_desktop(environ):
        return "desktop"
    if environ.get("TERM", "") in _NO_OSC52:
        return "file"
    return "screen" if environ.get("STY") else "osc52"


async def copy(text: str, *, write: Callable[[str], None], environ: Mapping[str, str]) -> CopyResult:
    """Put `text` on the writer's clipboard by the best way that the environment allows, or into a file.

    `write` sends a string to the terminal as it is; it gets base64 and fixed frames only.
    """
    if not text:
        return CopyResult("none", False, "There is nothing to copy.")
    data = text.encode("utf-8", "replace")
    if environ.get("TMUX"):
        if await _feed(["tmux", "load-buffer", "-w", "-"], data, environ):
            where = "In tmux's buffer, and on the terminal's clipboard where tmux may set it."
            return CopyResult("tmux", True, where)
        if await _feed(["tmux", "load-buffer", "-"], data, environ):
            where = "In tmux's buffer only; this tmux cannot set the terminal's clipboard."
            return CopyResult("tmux", True, where)
    if _on_desktop(environ) and await _feed([sys.executable, "-P", "-c", _DESKTOP], data, environ):
        return CopyResult("desktop", True, "On the clipboard.")
    if len(data) <= OSC52_BYTES and environ.get("TERM", "") not in _NO_OSC52:
        return _through_terminal(data, write, inside_screen=bool(environ.get("STY")))
    return await asyncio.to_thread(_into_file, data)


def _through_terminal(data: bytes, write: Callable[[str], None], *, inside_screen: bool) -> CopyResult:
    """Ask the terminal to set its clipboard, through GNU screen if that stands between."""
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\a"
    if not inside_screen:
        write(sequence)
        return CopyResult("osc52", False, "Sent to the terminal (OSC 52); it does not confirm.")
    pieces = (sequence[at : at + _SCREEN_CHUNK] for at in range(0, len(sequence), _SCREEN_CHUNK))
    write("".join(f"\x1bP{piece}\x1b\\" for piece in pieces))
    return CopyResult("screen", False, "Sent to the terminal through screen (OSC 52); it does not confirm.")


def _on_desktop(environ: Mapping[str, str]) -> bool:
    """Whether this process runs on the machine whose desktop the writer sits at."""
    if any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")):
        return False
    has_display = bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    return has_display or sys.platform in ("darwin", "win32")


async def _feed(command: list[str], data: bytes, environ: Mapping[str, str]) -> bool:
    """Whether `command` took `data` on its standard input; what it prints cannot reach the screen.

    A process of its own can be ended when a dead display or server keeps it waiting; a thread cannot.
    """
    quiet = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, stdout=quiet, stderr=quiet, env=child_environment(environ)
        )
    except OSError:
        return False
    try:
        async with asyncio.timeout(_PATIENCE):
            await process.communicate(data)
    except (TimeoutError, BrokenPipeError, ConnectionResetError):
        return False
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode == 0


def _into_file(data: bytes) -> CopyResult:
    """Leave the text in a file that only its owner may read."""
    from core.settings.locations import clip_file
    from core.text.terminal_safe import for_line

    path = clip_file()
    part = path.with_name(f".{path.name}.{os.getpid()}")
    shown = for_line(str(path))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        why = f"Not copied: no clipboard is in reach, and {shown} cannot be written ({error.strerror})."
        return CopyResult("none", False, why)
    return CopyResult("file", True, f"No clipboard takes it here; the text is in {shown}.")
