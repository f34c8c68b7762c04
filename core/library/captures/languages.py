"""What a later capture says of a known post's language: a source's word replaces a guess, and nothing replaces that."""

from collections.abc import Iterable
from sqlite3 import Connection

from core.models import LangFrom, Post


def take_languages(connection: Connection, again: Iterable[tuple[int, Post]]) -> None:
    """Take the language of posts that were known, by their seqs, where it is better known than the one there."""
    told = [(seq, post) for seq, post in again if post.lang is not None]
    # In the table a language without a word of how it was guessed is the source's own.
    connection.executemany(
        "UPDATE post SET lang = ?, lang_from = NULL WHERE seq = ? AND (lang IS NULL OR lang_from NOT NULL)",
        ((post.lang, seq) for seq, post in told if post.lang_from in (None, LangFrom.SOURCE)),
    )
    connection.executemany(
        "UPDATE post SET lang = ?, lang_from = ? WHERE seq = ? AND lang IS NULL",
        ((post.lang, post.lang_from, seq) for seq, post in told if post.lang_from not in (None, LangFrom.SOURCE)),
    )
