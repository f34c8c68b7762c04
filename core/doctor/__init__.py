"""What may be wrong with the surroundings, each finding with a fix that can be typed; nothing is created or changed."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing."""

    topic: str
    found: str
    """May hold text from outside, such as a path; whoever shows it cleans it."""
    fix: str = ""
    """A command or a setting; empty where all is well."""
    verdict: Verdict = Verdict.OK


def warning(topic: str, found: str, fix: str) -> Finding:
    """Something works less well than it could."""
    return Finding(topic, found, fix, Verdict.WARNING)


def fault(topic: str, found: str, fix: str) -> Finding:
    """Something does not work."""
    return Finding(topic, found, fix, Verdict.FAULT)
