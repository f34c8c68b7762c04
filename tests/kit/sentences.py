"""What reasons say in English, for tests that read them as a person does."""

from collections.abc import Iterable

from core.models import Problem
from core.reasons import Reason, ReasonCode
from core.words import words

PROPER_NAMES = (
    "vxTwitter",
    "gallery-dl",
    "Camofox",
    "Nitter",
    "Reddit",
    "Discourse",
    "GitHub",
    "Hacker News",
    "Lemmy",
    "HAR",
    "PULLQUOTE_MASTODON_TOKENS",
    "mastodon_tokens",
    "PULLQUOTE_REDDIT_APP",
    "reddit_app",
    "PULLQUOTE_GITHUB_TOKEN",
    "GITHUB_TOKEN",
    "GH_TOKEN",
    ".json",
    ".rss",
    "API",
    "JSON",
    "v1.1",
    "v2",
    "X",
)
"""What is called so in every language."""


def sentence(reason: Reason | None) -> str:
    """What one says; empty where there is none."""
    return words(reason) if reason else ""


def sentences(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """What each says."""
    return tuple(map(words, reasons))


def fewer(found: int, claimed: int) -> Reason:
    """That there are fewer replies than the source claims."""
    return Reason(ReasonCode.FEWER_REPLIES, (found, claimed))


def problem_sentences(problems: Iterable[Problem]) -> tuple[tuple[str, str], ...]:
    """The place of each problem, and what it says."""
    return tuple((problem.place, words(problem.reason)) for problem in problems)
