"""`pullquote keys`: every key, and the name by which a key file binds it anew."""

import argparse


def arguments(_command: argparse.ArgumentParser) -> None:
    """Declare nothing: there is one form."""


def run(_given: argparse.Namespace) -> None:
    """Print every key of the program with its action's name, as the screens declare them."""
    from tui.commands.all_keys import all_key_lines

    for line in all_key_lines():
        said = f"{line.title}: {line.help}" if line.help else line.title
        print(f"{line.keys:<24} {line.id:<20} {said} · {line.section}")
