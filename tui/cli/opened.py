"""What most commands begin with: the library, the settings, a thread, its desk."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.desk import Desk
from core.errors import NoSuchThread
from core.library import Library, open_library, threads
from core.models import Thread
from core.settings.load import Settings, load_settings
from core.settings.locations import default_library, path_of
from tui.cli.exits import complain


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """An open library with the user's settings."""

    library: Library
    settings: Settings
    warnings: tuple[str, ...] = ()
    """What is wrong with the settings; it was said on standard error, which a screen hides."""

    def thread(self, name: str) -> Thread:
        """The thread that a name means. Raises NoSuchThread."""
        return threads.find_thread(self.library, name)

    def removed_thread(self, name: str) -> Thread | None:
        """The removed thread that a name means, where it means none that is listed. Raises NoSuchThread."""
        try:
            threads.find_thread(self.library, name)
        except NoSuchThread as error:
            try:
                return threads.find_thread(self.library, name, removed=True)
            except NoSuchThread:
                raise error from None
        return None

    def desk(self, thread: Thread, lang: str | None = None) -> Desk:
        """The desk on which a thread's marks are made, with translations into one language."""
        return Desk(self.library, thread.id, lang or self.settings.language)


def with_settings(library: Library) -> OpenLibrary:
    """The library with the user's settings, after saying what is wrong with them."""
    settings, warnings = load_settings()
    for warning in warnings:
        complain(warning)
    return OpenLibrary(library, settings, warnings)


@contextmanager
def opened(given: argparse.Namespace) -> Iterator[OpenLibrary]:
    """The library that the arguments name, closed at the end."""
    library = open_library(library_path(given))
    try:
        with library.reading():
            yield with_settings(library)
    finally:
        library.close()


def library_path(given: argparse.Namespace) -> Path:
    """The path of the library that the arguments name, or of the usual one."""
    named = getattr(given, "library", None)
    return path_of(named) if named else default_library()
