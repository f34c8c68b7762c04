"""What tests look at in the doctor's findings."""

from core.doctor import HealthFinding, Severity

OK, WARNING, FAULT = Severity.OK, Severity.WARNING, Severity.FAULT
SECRET = "sk-0123456789"


def judged(*findings: HealthFinding) -> list[tuple[str, Severity]]:
    """Topic and verdict of each finding, after a look at its fix."""
    for one in findings:
        assert bool(one.fix) is (one.verdict is not OK), one
        assert one.found, one
        assert SECRET not in one.found + one.fix
    return [(one.topic, one.verdict) for one in findings]
