"""`pullquote doctor`: what is around the program, and a fix for each thing that is not well."""

import argparse
import os
import shlex
import shutil
import sys
import textwrap
from collections.abc import Iterable

from core.doctor import (
    HealthFinding,
    Severity,
    fault,
    multiplexers,
    packages,
    plugs,
    services,
    storage,
    surroundings,
    warning,
    widths,
)
from core.errors import PullquoteError
from core.settings.load import Settings, load_settings
from core.settings.locations import clip_file, config_file, keys_file
from core.text.counted import counted
from core.text.terminal_safe import for_line
from tui.cli.exits import DONE, INPUT_AT_FAULT
from tui.cli.json_output import as_json
from tui.cli.opened import library_path
from tui.cli.parsing import json_arguments
from tui.cli.screen import own_keys
from tui.terminal.clipboard import first_way
from tui.terminal.cursor_position import columns_of, is_terminal

_SIGNS = {Severity.OK: "✓", Severity.WARNING: "!", Severity.FAULT: "✗"}
_ASCII_SIGNS = {Severity.OK: "ok", Severity.WARNING: "warning", Severity.FAULT: "FAULT"}
_TOPIC = 16
_HELP = {
    "terminal": "reset",
    "library": "pullquote --library FILE doctor",
    "settings": "PULLQUOTE_CONFIG=/dev/null pullquote doctor",
    "packages": "pipx install pullquote",
    "plugs": "pip uninstall the package that was installed last",
    "services": "pullquote doctor, without --online",
}
"""What to do where a look itself failed."""


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare what is asked, and the form."""
    command.add_argument("--online", action="store_true", help="ask the translation engine too, over the network")
    json_arguments(command, "doctor")


def run(given: argparse.Namespace) -> int:
    """Test everything, and say what was found; the exit code is 1 where something is at fault."""
    findings = list(_findings(given))
    if given.json:
        from tui.cli.json_models import FindingJson

        print(as_json([FindingJson.from_finding(finding).model_dump() for finding in findings]))
    else:
        _print(findings)
    return INPUT_AT_FAULT if any(finding.verdict is Severity.FAULT for finding in findings) else DONE


def _findings(given: argparse.Namespace) -> Iterable[HealthFinding]:
    """Every finding, from the terminal inwards and then out to the network."""
    settings, warnings = load_settings()
    for topic, look in (
        ("terminal", _terminal),
        ("library", lambda: _library(given)),
        ("settings", lambda: _settings(warnings)),
        ("packages", _packages),
        ("plugs", lambda: _plugs(settings)),
        ("services", lambda: _services(settings, online=given.online)),
    ):
        try:
            yield from look()
        except (PullquoteError, OSError) as error:
            yield fault(topic, str(error), _HELP[topic])


def _terminal() -> Iterable[HealthFinding]:
    """Findings about locale, widths, colours, clipboard, tmux and screen."""
    environ = os.environ
    tmux = multiplexers.ask_tmux(environ)
    yield surroundings.locale(environ)
    yield from _widths() if is_terminal() else [HealthFinding("width", "not asked: no terminal")]
    yield surroundings.colours(environ, _colours_used(), terminal=sys.stdout.isatty())
    yield _clipboard(tmux)
    yield from multiplexers.multiplexer(environ, tmux)


def _widths() -> list[HealthFinding]:
    """Findings about the columns that the terminal itself says it takes."""
    measured = columns_of([sample.text for sample in widths.SAMPLES])
    if measured is None:
        fix = "pullquote doctor (once more; on a slow line the answer may have come too late)"
        return [warning("width", "the terminal does not say where its cursor is", fix)]
    return widths.widths(measured, os.environ)


def _colours_used() -> str | None:
    """Which colours the screen would use here, in words."""
    from rich.console import Console

    system = Console(force_terminal=True).color_system
    return {"truecolor": "16.7 million colours", "256": "256 colours", "standard": "16 colours"}.get(system or "")


def _clipboard(tmux: multiplexers.Tmux | None) -> HealthFinding:
    """The finding about where a copied text would go."""
    programs = ("wl-copy",) if os.environ.get("WAYLAND_DISPLAY") else ("xclip", "xsel")
    program = sys.platform in ("darwin", "win32") or any(shutil.which(name) for name in programs)
    return multiplexers.clipboard(first_way(os.environ), tmux, program=program, file=str(clip_file()))


def _library(given: argparse.Namespace) -> list[HealthFinding]:
    """Findings about the library and its disk."""
    return storage.library(library_path(given))


def _settings(warnings: Iterable[str]) -> Iterable[HealthFinding]:
    """Findings about the settings file and the key file."""
    for path, problems in ((config_file(), tuple(warnings)), (keys_file(), own_keys()[1])):
        name = "keys" if path == keys_file() else "settings"
        for problem in problems:
            yield warning(name, problem, f"${{EDITOR:-vi}} {shlex.quote(str(path))}")
        if not problems:
            yield HealthFinding(name, str(path) if path.exists() else f"{path} is not there; the defaults are used")


def _packages() -> list[HealthFinding]:
    """Findings about our packages: whether they are ours alone."""
    from importlib.metadata import packages_distributions

    return packages.packages(packages_distributions())


def _plugs(settings: Settings) -> list[HealthFinding]:
    """Findings about what other packages add."""
    from core.readers import READER_PLUGS
    from core.rechecking import RECHECK_PLUGS
    from core.sources import SOURCE_PLUGS
    from core.translation import ENGINE_PLUGS, EngineSettings
    from exports import EXPORTER_PLUGS, TEMPLATE_PLUGS

    engine = EngineSettings(settings.base_url, settings.model, "")
    return plugs.plugs(
        [
            (SOURCE_PLUGS, [settings.sources]),
            (RECHECK_PLUGS, [settings.sources]),
            (READER_PLUGS, []),
            (ENGINE_PLUGS, [engine]),
            (EXPORTER_PLUGS, []),
            (TEMPLATE_PLUGS, []),
        ]
    )


def _services(settings: Settings, *, online: bool) -> Iterable[HealthFinding]:
    """Findings about the translation engine, the detector of languages and what fetches."""
    yield from services.engine(settings, online=online)
    yield services.languages()
    yield from services.sources(settings.sources, os.environ)


def _print(findings: list[HealthFinding]) -> None:
    """A line or more for each finding, its fix on a line of its own, and the sum; ASCII where nothing else is sure."""
    utf8 = surroundings.is_utf8(os.environ) or sys.platform == "win32"
    signs = _SIGNS if utf8 else _ASCII_SIGNS
    margin = max(map(len, signs.values())) + 1
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0

    def say(line: str) -> None:
        print(line if utf8 else line.encode("ascii", "backslashreplace").decode("ascii"))

    for finding in findings:
        head = f"{signs[finding.verdict]:<{margin}}{finding.topic:<{_TOPIC}}"
        for line in _wrapped(head, for_line(finding.found), width):
            say(line)
        if finding.fix:
            # Not wrapped, for it is there to be copied.
            say(" " * margin + "fix: " + for_line(finding.fix))
    counts = {verdict: sum(finding.verdict is verdict for finding in findings) for verdict in Severity}
    warnings, faults = counted(counts[Severity.WARNING], "warning"), counted(counts[Severity.FAULT], "fault")
    say(f"{counts[Severity.OK]} ok, {warnings}, {faults}.")


def _wrapped(head: str, text: str, width: int) -> list[str]:
    """A head with its text beside it, in lines of `width` where that is not 0."""
    room = width - len(head)
    lines = textwrap.wrap(text, room, break_on_hyphens=False) if room > 20 else [text]
    return [(head if number == 0 else " " * len(head)) + line for number, line in enumerate(lines or [""])]
