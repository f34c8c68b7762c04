"""The flags of kept posts, which stand as words in one column: given and taken away here alone."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import Any

from core.models import Flag

_HAS = "instr(' ' || flags || ' ', ' {flag} ') > 0"
_GIVE = f"UPDATE post SET flags = trim(flags || ' {{flag}}') WHERE NOT {_HAS} AND {{which}}"
_TAKE = f"UPDATE post SET flags = trim(replace(' ' || flags || ' ', ' {{flag}} ', ' ')) WHERE {_HAS} AND {{which}}"


def flag_posts(connection: Connection, seqs: Iterable[int], flags: Iterable[Flag]) -> None:
    """Give posts flags, unless they have them."""
    seqs = tuple(seqs)
    for flag in flags:
        connection.executemany(_GIVE.format(flag=flag, which="seq = ?"), ((seq,) for seq in seqs))


def flag_where(connection: Connection, flag: Flag, which: str, values: tuple[Any, ...]) -> None:
    """Give a flag to the posts for which a condition holds, unless they have it."""
    connection.execute(_GIVE.format(flag=flag, which=which), values)


def unflag_where(connection: Connection, flag: Flag, which: str, values: tuple[Any, ...]) -> None:
    """Take a flag from the posts for which a condition holds."""
    connection.execute(_TAKE.format(flag=flag, which=which), values)
