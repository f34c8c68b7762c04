"""The headings under which help lists keys."""

from dataclasses import replace

from textual.binding import Binding, BindingType

TABLE = "The table"
"""The heading that help lists last."""


def in_section(title: str, *bindings: Binding) -> list[BindingType]:
    """Bindings under one heading."""
    return [replace(binding, group=Binding.Group(title)) for binding in bindings]


def section_of(binding: Binding) -> str:
    """The heading under which a binding stands."""
    return binding.group.description if binding.group else ""
