"""How many columns the terminal gives the characters of which threads and the table are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.doctor import HealthFinding, fault, warning


@dataclass(frozen=True, slots=True)
class Sample:
    """A text to measure, and the columns that the program reckons with."""

    name: str
    text: str
    columns: int


HAN = Sample("a Chinese character", "\u5b57", 2)
EMOJI = Sample("an emoji", "\U0001f62d", 2)
MARK = Sample("a mark such as a star", "\u2605", 1)
FAMILY = Sample("an emoji of several people", "\U0001f469\u200d\U0001f469\u200d\U0001f467", 2)
FLAG = Sample("a flag", "\U0001f1e9\U0001f1ea", 2)
SAMPLES = (HAN, EMOJI, MARK, FAMILY, FLAG)

_NARROW = (
    "in the terminal's settings make ambiguous-width characters narrow (PuTTY: Treat CJK ambiguous characters as wide: "
    "off; iTerm2: Ambiguous characters are double-width: off; xterm: without -cjk_width)"
)


def widths(measured: Sequence[int], environ: Mapping[str, str]) -> list[HealthFinding]:
    """What the columns that each of SAMPLES took mean."""
    wrong = {sample: took for sample, took in zip(SAMPLES, measured, strict=True) if took != sample.columns}
    if HAN in wrong:
        found = f"{HAN.name} takes {wrong[HAN]} columns here, and should take {HAN.columns}"
        return [fault("width", found, _utf8_fix(environ))]
    findings = []
    if MARK in wrong:
        fix = "screen -X cjkwidth off" if environ.get("STY") else _NARROW
        findings.append(warning("width", f"{MARK.name} takes {wrong[MARK]} columns here: every row shifts", fix))
    shifting = [f"{one.name} takes {wrong[one]} columns" for one in (EMOJI, FAMILY, FLAG) if one in wrong]
    if shifting:
        found = f"{', '.join(shifting)} here, not 2: rows that hold one may shift"
        findings.append(warning("width", found, _emoji_fix(environ)))
    if not findings:
        findings.append(HealthFinding("width", "Chinese and emoji take two columns, marks take one, as reckoned with"))
    return findings


def _utf8_fix(environ: Mapping[str, str]) -> str:
    """How to make what stands between here and the screen read UTF-8."""
    if environ.get("TMUX"):
        return "tmux detach, then: tmux -u attach"
    if environ.get("STY"):
        return "screen -X utf8 on on"
    return "export LANG=C.UTF-8, and set the terminal's own encoding to UTF-8"


def _emoji_fix(environ: Mapping[str, str]) -> str:
    """What helps against an emoji of another width."""
    if environ.get("TMUX"):
        return "update tmux; until then ctrl+l draws a shifted screen anew"
    if environ.get("STY"):
        return "use tmux in place of screen; until then ctrl+l draws a shifted screen anew"
    return "update the terminal; until then ctrl+l draws a shifted screen anew"
