"""Words: what reasons and changes say in a language; made where they are shown, and imported by no room of core."""

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Protocol, cast

from core.changes import ChangeName, ChangeVerb
from core.models import DetailKind, Verdict
from core.reasons import Reason, ReasonCode
from core.text.counted import counted
from core.thread.history import dates

LANGUAGES = ("en", "zh")
"""The languages in which reasons can be said; each is a module of this room."""


_NAMED_ACTION = re.compile(r"\{key:([a-z_.]+)\}")


class Language(Protocol):
    """What a language's module holds."""

    REASONS: Mapping[ReasonCode, str]
    """The sentence of each code.

    `{0}`, `{1}` … are its numbers and then its names; `{0:post}` is a number with its noun, `{0:when}` one as a date,
    `{0:term}` a name that is a word of ours, `{names}` are all names, `{terms}` all names as words of ours, and
    `{causes}` the reasons behind it; `{names: and }` says what stands between them. `{key:view.new}` names an action,
    whose key the screen fills in.
    """
    CHANGES: Mapping[ChangeVerb, str]
    """What a change is called, in the same way; `{0}` is the number of posts."""
    TERMS: Mapping[str, str]
    """The words of ours that a reason names."""
    VERDICTS: Mapping[Verdict, str]
    """How complete a capture is, in a word or two."""
    DETAILS: Mapping[DetailKind, str]
    """What stands beside a post, in a word or two."""
    COMMA: str
    SEMICOLON: str


class _Number(int):
    """A number that a template may show with its noun, or as a moment."""

    def __format__(self, noun: str) -> str:
        if noun == "when":
            return dates((self,))
        return counted(int(self), noun) if noun else f"{int(self):,}"


class _Name(str):
    """A name that a template may show as a word of the language."""

    __slots__ = ("term",)
    term: str

    def __format__(self, kind: str) -> str:
        return self.term if kind == "term" else str(self)


class _Joined(list[str]):
    """Several words, which a template may join in its own way."""

    def __init__(self, several: Iterable[str], mark: str) -> None:
        super().__init__(several)
        self._mark = mark

    def __format__(self, mark: str) -> str:
        return (mark or self._mark).join(self)


def words(reason: Reason, lang: str = "en") -> str:
    """What `reason` says, in the language of the tag `lang` or else in English."""
    language = _language(lang)
    causes = [words(cause, lang).rstrip(".。") for cause in reason.causes]
    return _filled(language, language.REASONS[reason.code], reason.numbers, reason.names, causes)


def with_keys(text: str, key_of: Callable[[str], str]) -> str:
    """`text` with what `key_of` says of each action that it names, as `{key:view.new}` does."""
    return _NAMED_ACTION.sub(lambda match: key_of(match[1]), text)


def words_of_all(reasons: Iterable[Reason], lang: str = "en") -> str:
    """What several reasons say, one after the other."""
    return _language(lang).SEMICOLON.join(words(reason, lang) for reason in reasons)


def verdict_words(verdict: Verdict, lang: str = "en") -> str:
    """How complete a capture is, in a word or two; of a source that says nothing of its end, that."""
    return _language(lang).VERDICTS[verdict]


def detail_words(kind: DetailKind, lang: str = "en") -> str:
    """What stands beside a post, in a word or two."""
    return _language(lang).DETAILS[kind]


def term_words(term: str, lang: str = "en") -> str:
    """A word of ours, such as what an author was held against."""
    return _language(lang).TERMS.get(term, term)


def change_words(change: ChangeName, lang: str = "en") -> str:
    """What a change of marks is called, for example `star 3 posts`."""
    language = _language(lang)
    return _filled(language, language.CHANGES[change.verb], (change.count,), change.names)


def _filled(
    language: Language, template: str, numbers: Iterable[int], names: Iterable[str], causes: Iterable[str] = ()
) -> str:
    """A template with what it says."""
    said = [_Name(name) for name in names]
    for name in said:
        name.term = language.TERMS.get(name, name)
    return template.format(
        *map(_Number, numbers),
        *said,
        names=_Joined(said, language.COMMA),
        terms=_Joined((name.term for name in said), language.COMMA),
        causes=_Joined(causes, language.SEMICOLON),
        key=_Action(),
    )


class _Action:
    """An action whose key is not known here; `with_keys` fills it in."""

    def __format__(self, action: str) -> str:
        return f"{{key:{action}}}"


def _language(lang: str) -> Language:
    """The module of a language."""
    primary = lang.partition("-")[0].lower()
    return cast(Language, import_module(f"{__name__}.{primary if primary in LANGUAGES else LANGUAGES[0]}"))
