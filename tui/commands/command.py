"""The record of a command, and the screens that do commands by their ids."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from inspect import iscoroutine
from typing import Any, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from tui.keyboard.queue import start_flow

On = TypeVar("On", contravariant=True)
"""What a command acts on: the bench of a thread, or the screen that it belongs to."""


def _always(_on: Any) -> bool:
    """Whether a command applies that always does."""
    return True


@dataclass(frozen=True, slots=True)
class Command(Generic[On]):
    """One thing that a writer can do, and the function that does it."""

    id: str
    """Its name in the user's key file, in `:` and in tests."""
    keys: str
    """Textual's names of its keys, commas between them; a sequence has a space in it."""
    title: str
    run: Callable[[On], object]
    """An async function is a flow: keys that are typed ahead wait for its dialogs."""
    help: str = ""
    footer: bool = False
    when: Callable[[On], bool] = _always
    """Whether it applies now; its keys are free while it does not."""
    before_fields: bool = False
    """Whether its keys come to it before a field that has the focus."""
    section: str = ""
    """The heading under which help lists it."""

    @property
    def binding(self) -> Binding:
        """The command as Textual binds it."""
        return Binding(
            self.keys,
            f"do({self.id!r})",
            self.title,
            show=self.footer,
            priority=self.before_fields,
            tooltip=self.help,
            id=self.id,
            group=Binding.Group(self.section),
        )


def in_section(title: str, *commands: Command[On]) -> tuple[Command[On], ...]:
    """Commands under one heading."""
    return tuple(replace(command, section=title) for command in commands)


def bindings(commands: Iterable[Command[Any]]) -> list[BindingType]:
    """The bindings of a screen that has these commands."""
    return [command.binding for command in commands]


class Commanded(DOMNode):
    """A screen whose keys do commands."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = ()
    _by_id: ClassVar[Mapping[str, Command[Any]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._by_id = {command.id: command for command in cls.KEYS}

    @property
    def bench(self) -> Any:
        """What its commands act on: the screen itself, unless it has a bench for them."""
        return self

    def action_do(self, id: str) -> None:
        """Do the command that has this id."""
        work = self._by_id[id].run(self.bench)
        if iscoroutine(work):
            start_flow(self, work, name=id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action may be done now."""
        if action == "do":
            return self._by_id[str(parameters[0])].when(self.bench)
        return super().check_action(action, parameters)
