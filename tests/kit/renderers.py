"""Programs that make pages of Markdown, with what people add to them, and what a reader sees of such a page."""

import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser

from markdown_it import MarkdownIt

_BLOCKS = frozenset({"p", "blockquote", "h1", "h2"})


class Page(HTMLParser):
    """What a reader sees of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._blocks = [""]
        self.elements: set[str] = set()
        """The kinds of elements that it has."""
        self.addresses: list[str] = []
        """Where its links lead to."""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins anew; a line break is one."""
        self.elements.add(tag)
        if tag == "a":
            self.addresses.append(dict(attrs).get("href") or "")
        if tag == "br":
            self._blocks[-1] += "\n"
        elif tag in _BLOCKS:
            self._blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        """What follows a block is another one."""
        if tag in _BLOCKS:
            self._blocks.append("")

    def handle_data(self, data: str) -> None:
        """A line end of the source is a blank."""
        self._blocks[-1] += data.replace("\n", " ")

    @property
    def text(self) -> str:
        """Its text as `as_seen` has it."""
        return as_seen("\n\n".join(filter(str.strip, self._blocks)))


def as_seen(text: str) -> str:
    """Text as a page shows it: several blanks are one, a line has none at its ends, and several blank lines are one."""
    lines = (re.sub("[ \t\xa0\u3000]+", " ", line).strip(" ") for line in text.split("\n"))
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip("\n")


def _markdown_it(text: str) -> str:
    made = MarkdownIt("gfm-like", {"typographer": True}).enable(["replacements", "smartquotes"])
    return str(made.render(text))


def _commonmark(text: str) -> str:
    import commonmark

    return str(commonmark.commonmark(text))


def _cmark(text: str) -> str:
    import cmarkgfm

    return str(cmarkgfm.github_flavored_markdown_to_html(text))


_OF_MISTUNE = (
    "strikethrough footnotes table url task_lists def_list abbr mark insert superscript subscript math spoiler"
)


def _mistune(text: str) -> str:
    import mistune

    # Where it escapes HTML, it shows every entity as it stands, in anybody's text.
    return str(mistune.create_markdown(escape=False, plugins=_OF_MISTUNE.split())(text))


def _python_markdown(*extensions: str) -> Callable[[str], str]:
    def rendered(text: str) -> str:
        import markdown

        return str(markdown.markdown(text, extensions=[*extensions]))

    return rendered


_OF_PYMDOWN = (
    "extra caret tilde mark smartsymbols magiclink critic keys emoji arithmatex tasklist details blocks.admonition"
)
RENDERERS: dict[str, Callable[[str], str]] = {
    "markdown-it-py": _markdown_it,
    "commonmark": _commonmark,
    "cmark-gfm": _cmark,
    "mistune": _mistune,
    "python-markdown": _python_markdown(),
    "python-markdown with extra": _python_markdown(
        "extra", "smarty", "admonition", "sane_lists", "toc", "wikilinks", "meta"
    ),
    "pymdown": _python_markdown(*(f"pymdownx.{name}" for name in _OF_PYMDOWN.split())),
}
PANDOC_FORMATS = ("markdown", "markdown_mmd", "gfm", "commonmark_x")


def pandoc(text: str, form: str) -> str:
    """The page that pandoc, which must be there, makes of its kind `form` of Markdown."""
    command = ["pandoc", "--from", form, "--to", "html", "--wrap=none"]
    return subprocess.run(command, input=text.encode(), check=True, capture_output=True).stdout.decode()
