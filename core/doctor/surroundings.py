"""The locale, and what the terminal says of itself in the environment."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from core.doctor import HealthFinding, fault, warning

_COERCED = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
_INITIAL = Path("/proc/self/environ")
_TERM_FIX = "export TERM=xterm-256color"


def is_utf8(environ: Mapping[str, str]) -> bool:
    """Whether the locale that the user has set can write every character."""
    return bool(re.search(r"utf-?8\b", locale_name(environ), re.IGNORECASE))


def locale_name(environ: Mapping[str, str]) -> str:
    """The locale for characters as the user has set it, or nothing.

    Python puts LC_CTYPE into its own environment where the locale is C (PEP 538); that is not the user's.
    """
    names = ["LC_ALL", "LC_CTYPE", "LANG"]
    if environ.get("LC_CTYPE") in _COERCED and not environ.get("LC_ALL") and _is_coerced():
        names.remove("LC_CTYPE")
    return next((environ[name] for name in names if environ.get(name)), "")


def _is_coerced() -> bool:
    """Whether the process was started without the LC_CTYPE that it has now."""
    try:
        return not any(one.startswith(b"LC_CTYPE=") for one in _INITIAL.read_bytes().split(b"\0"))
    except OSError:
        return False


def locale(environ: Mapping[str, str]) -> HealthFinding:
    """Whether the locale is UTF-8, and there."""
    name = locale_name(environ)
    variable = "LC_ALL" if environ.get("LC_ALL") else "LC_CTYPE" if environ.get("LC_CTYPE") == name else "LANG"
    if sys.platform == "win32":
        return HealthFinding("locale", "Windows writes Unicode")
    if not is_utf8(environ):
        found = f"{name or 'none is set'}, which is not UTF-8: programs between here and the screen may drop Chinese"
        return warning("locale", found, f"export {variable}=C.UTF-8")
    if not _is_installed(name):
        return warning("locale", f"{variable} is {name}, which this system does not have", f"export {variable}=C.UTF-8")
    return HealthFinding("locale", f"{name} ({variable})")


def _is_installed(name: str) -> bool:
    """Whether the system knows a locale; the process keeps its own."""
    import locale as system

    before = system.setlocale(system.LC_CTYPE)
    try:
        system.setlocale(system.LC_CTYPE, name)
        system.setlocale(system.LC_CTYPE, before)
    except system.Error:
        return False
    return True


def colours(environ: Mapping[str, str], used: str | None, *, terminal: bool) -> HealthFinding:
    """Which colours there are; `used` is what the screen will use of them, None for none."""
    term = environ.get("TERM", "")
    if not term and not terminal:
        return HealthFinding("colours", "not asked: no terminal")
    if term in ("", "dumb"):
        judge = fault if terminal else warning
        return judge("colours", f"TERM is {term or 'not set'}: the screen does not open without a cursor", _TERM_FIX)
    known = terminfo_colours(term)
    if known is None and not environ.get("TMUX"):
        return warning("colours", f"this system has no description of the terminal {term}", _TERM_FIX)
    if environ.get("TMUX") and not term.startswith(("tmux", "screen")):
        fix = "export TERM=tmux-256color (and take the line that sets TERM out of your shell's start file)"
        return warning("colours", f"TERM is {term} inside tmux, which is not what tmux draws", fix)
    if environ.get("NO_COLOR"):
        return HealthFinding("colours", f"none, as NO_COLOR asks (TERM {term})")
    described = f"{known:,} by terminfo" if known is not None else "none by terminfo"
    said = f", COLORTERM {environ['COLORTERM']}" if environ.get("COLORTERM") else ""
    return HealthFinding("colours", f"{used or 'none'} are used (TERM {term}, {described}{said})")


def terminfo_colours(term: str) -> int | None:
    """How many colours terminfo gives a terminal, or None where it does not know it.

    curses takes one terminal for a process, so that the first one asked for is the one that is answered for.
    """
    try:
        import curses
    except ImportError:
        return None
    try:
        curses.setupterm(term, 1)
    except curses.error:
        return None
    return max(curses.tigetnum("colors"), 0)
