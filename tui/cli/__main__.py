"""`python -m tui.cli`, the same as `pullquote`."""

from tui.cli.main import run

run()
