"""Plugs: what extends the program, by name: what ships, and what other packages add through entry points.

Entry points are listed without importing what they name, and only once a name is asked for that does not ship: the
list costs more than the rest of the start.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from core.errors import PlugError, PullquoteError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AddedPlug:
    """A plug that another package adds."""

    name: str
    package: str
    entry_point: "EntryPoint"
    is_taken: bool
    """Whether what ships, or a package earlier in the alphabet, has the name, so that this one is never used."""


@dataclass(frozen=True, slots=True)
class PlugKind(Generic[T]):
    """One kind of plug, such as sources: those that ship, and those that other packages add."""

    noun: str
    """What one of them is called; with an s, the end of the entry points' group."""
    built_in: Mapping[str, str | Path]
    """Name of what ships -> module and attribute, imported where it is used, or a file."""
    protocol: type
    """The class whose public names each of them has; those that have a value there need not be said."""

    @property
    def group(self) -> str:
        """The group of entry points by which other packages add to this kind."""
        return f"pullquote.{self.noun}s"

    def names(self) -> Iterator[str]:
        """The name of each plug: first those that ship; the others are listed only when it comes to them."""
        yield from self.built_in
        yield from self.added_names()

    def added_names(self) -> list[str]:
        """The names that other packages add, without importing anything of them."""
        return [plug.name for plug in self.added() if not plug.is_taken]

    def added(self) -> list[AddedPlug]:
        """What other packages add, by package and name, those included that are never used."""
        seen, found = set(self.built_in), []
        for package, entry_point in _entry_points(self.group):
            found.append(AddedPlug(entry_point.name, package, entry_point, entry_point.name in seen))
            seen.add(entry_point.name)
        return found

    def load(self, name: str, *arguments: object) -> T:
        """The plug of a name, made with `arguments`. Raises PlugError where there is none, or what was added fails."""
        if name in self.built_in:
            made: T = _made(_imported(self.built_in[name]), arguments)
            return made
        added = next((plug for plug in self.added() if plug.name == name and not plug.is_taken), None)
        if added is None:
            raise PlugError(f"There is no {self.noun} {name!r}; choose one of: {', '.join(self.names())}.")
        return self.load_added(added, *arguments)

    def matching(self, matches: Callable[[T], bool], names: Iterable[str], *arguments: object) -> Iterator[T]:
        """Those of the named plugs that match; what another package adds and fails is passed over, for the doctor."""
        for name in names:
            try:
                plug = self.load(name, *arguments)
                is_match = matches(plug)
            except Exception:
                if name in self.built_in:
                    raise
            else:
                if is_match:
                    yield plug

    def load_added(self, plug: AddedPlug, *arguments: object) -> T:
        """What another package adds, made with `arguments`. Raises PlugError where that fails, or lacks something."""
        said = f"The {self.noun} {plug.name!r} of the package {plug.package} cannot be used:"
        try:
            made: T = _made(plug.entry_point.load(), arguments)
            missing = [name for name in _public_names(self.protocol) if not hasattr(made, name)]
            own_name = getattr(made, "name", plug.name)
        except PullquoteError:
            raise
        except (Exception, SystemExit) as error:
            raise PlugError(f"{said} {type(error).__name__}: {error}".rstrip(".") + ".") from error
        if isinstance(made, Path) and not made.is_file():
            raise PlugError(f"{said} there is no file {made}.")
        if missing:
            raise PlugError(f"{said} it has no {', no '.join(missing)}.")
        if isinstance(own_name, str) and own_name != plug.name and "name" in _public_names(self.protocol):
            raise PlugError(f"{said} it calls itself {own_name!r}.")
        return made


def _imported(target: str | Path) -> Any:
    """The attribute of a module that `module:attribute` names, or a file's path as it is."""
    if isinstance(target, Path):
        return target
    module, _, attribute = target.partition(":")
    return getattr(import_module(module), attribute)


def _made(found: Any, arguments: Iterable[object]) -> Any:
    """What a class or function makes of the arguments; a file's path is what it is."""
    return found(*arguments) if callable(found) else found


def _public_names(protocol: type) -> list[str]:
    """The names that a protocol asks for: fields without a default, and methods."""
    said = getattr(protocol, "__annotations__", {})
    names = [name for name in said if not hasattr(protocol, name)] + [
        name for name in vars(protocol) if name not in said
    ]
    return [name for name in names if not name.startswith("_")]


@cache
def _entry_points(group: str) -> list[tuple[str, "EntryPoint"]]:
    """Each entry point of a group with its package's name, in the order of the packages' names."""
    from importlib.metadata import entry_points

    found = [(one.dist.name if one.dist else "?", one) for one in entry_points(group=group)]
    return sorted(found, key=lambda pair: (pair[0].casefold(), pair[1].name))
