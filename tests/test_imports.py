"""What imports what: nothing in a circle, and nothing heavy on the way to the first screen."""

import subprocess
import sys

import grimp
import pytest


def circles(package: str) -> list[set[str]]:
    """The groups of a package's modules that import each other, straight or by way of others."""
    graph = grimp.build_graph(package, cache_dir=None)
    reached = {module: graph.find_downstream_modules(module) for module in graph.modules}
    found = [{one for one in reached[module] if module in reached[one]} for module in sorted(graph.modules)]
    return [{*circle} for circle in {frozenset(circle) for circle in found if circle}]


@pytest.mark.parametrize("package", ["core", "exports", "tui"])
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    assert circles(package) == []


HEAVY = ("exports", "httpx", "jinja2", "pydantic", "tui.screens.facts", "tui.screens.outline", "tui.screens.help")


def test_the_commands_import_nothing_that_the_first_screen_does_not_need() -> None:
    loaded = f"import sys, tui.commands.registry; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
