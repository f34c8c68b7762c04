"""Words: what a reason says in a language. Made where something is shown; nothing else of core imports this room."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Protocol, cast

from core.reasons import Reason, ReasonCode
from core.text.counted import counted

LANGUAGES = ("en", "zh")
"""The languages in which reasons can be said; each is a module of this room."""


class Language(Protocol):
    """What a language's module holds."""

    REASONS: Mapping[ReasonCode, str]
    """The sentence of each code.

    `{0}`, `{1}` … are its numbers and then its names; `{0:post}` is a number with its noun, `{0:term}` a name that is
    a word of ours, `{names}` are all names, and `{causes}` are the reasons behind it.
    """
    TERMS: Mapping[str, str]
    """The words of ours that a reason names."""
    COMMA: str
    SEMICOLON: str


class _Number(int):
    """A number that a template may show with its noun."""

    def __format__(self, noun: str) -> str:
        return counted(int(self), noun) if noun else f"{int(self):,}"


class _Name(str):
    """A name that a template may show as a word of the language."""

    __slots__ = ("term",)
    term: str

    def __format__(self, kind: str) -> str:
        return self.term if kind == "term" else str(self)


class _Causes(list[str]):
    """The reasons behind a reason, which a template may join in its own way."""

    def __init__(self, causes: Iterable[str], mark: str) -> None:
        super().__init__(causes)
        self._mark = mark

    def __format__(self, mark: str) -> str:
        return (mark or self._mark).join(self)


def words(reason: Reason, lang: str = "en") -> str:
    """What `reason` says, in the language of the tag `lang` or else in English."""
    language = _language(lang)
    names = [_Name(name) for name in reason.names]
    for name in names:
        name.term = language.TERMS.get(name, name)
    return language.REASONS[reason.code].format(
        *map(_Number, reason.numbers),
        *names,
        names=language.COMMA.join(reason.names),
        causes=_Causes((words(cause, lang).rstrip(".。") for cause in reason.causes), language.SEMICOLON),
    )


def all_words(reasons: Iterable[Reason], lang: str = "en") -> str:
    """What several reasons say, one after the other."""
    return _language(lang).SEMICOLON.join(words(reason, lang) for reason in reasons)


def _language(lang: str) -> Language:
    """The module of a language."""
    primary = lang.partition("-")[0].lower()
    return cast(Language, import_module(f"{__name__}.{primary if primary in LANGUAGES else LANGUAGES[0]}"))
