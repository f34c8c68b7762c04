"""A whole article as Markdown, in both languages."""

import csv
import json
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt

from core.article.outline import Article, Section
from core.models import (
    Capture,
    CapturedFrom,
    Flag,
    Mark,
    Post,
    Quote,
    Thread,
    TimePrecision,
    Translation,
    TranslationState,
    Verdict,
)
from core.reasons import Reason
from core.text.language import is_written_in
from exports import render_article
from exports.settings import ExportSettings
from exports.view import quote_view
from tests.kit.places import SHARED

SEED = SHARED / "seed"
WROTE = 1771870521
"""2026-02-23 18:15:21 UTC."""


def quote(seq: int, post: Post, mark: Mark | None = None, translation: str | None = None) -> Quote:
    """A reply, or with 0 the root."""
    given = Translation("zh", translation, TranslationState.APPROVED) if translation else None
    return Quote(seq, post, mark or Mark(), given, min(seq, 1), seq == 0, seq)


def capture(number: int, tool: str | None) -> Capture:
    return Capture(number, 1, WROTE, WROTE, "x", tool, ("x.json",), Verdict.PARTIAL, (), 4141, 19)


ROOT = quote(
    0,
    Post("100", "We were copied.\n\nBy three labs.", "acme", "Acme Labs", None, WROTE, TimePrecision.EXACT,
         likes=33505, lang="en", url="https://x.example/acme/status/100"),
    translation="我们被抄了。\n\n三家干的。",
)  # fmt: skip
TOP = quote(
    1,
    Post("101", "HOW IS THAT STEALING 😭", "ann_lee", "Ann", likes=251, lang="en", url="https://x.example/ann_lee/status/101"),
    Mark(lead_in="评论就一句话：", comment="说明大家心里都有数。"),
    "怎么就成了偷",
)  # fmt: skip
ROUNDED = quote(2, Post("102", "Didn't you scrape it all?", "bo", likes=1200, lang="en", flags=(Flag.ROUNDED_COUNTS,)))
CHINESE = quote(3, Post("103", "发布前慌了。", "chen", likes=None, lang="zh-Hans"))
LOOSE = quote(4, Post("104", "Anyway, hello there friends", None, None, likes=0))
LAST = quote(5, Post("105", "Why not in court?", "dee", likes=9, lang="en"), Mark(lead_in="最后："), "为什么不上法庭？")
HELD = quote(6, Post("106", "--> <b>held</b>", "eve"))

ARTICLE = Article(
    thread=Thread(1, "100", "https://x.example/acme/status/100", "acme", "We were copied.", 19, 4141, 6, 7, WROTE,
                  Verdict.PARTIAL, (Reason.written("登录墙"), Reason.written("`只有`一页")), CapturedFrom.FETCH),
    title="这条推文，翻车了",
    root=ROOT,
    sections=(
        Section("第一高赞", "先看这个。", (TOP, ROUNDED)),
        Section("大实话", "", (CHINESE,)),
        Section("", "", (LOOSE,)),
    ),
    closing=LAST,
    captures=(capture(3, "x-tweet-fetcher"), capture(2, None), capture(1, "Camofox"), capture(0, "Camofox")),
    lang="zh",
    held_back=((HELD, Reason.written("作者未知 -->")),),
)  # fmt: skip


def render_template(article: Article, template: str, settings: ExportSettings) -> str:
    """An article as Markdown."""
    return render_article("markdown", article, settings, template)


def lines(article: Article = ARTICLE, template: str = "zh", settings: ExportSettings | None = None) -> list[str]:
    return render_template(article, template, settings or ExportSettings()).split("\n")


def headings(markdown: str) -> list[str]:
    """The headings that a renderer makes, each with its level in front."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    pairs = pairwise(tokens)
    return [f"{token.tag} {inside.content}" for token, inside in pairs if token.type == "heading_open"]


def test_the_chinese_article_reads_from_title_to_disclaimer() -> None:
    assert render_template(ARTICLE, "zh", ExportSettings()) == (
        """\
# 这条推文，翻车了

<!-- 引言待写 -->

> We were copied.
>
> By three labs.
>
> （我们被抄了。
>
> 三家干的。）
>
> —— Acme Labs · [&#64;acme](https://x.example/acme/status/100) · 2026-02-23 UTC · 33,505 赞

## 第一高赞

先看这个。

评论就一句话：

> HOW IS THAT STEALING 😭
>
> （怎么就成了偷）
>
> —— [&#64;ann_lee](https://x.example/ann_lee/status/101) · 251 赞

说明大家心里都有数。

> Didn&#39;t you scrape it all?
>
> <!-- 译文待补 -->
>
> —— &#64;bo · 约 1,200 赞

<!-- 评论待写 -->

## 大实话

> 发布前慌了。
>
> —— &#64;chen

<!-- 评论待写 -->

## 未归类

> Anyway, hello there friends
>
> <!-- 译文待补 -->
>
> —— 作者未知 · 0 赞

<!-- 评论待写 -->

---

最后：

> Why not in court?
>
> （为什么不上法庭？）
>
> —— &#64;dee · 9 赞

<!-- 评论待写 -->

---

- 来源：&#64;acme，<https://x.example/acme/status/100>
- 抓取时间：2026-02-23 18:15 UTC
- 引用 5 条，读到 19 条，来源称约 4,141 条
- 完整性：不完整（登录墙；&#96;只有&#96;一页）

*本文基于公开内容整理。抓取工具：x-tweet-fetcher + Camofox。文章观点不代表本人立场，只是记录和转述。*

<!-- 已加星但未收入：
@eve：-&#45;&#62; &#60;b>held&#60;/b>（作者未知 -&#45;&#62;）
-->
"""
    )


def test_the_english_article_has_english_words() -> None:
    text = render_template(replace(ARTICLE, lang="en"), "en", ExportSettings())
    assert "> — &#64;bo · about 1,200 likes" in text
    assert "## Unsorted" in text
    assert "- 5 replies quoted, 19 captured, about 4,141 according to the source" in text
    assert "Captured with x-tweet-fetcher + Camofox." in text
    assert text.count("<!-- translation to come -->") == 1


def test_one_like_is_one_like() -> None:
    once = replace(TOP, post=TOP.post.with_changes(likes=1))
    found = lines(replace(ARTICLE, sections=(Section("a", "", (once,)),)), "en")
    assert any(line.endswith("· 1 like") for line in found)


def test_what_is_missing_is_marked_and_not_made_up() -> None:
    thread = replace(
        ARTICLE.thread, url=None, root_author=None, claimed=None, captured_at=None, verdict=Verdict.UNKNOWN
    )
    bare = Article(thread, "", None, (), None, (), "zh")
    text = render_template(bare, "zh", ExportSettings())
    assert text.startswith("# <!-- 标题待写 -->\n\n<!-- 引言待写 -->\n\n---\n\n<!-- 结尾引用待选 -->\n")
    assert "- 来源：作者未知\n- 抓取时间：未知\n- 引用 0 条，读到 19 条\n- 完整性：无法确认是否完整\n" in text
    assert "来源称" not in text
    assert "抓取工具" not in text
    assert "未收入" not in text


@pytest.mark.parametrize(
    ("precision", "printed"), [("exact", True), ("day", True), ("relative", False), ("unknown", False)]
)
def test_a_date_is_printed_only_where_it_is_known_to_the_day(precision: str, printed: bool) -> None:
    root = replace(ROOT, post=ROOT.post.with_changes(time_precision=TimePrecision(precision)))
    assert any("2026-02-23" in line for line in lines(replace(ARTICLE, root=root)) if line.startswith(">")) is printed


@pytest.mark.parametrize(("offset", "day"), [(None, "2026-02-23 UTC"), (8 * 60, "2026-02-24"), (-120, "2026-02-23")])
def test_a_date_is_that_of_the_sources_own_clock_or_says_that_it_is_in_utc(offset: int | None, day: str) -> None:
    root = replace(ROOT, post=ROOT.post.with_changes(utc_offset=offset))
    assert any(f" · {day} · " in line for line in lines(replace(ARTICLE, root=root)))


@pytest.mark.parametrize(
    ("offset", "moment"),
    [(None, "2026-02-23T18:15:21+00:00"), (8 * 60, "2026-02-24T02:15:21+08:00"), (-210, "2026-02-23T14:45:21-03:30")],
)
def test_front_matter_can_have_the_moment_with_its_zone(offset: int | None, moment: str) -> None:
    assert quote_view(quote(1, ROOT.post.with_changes(utc_offset=offset)), "zh", ExportSettings()).posted == moment
    day = quote(1, ROOT.post.with_changes(time_precision=TimePrecision.DAY))
    assert quote_view(day, "zh", ExportSettings()).posted is None


def test_a_day_without_a_time_is_printed_as_it_was_given() -> None:
    day = ROOT.post.with_changes(posted_at=1771804800, time_precision=TimePrecision.DAY)
    assert any(" · 2026-02-23 · " in line for line in lines(replace(ARTICLE, root=replace(ROOT, post=day))))


@pytest.mark.parametrize("said_by", [None, *CapturedFrom])
def test_the_time_of_a_capture_is_printed_only_where_more_than_a_files_date_says_it(
    said_by: CapturedFrom | None,
) -> None:
    text = "\n".join(lines(replace(ARTICLE, thread=replace(ARTICLE.thread, captured_from=said_by))))
    known = said_by not in (None, CapturedFrom.FILE)
    assert ("抓取时间：2026-02-23 18:15 UTC" in text, "抓取时间：未知" in text) == (known, not known)


def test_a_date_beyond_the_calendar_is_left_out() -> None:
    root = replace(ROOT, post=ROOT.post.with_changes(posted_at=10**18))
    assert "> —— Acme Labs · [&#64;acme](https://x.example/acme/status/100) · 33,505 赞" in lines(
        replace(ARTICLE, root=root)
    )


def test_a_count_that_cannot_be_is_not_printed() -> None:
    odd = replace(TOP, post=TOP.post.with_changes(likes=7, flags=(Flag.ODD_COUNTS,)))
    assert "7 赞" not in "\n".join(lines(replace(ARTICLE, sections=(Section("a", "", (odd,)),))))


def test_likes_and_links_can_be_left_out() -> None:
    found = lines(settings=ExportSettings(show_likes=False, show_links=False))
    assert "> —— &#64;ann_lee" in found
    assert "赞" not in "".join(line for line in found if line.startswith(">"))


def test_without_handles_nothing_names_or_links_to_who_replied() -> None:
    text = "\n".join(lines(settings=ExportSettings(show_handle=False)))
    for trace in ("ann_lee", "Ann", "bo", "chen", "@dee", "eve", "status/101"):
        assert trace not in text
    assert "> —— 251 赞" in text
    assert "&#64;acme" in text


def test_only_the_excerpt_is_quoted() -> None:
    part = replace(TOP, mark=replace(TOP.mark, excerpt=((0, 6), (12, 20))))
    assert "> HOW IS […] STEALING […]" in lines(replace(ARTICLE, sections=(Section("a", "", (part,)),)))


def test_a_post_without_text_says_so() -> None:
    silent = quote(1, Post("1", " \n", "ann", media=("https://x.example/1.png",)))
    found = lines(replace(ARTICLE, root=None, closing=None, sections=(Section("a", "", (silent,)),)))
    assert "> （只有图片或视频，没有文字）" in found
    assert "> <!-- 译文待补 -->" not in found


def test_a_link_that_is_none_leaves_the_handle_as_text() -> None:
    forged = replace(TOP, post=TOP.post.with_changes(url="javascript:alert(1)"))
    found = lines(replace(ARTICLE, sections=(Section("a", "", (forged,)),)))
    assert "> —— &#64;ann_lee · 251 赞" in found


def test_a_private_note_never_leaves() -> None:
    noted = replace(TOP, mark=replace(TOP.mark, note="do not print"))
    assert "do not print" not in "\n".join(lines(replace(ARTICLE, sections=(Section("a", "", (noted,)),))))


@pytest.mark.parametrize(
    ("text", "given", "lang", "same"),
    [
        ("hello", "en", "en-GB", True),
        ("hello", "fr", "en", False),
        ("你好", "zh-Hans", "zh", True),
        ("你好", None, "zh", True),
        ("Anthropic 花 80 亿美元训练 Claude", None, "zh", True),
        ("これは何ですか", None, "zh", False),
        ("hello there", None, "zh", False),
        ("hello there", None, "en", True),
        ("привет", None, "en", False),
        ("hello", None, "de", False),
        ("你好", "und", "zh", True),
        ("😭😭 123", "ja", "zh", True),
    ],
)
def test_an_original_in_the_articles_language_needs_no_translation(
    text: str, given: str | None, lang: str, same: bool
) -> None:
    assert is_written_in(text, given, lang) is same


@pytest.mark.skipif(not SEED.exists(), reason="the yardstick article is not here")
def test_the_yardstick_article_can_be_made_from_its_replies() -> None:
    replies = json.loads((SEED / "replies.json").read_text("utf-8"))["replies"]
    rows = list(csv.DictReader((SEED / "curation.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    sections: dict[str, list[Quote]] = {}
    for number, row in enumerate(rows, 1):
        reply = next(reply for reply in replies if reply["text"].startswith(row["reply_text_begins"]))
        post = Post(str(number), reply["text"], reply["author"].lstrip("@"), likes=reply["likes"])
        made = quote(number, post, Mark(lead_in=row["lead_in"]), row["translation"] or None)
        sections.setdefault(row["section"], []).append(made)
    outline = tuple(Section(tag, "", tuple(quotes)) for tag, quotes in sections.items())
    text = render_template(replace(ARTICLE, sections=outline, closing=None), "zh", ExportSettings())
    yardstick = (SEED / "article.md").read_text("utf-8")
    assert "译文待补" not in text
    assert all(f"## {unescape(heading[3:])}" in yardstick for heading in headings(text)[1:])
    for row in rows:
        assert not row["translation"] or f"> （{row['translation']}）" in unescape(text).split("\n")
        assert row["lead_in"] in unescape(text)
