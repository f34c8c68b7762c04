"""What makes a machine's answer no translation; in doubt a draft passes, for the writer reads it anyway."""

import re
import unicodedata

from core.errors import TranslationError
from core.reasons import Reason, ReasonCode
from core.text.language_tags import primary_language
from core.text.links_in_text import LINK
from core.text.matching import fold
from core.text.scripts import ARABIC, CYRILLIC, DEVANAGARI, GREEK, HAN, HANGUL, HEBREW, KANA, LATIN, THAI


class FatalTranslationError(TranslationError):
    """A failure that every further request would meet too, such as a wrong key; it ends a batch."""


_QUOTES = {'"': '"', "“": "”", "„": "“", "'": "'", "‘": "’", "「": "」", "『": "』", "«": "»", "《": "》"}
_FENCE = re.compile(r"```[\w-]*[ \t]*\n(.*?)\n?```", re.DOTALL)
_DELIMITED = re.compile(r"<post-([0-9a-f]+)>(.*?)</post-\1>", re.DOTALL)

_LATIN_NAME = re.compile(r"[@#＠＃][\w.-]+", re.ASCII)
"""A handle or tag in basic Latin; what follows one in another script may be the sentence."""
_SCRIPTS = {
    "zh": HAN,
    "ja": HAN + KANA,
    "ko": HANGUL,
    **dict.fromkeys(("ru", "uk", "bg"), CYRILLIC),
    **dict.fromkeys(("ar", "fa", "ur"), ARABIC),
    "el": GREEK,
    "he": HEBREW,
    "hi": DEVANAGARI,
    "th": THAI,
    **dict.fromkeys(("en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "tr", "vi", "id"), LATIN),
}
"""The letters that a language is written in, as the inside of a character class; others are not judged."""

_FREQUENT_LISTS = """
en the and is are was to of in that it you for not this with have they what
de der die das und ist nicht ich sie wir ein eine mit auf für auch den wie
fr le la les et est pas que je vous nous un une des dans pour avec sur c'est
es el la los las y es no que en un una por para con se lo como pero
pt o a os as e é não que em um uma por para com se mas como isso
it il la gli e è non che di un una per con sono ma come questo del
"""
_FREQUENT = {line[:2]: frozenset(line[3:].split(" ")) for line in _FREQUENT_LISTS.strip().splitlines()}
"""Words that tell languages of one script apart."""

_LETTERS_IN_A_CHARACTER = 3
"""How many letters of other scripts a Chinese character says as much as, roughly."""

_LOOP = re.compile(r"(.{4,120}?)\1{5,}|(.{1,3})\2{40,}", re.DOTALL)
_ECHO = re.compile(r"(.{1,120}?)\1{3,}", re.DOTALL)
_WINDOW = 8_000
"""Characters that a costly search looks at."""
_BLOW_UP = 50

_LABEL = r"(?:option|version|alternative|translation|选项|選項|方案|版本|译文|譯文|译法|翻译|翻譯)"
_TWO_ANSWERS = re.compile(
    rf"{_LABEL}\s*[1１A一][\s*]*[:：.)）].*{_LABEL}\s*[2２B二][\s*]*[:：.)）]", re.DOTALL | re.IGNORECASE
)
_NUMBERED = re.compile(r"[1１A一]\s*[:：.)）].*[2２B二]\s*[:：.)）]", re.DOTALL)

_REMARK = re.compile(
    r"(?:(?:sure|certainly|of course|okay)[,.! ]+)?"
    r"(?:here(?:'s| is| are)\b.{0,40}\btranslation|translation\s*:)"
    r"|(?:好的|当然|當然)?[，,。！! ]*"
    r"(?:(?:以下|下面|这)是.{0,12}(?:翻译|翻譯|译文|譯文)\s*(?:[:：]|\n|\Z)|(?:翻译|翻譯|译文|譯文)\s*[:：])",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"(?=.{0,160}(?:translat|language model|\bAI\b|assist|this request|that request|content))"
    r"(?:i(?:'|’)?m (?:very )?sorry|sorry|i apologi[sz]e|i can(?:no|'|’)t|i am (?:unable|not able)"
    r"|unfortunately|as an? (?:ai|(?:large )?language model))\b"
    r"|(?=.{0,80}(?:翻译|翻譯|人工智能|人工智慧|语言模型|語言模型|AI|请求|請求|协助|內容|内容))"
    r"(?:很|非常)?(?:抱歉|对不起|對不起|作为一|作為一|作为(?:AI|人工)|我(?:无法|無法|不能))",
    re.IGNORECASE | re.DOTALL,
)
_TALKS_OF_IT = re.compile(
    r"\bAI\b|\bIA\b|\bKI\b|ИИ|人工|言語モデル|模型|翻[译譯訳]|translat|tradu|übersetz|перев[ео]|sorry|apolog"
    r"|抱歉|对不起|對不起|request|assist|language model",
    re.IGNORECASE,
)


def without_wrapping(source: str, draft: str) -> str:
    """`draft` without the one layer of fence, delimiter or quotation marks that `source` does not have."""
    draft, plain = draft.strip(), source.strip()
    fenced = _FENCE.fullmatch(draft)
    if fenced and "```" not in source:
        return fenced.group(1).strip()
    delimited = _DELIMITED.fullmatch(draft)
    if delimited and "<post-" not in source:
        return delimited.group(2).strip()
    if len(draft) < 3 or not plain or plain[0] in _QUOTES or plain[-1] in _QUOTES.values():
        return draft
    closing = _QUOTES.get(draft[0])
    inside = draft[1:-1]
    if closing == draft[-1] and draft[0] not in inside and closing not in inside:
        return inside.strip()
    return draft


def why_no_translation(source: str, draft: str, target: str) -> Reason | None:
    """Why `draft` is no translation of `source` into `target` (BCP 47), or None."""
    if not _visible(draft):
        return Reason(ReasonCode.ANSWER_EMPTY)
    if _same(source, draft):
        may_stay = _needs_none(source) or _already(source, primary_language(target))
        return None if may_stay else Reason(ReasonCode.ANSWER_IS_SOURCE)
    if len(draft.strip()) >= _BLOW_UP * max(1, len(source.strip())):
        return Reason(ReasonCode.ANSWER_BLOWN_UP, (_BLOW_UP,))
    if _loops(draft) and not _ECHO.search(source[:_WINDOW]):
        return Reason(ReasonCode.ANSWER_LOOPS)
    return _wrapped(source, draft) or _chat(source, draft) or _other_script(source, draft, target)


def _wrapped(source: str, draft: str) -> Reason | None:
    """The reason where the answer is packed into a fence, JSON or our own delimiters."""
    text, plain = draft.strip(), source.strip()
    if text.startswith("```") and "```" not in source:
        return Reason(ReasonCode.ANSWER_FENCED)
    if re.match(r'[\[{]\s*["{\[]', text) and text[-1] in "]}" and plain[:1] not in ("{", "["):
        return Reason(ReasonCode.ANSWER_IS_JSON)
    if re.search(r"</?post-", text) and not re.search(r"</?post-", source):
        return Reason(ReasonCode.ANSWER_DELIMITED)
    return None


def _chat(source: str, draft: str) -> Reason | None:
    """The reason where the engine talks about its work instead of doing it."""
    if _TWO_ANSWERS.search(draft[:_WINDOW]) and not _NUMBERED.search(source[:_WINDOW]):
        return Reason(ReasonCode.ANSWER_SEVERAL)
    if _TALKS_OF_IT.search(source):
        return None
    if _REFUSAL.match(draft.strip()):
        return Reason(ReasonCode.ANSWER_REFUSES)
    if _REMARK.match(draft.strip()):
        return Reason(ReasonCode.ANSWER_REMARKS)
    return None


def _other_script(source: str, draft: str, target: str) -> Reason | None:
    """The reason where not one letter of the answer belongs to the target's script."""
    letters = _SCRIPTS.get(primary_language(target))
    if letters is None or re.search(f"[{letters}]", draft) or _needs_none(source):
        return None
    return Reason(ReasonCode.ANSWER_OTHER_LANGUAGE, names=(target,))


def _visible(text: str) -> bool:
    """Whether `text` holds anything but white space and invisible characters."""
    return any(not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf") for c in text)


def _same(source: str, draft: str) -> bool:
    """Whether both are one text, case, accents and white space aside."""
    return fold(source).split() == fold(draft).split()


def _loops(draft: str) -> bool:
    """Whether a piece of the answer comes again and again; looks at both ends of a long answer."""
    return bool(_LOOP.search(draft[:_WINDOW]) or _LOOP.search(draft[-_WINDOW:]))


def _needs_none(source: str) -> bool:
    """Whether `source` may go untranslated into any language: signs, links, one word, or a name."""
    text = _without_links(source)
    words = _words(text)
    if len(words) <= 1 and sum(map(len, words)) <= 30 and not re.search(f"[{HAN}{KANA}]{{6,}}", text):
        return True
    return len(words) <= 3 and all(word[0].isupper() and not word.isupper() for word in words)


def _already(source: str, language: str) -> bool:
    """Whether `source` seems to be in `language`: mostly its letters, and not another's frequent words."""
    letters = _SCRIPTS.get(language)
    text = _without_links(source)
    if letters is None or (language == "zh" and re.search(f"[{KANA}]", text)):
        return False
    own = len(re.findall(f"[{letters}]", text))
    others = sum(c.isalpha() for c in text) - own
    weight = _LETTERS_IN_A_CHARACTER if letters.startswith(HAN) else 1
    return own * weight > others and (letters != LATIN or _frequent_words_fit(_words(text), language))


def _without_links(text: str) -> str:
    """`text` without what is the same in every language: links, handles and tags."""
    return _LATIN_NAME.sub(" ", LINK.sub(" ", text))


def _words(text: str) -> list[str]:
    """The runs of letters in `text`, with what may stand inside a word."""
    return re.findall(r"[^\W\d_](?:[\w'’.-]*[^\W_])?", text)


def _frequent_words_fit(words: list[str], language: str) -> bool:
    """Whether no other language of the same script has clearly more of its frequent words here."""
    seen = {word.lower() for word in words}
    hits = {name: len(seen & frequent) for name, frequent in _FREQUENT.items()}
    best = max(hits.values())
    return best < 2 or hits.get(language, 0) == best
