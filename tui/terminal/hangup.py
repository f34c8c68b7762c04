"""Leaving when the line is dropped or the system ends the program: by the door, as long as that can be done."""

import asyncio
import signal
import sys
from types import FrameType

from textual.app import App

from tui.keyboard.queue import key_queue

SIGNALS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))
PATIENCE = 2
"""Seconds after which the program ends whatever it waits for: a dead terminal may take not a byte more."""


def leave_on_signals(app: App[None]) -> None:
    """From now on let a signal that ends programs end this one by the door."""
    loop = asyncio.get_running_loop()

    def leave(number: int, _frame: FrameType | None) -> None:
        # A second signal ends the program there and then, and so does the alarm.
        signal.signal(number, signal.SIG_DFL)
        signal.alarm(PATIENCE)
        if loop.is_closed():
            sys.exit(128 + number)
        loop.call_soon_threadsafe(lambda: app.run_worker(_leave(app, 128 + number), name="leave", group="leave"))

    for number in SIGNALS:
        signal.signal(number, leave)


async def _leave(app: App[None], code: int) -> None:
    """Do what was typed before, save the card that is being written, keep the place, and go."""
    from tui.screens.dialogs.card import CardScreen
    from tui.thread.screen import ThreadScreen

    await _rest(app)
    if isinstance(app.screen, CardScreen):
        app.screen.action_save(False)
        await _rest(app)
    for screen in app.screen_stack:
        if isinstance(screen, ThreadScreen):
            screen.keep_place()
    app.exit(return_code=code)


async def _rest(app: App[None]) -> None:
    """Wait until every key that came has had its effect, but not for longer than there is time."""
    until = asyncio.get_running_loop().time() + PATIENCE / 4
    while not key_queue(app).idle and asyncio.get_running_loop().time() < until:
        await asyncio.sleep(0.01)
