"""The author card: how the author was checked, what else they said here, and whether the writer vouches for them."""

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from core.library import Library, rows, thread_posts, view_results
from core.models import Quote
from core.query import ValueMatch
from core.text.terminal_safe import for_line
from core.thread.attribution import author_checks, hold_back_reason
from core.words import term_words, words
from tui.keyboard.hints import key_of
from tui.keyboard.sections import in_section
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.scroller import Scroller

_SIGNS = {True: "✓", False: "✗", None: "–"}
_MOST_LISTED = 50
"""Other replies that are listed."""


class AuthorCard(Dialog[bool]):
    """Answers True where the writer confirms the author, False where they take that back, None where they leave."""

    BINDINGS = in_section(
        "The author card",
        Binding("y", "answer(True)", "Confirm", show=False, id="author.confirm"),
        Binding("n", "answer(False)", "Do not confirm", show=False, id="author.deny"),
        Binding("q", "leave", "Leave", show=False, id="leave"),
    )

    def __init__(self, quote: Quote, root: Quote | None, others: Sequence[Quote]) -> None:
        """`others` are posts by the same author."""
        super().__init__()
        self._quote, self._root, self._others = quote, root, others

    def compose(self) -> ComposeResult:
        """Who, the checks, the keys, and the other replies."""
        post, mark = self._quote.post, self._quote.mark
        text = Text()
        text.append(for_line(post.author_name or "name unknown"), "bold")
        text.append(f" @{for_line(post.author)}\n" if post.author else " · the file names no author\n")
        text.append(("confirmed by you" if mark.confirmed else "not confirmed by you") + "\n")
        if (reason := hold_back_reason(post)) and not mark.confirmed:
            text.append(f"held back from the article: {words(reason)}\n", "bold")
        text.append("\n")
        root = None if self._root is None else self._root.post
        for check in author_checks(post, root, [other.post for other in self._others]):
            text.append(f"{_SIGNS[check.fits]} {term_words(check.aspect):<9}", "bold" if check.fits is False else "")
            text.append(for_line(words(check.found)) + "\n")
        text.append("\n")
        for action, done in (("author.confirm", "I vouch for this author  "), ("author.deny", "I do not  ")):
            text.append(key_of(self, action), "bold").append(f" {done} ")
        text.append(key_of(self, "leave"), "bold").append(" leave it\n")
        for other in self._others:
            text.append("\n· " + for_line(other.post.text[:200])[:100], "dim")
        with Vertical(classes="box"), Scroller():
            yield Static(text)


def beside(library: Library, thread_id: int, quote: Quote) -> tuple[Quote | None, list[Quote]]:
    """What the card holds a post against: the root, and other posts by the same handle."""
    root = thread_posts.root_of(library, thread_id)
    return (None if root is None else rows.quote(library, root, "")), others_by(library, thread_id, quote)


def others_by(library: Library, thread_id: int, quote: Quote) -> list[Quote]:
    """Other posts of a thread by the same handle."""
    author = quote.post.author
    if author is None:
        return []
    alike = view_results.posts_fitting(library, thread_id, ValueMatch("author", author)) - {quote.seq}
    quotes = rows.quotes(library, sorted(alike)[:_MOST_LISTED], "")
    return [other for other in quotes if other.post.author == author]
