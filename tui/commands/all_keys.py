"""Every key of the program, from what its screens and widgets declare, and the user's own keys against them."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping

from textual.binding import Binding
from textual.dom import DOMNode

from tui.keyboard.key_list import KeyLine, key_lines
from tui.keyboard.sequences import spelled
from tui.thread.screen import ThreadScreen
from tui.widgets.reply_table import ReplyTable

_PACKAGES = ("tui.thread", "tui.widgets", "tui.screens")
"""The packages whose screens and widgets have keys, in the order in which they are listed."""


def own_bindings(kind: type[DOMNode]) -> list[Binding]:
    """The bindings that a class itself declares, each key by itself."""
    return list(Binding.make_bindings(vars(kind).get("BINDINGS", ())))


def keyed_nodes() -> list[type[DOMNode]]:
    """Every screen and widget of the program that declares keys, the thread's screen first."""
    return [kind for kind in _nodes() if own_bindings(kind)]


def _nodes() -> Iterator[type[DOMNode]]:
    """The screens and widgets of the program."""
    for package in map(importlib.import_module, _PACKAGES):
        for package_module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(package_module.name)
            for _, kind in inspect.getmembers(module, inspect.isclass):
                if issubclass(kind, DOMNode) and kind.__module__ == module.__name__:
                    yield kind


def all_key_lines() -> list[KeyLine]:
    """Every key of the program, as it is listed."""
    return key_lines(binding for kind in keyed_nodes() for binding in own_bindings(kind))


def action_names() -> frozenset[str]:
    """The names by which a key file may bind actions anew."""
    return frozenset(line.id for line in all_key_lines())


def without_clashes(own: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The user's keys that leave the thread's other keys within reach, and a warning for each that does not."""
    bound = [*own_bindings(ThreadScreen), *own_bindings(ReplyTable)]
    others = {spelled(binding.key): binding.id for binding in bound if binding.id and binding.id not in own}
    fitting, warnings = {}, []
    for name, keys in own.items():
        wanted = [spelled(key) for key in keys.split(",")]
        tangled = [key for key in wanted if any(_tangled(key, other) for other in others)]
        if tangled:
            warnings.append(f"keys.toml: {name} is not bound: ‘{tangled[0]}’ begins another sequence, or one begins it")
            continue
        fitting[name] = keys
        lost = [f"‘{key}’ was the key of {others[key]}" for key in wanted if key in others]
        warnings += [f"keys.toml: {words}, which has lost it; bind that anew too" for words in lost]
    return fitting, tuple(warnings)


def _tangled(one: str, other: str) -> bool:
    """Whether one sequence of keys is the beginning of the other, so that only one of them could be typed."""
    return one != other and (one.startswith(f"{other} ") or other.startswith(f"{one} "))
