"""Reasons, and what was left out or mended, as the library keeps them with captures and threads."""

import json
from collections.abc import Iterable, Sequence

from core.models import Problem
from core.reasons import Reason, reason_from


def reasons_column(reasons: Iterable[Reason]) -> str:
    """Why a capture or a thread has its verdict, as it is kept."""
    return json.dumps([reason.as_data() for reason in reasons], ensure_ascii=False)


def problems_column(problems: Sequence[Problem]) -> str:
    """The problems of a reading as they are kept with a capture."""
    return json.dumps(
        [{"place": problem.place, "reason": problem.reason.as_data()} for problem in problems], ensure_ascii=False
    )


def problems_from(column: str) -> tuple[Problem, ...]:
    """What was left out or mended, as it was kept."""
    return tuple(Problem(one["place"], reason_from(one["reason"])) for one in json.loads(column))
