"""A line to type in, at the bottom of the screen."""

import asyncio
from collections.abc import Callable

from textual.binding import Binding
from textual.suggester import Suggester
from textual.widgets import Input

from core.text.terminal_safe import for_line
from tui.keyboard.queue import key_queue
from tui.keyboard.sections import in_section


class Prompt(Input):
    """Asks for one line; not there until it is asked."""

    BINDINGS = in_section("The line to type in", Binding("escape", "give_up", "Cancel", show=False, id="prompt.leave"))

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.can_focus = False
        self._answer: asyncio.Future[str | None] | None = None
        self._typed: Callable[[str], object] | None = None

    async def ask(
        self,
        label: str,
        value: str = "",
        *,
        typed: Callable[[str], object] | None = None,
        suggester: Suggester | None = None,
    ) -> str | None:
        """The line that the writer enters, or None where it was given up; `typed` is told every change.

        A value that is not touched comes back to the letter, also where it cannot be shown so.
        """
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(None)
        self._answer = asyncio.get_running_loop().create_future()
        self._typed = None
        shown = for_line(value)
        self.placeholder, self.value, self.suggester = for_line(label), shown, suggester
        self.cursor_position = len(shown)
        self._typed = typed
        before = self.screen.focused
        self._appear(True)
        self.screen.set_focus(self)
        key_queue(self).release()
        try:
            answer = await self._answer
            return value if answer == shown else answer
        finally:
            key_queue(self).hold()
            self._typed = None
            if self.is_attached:
                self._appear(False)
                self.screen.set_focus(None if before is self else before)

    def _appear(self, there: bool) -> None:
        """Take a line or none: whatever else makes a widget appear lets Textual send the whole screen."""
        self.styles.height = 1 if there else 0
        self.can_focus = there

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell who wants to know."""
        event.stop()
        if self._typed is not None:
            self._typed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the line that was entered."""
        event.stop()
        self._finish(event.value)

    def action_give_up(self) -> None:
        """Leave the line without an answer."""
        self._finish(None)

    def _finish(self, value: str | None) -> None:
        """Let the one who asks go on; keys wait for what comes of it."""
        if self._answer is not None and not self._answer.done():
            key_queue(self).hold()
            self._answer.set_result(value)
