"""Hints: texts that name actions, shown with the keys that these have where the text stands."""

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from core.words import with_keys
from tui.keyboard.sequences import key_display

KeyOf = Callable[[str], str]
"""What gives the key of an action."""


def key_of(screen: Screen[Any], action: str) -> str:
    """The key that an action has on a screen, or how it is called by its name where it has none there."""
    bound = (active.binding for active in screen.active_bindings.values() if active.binding.id == action)
    return next((binding.key_display or key_display(binding.key) for binding in bound), f":{action}")


def hint(text: str, screen: Screen[Any]) -> str:
    """`text` with the key of each action that it names, as `{key:view.new}` does."""
    return with_keys(text, partial(key_of, screen))
