"""What the doctor makes of locale, terminal, tmux and clipboard."""

import os
import subprocess
import sys
from typing import Any

import pytest

from core.doctor import Severity, multiplexers, surroundings, widths
from core.doctor.multiplexers import Tmux
from tests.kit.findings import FAULT, OK, WARNING, judged
from tests.kit.places import ROOT
from tui.terminal.clipboard import copy, first_way

# The locale and the colours


@pytest.mark.parametrize(
    ("environ", "verdict"),
    [
        ({"LANG": "C.UTF-8"}, OK),
        ({"LANG": "C", "LC_CTYPE": "C.utf8"}, OK),
        ({"LANG": "C.UTF-8", "LC_ALL": "C"}, WARNING),
        ({"LANG": "zh_CN.GB18030"}, WARNING),
        ({"LANG": "xx_XX.UTF-8"}, WARNING),
        ({}, WARNING),
    ],
)
def test_a_locale_is_well_when_it_is_utf_8_and_there(
    environ: dict[str, str], verdict: Severity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "_is_coerced", lambda: False)
    assert judged(surroundings.locale(environ)) == [("locale", verdict)]


def test_the_fix_of_a_locale_names_the_variable_that_wins() -> None:
    assert surroundings.locale({"LANG": "C.UTF-8", "LC_ALL": "C"}).fix == "export LC_ALL=C.UTF-8"


def test_what_python_puts_in_place_of_the_c_locale_is_not_taken_for_the_users() -> None:
    code = "import os; from core.doctor.surroundings import locale; print(os.environ['LC_CTYPE'], locale(os.environ))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "LANG": "C"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "UTF-8" in done.stdout.split()[0].upper()
    assert "not UTF-8" in done.stdout


@pytest.mark.parametrize(
    ("environ", "terminal", "verdict"),
    [
        ({"TERM": "xterm-256color"}, True, OK),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, True, OK),
        ({"TERM": "dumb"}, True, FAULT),
        ({"TERM": "dumb"}, False, WARNING),
        ({}, True, FAULT),
        ({}, False, OK),
        ({"TERM": "xterm-256color", "TMUX": "x"}, True, WARNING),
        ({"TERM": "screen-256color", "TMUX": "x"}, True, OK),
    ],
)
def test_the_terminals_own_description_is_judged(environ: dict[str, str], terminal: bool, verdict: Severity) -> None:
    assert judged(surroundings.colours(environ, "256 colours", terminal=terminal)) == [("colours", verdict)]


# Widths


@pytest.mark.parametrize(
    ("measured", "verdicts"),
    [
        ([2, 2, 1, 2, 2], [OK]),
        ([3, 4, 3, 18, 8], [FAULT]),
        ([2, 2, 2, 2, 2], [WARNING]),
        ([2, 1, 1, 2, 2], [WARNING]),
        ([2, 2, 2, 6, 4], [WARNING, WARNING]),
    ],
)
@pytest.mark.parametrize("environ", [{}, {"TMUX": "x"}, {"STY": "x"}], ids=["plain", "tmux", "screen"])
def test_widths_are_judged_by_what_they_do_to_a_row(
    measured: list[int], verdicts: list[Severity], environ: dict[str, str]
) -> None:
    assert [verdict for _, verdict in judged(*widths.widths(measured, environ))] == verdicts


def test_the_widths_reckoned_with_are_those_that_the_screen_reckons_with() -> None:
    from rich.cells import cell_len

    assert [cell_len(one.text) for one in widths.SAMPLES] == [one.columns for one in widths.SAMPLES]


# tmux, screen and the clipboard


def tmux(**more: object) -> Tmux:
    """A tmux that is set up well."""
    given: dict[str, Any] = {"version": "3.3a", "utf8": True, "features": frozenset({"clipboard"}), "escape_time": 10}
    return Tmux(**{**given, "set_clipboard": "external", "default_terminal": "tmux-256color", **more})


@pytest.mark.parametrize(
    ("more", "verdicts"),
    [
        ({}, [OK]),
        ({"escape_time": 500}, [WARNING]),
        ({"utf8": False}, [FAULT]),
        ({"default_terminal": "screen"}, [WARNING]),
        ({"default_terminal": "xterm-256color", "escape_time": 500}, [WARNING, WARNING]),
    ],
)
def test_each_setting_of_tmux_is_judged(more: dict[str, object], verdicts: list[Severity]) -> None:
    found = multiplexers.multiplexer({"TMUX": "x"}, tmux(**more))
    assert judged(*found) == [("tmux", verdict) for verdict in verdicts]


def test_a_tmux_that_does_not_answer_is_told() -> None:
    assert multiplexers.ask_tmux({"TMUX": "/no/such/socket,1,0", "PATH": os.environ["PATH"]}) is None
    assert judged(*multiplexers.multiplexer({"TMUX": "x"}, None)) == [("tmux", WARNING)]


@pytest.mark.parametrize(
    ("way", "more", "verdict"),
    [
        ("tmux", {}, OK),
        ("tmux", {"version": "3.1c"}, WARNING),
        ("tmux", {"features": frozenset()}, WARNING),
        ("osc52", {}, OK),
        ("screen", {}, OK),
        ("file", {}, WARNING),
        ("desktop", {}, WARNING),
    ],
)
def test_each_way_of_a_copy_is_judged(way: str, more: dict[str, object], verdict: Severity) -> None:
    found = multiplexers.clipboard(way, tmux(**more), program=False, file="/somewhere/clip.txt")
    assert judged(found) == [("clipboard", verdict)]


@pytest.mark.parametrize(
    "environ",
    [
        {"TERM": "xterm"},
        {"TERM": "screen", "STY": "1.x"},
        {"TERM": "linux"},
        {"TERM": "dumb"},
        {},
        {"TERM": "xterm", "DISPLAY": ":0", "SSH_CONNECTION": "a 1 b 2"},
    ],
)
async def test_the_way_that_the_doctor_names_is_the_one_that_a_copy_takes(environ: dict[str, str]) -> None:
    taken = await copy("text", write=lambda _: None, environ={"PATH": os.environ["PATH"], **environ})
    assert first_way(environ) == taken.way
