"""The only way out for text into CSV: no cell is a formula, wherever a spreadsheet may cut the line."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from exports.characters import balanced, harmless

_FORMULA = re.compile(r"""(?P<lead> \A[\s"',;|]*|(?<=[,;|\t\n])["']* )(?=[=+\-@＝＋－＠])""", re.VERBOSE)


def csv_table(rows: Iterable[Sequence[object]], columns: Sequence[str], *, raw: bool = False) -> str:
    """`rows` under the heading `columns`, every cell quoted; None is an empty cell.

    A text that a spreadsheet would compute gets a `'` in front, also after a separator, because a program that
    expects another separator starts a new cell there. `raw` leaves every character as it is, controls included.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value, raw=raw) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object, *, raw: bool) -> str:
    """One value as a cell's text."""
    if value is None:
        return ""
    if raw or not isinstance(value, str):
        return str(value)
    text = balanced(harmless(value))
    guarded = _FORMULA.sub(lambda match: "'" if match.start() == 0 else match[0] + "'", text)
    return guarded
