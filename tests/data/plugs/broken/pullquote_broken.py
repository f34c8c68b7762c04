"""Adds plugs to pullquote, each of them broken in a way of its own."""

import sys
from pathlib import Path

GONE = Path(__file__).with_name("gone.md.j2")


class Nothing:
    """Has nothing of what a plug must have."""

    def __init__(self, *_arguments: object) -> None:
        pass


class Misnamed:
    """An exporter that calls itself something else than its entry point does."""

    name = "other"
    suffix = ".txt"

    def render(self, *_arguments: object) -> str:
        return ""

    def render_quote(self, *_arguments: object) -> str:
        return ""


class StumblingReader:
    """A reader that fails at every document."""

    name = "stumbles"
    title = "nothing"
    site = ""
    long_list = None

    def detects(self, _document: object) -> bool:
        raise LookupError("stumbled")

    def read(self, _document: object) -> list[object]:
        return []


def raises() -> object:
    """Fail as code does that was written for another version."""
    raise AttributeError("core has no attribute of that name")


def leaves(*_arguments: object) -> object:
    """End the program, as a module does that takes itself for one."""
    sys.exit("leaving")
