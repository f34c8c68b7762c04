"""An article speaks one language, whatever it has to say."""

import re

import pytest

from core.article.outline import Article, Section
from core.models import Mark, Post, Quote, Thread, Verdict
from core.reasons import Reason, ReasonCode
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
