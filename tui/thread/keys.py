"""The keys of the thread's screen: two-key sequences, and keys that something waits for."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from tui.keyboard.sequences import Sequences, key_display
from tui.widgets.table_keys import MOVES


class ThreadKeys:
    """Follows a writer's keys before single keys are looked up."""

    def __init__(self, screen: Screen[Any], say: Callable[[str], None]) -> None:
        self._screen, self._say = screen, say
        self._sequences = Sequences(())
        self._moves: frozenset[str] = frozenset()
        """Keys that only move the cursor."""
        self._next_key: Callable[[str], None] | None = None

    def learn(self) -> None:
        """Learn the keys that are bound now, the user's own among them."""
        active = self._screen.active_bindings
        self._sequences = Sequences(active)
        self._moves = frozenset(key for key, bound in active.items() if bound.binding.id in MOVES)

    def only_moves(self, key: str) -> bool:
        """Whether a key does nothing but move the cursor."""
        return key in self._moves

    def take_next(self, what: str, then: Callable[[str], None]) -> None:
        """Give the next key to `then`, after saying what it is wanted for."""
        self._say(what)
        self._next_key = then

    def cut_off(self, why: str) -> None:
        """Forget a sequence that has begun, for what came is no key, and say why."""
        self._sequences.pending, self._next_key = "", None
        self._say(why)

    async def take(self, key: str) -> bool:
        """Take a key that was waited for, or that is part of a sequence; False where it is neither."""
        if self._next_key is not None:
            then, self._next_key = self._next_key, None
            self._say("")
            if key != "escape":
                then(key)
            return True
        keys = self._sequences.feed(key)
        if keys is None:
            return False
        bound = self._screen.active_bindings.get(keys)
        if self._sequences.pending:
            self._say(f"{key_display(key)} …")
        elif bound:
            self._say("")
            await self._screen.app.run_action(bound.binding.action, bound.node)
        elif keys:
            self._say("That key is the table's; Tab goes back to it.")
        else:
            self._say("No such key; {key:help} lists them.")
        return True
