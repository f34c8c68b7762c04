"""Dialogs: each returns a typed value and knows nothing else."""

from typing import TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from core.text.terminal_safe import for_screen
from tui.commands.command import Commanded
from tui.keyboard.hints import key_of
from tui.keyboard.queue import key_queue
from tui.keyboard.sections import in_section

Answer = TypeVar("Answer")


class Dialog(Commanded, ModalScreen[Answer]):
    """A box over the screen; Esc leaves it without an answer."""

    BINDINGS = in_section("Dialogs", Binding("escape", "leave", "Leave", show=False, id="leave"))

    def on_screen_resume(self) -> None:
        """Keys may come, once the focus stands."""
        self.call_after_refresh(key_queue(self).release)

    def answer(self, value: Answer | None) -> None:
        """Leave with an answer; keys wait for what comes of it."""
        key_queue(self).hold()
        self.dismiss(value)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.answer(None)

    def action_answer(self, value: Answer) -> None:
        """Answer with what a key stands for."""
        self.answer(value)


class YesOrNo(Dialog[bool]):
    """A question that is answered with y or n."""

    BINDINGS = in_section(
        "Questions",
        Binding("y", "answer(True)", "Yes", show=False, id="answer.yes"),
        Binding("n,q", "answer(False)", "No", show=False, id="answer.no"),
    )

    def __init__(self, question: str, yes: str, no: str) -> None:
        """`yes` and `no` say what either answer does."""
        super().__init__()
        self._lines = (question, yes, no)

    def compose(self) -> ComposeResult:
        """The question, and what the answers do."""
        question, yes, no = (for_screen(line) for line in self._lines)
        text = Text(question + "\n\n")
        text.append(key_of(self, "answer.yes"), "bold").append(f" {yes}   ")
        text.append(key_of(self, "answer.no"), "bold").append(f" {no}")
        with Vertical(classes="box"):
            yield Static(text)
