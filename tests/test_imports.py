"""What imports what: nothing in a circle."""

import grimp
import pytest


def circles(package: str) -> list[set[str]]:
    """The groups of a package's modules that import each other, straight or by way of others."""
    graph = grimp.build_graph(package, cache_dir=None)
    reached = {module: graph.find_downstream_modules(module) for module in graph.modules}
    found = [{one for one in reached[module] if module in reached[one]} for module in sorted(graph.modules)]
    return [{*circle} for circle in {frozenset(circle) for circle in found if circle}]


@pytest.mark.parametrize("package", ["tui"])
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    assert circles(package) == []
