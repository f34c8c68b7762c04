"""Knowing what one has: the thread's captures, and what is new since last time."""

from dataclasses import replace

from textual.binding import Binding

from core.library import threads
from core.library.captures import visits
from tui.keyboard.order import flow
from tui.screens.workbench import Workbench


class Knowing(Workbench):
    """Knowing what one has: how complete it is, and what is new."""

    BINDINGS = [
        Binding("g i", "captures", "Captures", show=False, id="captures", tooltip="When, by what, how complete, why"),
        Binding("g n", "show_new", "What is new", show=False, id="view.new", tooltip="The replies new since last time"),
    ]

    @flow
    async def action_captures(self) -> None:
        """The thread's captures."""
        from tui.screens.dialogs.captures import CapturesScreen

        await self.app.push_screen_wait(CapturesScreen(threads.captures(self.library, self.thread.id)))

    @flow
    async def action_show_new(self) -> None:
        """Show what the newest visit was the first to bring."""
        thread_id = self.thread.id
        if visits.previous_visit_at(self.library, thread_id) is None:
            self.say(
                "Nothing to compare with: no earlier capture has replies. Import a later one, and this shows news."
            )
            return
        told = await self.inquire("comparing", lambda library: visits.summary(library, thread_id))
        if told is None:
            return
        if told.added:
            self.show_view(replace(self.view, only=None).filtered("is:added"), self.table.seq)
            self.keep_place()
        others = " · ".join(name for name, some in (("is:changed", told.changed), ("is:gone", told.gone)) if some)
        self.say(f"{told.describe()}." + (f" f {others} shows those." if others else "") + " F shows every reply.")
