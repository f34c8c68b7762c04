"""What the writer should know when an article is written, in sentences that name the post and its author."""

import re
from collections.abc import Iterator

from core.article.notices import notices, open_work
from core.article.outline import Article
from core.models import Quote
from core.reasons import Reason, ReasonCode
from core.words import words, words_of_all

_FORMULA = re.compile(r"\$[^\n]*\$|\\[][()\\]")
"""What editors for WeChat take for a formula however it is written, for they look at the finished page."""


def export_notices(article: Article, exporter: str) -> list[str]:
    """What is held back, what is known against the quotes, and what does not go into the format as it was written."""
    said = [f"{_named(quote)} is held back: {words(reason)}" for quote, reason in article.held_back]
    for notice in notices(article):
        about = f"{_named(notice.quote)} is quoted: " if notice.quote else ""
        said.append(about + words_of_all(notice.reasons))
    if exporter == "markdown":
        said += [f"{place}: {words(reason)}" for place, reason in _of_markdown(article)]
    return said


def open_words(article: Article) -> str:
    """What is still to be written, in one line; empty where nothing is."""
    return " · ".join(words(reason) for reason in open_work(article))


def _named(quote: Quote) -> str:
    """A post by its id and its author's handle."""
    return quote.post.id if quote.post.author is None else f"{quote.post.id} by @{quote.post.author}"


def _of_markdown(article: Article) -> Iterator[tuple[str, Reason]]:
    """What of her own Markdown was changed or will not look as she meant it, and signs that become formulas."""
    from exports.own_markdown import contained_block, contained_line

    yield from (("the title", reason) for reason in contained_line(article.title).changes)
    for section in article.sections:
        yield from ((f"the heading ‘{section.tag}’", reason) for reason in contained_line(section.tag).changes)
        for reason in contained_block(section.introduction).changes:
            yield f"the introduction of ‘{section.tag}’", reason
    for quote in article.quotes:
        for what, text in (("lead-in", quote.mark.lead_in), ("comment", quote.mark.comment)):
            yield from ((f"the {what} of {_named(quote)}", reason) for reason in contained_block(text).changes)
    for quote in (*((article.root,) if article.root else ()), *article.quotes):
        texts = (quote.quoted_text(), quote.translation.text if quote.translation else "")
        if any(map(_FORMULA.search, texts)):
            yield f"{_named(quote)} is quoted", Reason(ReasonCode.FORMULA_SIGNS)
