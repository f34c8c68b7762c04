"""The reading pane: one quote with everything that is known and written about it."""

from collections.abc import Hashable, Sequence
from string import ascii_letters, digits

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.strip import Strip

from core.counts import COUNTS, count_values
from core.models import Flag, Post, Quote, TimePrecision
from core.reasons import Reason
from core.text.ages import age, is_yearless
from core.text.terminal_safe import for_line, for_screen, without_variation_selectors
from core.thread.attribution import HELD
from core.thread.history import History, history_lines
from core.words import words
from tui.keyboard.sections import in_section
from tui.widgets.chain import HERE, Chain, chain_text
from tui.widgets.columns import STATE_SIGNS, UNKNOWN, fit, on_calendar
from tui.widgets.flag_words import FLAG_WORDS
from tui.widgets.lines import DiffingWidget, plain_line
from tui.widgets.wordings import append_wordings

LONGEST = 20_000
"""Characters of one text that the pane lays out; the rest is in the library, and the pane says so."""

_NOTHING = "Nothing to show: no post fits the view. F clears the filter."
_GLANCE = 200
"""Cells, at the most, of what a post answers."""


class ReadingPane(DiffingWidget, can_focus=True):
    """The reading pane: one quote, laid out in lines; only lines that differ are drawn anew."""

    INDENT = 1
    BINDINGS = in_section(
        "The reading pane",
        Binding("down", "scroll_by(1)", "Line down in the pane", show=False, id="pane.down"),
        Binding("up", "scroll_by(-1)", "Line up in the pane", show=False, id="pane.up"),
        Binding("pagedown,ctrl+f,ctrl+d", "page(1)", "Page down in the pane", show=False, id="pane.page.down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up in the pane", show=False, id="pane.page.up"),
    )

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Strip] = []
        self._paragraphs: dict[Hashable, list[Strip]] = {}
        self._top = 0
        self._quoted: tuple[Quote | None, Quote | None, bool, str] = (None, None, False, "both")
        self._chain: Chain | None = None
        self._history: History | None = None
        self._alike = ""
        self._instead = _NOTHING

    def show(
        self,
        quote: Quote | None,
        parent: Quote | None,
        *,
        reveal: bool = False,
        only: str = "both",
        chain: Chain | None = None,
        history: History | None = None,
        alike: str = "",
    ) -> None:
        """Show a quote, the post that it answers, the chain that it is part of, and how captures of it differ.

        `only` is `original`, `translation` or `both`; `alike` says who else posted it.
        """
        self._history, self._alike = history, alike
        self._quoted, self._chain, self._instead = (quote, parent, reveal, only), chain, _NOTHING
        self._lay_out(0)

    def tell(self, instead: str) -> None:
        """Show a text where there is no quote."""
        self._quoted, self._chain, self._instead = (None, None, False, "both"), None, instead
        self._lay_out(0)

    @property
    def shown(self) -> str:
        """All of the text, as it is laid out."""
        return "\n".join(line.text.rstrip() for line in self._lines)

    def on_show(self) -> None:
        """What was given while the pane was hidden."""
        self._lay_out(0)

    def on_resize(self) -> None:
        """Lines break anew."""
        self._lay_out(self._top)

    def _lay_out(self, top: int) -> None:
        """Break the quote into lines, and draw those that differ from what stands there."""
        quote, parent, reveal, only = self._quoted
        width = self.room
        if not width or not self.display:
            return
        text = (
            Text(for_screen(self._instead), "dim")
            if quote is None
            else quote_layout(
                quote,
                parent,
                width=width,
                reveal=reveal,
                only=only,
                chain=self._chain,
                history=self._history,
                alike=self._alike,
            )
        )
        self._lines = self._broken(text, width)
        if self._chain is not None and not top:
            part = self._line_of_part()
            top = part - 1 if part + 2 > self.content_size.height else 0
        self._top = max(0, min(top, len(self._lines) - self.content_size.height))
        self.redraw()

    def _broken(self, text: Text, width: int) -> list[Strip]:
        """A text in lines; a paragraph that stood there before is not broken again."""
        console, before = self.app.console, self._paragraphs
        self._paragraphs, lines = {}, []
        for paragraph in text.split("\n", allow_blank=True):
            key = (paragraph.plain, paragraph.style, tuple(paragraph.spans), width)
            found = before.get(key)
            if found is None:
                found = [Strip(line.render(console)) for line in paragraph.wrap(console, width)]
            self._paragraphs[key] = found
            lines += found
        return lines

    def _line_of_part(self) -> int:
        """The line on which the part of a chain that the cursor is on begins."""
        return next((y for y, line in enumerate(self._lines) if line.text.startswith(HERE)), 0)

    def line(self, y: int) -> Strip:
        """A line of the window; the last one says how much follows."""
        at, height = self._top + y, self.content_size.height
        more = len(self._lines) - self._top - height
        if more > 0 and y == height - 1:
            return plain_line(f"↓ {more + 1:,} more lines: Tab, then ↓ or PgDn{self._hint()}", Style(dim=True))
        return self._lines[at] if at < len(self._lines) else plain_line("")

    def _hint(self) -> str:
        """Where the translation is, when a long original hides it."""
        quote, _, _, only = self._quoted
        return " · z l: translation" if quote is not None and quote.translation and only == "both" else ""

    def action_scroll_by(self, lines: int) -> None:
        """Move the window by lines."""
        self._top = max(0, min(self._top + lines, len(self._lines) - self.content_size.height))
        self.redraw()

    def action_page(self, pages: int) -> None:
        """Move the window by pages."""
        self.action_scroll_by(pages * max(self.content_size.height - 2, 1))

    def on_mouse_scroll_down(self) -> None:
        """Three lines down."""
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Three lines up."""
        self.action_scroll_by(-3)


def quote_layout(
    quote: Quote,
    parent: Quote | None,
    *,
    width: int = _GLANCE,
    reveal: bool = False,
    only: str = "both",
    chain: Chain | None = None,
    history: History | None = None,
    alike: str = "",
) -> Text:
    """A quote as text, from who said it to what was written around it; `width` cuts what it answers to a line."""
    post, mark = quote.post, quote.mark
    out = Text()
    out.append(f"{'◆' if quote.is_root else STATE_SIGNS[mark.state]} ", "bold")
    if post.author_name:
        out.append(_clean_line(post.author_name) + " ", "bold")
    out.append("@" + _clean_line(post.author) if post.author else "author unknown", "bold")
    out.append(f" · {_when(post)}\n")
    out.append(_counts(post) + (f" · {post.status}" if post.status != "live" else "") + "\n", "dim")
    if history is not None:
        out.append("".join(f"{_clean_line(line)}\n" for line in history_lines(history)), "dim")
    if alike:
        out.append(_clean_line(alike) + "\n", "dim")
    if parent is not None:
        who = f"@{_clean_line(parent.post.author)}" if parent.post.author else "unknown"
        said = f"answers {who}: {_clean_line(parent.post.text[:_GLANCE])}"
        out.append(fit(said, min(_GLANCE, width)).rstrip() + "\n", "dim")
    out.append("\n")
    if only != "translation" or quote.translation is None:
        original = _original(quote, reveal)
        out.append_text(original if chain is None else chain_text(chain, original, reveal=reveal))
        out.append("\n")
        if history is not None:
            append_wordings(out, history, post, lambda text: _clean(text, reveal=reveal))
    if quote.translation is not None and only != "original":
        made = f", {_clean_line(quote.translation.engine)}" if quote.translation.engine else ""
        out.append(f"\n── {quote.translation.lang} · {quote.translation.state}{made}\n", "dim")
        out.append(_clean(quote.translation.text[:LONGEST], reveal=reveal) + "\n")
    for title, text in (("lead-in", mark.lead_in), ("comment", mark.comment), ("note", mark.note)):
        if text:
            out.append(f"\n── {title}\n", "dim")
            out.append(_clean(text) + "\n")
    _append_marks(out, quote)
    return out


def _append_marks(out: Text, quote: Quote) -> None:
    """Tags, rating, media, links, and what to know before quoting."""
    post, mark = quote.post, quote.mark
    parts: Sequence[tuple[str, Sequence[str]]] = (
        ("tags", mark.tags),
        ("link", (post.url,) if post.url else ()),
        ("rating", (str(mark.rating),) if mark.rating else ()),
        ("media", post.media),
        ("links", post.links),
    )
    for title, values in parts:
        if values:
            out.append(f"\n{title}: ", "dim")
            out.append(", ".join(_clean_line(value) for value in values))
    if mark.review:
        out.append("\n! to be checked", "bold")
    for flag in post.flags:
        out.append(f"\n! {_flag_words(flag, mark.confirmed)}", "bold")


def _flag_words(flag: Flag, confirmed: bool) -> str:
    """What a flag means, and what it does."""
    if flag not in HELD:
        return FLAG_WORDS[flag]
    return f"{words(Reason(HELD[flag]))}; " + (
        "confirmed by you" if confirmed else "held back from the article until you confirm it (@)"
    )


def _original(quote: Quote, reveal: bool) -> Text:
    """The text as written; what an excerpt leaves out is dim, what it quotes underlined."""
    text = quote.post.text
    cut = f"\n[{len(text) - LONGEST:,} more characters are in the library]" if len(text) > LONGEST else ""
    if not text:
        return Text(f"[no text: {quote.post.status}]", "dim")
    if not quote.mark.excerpt:
        return Text(_clean(text[:LONGEST], reveal=reveal) + cut)
    out, at = Text(), 0
    for start, end in quote.mark.excerpt:
        out.append(_clean(text[at:start], reveal=reveal), "dim")
        out.append(_clean(text[start:end], reveal=reveal), "underline")
        at = end
    out.append(_clean(text[at:LONGEST], reveal=reveal) + cut, "dim")
    return out


def _when(post: Post) -> str:
    """The time as exactly as it is known."""
    if post.time_precision is TimePrecision.RELATIVE:
        return _about(post.time_given or "")
    at = on_calendar(post.posted_at)
    if at is None:
        return _clean_line(post.time_given) if post.time_given else "time unknown"
    return f"{at:%Y-%m-%d %H:%M} UTC" if post.time_precision is TimePrecision.EXACT else f"{at:%Y-%m-%d}"


def _about(given: str) -> str:
    """A time that was reckoned from the capture, as the source printed it."""
    found = age(given)
    if found is None:
        why = "without a year" if is_yearless(given.strip()) else "as the source printed it"
        return f"≈ {_clean_line(given)}, {why}" if given else "time known only roughly"
    if not found.seconds:
        return "≈ at the capture"
    return f"≈ {found.written.rstrip(ascii_letters)} {found.written.lstrip(digits)} before the capture"


def _counts(post: Post) -> str:
    """Every count; what is not known is a dash, not a zero."""
    return " · ".join(
        f"{UNKNOWN if number is None else f'{number:,}'} {count.singular if number == 1 else count.name}"
        for count, number in zip(COUNTS, count_values(post), strict=True)
    )


def _clean(text: str, *, reveal: bool = False) -> str:
    """A text for the pane; emoji keep their wide form only where every terminal agrees on it."""
    return for_screen(text, reveal=True) if reveal else without_variation_selectors(for_screen(text))


def _clean_line(text: str) -> str:
    """Likewise, on one line."""
    return without_variation_selectors(for_line(text))
