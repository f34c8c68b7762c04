"""What most commands begin with: the library, the settings, a thread, its desk."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.config import Settings, load
from core.desk import Desk
from core.errors import InputError
from core.library import Library, open_library, threads
from core.locations import default_library
from core.models import Thread
from tui.cli import complain


@dataclass(frozen=True, slots=True)
class Opened:
    """An open library with the user's settings."""

    library: Library
    settings: Settings

    def thread(self, name: str) -> Thread:
        """The thread that a name means. Raises NoSuchThread."""
        return threads.find_thread(self.library, name)

    def desk(self, thread: Thread, lang: str | None = None) -> Desk:
        """The desk of a thread."""
        return Desk(self.library, thread.id, lang or self.settings.language)


def settings() -> Settings:
    """The user's settings, after saying what is wrong with them."""
    loaded, warnings = load()
    for warning in warnings:
        complain(warning)
    return loaded


def settings_warnings() -> tuple[str, ...]:
    """What is wrong with the user's settings, for a screen that hides what was said before it."""
    return load()[1]


@contextmanager
def opened(given: argparse.Namespace) -> Iterator[Opened]:
    """The library that the arguments name, closed at the end."""
    library = open_library(library_path(given))
    try:
        with library.reading():
            yield Opened(library, settings())
    finally:
        library.close()


def library_path(given: argparse.Namespace) -> Path:
    """Where the library is."""
    named = getattr(given, "library", None)
    return path_of(named) if named else default_library()


def path_of(name: str) -> Path:
    """The path that a user wrote, perhaps with a ~. Raises InputError where that is nobody's home."""
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise InputError(f"The path ‘{name}’ cannot be used: it begins with the home of nobody who is here.") from error
