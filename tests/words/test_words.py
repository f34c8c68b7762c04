"""Every reason can be said in every language."""

import ast
import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from core.changes import ChangeName, ChangeVerb, change_name_from
from core.models import DetailKind
from core.reasons import Reason, ReasonCode, reason_from
from core.words import LANGUAGES, change_words, detail_words, with_keys, words
from tests.kit.places import ROOT
from tests.kit.sentences import PROPER_NAMES


def fields(code: ReasonCode, lang: str) -> set[str]:
    """What the words of a code take up."""
    template = import_module(f"core.words.{lang}").REASONS[code]
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def example(code: ReasonCode) -> Reason:
    """A reason with as many numbers and names as its words want, and one behind it."""
    places = max((int(name) for name in fields(code, "en") if name.isdecimal()), default=-1) + 1
    return Reason(code, names=("@ada_example",) * places, causes=(Reason(ReasonCode.STOPPED),))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_says_exactly_the_reasons_that_there_are(lang: str) -> None:
    assert set(import_module(f"core.words.{lang}").REASONS) == set(ReasonCode)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reason_is_said_whole(lang: str) -> None:
    for code in ReasonCode:
        said = words(example(code), lang)
        assert said.strip(), code
        assert "{" not in said.replace("{key:", ""), code


def test_a_reason_in_chinese_holds_no_english() -> None:
    for code in ReasonCode:
        said = words(example(code), "zh-CN")
        said = with_keys(said, lambda _action: "")
        for name in ("@ada_example", *PROPER_NAMES):
            said = said.replace(name, "")
        assert not re.search("[A-Za-z]", said), code


def test_a_number_stands_with_its_noun() -> None:
    assert words(Reason(ReasonCode.PARENTS_MISSING, (1,))) == "1 comment whose parent the payload lacks"
    assert words(Reason(ReasonCode.PARENTS_MISSING, (1200,))) == "1,200 comments whose parent the payload lacks"


def test_a_language_that_is_not_known_is_english() -> None:
    assert words(Reason(ReasonCode.STOPPED), "tlh") == "it was stopped"


def test_a_name_is_shown_as_it_came() -> None:
    assert words(Reason.written("{0} {names} {__class__}")) == "{0} {names} {__class__}"


def test_a_reason_survives_its_plain_data() -> None:
    for code in ReasonCode:
        reason = Reason(code, (1, 2), ("a name",), (Reason(ReasonCode.STOPPED),))
        assert reason_from(reason.as_data()) == reason


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_says_exactly_the_changes_that_there_are(lang: str) -> None:
    assert set(import_module(f"core.words.{lang}").CHANGES) == set(ChangeVerb)


@pytest.mark.parametrize("verb", ChangeVerb)
def test_a_change_in_chinese_holds_no_english(verb: ChangeVerb) -> None:
    said = change_words(ChangeName(verb, 3, ("note", "comment")), "zh")
    assert not re.search("[A-Za-z]", said.replace("note", "").replace("comment", ""))


@pytest.mark.parametrize("verb", ChangeVerb)
def test_a_change_survives_its_plain_data(verb: ChangeVerb) -> None:
    name = ChangeName(verb, 3, ("one", "two"))
    assert change_name_from(name.as_data()) == name


def test_a_change_is_called_by_what_it_was_made_on() -> None:
    assert change_words(ChangeName(ChangeVerb.TAG, 2, ("meme", "law"))) == "tag 2 posts: meme, law"
    assert change_words(ChangeName(ChangeVerb.WRITE, names=("lead-in", "note"))) == "write the lead-in and note"


def test_an_action_that_a_sentence_names_gets_its_key_where_it_is_shown() -> None:
    said = words(Reason(ReasonCode.NOTHING_TO_APPROVE, names=("zh",)))
    keys = {"edit.translation": "e", "translate": "T"}
    assert with_keys(said, keys.__getitem__).endswith("e writes one, T asks a machine.")


KEYS = re.compile(
    r"\bCtrl\+|\b[Pp]ress(?:es)?\b|\bf (?:is|tag|likes):|(?<!\")\b[gz] [a-z]\b"
    r"|(?:^|[;:.(,] ?)(?!I\b|a\b)[A-Za-z@?!/] (?:writes|asks|shows|opens|goes|makes|takes|undoes|folds|finds)\b"
)
"""How a sentence would name a key."""


@pytest.mark.parametrize("path", sorted((ROOT / "core").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_of_core_names_a_key(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in texts if KEYS.search(text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_names_all_that_stands_beside_a_post(lang: str) -> None:
    assert all(detail_words(kind, lang) for kind in DetailKind)
