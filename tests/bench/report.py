"""The figures as tables, one for each number of replies: a column for each program, and how we stand to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.bench.goals import GOALS
from tests.bench.ours import NAME

_SCALES = {"ms": 1e3, "s": 1.0, "MB": 1e-6, "bytes": 1.0}


@dataclass(slots=True)
class Row:
    """One thing measured."""

    what: str
    unit: str
    """What is printed: ms, s, MB or bytes."""
    values: dict[str, float] = field(default_factory=dict)
    """By program, in that unit."""

    @property
    def limit(self) -> float | None:
        """The most that ours may be, or None where nothing is wanted of it."""
        goal = GOALS.get(self.what)
        return None if goal is None or NAME not in self.values else goal.limit(self.values)

    @property
    def met(self) -> bool | None:
        """Whether ours is as wanted; None where nothing is wanted of it."""
        limit = self.limit
        return None if limit is None else self.values[NAME] <= limit


@dataclass(slots=True)
class Sheet:
    """What was measured with the same replies."""

    title: str
    rows: dict[str, Row] = field(default_factory=dict)

    def expect(self, what: str, unit: str) -> None:
        """Give a row its place in the table."""
        self.rows.setdefault(what, Row(what, unit))

    def note(self, what: str, unit: str, program: str, value: float) -> None:
        """Note a figure, given in seconds or bytes; rows stand in the order in which they are first named."""
        self.expect(what, unit)
        self.rows[what].values[program] = value * _SCALES[unit]

    def lines(self, names: Sequence[str], *, judged: bool) -> Iterator[str]:
        """The table, with goals where it is `judged`; a ratio above 1 says that the other needs more than we do."""
        peers = [name for name in names if name != NAME]
        heads = "".join(f"{name:>11}{'ratio':>8}" for name in peers)
        yield f"{self.title}\n{'':38}{'':6}{NAME:>11}{heads}" + ("   goal" if judged else "")
        for row in filter(lambda row: row.values, self.rows.values()):
            line = f"{row.what:38}{row.unit:6}{_figure(row.values.get(NAME)):>11}"
            for name in peers:
                line += f"{_figure(row.values.get(name)):>11}{_ratio(row.values.get(name), row.values.get(NAME)):>8}"
            limit = row.limit if judged else None
            verdict = "" if limit is None else f"   ≤ {_figure(limit)} {'met' if row.met else 'NOT MET'}"
            yield (line + verdict).rstrip()

    def verdict(self) -> str:
        """Which goals are met, in a sentence."""
        wanted = [row for row in self.rows.values() if row.met is not None]
        missed = [row.what for row in wanted if not row.met]
        text = f"{self.title}: {len(wanted) - len(missed)} of {len(wanted)} goals met"
        return text + (f"; not met: {' · '.join(missed)}" if missed else "")


def _figure(value: float | None) -> str:
    """A value as it is printed; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 or value == 0 else f"{value:.1f}"


def _ratio(theirs: float | None, ours: float | None) -> str:
    """How many times ours theirs is."""
    return f"×{theirs / ours:.3g}" if ours and theirs is not None else ""
