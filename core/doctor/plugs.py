"""What other packages add to the program, and whether it works."""

from collections.abc import Iterable, Sequence
from typing import Any

from core.doctor import HealthFinding, warning
from core.errors import PullquoteError
from core.plugs import AddedPlug, PlugKind


def plugs(kinds: Iterable[tuple[PlugKind[Any], Sequence[object]]]) -> list[HealthFinding]:
    """Each plug that another package adds, tried out; a kind comes with the arguments that its plugs are made with."""
    found = [_try_plug(kind, added, arguments) for kind, arguments in kinds for added in kind.added()]
    return found or [HealthFinding("plugs", "no other package adds a source, reader, engine, exporter or template")]


def _try_plug(kind: PlugKind[Any], added: AddedPlug, arguments: Sequence[object]) -> HealthFinding:
    """Whether one plug can be used."""
    called = f"the {kind.noun} {added.name!r} of the package {added.package}"
    if added.is_taken:
        found = f"{called} is not used, for there is another {kind.noun} of that name"
        return warning("plugs", found, f"pip uninstall {added.package}")
    try:
        kind.load_added(added, *arguments)
    except PullquoteError as error:
        return warning("plugs", str(error), f"pip install --upgrade {added.package}; if this stays: pip uninstall it")
    return HealthFinding("plugs", called)
