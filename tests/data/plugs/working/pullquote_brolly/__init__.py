"""Adds one plug of each kind to pullquote, for the invented network of a firm that makes umbrellas."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from core.models import Payload, Post, Reading
from core.readers.kit.document import Document
from core.reasons import ReasonCode
from core.translation import EngineSettings, TranslationDraft
from core.transport import Notify, Request, SourceSettings, Transport
from exports.view import ArticleView, QuoteView

ESSAY = Path(__file__).with_name("essay.md.j2")
"""The template."""


class BrollySource:
    """Threads of the firm's forum, which has one."""

    name = "brolly"
    title = "Brolly's forum"
    formats = ("brolly",)
    fetches = "threads of https://brolly.example"
    reasons_settled_by_all_pages: frozenset[ReasonCode] | None = frozenset()

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings

    def takes(self, link: str) -> bool:
        return link.startswith("https://brolly.example/")

    def begin(self, link: str) -> Sequence[Request]:
        return [Request(link, "the thread")]

    def follow(self, ask: Request, payload: Payload) -> Sequence[Request]:
        return ()

    def transport(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        return _forum()


class _Forum:
    async def fetch(self, ask: Request) -> Payload:
        thread = {"brolly": [["1", "ada", "Rain is coming"], ["2", "bo", "Take *one* along"]]}
        return Payload(ask.url, json.dumps(thread).encode(), 1_771_870_521)


@asynccontextmanager
async def _forum() -> AsyncIterator[Transport]:
    yield _Forum()


class BrollyReader:
    """The forum's JSON."""

    name = "brolly"
    title = "Brolly's JSON"
    site = ""
    long_list = None

    def detects(self, document: Document) -> bool:
        return isinstance(document.value, dict) and "brolly" in document.value

    def read(self, document: Document) -> list[Reading]:
        assert isinstance(document.value, dict)
        (root, *_), *_ = rows = document.value["brolly"]
        posts = tuple(
            Post(id=number, text=text, author=author, parent_id=None if number == root else root)
            for number, author, text in rows
        )
        return [Reading(format=self.name, root_id=root, posts=posts)]


class EchoEngine:
    """Says every text once more."""

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings

    async def translate(self, text: str, target: str) -> TranslationDraft:
        return TranslationDraft(f"{target}: {text}", "echo")

    async def close(self) -> None:
        pass


class PlainText:
    """Quotes one after the other, as they were written."""

    name = "plain"
    suffix = ".txt"

    def render(self, article: ArticleView, template: str | Path) -> str:
        return "".join(self.render_quote(quote, "") for section in article.sections for quote in section.quotes)

    def render_quote(self, quote: QuoteView, lang: str) -> str:
        return f"{quote.handle}: {quote.text}\n"
