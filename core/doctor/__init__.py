"""What may be wrong with the surroundings, each finding with a fix that can be typed; nothing is created or changed."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class HealthFinding:
    """What the doctor found about one thing, with a fix where it is not well."""

    topic: str
    found: str
    """May hold text from outside, such as a path; whoever shows it cleans it."""
    fix: str = ""
    """A command or a setting; empty where all is well."""
    verdict: Severity = Severity.OK


def warning(topic: str, found: str, fix: str) -> HealthFinding:
    """A finding of something that works less well than it could."""
    return HealthFinding(topic, found, fix, Severity.WARNING)


def fault(topic: str, found: str, fix: str) -> HealthFinding:
    """A finding of something that does not work."""
    return HealthFinding(topic, found, fix, Severity.FAULT)
