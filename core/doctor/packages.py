"""Whether the packages `core`, `exports` and `tui` are ours alone: their names are general, and others use them too."""

from collections.abc import Mapping, Sequence

from core.doctor import HealthFinding, fault, warning

_OURS = "pullquote"
_FIX = "pipx install pullquote (which gives it an environment of its own)"


def packages(foreign: Mapping[str, str], installed: Mapping[str, Sequence[str]]) -> list[HealthFinding]:
    """What stands in place of our packages, or in the same folders.

    `foreign` has the place of each that Python finds elsewhere than beside the program; `installed` the distributions
    that a top-level name comes from, as importlib.metadata lists them.
    """
    findings = [
        fault("packages", f"{place} stands in place of our own {name!r}", _FIX) for name, place in foreign.items()
    ]
    for name in ("core", "exports", "tui"):
        others = sorted({one for one in installed.get(name, ()) if one.lower() != _OURS})
        if others and name not in foreign:
            found = f"{', '.join(others)} installs a {name!r} too; in one folder, each overwrites the other's files"
            findings.append(warning("packages", found, _FIX))
    return findings or [HealthFinding("packages", "core, exports and tui are pullquote's own")]
