"""No text reaches a markup parser: what is shown is Text, or says markup=False, or is a constant without brackets."""

import ast
from pathlib import Path

import pytest

from tests.kit.places import ROOT

TUI = ROOT / "tui"
SHOWING = {"Static", "Label", "notify", "Button", "Tooltip", "from_markup", "Option", "update"}
SAFE_CALLS = {"Text", "prompt", "_line", "_heading", "quote_layout", "Option", "append"}


def showing_calls() -> list[tuple[str, ast.Call]]:
    """Every call in tui that shows a text, with where it is."""
    found = []
    for path in sorted(TUI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                of_a_dict = name == "update" and "query_one" not in ast.unparse(node.func)
                if name in SHOWING and not of_a_dict:
                    found.append((f"{path.relative_to(TUI)}:{node.lineno} {name}", node))
    return found


def is_safe(call: ast.Call, assigned: set[str]) -> bool:
    """Whether what the call shows can be no markup."""
    if any(word.arg == "markup" and getattr(word.value, "value", None) is False for word in call.keywords):
        return True
    if not call.args:
        return True
    shown = call.args[0]
    if isinstance(shown, ast.Constant):
        return isinstance(shown.value, str) and "[" not in shown.value
    if isinstance(shown, ast.Call):
        name = shown.func.attr if isinstance(shown.func, ast.Attribute) else getattr(shown.func, "id", "")
        return name in SAFE_CALLS
    return isinstance(shown, ast.Name) and shown.id in assigned


def texts_of(path: Path) -> set[str]:
    """Names that a file binds to a Text."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and "Text(" in ast.unparse(node.value):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
            for target in node.targets:
                if isinstance(target, ast.Tuple):
                    names.update(one.id for one in target.elts if isinstance(one, ast.Name))
    return names


def test_there_is_something_to_look_at() -> None:
    assert len(showing_calls()) > 10


@pytest.mark.parametrize(("where", "call"), showing_calls(), ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_shown_is_never_parsed_as_markup(where: str, call: ast.Call) -> None:
    path = TUI / where.split(":", 1)[0]
    assert is_safe(call, texts_of(path)), f"{where}: {ast.unparse(call)}"
