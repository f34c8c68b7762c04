"""What tests look at in the doctor's findings."""

from core.doctor import Finding, Verdict

OK, WARNING, FAULT = Verdict.OK, Verdict.WARNING, Verdict.FAULT
SECRET = "sk-0123456789"


def judged(*findings: Finding) -> list[tuple[str, Verdict]]:
    """Topic and verdict of each finding, after a look at its fix."""
    for one in findings:
        assert bool(one.fix) is (one.verdict is not OK), one
        assert one.found, one
        assert SECRET not in one.found + one.fix
    return [(one.topic, one.verdict) for one in findings]
