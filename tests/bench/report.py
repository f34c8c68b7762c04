"""The figures as a table: a line for each thing measured, a column for each program, and how we stand to it."""

from collections.abc import Sequence
from dataclasses import dataclass

OURS = "pullquote"
_SCALES = {"ms": 1e3, "MB": 1e-6, "bytes": 1.0}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured."""

    what: str
    rows: str
    """How many replies there were, and of what shape."""
    unit: str
    """What is printed: ms, MB or bytes."""
    values: dict[str, float | None]
    """Seconds or bytes by program."""
    goal: str = ""


def print_table(table: Sequence[Row], names: Sequence[str]) -> None:
    """Print the rows, those of one thing together; a ratio above 1 says that the other needs more than we do."""
    peers = [name for name in names if name != OURS]
    print(f"{'':28}{'replies':>18} {'':5}{OURS:>11}" + "".join(f"{name:>11}{'ratio':>7}" for name in peers) + "  goal")
    for what in dict.fromkeys(row.what for row in table):
        for number, row in enumerate(one for one in table if one.what == what):
            ours = row.values.get(OURS)
            line = f"{what if number == 0 else '':28}{row.rows:>18} {row.unit:5}{_figure(ours, row.unit):>11}"
            for name in peers:
                theirs = row.values.get(name)
                ratio = f"×{theirs / ours:.3g}" if ours and theirs else ""
                line += f"{_figure(theirs, row.unit):>11}{ratio:>7}"
            print(f"{line}  {row.goal}".rstrip())


def _figure(value: float | None, unit: str) -> str:
    """A value as it is printed; a dash where there is none."""
    if value is None:
        return "–"
    scaled = value * _SCALES[unit]
    return f"{scaled:,.0f}" if scaled >= 100 else f"{scaled:.1f}"
