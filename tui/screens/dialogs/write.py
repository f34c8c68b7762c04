"""The dialogs for writing an article: its title, the file, the template, and a file that somebody else has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from core.text.terminal_safe import for_line, for_screen
from tui.keyboard.hints import hint
from tui.keyboard.sections import in_section
from tui.screens.dialogs.dialog import Dialog

_LISTED = 8
"""Notices that the dialog shows."""


@dataclass(frozen=True, slots=True)
class WriteWish:
    """What the writer wants written."""

    title: str
    path: str
    template: str


class WriteDialog(Dialog[WriteWish]):
    """Enter in any field answers."""

    def __init__(self, title: str, path: str, template: str, notices: Sequence[str] = ()) -> None:
        """`notices` are sentences that the writer should read before she writes."""
        super().__init__()
        self._wish = WriteWish(title, path, template)
        self._notices = notices

    def compose(self) -> ComposeResult:
        """A line each for title, file and template."""
        with Vertical(classes="box"):
            yield Static(Text("Write the article", style="bold"))
            for name, value in (
                ("title", self._wish.title),
                ("path", self._wish.path),
                ("template", self._wish.template),
            ):
                yield Static(Text(f"\n{name}"))
                yield Input(for_line(value), id=name, compact=True)
            if self._notices:
                yield Static(Text("\n" + "\n".join(self._listed())), id="notices")
            keys = hint("\nEnter writes · Tab next line · template: zh, en or a file · {key:leave} leaves", self)
            yield Static(Text(keys, style="dim"))

    def _listed(self) -> list[str]:
        """The first notices, a line each, and how many there are besides."""
        lines = [for_line(notice) for notice in self._notices[:_LISTED]]
        more = len(self._notices) - _LISTED
        return [*lines, f"and {more:,} more; pullquote export lists all"] if more > 0 else lines

    def on_input_submitted(self) -> None:
        """Enter in any line answers with all three."""
        title, path, template = (self.query_one(f"#{name}", Input).value for name in ("title", "path", "template"))
        self.answer(WriteWish(title.strip(), path.strip() or self._wish.path, template.strip() or self._wish.template))


class ChangedFileAnswer(StrEnum):
    """What is to become of a file that somebody else has changed."""

    OVERWRITE = "overwrite"
    BESIDE = "beside"


class ChangedFile(Dialog[ChangedFileAnswer]):
    """Asks what is to become of a file that somebody else has changed; without an answer it stays as it is."""

    BINDINGS = in_section(
        "A changed file",
        Binding("y", f"answer('{ChangedFileAnswer.OVERWRITE}')", "Overwrite", show=False, id="file.overwrite"),
        Binding("b", f"answer('{ChangedFileAnswer.BESIDE}')", "Write beside", show=False, id="file.beside"),
        Binding("n,q", "leave", "Leave it", show=False, id="file.leave"),
    )

    def __init__(self, what: str) -> None:
        """`what` says how the file was changed."""
        super().__init__()
        self._what = what

    def compose(self) -> ComposeResult:
        """What is so, and what the answers do."""
        text = Text(for_screen(self._what) + "\n\n")
        for key, does in (("y", "overwrite it, and keep a copy"), ("b", "write beside it"), ("n", "leave it as it is")):
            text.append(key, "bold").append(f" {does}   ")
        with Vertical(classes="box"):
            yield Static(text)

    def action_answer(self, value: ChangedFileAnswer | str) -> None:
        """Answer with what a key stands for."""
        self.answer(ChangedFileAnswer(value))
