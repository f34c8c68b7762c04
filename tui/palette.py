"""The command palette: every named binding of the screen below, by what it does."""

from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Provider

from tui.keyboard.sequences import key_display


class BoundActions(Provider):
    """The bindings that were active when the palette was opened."""

    async def startup(self) -> None:
        """Take the bindings from the screen."""
        self._actions = {bound.binding.id: bound for bound in self.screen.active_bindings.values() if bound.binding.id}

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """Everything, before a word is typed."""
        for name, bound in sorted(self._actions.items()):
            text = f"{bound.binding.description} ({key_display(bound.binding.key)})"
            run = partial(self.app.run_action, bound.binding.action, bound.node)
            yield DiscoveryHit(text, run, help=bound.binding.tooltip or name)

    async def search(self, query: str) -> AsyncIterator[Hit]:
        """What fits the words that were typed."""
        matcher = self.matcher(query)
        for name, bound in self._actions.items():
            text = f"{bound.binding.description} ({key_display(bound.binding.key)}) {name}"
            score = matcher.match(text)
            if score > 0:
                run = partial(self.app.run_action, bound.binding.action, bound.node)
                yield Hit(score, matcher.highlight(text), run, help=bound.binding.tooltip or name)


class Palette(CommandPalette):
    """Textual's palette, whose list has no page to turn while it is still empty."""

    def _action_command_list(self, action: str) -> None:
        """Pass a key on to the list; before its lines are laid out it knows no page, and there is nothing to turn."""
        with suppress(KeyError):
            super()._action_command_list(action)
