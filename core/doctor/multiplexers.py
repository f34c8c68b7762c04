"""tmux and GNU screen, where the program runs in one, and the way that a copy takes through them."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from core.children import child_environment
from core.doctor import HealthFinding, fault, warning

_PATIENCE = 3.0
_SLOW_ESCAPE = 50
"""Milliseconds after Esc from which waiting is felt."""
_OPTIONS = ("escape-time", "set-clipboard", "default-terminal")
_FORMAT = "#{version}\t#{client_utf8}\t#{client_termfeatures}"
_WAYS = {
    "tmux": "through tmux, if it answers",
    "desktop": "the desktop's own",
    "screen": "through screen to the terminal (OSC 52), which does not confirm",
    "osc52": "through the terminal (OSC 52), which does not confirm",
}


@dataclass(frozen=True, slots=True)
class Tmux:
    """What a running tmux says of itself."""

    version: str
    utf8: bool
    """Whether it takes the terminal around it for one that reads UTF-8."""
    features: frozenset[str]
    """What it knows that the terminal around it can do; empty where it does not say (before 3.2)."""
    escape_time: int
    """Milliseconds."""
    set_clipboard: str
    default_terminal: str

    @property
    def can_load_outwards(self) -> bool:
        """Whether `load-buffer -w` is known, which sets the terminal's clipboard too (3.2)."""
        found = re.search(r"(\d+)\.(\d+)", self.version)
        return found is None or (int(found[1]), int(found[2])) >= (3, 2)


def ask_tmux(environ: Mapping[str, str]) -> Tmux | None:
    """The tmux around us, or None where there is none or it does not answer."""
    if not environ.get("TMUX"):
        return None
    try:
        version, utf8, features = _tmux(environ, "display-message", "-p", _FORMAT).split("\t")
        options = [_tmux(environ, "show-options", "-sv", name) for name in _OPTIONS]
        return Tmux(version, utf8 != "0", frozenset(filter(None, features.split(","))), int(options[0]), *options[1:])
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def _tmux(environ: Mapping[str, str], *command: str) -> str:
    """The answer to a tmux command."""
    done = subprocess.run(
        ["tmux", *command],
        env=child_environment(environ),
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=True,
    )
    return done.stdout.removesuffix("\n")


def multiplexer(environ: Mapping[str, str], tmux: Tmux | None) -> list[HealthFinding]:
    """What to set in the tmux or screen that the program runs in."""
    if environ.get("TMUX"):
        if tmux is None:
            return [warning("tmux", "TMUX is set, but no tmux answers there", "unset TMUX")]
        return _findings(tmux) or [
            HealthFinding("tmux", f"{tmux.version}: escape-time {tmux.escape_time}, set-clipboard {tmux.set_clipboard}")
        ]
    if environ.get("STY"):
        return [HealthFinding("screen", "GNU screen; what it does to widths stands above")]
    return [HealthFinding("tmux", "neither tmux nor screen is around this terminal")]


def _findings(tmux: Tmux) -> list[HealthFinding]:
    """What is not well with a tmux."""
    findings = []
    if not tmux.utf8:
        found = "tmux takes this terminal for one without UTF-8, and draws _ for Chinese"
        findings.append(fault("tmux", found, "tmux detach, then: tmux -u attach"))
    if tmux.escape_time > _SLOW_ESCAPE:
        found = f"tmux holds Esc back for {tmux.escape_time} ms (escape-time)"
        findings.append(warning("tmux", found, _for_good("set -s escape-time 10")))
    if not re.match(r"(tmux|screen).*256color|tmux-direct", tmux.default_terminal):
        found = f"default-terminal is {tmux.default_terminal}, so programs inside see the wrong colours or keys"
        findings.append(warning("tmux", found, _for_good("set -s default-terminal tmux-256color")))
    return findings


def _for_good(setting: str) -> str:
    """A command that sets something in tmux now and at every start."""
    return f'tmux {setting}; echo "{setting}" >> ~/.tmux.conf'


def clipboard(way: str, tmux: Tmux | None, *, program: bool, file: str) -> HealthFinding:
    """Whether a copy can arrive by the way that it would go.

    `program` tells whether the desktop has one that sets its clipboard; `file` is where a text goes that nothing takes.
    """
    if way == "tmux" and tmux is not None:
        return _through_tmux(tmux)
    if way == "desktop" and not program:
        fix = "install xclip (X11) or wl-clipboard (Wayland), for example: sudo apt-get install xclip"
        return warning("clipboard", "this desktop has no program that sets its clipboard", fix)
    if way == "file":
        return warning(
            "clipboard", f"this terminal takes no copy (OSC 52); copies go to {file}", f"read it there: less {file}"
        )
    return HealthFinding("clipboard", _WAYS[way])


def _through_tmux(tmux: Tmux) -> HealthFinding:
    """A copy that goes to tmux, which may know how to hand it on."""
    if not tmux.can_load_outwards:
        found = f"tmux {tmux.version} keeps copies in its own buffer (prefix ] pastes them)"
        return warning("clipboard", found, "update tmux to 3.2 or newer")
    if "clipboard" not in tmux.features:
        found = "tmux takes this terminal for one without a clipboard; copies stay in tmux's own (prefix ] pastes them)"
        return warning(
            "clipboard", found, _for_good("set -as terminal-features ,*:clipboard") + "; then detach and attach again"
        )
    return HealthFinding(
        "clipboard", f"through tmux to the terminal (load-buffer -w, set-clipboard {tmux.set_clipboard})"
    )
