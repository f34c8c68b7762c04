"""`pullquote sources`: what can be fetched, and by what."""

import argparse

from core.errors import PlugError
from core.sources import SOURCE_PLUGS
from core.text.terminal_safe import for_line
from tui.cli.exits import complain
from tui.cli.opened import opened


def arguments(_command: argparse.ArgumentParser) -> None:
    """Declare nothing: there is one form."""


def run(given: argparse.Namespace) -> None:
    """Print every source with what it fetches."""
    with opened(given) as here:
        settings = here.settings.sources
    for name in SOURCE_PLUGS.names():
        try:
            source = SOURCE_PLUGS.load(name, settings)
        except PlugError as error:
            complain(str(error))
        else:
            print(f"{source.name:<16} {for_line(f'{source.title}: {source.fetches}')}")
