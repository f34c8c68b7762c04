"""Replies that nobody wrote, in many languages, as the fetcher's JSON for us and as JSON Lines for VisiData."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

SHAPES = {
    "mixed": "many authors, likes as they fall",
    "equal": "every reply has the same likes",
    "one-author": "one person wrote every reply",
    "chinese": "every text is Chinese",
    "long": "texts of 10,000 characters",
    "tags": "the thread has 50,000 tags",
}
"""What data can look like, by name."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word to filter by."""

    text: str
    share: float
    """The part of the replies that is made to hold it."""


WORDS = {
    "Latin, 1 of 4": Word("teapot", 0.25),
    "Latin, 1 of 100": Word("samovar", 0.01),
    "Latin, none": Word("xylophone", 0.0),
    "Chinese, 1 of 4": Word("茶壶", 0.25),
    "Chinese, 1 of 100": Word("茶炊", 0.01),
    "Chinese, none": Word("木琴", 0.0),
}
"""By what is said of them in the table; none is part of another, or of a sentence."""

_ROOT = 1_990_000_000_000_000_000
_EPOCH_MS = 1_288_834_974_657
_STEP = 4_194_304 * 1_500
"""What ids grow by: 1.5 seconds, in the unit of X's ids."""
_MOST_LIKES = 987_654
_LONG = 10_000
_BY_TEXT, _BY_TIME = 15_485_863, 32_452_843
"""Primes that spread the replies, so that neither their texts nor their times lie in the source's order."""

_SENTENCES = {
    "en": "nobody asked the umbrella what it thinks of rain and yet here we are counting the drops again",
    "es": "nadie preguntó al paraguas qué piensa de la lluvia y mañana contaremos otra vez las gotas",
    "de": "niemand fragte den Regenschirm was er vom Wetter hält und trotzdem zählen wir größere Tropfen",
    "ru": "никто не спросил зонтик что он думает о дожде и вот мы снова считаем капли",
    "ar": "لم يسأل أحد المظلة عن رأيها في المطر وها نحن نعد القطرات مرة أخرى",
    "ja": "誰も 傘に 雨を どう 思うか 聞かなかった のに また 雫を 数えて いる",
    "ko": "아무도 우산에게 비를 어떻게 생각하는지 묻지 않았고 우리는 또 방울을 센다",
    "zh": "没人 问过 雨伞 对雨 怎么看 ， 结果 我们 又在 这里 数 雨滴 了 。",
    "emoji": "☔ 😂 👩‍🚀 🫖 no words 🇺🇳 ✨ 한 💧 ok",
}
_SPACELESS = frozenset({"zh", "ja"})
_FIRST = ("Ada", "Bo", "Cyra", "Dov", "Éloïse", "Farid", "Gu", "Hanako", "Ігор", "Jun", "小雨", "Liv", "Mo", "Nía")
_LAST = ("Brolly", "Drizzle", "Mizzle", "雨田", "Schauer", "Nube", "مطر", "Капля", "Parasol", "Shower 🌂")


@dataclass(frozen=True, slots=True)
class Data:
    """Files with the same replies, and what a program must show of them."""

    rows: int
    shape: str
    fetched: Path
    """As x-tweet-fetcher v3 prints it."""
    lines: Path
    """JSON Lines."""
    root: str
    """The id of the post that was answered."""
    first: str
    """How the first reply's text begins; no other begins so."""
    ends: Mapping[str, tuple[str, str]]
    """How the texts of the lowest and the highest reply by a column begin; not of columns that decide nothing."""
    hits: Mapping[str, int]
    """How many replies hold each of WORDS, by its text."""

    @property
    def most_liked(self) -> str:
        """How the text of the reply with the most likes begins; the first of those that have them."""
        return self.ends.get("likes", ("", self.first))[1]


def make(folder: Path, rows: int, shape: str = "mixed") -> Data:
    """Write `rows` replies into `folder`; the same for the same numbers."""
    fetched, lines = folder / f"{shape}-{rows}.json", folder / f"{shape}-{rows}.jsonl"
    hits = {word.text: 0 for word in WORDS.values()}
    fewest = (_MOST_LIKES, 0)
    header = {
        "url": f"https://x.com/brolly_museum/status/{_ROOT}",
        "username": "brolly_museum",
        "tweet_id": str(_ROOT),
        "reply_count": rows,
        "count": rows,
        "backend": "nitter",
        "views_supplemented": True,
    }
    with fetched.open("w", encoding="utf-8") as whole, lines.open("w", encoding="utf-8") as apart:
        whole.write(json.dumps(header, ensure_ascii=False)[:-1] + ', "replies": [\n')
        for number, reply in enumerate(_replies(rows, shape)):
            line = json.dumps(reply, ensure_ascii=False)
            whole.write((",\n" if number else "") + line)
            apart.write(line + "\n")
            fewest = min(fewest, (int(str(reply["likes"])), number))
            for word in hits:
                hits[word] += word in str(reply["text"])
        whole.write("\n]}\n")
    first = _beginning(0, rows)
    return Data(rows, shape, fetched, lines, str(_ROOT), first, _ends(rows, shape, fewest[1]), hits)


def _ends(rows: int, shape: str, least_liked: int) -> dict[str, tuple[str, str]]:
    """The first and the last reply by each column that has such."""
    ends = {
        "time": (_whose(0, rows, _BY_TIME), _whose(rows - 1, rows, _BY_TIME)),
        "text": (_whose(0, rows, _BY_TEXT), _whose(rows - 1, rows, _BY_TEXT)),
    }
    if shape != "equal":
        ends["likes"] = (least_liked, rows // 2)
    if shape != "one-author":
        ends["author"] = (rows // 3, 2 * rows // 3)
    return {name: (_beginning(low, rows), _beginning(high, rows)) for name, (low, high) in ends.items()}


def _spread(number: int, rows: int, by: int) -> int:
    """Another place for a reply, no two in the same."""
    return number * by % rows


def _whose(place: int, rows: int, by: int) -> int:
    """The reply that was given a place."""
    return place * pow(by, -1, rows) % rows


def _beginning(number: int, rows: int) -> str:
    """What a reply's text begins with."""
    return f"n{_spread(number, rows, _BY_TEXT):05x}"


def _replies(rows: int, shape: str) -> Iterator[dict[str, object]]:
    """The replies in the source's order."""
    chance = random.Random(rows)
    languages = ["zh"] if shape == "chinese" else list(_SENTENCES)
    for number in range(rows):
        id = _ROOT + (_spread(number, rows, _BY_TIME) + 1) * _STEP
        at = datetime.fromtimestamp(((id >> 22) + _EPOCH_MS) / 1000, UTC)
        likes = int(chance.paretovariate(0.9)) - 1
        author = _author(number, rows, shape, chance)
        yield {
            "author": f"@{author}",
            "author_name": _name(author),
            "text": f"{_beginning(number, rows)} {_text(chance, chance.choice(languages), shape)}",
            "time_ago": f"{at:%b} {at.day}, {at:%Y} · {at:%I:%M %p} UTC",
            "likes": 7 if shape == "equal" else _MOST_LIKES if number == rows // 2 else min(likes, _MOST_LIKES // 2),
            "replies": chance.randrange(5),
            "views": 2_000_000 + likes * 40 if number == rows // 2 else min(likes * 40 + 11, 1_999_999),
            "retweets": likes // 9,
            "tweet_id": str(id),
        }


def _author(number: int, rows: int, shape: str, chance: random.Random) -> str:
    """A handle; that of one reply sorts before all others, that of another one after them, whatever the case."""
    if shape == "one-author":
        return "drizzle"
    if number == rows // 3:
        return "0_aardvark"
    if number == 2 * rows // 3:
        return "zzyzx"
    return f"{chance.choice(('Mist', 'fog', 'Hail', 'sleet', 'rain'))}_{chance.randrange(1 + rows // 3)}"


def _name(author: str) -> str:
    """The display name of a handle, the same wherever that appears."""
    number = crc32(author.encode())
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number // len(_FIRST) % len(_LAST)]}"


def _text(chance: random.Random, language: str, shape: str) -> str:
    """A text of 3 to 30 words, or a long one; as often as they are wanted with one of WORDS."""
    words = chance.choices(_SENTENCES[language].split(), k=chance.randrange(3, 30))
    drawn = chance.random()
    for word in WORDS.values():
        if 0 <= drawn < word.share:
            words.insert(chance.randrange(len(words)), word.text)
        drawn -= word.share
    text = ("" if language in _SPACELESS else " ").join(words)
    return text if shape != "long" else (text + " ") * (_LONG // (len(text) + 1) + 1)
