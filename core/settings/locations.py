"""Where the program keeps its files; nothing is created here, whoever writes makes the folder."""

import os
from pathlib import Path

from core.errors import InputError

_NAME = "pullquote"


def config_dir() -> Path:
    """The folder of what the user sets by hand, as the system has it."""
    from platformdirs import user_config_path

    return user_config_path(_NAME, appauthor=False)


def data_dir() -> Path:
    """The folder of the user's work."""
    from platformdirs import user_data_path

    return user_data_path(_NAME, appauthor=False)


def state_dir() -> Path:
    """The folder of what may be lost without harm: logs, crash files, the last copied text."""
    from platformdirs import user_state_path

    return user_state_path(_NAME, appauthor=False)


def default_library() -> Path:
    """The library that is opened unless another is named; the environment's PULLQUOTE_LIBRARY wins."""
    return _from_environment("PULLQUOTE_LIBRARY") or data_dir() / "library.db"


def demo_library() -> Path:
    """The library of the built-in example, apart from the user's own."""
    return data_dir() / "demo.db"


def config_file() -> Path:
    """The settings file; the environment's PULLQUOTE_CONFIG wins."""
    return _from_environment("PULLQUOTE_CONFIG") or config_dir() / "config.toml"


def keys_file() -> Path:
    """The user's own key bindings, beside the settings file."""
    return config_file().with_name("keys.toml")


def clip_file() -> Path:
    """Where copied text goes when no clipboard takes it."""
    return state_dir() / "clip.txt"


def path_of(name: str) -> Path:
    """The path that a user wrote, perhaps with a ~. Raises InputError where that is nobody's home."""
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise InputError(f"The path ‘{name}’ cannot be used: it begins with the home of nobody who is here.") from error


def _from_environment(name: str) -> Path | None:
    """The path in an environment variable, or None where it is unset or empty."""
    value = os.environ.get(name)
    return path_of(value) if value else None
