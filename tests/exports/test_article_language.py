"""An article speaks one language, whatever it has to say."""

import re

import pytest

from core.article.outline import Article, Section, StandsElsewhere, why_left_out
from core.article.remarks import remarks
from core.models import CapturedFrom, Flag, Mark, News, Post, PostStatus, Quote, Thread, Verdict
from core.reasons import Reason, ReasonCode
from core.thread.history import RecheckedState
from core.thread.rechecks import RecheckOutcome
from exports import render_article
from exports.settings import ExportSettings
from tests.kit.sentences import PROPER_NAMES

OF_THE_SCREEN = {ReasonCode.NOTHING_TO_APPROVE}
"""Reasons that name an action, which no article has."""
POST = Post("101", "我们的水壶。", "甲", "甲", lang="zh", url=None)


def reason(code: ReasonCode) -> Reason:
    """A reason whose names are Chinese."""
    return Reason(code, names=("甲",) * 5, causes=(Reason(ReasonCode.STOPPED),))


@pytest.mark.parametrize("code", sorted(set(ReasonCode) - OF_THE_SCREEN))
def test_a_chinese_article_holds_no_english_whatever_is_lacking_or_left_out(code: ReasonCode) -> None:
    quote = Quote(1, POST, Mark(comment="好。"), None, 1, False, 0)
    thread = Thread(1, "100", None, "乙", "水壶", 1, 7, 1, 1, 1_771_891_200, Verdict.PARTIAL, (reason(code),))
    sections = (Section("水", "", (quote,)),)
    article = Article(thread, "水壶", None, sections, None, (), "zh", ((quote, reason(code)),))
    shown = render_article("markdown", article, ExportSettings(), "zh")
    for name in ("UTC", *PROPER_NAMES):
        shown = shown.replace(name, "")
    assert not re.findall("[A-Za-z]+", shown)


def seen(post: Post, news: News = News.NONE, newer: str | None = None) -> Quote:
    """A quote of a post."""
    return Quote(1, post, Mark(), None, 1, False, 0, news, newer_text=newer)


def latin_words(article: Article) -> list[str]:
    """The words in Latin letters that a Chinese article prints, but for what is called so everywhere."""
    return [
        word
        for word in re.findall("[A-Za-z]+", render_article("markdown", article, ExportSettings(), "zh"))
        if word != "UTC"
    ]


@pytest.mark.parametrize("outcome", [None, *RecheckOutcome])
@pytest.mark.parametrize("status", PostStatus)
@pytest.mark.parametrize("flag", [None, *Flag])
def test_a_chinese_article_holds_no_english_whatever_is_known_of_its_quotes(
    flag: Flag | None, status: PostStatus, outcome: RecheckOutcome | None
) -> None:
    look = None if outcome is None else RecheckedState(1_771_891_200, outcome, "said in English")
    flags = () if flag is None else (flag,)
    post = Post("101", "我们的水壶。", "甲", "甲", lang="zh", status=status, flags=flags, shared_by="丙", posted_at=1)
    silent = Post("102", "", "乙", status=status, flags=flags, media=("https://moor.example/a.png",))
    quotes = [seen(post, news, newer) for news in News for newer in (None, "壶。")]
    bare = seen(silent)
    why = why_left_out(bare)
    thread = Thread(1, "100", None, "乙", "水壶", 1, 7, 1, 1, 1_771_891_200, Verdict.PARTIAL, (), CapturedFrom.FETCH)
    sections = (Section("水", "", (*quotes, bare), (StandsElsewhere(quotes[0], None), StandsElsewhere(bare, "火"))),)
    for said in (remarks(quote, look) for quote in quotes):
        article = Article(thread, "", bare, sections, quotes[0], (), "zh", ((bare, why),) if why else (), {1: said})
        assert latin_words(article) == []


@pytest.mark.parametrize("verdict", Verdict)
def test_a_chinese_article_says_its_verdict_in_chinese(verdict: Verdict) -> None:
    thread = Thread(1, "100", None, None, "水壶", 1, None, 1, 1, None, verdict, (Reason(ReasonCode.FULL_PAGE, (20,)),))
    assert latin_words(Article(thread, "", None, (), None, (), "zh")) == []


def test_what_an_english_template_says_is_english_also_of_an_article_in_another_language() -> None:
    """`--template en` is asked for by a writer whose own language is Chinese."""
    post = Post("101", "Our kettle.", "ada", "Ada", lang="en", status=PostStatus.DELETED)
    quote = Quote(1, post, Mark(), None, 1, False, 0)
    why = Reason(ReasonCode.NO_WORDS)
    thread = Thread(1, "100", None, "ben", "", 1, 7, 1, 1, None, Verdict.PARTIAL, (Reason(ReasonCode.STOPPED),))
    sections = (Section("tea", "", (quote,)),)
    article = Article(thread, "", None, sections, None, (), "zh", ((quote, why),), {1: remarks(quote, None)})
    shown = render_article("markdown", article, ExportSettings(), "en")
    assert not re.findall(r"[\u3400-\u9fff]+", shown)
    assert "deleted" in shown
