"""Keys in the order in which they were typed, each when what the one before it led to stands.

Textual hands a key to the focused widget's queue and takes the next one at once, so that on a slow line, or for a fast
typist, a key can overtake the one that opens a dialog for it, or the one that saves can overtake the text. Here a key
waits until its predecessor has gone all the way up, and until a dialog that it opened has the focus.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol, cast

from textual.app import App, ScreenStackError
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.widgets import Input, TextArea

from core.text.terminal_safe import for_screen
from tui.keyboard.bursts import InputBurst
from tui.keyboard.non_key_input import NonKeyInput
from tui.keyboard.sequences import as_plain_key

PATIENCE = 5.0
"""Seconds after which a key goes on although what it waits for has not come."""


class KeyQueue:
    """The queue of keys, which hands on one when what the one before it led to stands."""

    def __init__(
        self, app: App[Any], dispatch: Callable[[Event], Awaitable[None]], tell: Callable[[str], None]
    ) -> None:
        """`dispatch` hands a key to Textual; `tell` says why what came is no key, and takes it back with nothing."""
        self._app, self._dispatch = app, dispatch
        self._keys: asyncio.Queue[tuple[Event, InputBurst | None]] = asyncio.Queue()
        self._piece: InputBurst | None = None
        self._left = 0
        """How many keys of the piece are still to come."""
        self._stray = NonKeyInput(app, tell)
        self._open = asyncio.Event()
        self._open.set()
        self._busy = False
        self._question: Question | None = None

    def take(self, event: Event) -> None:
        """Queue a key or a paste, each with the piece that it came in, which is announced before it.

        Esc and a key that come in one piece, as they do over a slow line, look like that key with alt; unless that is
        bound, they are taken for the two keys that they were. What is pasted is cleaned, for fields show it as it is.
        """
        if isinstance(event, InputBurst):
            self._piece, self._left = event, event.keys
            return
        piece = self._piece if self._left else None
        if isinstance(event, Key):
            self._left = max(self._left - 1, 0)
            if event.key == "escape" and self._question is not None and self._waits():
                self._question.cancel()
                return
        if isinstance(event, Paste):
            event = Paste(for_screen(event.text.replace("\r\n", "\n").replace("\r", "\n")))
        if (
            isinstance(event, Key)
            and event.character
            and event.key.startswith("alt+")
            and event.key not in self._app.screen.active_bindings
        ):
            self._keys.put_nowait((Key("escape", "\x1b"), piece))
            event = Key(_character_to_key(event.character), event.character)
        self._keys.put_nowait((event, piece))

    def hold(self) -> None:
        """Let keys wait, for a dialog is about to come or to go."""
        self._open.clear()

    def release(self) -> None:
        """Let keys go on: what they are meant for has the focus."""
        self._open.set()

    def wait_for(self, question: "Question") -> None:
        """Let keys wait until a question is answered, unless they are text; Esc gives the question up."""
        self._question = question

    def _waits(self) -> bool:
        """Whether a question is open that keys wait for."""
        open_one = self._question is not None and not self._question.done.is_set()
        return open_one and not _takes_text(self._app.focused or self._app.screen)

    @property
    def idle(self) -> bool:
        """Whether every key that came has had its effect."""
        answered = self._question is None or self._question.done.is_set()
        return self._keys.empty() and not self._busy and self._open.is_set() and answered

    async def run(self) -> None:
        """Hand on one key after the other, for as long as the program runs."""
        while True:
            event, piece = await self._keys.get()
            self._busy = True
            try:
                await _within(self._open.wait())
                self._open.set()
                while self._question is not None and self._waits():
                    await self._question.done.wait()
                await self._hand_on(event, piece)
            except ScreenStackError:
                # The program is leaving, and has no screen that a key could be for.
                return
            finally:
                self._busy = False

    async def _hand_on(self, event: Event, piece: InputBurst | None) -> None:
        """Hand on a key, or say why it is none."""
        target = self._app.focused or self._app.screen
        if not _takes_text(target):
            if why := self._stray.refused(event, piece):
                self._stray.tell(why)
                return
            event = as_plain_key(event)
        elif isinstance(event, Paste) and isinstance(target, Input):
            # A field of one line would drop the others without a word.
            event = Paste(" ".join(event.text.split("\n")))
        self._stray.key_came()
        # All that a key leads to is drawn as one frame.
        with self._app.batch_update():
            await self._dispatch(event)
            await self._settle(target)
        self._app.screen.check_idle()

    async def _settle(self, target: DOMNode) -> None:
        """Wait until every node from `target` up has worked off what the key left in its queue.

        Twice, for an action that is found at the top may leave a message at the bottom, as Enter in a field does.
        """
        for node in (*target.ancestors_with_self, self._app) * 2:
            if isinstance(node, MessagePump) and node.is_running:
                done = asyncio.Event()
                if node.call_later(done.set):
                    await _within(done.wait())


def _takes_text(target: DOMNode) -> bool:
    """Whether what is typed there becomes text, so that a full-width character is meant as such."""
    return isinstance(target, Input) or (isinstance(target, TextArea) and not target.read_only)


async def _within(wait: Coroutine[Any, Any, Any]) -> None:
    """Wait, but no longer than PATIENCE: a stuck widget must not take the keyboard with it."""
    try:
        await asyncio.wait_for(wait, PATIENCE)
    except TimeoutError:
        return


class Question(Protocol):
    """Something that is asked, and may be given up."""

    done: asyncio.Event

    def cancel(self) -> None:
        """Give the question up; nothing more comes of it."""
        ...


class Ordered(Protocol):
    """An app whose keys are ordered."""

    keys: KeyQueue


def key_queue(node: DOMNode) -> KeyQueue:
    """The queue of the app that `node` belongs to."""
    return cast(Ordered, node.app).keys


def start_flow(node: DOMNode, work: Coroutine[Any, Any, object], name: str) -> None:
    """Begin what asks something: it awaits dialogs and reads from top to bottom; a newer one takes its place.

    Keys wait from its start until a dialog has the focus, and from a dialog's answer until the next one or the end.
    """
    order = key_queue(node)
    order.hold()

    async def run() -> None:
        try:
            await work
        finally:
            order.release()

    node.run_worker(run(), name=name, group="dialog", exclusive=True)
