"""The thread's screen: all groups of actions on one workbench."""

import unicodedata

from textual.binding import Binding
from textual.suggester import SuggestFromList

from core.library import threads, views
from core.library.captures import visits
from core.sorts import SORTS
from core.words import all_words
from tui.keyboard.order import flow
from tui.screens.alike import Alike
from tui.screens.arriving import AS_THEY_COME, Arriving
from tui.screens.branches import Branches
from tui.screens.copying import Copying
from tui.screens.counting import Counting
from tui.screens.dialogs.dialog import YesOrNo
from tui.screens.help import HelpScreen
from tui.screens.knowing import Knowing
from tui.screens.looking import Looking
from tui.screens.publishing import Publishing
from tui.screens.tagging import Tagging
from tui.screens.translating import Translating
from tui.screens.triage import Triage
from tui.screens.writing import Writing
from tui.widgets.bars import TagBar

OTHERS = 0.5
"""Seconds between two looks at whether another program has written to the library."""


class ThreadScreen(
    Alike, Arriving, Branches, Counting, Knowing, Publishing, Copying, Translating, Writing, Looking, Tagging, Triage
):
    """The program."""

    BINDINGS = [
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="The keys of this screen"),
        Binding("colon", "command", "Command", show=False, id="command", tooltip="Any action by its name"),
        Binding("q", "back", "Back", show=False, id="back", tooltip="Close the reader, or go back; asks at the top"),
        Binding("Q,Z Z", "quit", "Quit", show=False, id="quit", tooltip="Everything is on disk already"),
        Binding("ctrl+l", "redraw", "Redraw", show=False, id="redraw"),
        Binding("ctrl+z", "app.suspend_process", "Suspend", show=False, id="suspend"),
    ]

    def on_mount(self) -> None:
        """The view and the row of the last time."""
        self.follow_keys()
        self.decided = set(views.decided_posts(self.library, self.thread.id))
        view, seq = self.take_place(threads.kept_place(self.library, self.thread.id))
        (self.pane if self.has_class("-reading") else self.table).focus()
        begin = (lambda: self.action_next_undecided(1)) if seq is None else (lambda: None)
        if self.incoming is None:
            self.show_view(view, seq, begin)
        else:
            self.show_view(AS_THEY_COME, then=begin)
            self.follow_import(self.incoming, view)
        self.query_one(TagBar).show(self.desk.tags.slotted())
        self._say_verdict()
        self._version = self.library.version()
        self.set_interval(OTHERS, self._follow_others)

    def _follow_others(self) -> None:
        """Show what another program has changed in the library since the last look."""
        version = self.library.version()
        if version == self._version:
            return
        self._version = version
        self.decided = set(views.decided_posts(self.library, self.thread.id))
        self.table.forget_all()
        thread = threads.thread(self.library, self.thread.id)
        if self.incoming is not None:
            self.add_arrived()
        elif thread.replies != self.thread.replies:
            self.read_thread_anew()
            self.show_view(self.view)
        self.thread = thread
        self.query_one(TagBar).show(self.desk.tags.slotted())
        self.refresh_header()
        self.refresh_pane()
        visit = visits.newest_visit(self.library, self.thread.id)
        if self.incoming is None and visit != self.visit:
            self.visit = visit
            self.say_news()

    def _say_verdict(self) -> None:
        """How complete the thread is, where there is something to know."""
        if self.greeting:
            self.say(self.greeting)
        elif self.incoming is not None:
            self.say("The thread is on its way; what has come can be read and marked.")
        elif self.thread.reasons:
            self.say(f"{self.thread.verdict}: {all_words(self.thread.reasons)}")
        elif self.root_seq is None:
            self.say("The post itself is not in the library; import the fetcher's output for it to add it.")

    @flow
    async def action_help(self) -> None:
        """Every key of this screen."""
        await self.app.push_screen_wait(HelpScreen(self.active_bindings.values()))

    @flow
    async def action_command(self) -> None:
        """Do an action by its name, or one of :w :q :sort :filter."""
        names = sorted({bound.binding.id for bound in self.active_bindings.values() if bound.binding.id})
        suggester = SuggestFromList(["w", "q", "sort likes", "filter ", *names])
        typed = (await self.ask("command: an action's name, w, q, sort COLUMN, filter TEXT", suggester=suggester)) or ""
        word, _, rest = unicodedata.normalize("NFKC", typed).strip().lstrip(":").partition(" ")
        if word in ("q", "quit"):
            self.action_quit()
        elif word in ("w", "write"):
            self.action_write()
        elif word == "sort" and rest.strip() in SORTS:
            self._sort(rest.strip(), None)
        elif word == "sort":
            self.say(f"There is no column ‘{rest.strip()}’ to sort by; there are {', '.join(SORTS)}.")
        elif word == "filter":
            self._try(rest)
        elif word:
            await self._run_named(word)

    async def _run_named(self, name: str) -> None:
        """Run the action that has this name."""
        for bound in self.active_bindings.values():
            if bound.binding.id == name:
                await self.app.run_action(bound.binding.action, bound.node)
                return
        self.say(f"There is no action ‘{name}’; ? lists them.")

    def action_cancel(self) -> None:
        """Cancel a batch under way before anything else, and an import after everything else."""
        busy = self.has_class("-reading") or self.focused is not self.table or self.table.selected or self.table.hits
        if not self.cancel_batch() and (busy or not self.stop_import()):
            super().action_cancel()

    @flow
    async def action_back(self) -> None:
        """Close the reader, or ask whether to leave."""
        if self.has_class("-reading") or self.table.selected:
            super().action_cancel()
        elif len(self.app.screen_stack) > 1:
            self.keep_place()
            self.dismiss(None)
        elif await self.app.push_screen_wait(YesOrNo("Leave pullquote? Everything is on disk.", "leave", "stay")):
            self.action_quit()

    def action_quit(self) -> None:
        """Leave; marks are on disk, only the place is kept now."""
        self.keep_place()
        self.app.exit()

    def action_redraw(self) -> None:
        """Draw everything anew."""
        self.refresh(repaint=True, layout=True)

    async def on_unmount(self) -> None:
        """Nothing waits for this; it only ends the batch, the questions and the import."""
        self.cancel_batch()
        self.give_up()
        self.stop_import()
