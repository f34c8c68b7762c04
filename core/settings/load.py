"""The user's settings and keys, read so that a mistake costs the one item it is in, and never the start.

A settings file is TOML; every warning names file, line, setting and what is accepted.
"""

import os
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from core.settings.locations import config_file, keys_file
from core.settings.toml_file import SettingsFile, leaves, read_settings_file
from core.sorts import SORTS
from core.transport import SourceSettings

OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a user can set, with its default."""

    language: str = "zh"
    """The language that articles are written in, and posts translated into (BCP 47)."""
    template: str = ""
    """The article template's name or file; the language's own unless set."""
    format: str = "markdown"
    """The exporter that articles are written by."""
    export_dir: str = "."
    show_likes: bool = True
    show_handle: bool = True
    show_links: bool = True
    engine: str = "openai"
    base_url: str = OPENAI
    model: str = "gpt-4o-mini"
    api_key_env: str = "PULLQUOTE_API_KEY"
    """The environment variable that holds the key."""
    api_key: str = field(default="", repr=False)
    """Empty where none is set; a local engine needs none."""
    concurrency: int = 4
    """Requests to the engine under way at once."""
    timeout: int = 60
    """Seconds for one answer of the engine."""
    theme: str = "terminal"
    """`terminal` for the terminal's own colours, or one of Textual's themes."""
    sort: str = "likes"
    max_file_mb: int = 512
    """The largest file that is imported, in MiB."""
    sources: SourceSettings = field(default_factory=SourceSettings)

    def __post_init__(self) -> None:
        if not self.template:
            object.__setattr__(self, "template", self.language)


@dataclass(frozen=True, slots=True)
class _Item:
    """How one setting is checked, and what its warning says is accepted."""

    fits: Callable[[Any], bool]
    accepts: str


def _words(*words: str) -> _Item:
    """One of a few words."""
    return _Item(lambda v: isinstance(v, str) and v in words, "one of " + ", ".join(f'"{w}"' for w in words))


def _number(low: int, high: int) -> _Item:
    """A whole number between two limits."""
    return _Item(lambda v: type(v) is int and low <= v <= high, f"a whole number from {low} to {high:,}")


def _pattern(pattern: str, accepts: str) -> _Item:
    """A string of a certain form."""
    return _Item(lambda v: isinstance(v, str) and bool(re.fullmatch(pattern, v)), accepts)


def _is_address(value: object) -> bool:
    """Whether `value` is an http or https address without a password in it."""
    if not isinstance(value, str) or not value.isprintable():
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _is_engine(value: object) -> bool:
    """Whether `value` names an engine; other packages are asked only where it is none that ships."""
    from core.translation import ENGINE_PLUGS

    return isinstance(value, str) and value in ENGINE_PLUGS.names()


_YES_NO = _Item(lambda v: isinstance(v, bool), "true or false")
_ADDRESS = _Item(_is_address, 'an address such as "https://host/v1", without a password')
_NAME = _pattern(r"[^\s\x00-\x1f\x7f]{1,200}", "a name without spaces")
_FOLDER = _Item(lambda v: isinstance(v, str) and v != "" and "\0" not in v, "a folder's path")

_KEY = _pattern(r"[!-~]{1,500}", "a key in ASCII, without spaces")
_COMMAND = _Item(
    lambda v: isinstance(v, list) and bool(v) and all(isinstance(one, str) and one and "\0" not in one for one in v),
    'a program and its arguments, such as ["python3", "/opt/x-tweet-fetcher/fetch_tweet.py"]',
)
_SOURCES_OF_X = ("nitter", "camofox", "x-tweet-fetcher", "fxtwitter")

_SECTIONS: Mapping[str, Mapping[str, _Item]] = {
    "article": {
        "language": _pattern(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", 'a language tag such as "zh" or "en"'),
        "template": _Item(lambda v: isinstance(v, str) and v != "" and "\0" not in v, "a template's name or file"),
        "format": _NAME,
        "export_dir": _FOLDER,
        "show_likes": _YES_NO,
        "show_handle": _YES_NO,
        "show_links": _YES_NO,
    },
    "translation": {
        "engine": _Item(_is_engine, '"openai", or an engine that another package adds'),
        "base_url": _ADDRESS,
        "model": _NAME,
        "api_key_env": _pattern(r"[A-Za-z_][A-Za-z0-9_]*", "an environment variable's name"),
        "api_key": _KEY,
        "concurrency": _number(1, 32),
        "timeout": _number(1, 600),
    },
    "screen": {
        "theme": _NAME,
        "sort": _words(*SORTS),
    },
    "import": {
        "max_file_mb": _number(1, 1_000_000),
    },
    "sources": {
        "order": _Item(
            lambda v: isinstance(v, list) and all(one in _SOURCES_OF_X for one in v),
            "a list of " + ", ".join(f'"{one}"' for one in _SOURCES_OF_X),
        ),
        **dict.fromkeys(("nitter", "camofox", "fxtwitter", "reddit", "bluesky", "github"), _ADDRESS),
        **dict.fromkeys(("hackernews", "hackernews_items"), _ADDRESS),
        "x_tweet_fetcher": _COMMAND,
        "camofox_key": _KEY,
        "github_token": _KEY,
        "deep": _YES_NO,
        "fetch_timeout": _number(1, 3_600),
        "max_wait": _number(0, 86_400),
        "max_pages": _number(1, 100_000),
        "max_answer_mb": _number(1, 2_048),
    },
}
"""Section and key of the settings file -> check; a key is also the name of its field."""

_WARNINGS = 20
"""Warnings about one file that are told in full."""

_SECRETS: Mapping[str, str] = {"api_key": "", "camofox_key": "camofox", "github_token": "github"}
"""The settings that others may not read -> the source that they open, if any."""
_SECRETS_FROM_ENVIRONMENT = {"PULLQUOTE_CAMOFOX_KEY": "camofox", "PULLQUOTE_GITHUB_TOKEN": "github"}

_FROM_ENVIRONMENT = {"PULLQUOTE_BASE_URL": ("base_url", _ADDRESS), "PULLQUOTE_MODEL": ("model", _NAME)}


def load_settings(path: Path | None = None) -> tuple[Settings, tuple[str, ...]]:
    """The settings from a file (by default the user's own) and the environment, and warnings in sentences.

    Never raises for what a file holds. A missing file means defaults; an item that does not fit keeps its
    default.
    """
    path = config_file() if path is None else path
    warnings: list[str] = []
    values: dict[str, Any] = {}
    source = read_settings_file(path, warnings)
    if source is not None:
        values = _checked(source, warnings)
    for variable, (name, item) in _FROM_ENVIRONMENT.items():
        given = os.environ.get(variable, "").strip()
        if given and item.fits(given):
            values[name] = given
        elif given:
            warnings.append(f"The environment's {variable} is not used; it must be {item.accepts}.")
    values["sources"] = _sources(values)
    settings = Settings(**values)
    if key := _key_from_environment(settings):
        settings = Settings(**{**values, "api_key": key})
    return settings, _first(warnings)


def load_keys(
    path: Path | None = None,
    known: Collection[str] | None = None,
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The user's own keys as action -> keys (alternatives with commas between), and warnings in sentences.

    `known` are the actions that exist; without it every name passes. Of two actions with one key the first
    wins.
    """
    warnings: list[str] = []
    source = read_settings_file(keys_file() if path is None else path, warnings)
    bindings: dict[str, str] = {}
    owners: dict[str, str] = {}
    for action, value in leaves(source.table) if source else ():
        place = source.place(action) if source else ""
        keys = _keys(value)
        if known is not None and action not in known:
            warnings.append(f"{place}: there is no action {action!r}{_nearest(action, known)}.")
        elif not keys:
            warnings.append(f'{place}: {action!r} must be a key such as "S" or "g s", or a list of keys.')
        elif taken := [key for key in keys if key in owners]:
            owner = owners[taken[0]]
            warnings.append(f"{place}: {action!r} is not bound, for {taken[0]!r} is the key of {owner!r}.")
        else:
            bindings[action] = ",".join(keys)
            owners.update(dict.fromkeys(keys, action))
    return bindings, _first(warnings)


def _checked(source: SettingsFile, warnings: list[str]) -> dict[str, Any]:
    """The settings that fit; each other one is a warning."""
    values: dict[str, Any] = {}
    for name, section in source.table.items():
        items = _SECTIONS.get(name)
        if items is None or not isinstance(section, dict):
            accepted = ", ".join(f"[{known}]" for known in _SECTIONS)
            warnings.append(f"{source.place(name)}: there is no section {name!r}; there are {accepted}.")
            continue
        for key, value in section.items():
            place = source.place(f"{name}.{key}")
            if key not in items:
                accepted = ", ".join(items)
                warnings.append(f"{place}: [{name}] has no setting {key!r}; it has {accepted}.")
            elif not items[key].fits(value):
                warnings.append(f"{place}: {name}.{key} must be {items[key].accepts}; the default is used.")
            elif key in _SECRETS and not source.private:
                warnings.append(
                    f"{place}: the key is not used, for others may read the file; chmod 600 it, or set "
                    f"PULLQUOTE_{key.upper()} instead."
                )
            else:
                values[key] = value
    return values


def _sources(values: dict[str, Any]) -> SourceSettings:
    """What `values` say of sources, which is taken out of them, with the keys that the environment gives."""
    keys = {source: values.pop(name) for name, source in _SECRETS.items() if source and name in values}
    for variable, source in _SECRETS_FROM_ENVIRONMENT.items():
        given = os.environ.get(variable, "").strip()
        if given and _KEY.fits(given):
            keys[source] = given
    own = {one.name for one in fields(SourceSettings)}
    told = {name: values.pop(name) for name in [*values] if name in own}
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return SourceSettings(**{**told, **lists, "keys": keys})


def _first(warnings: list[str]) -> tuple[str, ...]:
    """The first warnings, and how many more there are."""
    more = len(warnings) - _WARNINGS
    return (*warnings[:_WARNINGS], *((f"And {more:,} more of this kind.",) if more > 0 else ()))


def _key_from_environment(settings: Settings) -> str:
    """The key that the environment gives, or nothing.

    OPENAI_API_KEY was set for another program, so it goes to OpenAI only, unless the settings name it.
    """
    for name in ("PULLQUOTE_API_KEY", settings.api_key_env):
        if key := os.environ.get(name, "").strip():
            return key
    if not settings.api_key and urlsplit(settings.base_url).hostname == urlsplit(OPENAI).hostname:
        return os.environ.get("OPENAI_API_KEY", "").strip()
    return ""


def _keys(value: object) -> list[str]:
    """The alternatives in a key file's value; empty where it is none. A comma alone is the comma key."""
    if value == ",":
        return ["comma"]
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        return []
    keys = [" ".join(part.split()) for part in parts]
    return keys if all(key and key.isprintable() for key in keys) else []


def _nearest(name: str, known: Collection[str]) -> str:
    """A hint at the name that was probably meant."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    return f", but there is {close[0]!r}" if close else ""
