"""Whether the packages `core`, `exports` and `tui` are ours alone: their names are general, and others use them too."""

from collections.abc import Mapping, Sequence

from core.doctor import HealthFinding, warning

_OURS = "pullquote"
_FIX = "pipx install pullquote (which gives it an environment of its own)"


def packages(installed: Mapping[str, Sequence[str]]) -> list[HealthFinding]:
    """Which other distributions install packages of our names; one that stands in place of ours is said at the start.

    `installed` has the distributions that a top-level name comes from, as importlib.metadata lists them.
    """
    findings = []
    for name in ("core", "exports", "tui"):
        others = sorted({one for one in installed.get(name, ()) if one.lower() != _OURS})
        if others:
            found = f"{', '.join(others)} installs a {name!r} too; in one folder, each overwrites the other's files"
            findings.append(warning("packages", found, _FIX))
    return findings or [HealthFinding("packages", "core, exports and tui are pullquote's own")]
