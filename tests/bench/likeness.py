"""How long it takes to find the replies that say the same, beside comparing each with each.

    python -m tests.bench.likeness [REPLIES …]

Beside it, in the same run: rapidfuzz on all pairs of texts that are not equal, and difflib on a sample of those pairs,
reckoned up. The goal is 5,000 replies in under 2 seconds.
"""

import random
import sys
import time
from collections.abc import Sequence
from difflib import SequenceMatcher

from core.thread.duplicates import ALIKE, LONG, _key, find_duplicates

WORDS = [
    "label",
    "museum",
    "copied",
    "frame",
    "letter",
    "wait",
    "third",
    "fourth",
    "answer",
    "never",
    "again",
    "paper",
    "pen",
    "ink",
    "blue",
    "nib",
    "why",
    "who",
    "first",
    "send",
    "back",
    "street",
    "umbrella",
    "rain",
    "summer",
    "night",
    "price",
    "half",
    "today",
    "friends",
    "offer",
    "buy",
    "now",
    "really",
    "letter",
    "by",
    "letter",
    "标签",
    "博物馆",
]
CAMPAIGN = (
    "Everyone should stop buying from these museums until they answer for the copied labels! https://a.example/{}"
)
SAMPLE = 20_000
MOST_PAIRS = 20_000_000


def replies(count: int) -> list[tuple[int, str, str | None]]:
    """Invented replies, one in twenty of which belongs to a campaign."""
    chance = random.Random(count)
    found: list[tuple[int, str, str | None]] = []
    for number in range(count):
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randrange(3, 30)))
        if number % 20 == 0:
            text = CAMPAIGN.format(number)
            text = text.upper() if number % 60 == 0 else text
            text = text.replace("museums", "musems") if number % 140 == 0 else text
            text = f"@brolly {text} 😭😭" if number % 100 == 0 else text
        found.append((number, text, f"reader{number}"))
    return found


def all_pairs(keys: Sequence[str]) -> float:
    """Seconds for rapidfuzz on every pair of texts."""
    from rapidfuzz.fuzz import ratio

    began = time.perf_counter()
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            ratio(one, other, score_cutoff=ALIKE)
    return time.perf_counter() - began


def by_difflib(keys: Sequence[str]) -> float:
    """Seconds that difflib would take for every pair, by a sample of them."""
    chance = random.Random(1)
    pairs = len(keys) * (len(keys) - 1) // 2
    some = min(SAMPLE // 10, pairs)
    began = time.perf_counter()
    for _ in range(some):
        SequenceMatcher(None, chance.choice(keys), chance.choice(keys), autojunk=False).ratio()
    return (time.perf_counter() - began) / max(some, 1) * pairs


def main() -> None:
    """Print a line for each size."""
    for count in [int(text) for text in sys.argv[1:]] or [5_000, 50_000]:
        said = replies(count)
        find_duplicates(said[:10])
        began = time.perf_counter()
        found = find_duplicates(said)
        ours = time.perf_counter() - began
        largest = max((len(one.seqs) for one in found), default=0)
        print(f"{count:>9,} replies   ours {ours:7.2f} s   {len(found):,} clusters, the largest of {largest:,}")
        keys = sorted({key for _, text, _ in said if len(key := _key(text)) >= LONG})
        if len(keys) ** 2 / 2 <= MOST_PAIRS:
            theirs = all_pairs(keys)
            print(f"{'':17}   all pairs, rapidfuzz {theirs:9.2f} s   ×{theirs / ours:.3g}")
        theirs = by_difflib(keys)
        print(f"{'':17}   all pairs, difflib ≈ {theirs:9,.0f} s   ×{theirs / ours:,.3g}")


if __name__ == "__main__":
    main()
