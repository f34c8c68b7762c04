"""The demo's material: an invented thread as FxTwitter's v2 endpoint would answer it, with a script of marks."""

from importlib.resources import files


def demo_file(name: str) -> bytes:
    """The bytes of `thread.json` or `marks.json`, wherever the package is installed."""
    return files(__name__).joinpath(name).read_bytes()
