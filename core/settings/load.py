"""The user's settings and keys, read so that a mistake costs the one item it is in, and never the start.

A settings file is TOML; every warning names file, line, setting and what is accepted.
"""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from core.accepted import (
    ADDRESS,
    FOLDER,
    KEY,
    NAME,
    YES_NO,
    Accepted,
    accepted_words,
    is_key,
    matching,
    number,
    one_of,
    section_of,
    section_validator,
    settings_of,
)
from core.settings.locations import config_file, keys_file
from core.settings.toml_file import SettingsFile, dotted_entries, read_settings_file
from core.sorts import SORTS
from core.transport import SourceSettings

OPENAI = "https://api.openai.com/v1"


def _is_engine(value: str) -> bool:
    """Whether there is an engine of this name; other packages are asked only where none that ships has it."""
    from core.translation import ENGINE_PLUGS

    return value in ENGINE_PLUGS.names()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a user can set: its default, the section of the settings file, and what is accepted there."""

    language: Annotated[
        str, "article", matching("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", 'a language tag such as "zh" or "en"')
    ] = "zh"
    """The language that articles are written in, and posts translated into (BCP 47)."""
    template: Annotated[str, "article", matching(r"[^\x00]+", "a template's name or file")] = ""
    """The article template's name or file; the language's own unless set."""
    format: Annotated[str, "article", NAME] = "markdown"
    """The exporter that articles are written by."""
    export_dir: Annotated[str, "article", FOLDER] = "."
    show_likes: Annotated[bool, "article", YES_NO] = True
    show_handle: Annotated[bool, "article", YES_NO] = True
    show_links: Annotated[bool, "article", YES_NO] = True
    engine: Annotated[
        str, "translation", Accepted('"openai", or an engine that another package adds', fits=_is_engine)
    ] = "openai"
    base_url: Annotated[str, "translation", ADDRESS] = OPENAI
    model: Annotated[str, "translation", NAME] = "gpt-4o-mini"
    api_key_env: Annotated[str, "translation", matching("[A-Za-z_][A-Za-z0-9_]*", "an environment variable's name")] = (
        "PULLQUOTE_API_KEY"
    )
    """The environment variable that holds the key."""
    api_key: Annotated[str, "translation", KEY] = field(default="", repr=False)
    """Empty where none is set; a local engine needs none."""
    concurrency: Annotated[int, "translation", number(1, 32)] = 4
    """Requests to the engine under way at once."""
    timeout: Annotated[int, "translation", number(1, 600)] = 60
    """Seconds for one answer of the engine."""
    theme: Annotated[str, "screen", NAME] = "terminal"
    """`terminal` for the terminal's own colours, or one of Textual's themes."""
    sort: Annotated[str, "screen", one_of(SORTS)] = "likes"
    max_file_mb: Annotated[int, "import", number(1, 1_000_000)] = 512
    """The largest file that is imported, in MiB."""
    sources: SourceSettings = field(default_factory=SourceSettings)

    def __post_init__(self) -> None:
        if not self.template:
            object.__setattr__(self, "template", self.language)


_WARNINGS = 20
"""Warnings about one file that are told in full."""

_SECRETS: Mapping[str, str] = {
    "api_key": "",
    "camofox_key": "camofox",
    "github_token": "github",
    "mastodon_tokens": "mastodon",
    "reddit_app": "reddit",
}
"""The settings that others may not read -> the source that they open, if any."""
_SECRET_FORMS = {
    "mastodon_tokens": matching(
        r"[^\s=,]+=[!-+\--~]+(,[^\s=,]+=[!-+\--~]+)*", "HOST=TOKEN, several with commas between and no spaces"
    ),
    "reddit_app": matching("[!-9;-~]+:[!-~]*", "the app's ID:SECRET, without spaces"),
}
"""What is accepted for those that are no plain key."""
_OF_OTHERS = {"github": ("GITHUB_TOKEN", "GH_TOKEN")}
"""The variables in which a source's key may stand for other programs too, after all of ours."""
_FROM_ENVIRONMENT = {"PULLQUOTE_BASE_URL": "base_url", "PULLQUOTE_MODEL": "model"}


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
        values = _fitting_values(source, warnings)
    for variable, name in _FROM_ENVIRONMENT.items():
        if given := os.environ.get(variable, "").strip():
            if accepted := _check_section("translation", {name: given})[1].get(name):
                warnings.append(f"The environment's {variable} is not used; it must be {accepted}.")
            else:
                values[name] = given
    values["sources"] = _source_settings(values, warnings)
    settings = Settings(**values)
    if key := _key_from_environment(settings):
        settings = Settings(**{**values, "api_key": key})
    return settings, _first_warnings(warnings)


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
    for action, value in dotted_entries(source.table) if source else ():
        place = source.place(action) if source else ""
        keys = _key_alternatives(value)
        if known is not None and action not in known:
            warnings.append(f"{place}: there is no action {action!r}{_near_name_hint(action, known)}.")
        elif not keys:
            warnings.append(f'{place}: {action!r} must be a key such as "S" or "g s", or a list of keys.')
        elif taken := [key for key in keys if key in owners]:
            owner = owners[taken[0]]
            warnings.append(f"{place}: {action!r} is not bound, for {taken[0]!r} is the key of {owner!r}.")
        else:
            bindings[action] = ",".join(keys)
            owners.update(dict.fromkeys(keys, action))
    return bindings, _first_warnings(warnings)


def _fitting_values(source: SettingsFile, warnings: list[str]) -> dict[str, Any]:
    """The settings that fit; each other one is a warning."""
    values: dict[str, Any] = {}
    sections = _sections()
    for name, section in source.table.items():
        if name not in sections or not isinstance(section, dict):
            accepted = ", ".join(f"[{known}]" for known in sections)
            warnings.append(f"{source.place(name)}: there is no section {name!r}; there are {accepted}.")
            continue
        fitting, wrong = _check_section(name, section)
        for key in section:
            place = source.place(f"{name}.{key}")
            if key not in sections[name]:
                warnings.append(f"{place}: [{name}] has no setting {key!r}; it has {', '.join(sections[name])}.")
            elif key in wrong:
                warnings.append(f"{place}: {name}.{key} must be {wrong[key]}; the default is used.")
            elif key in _SECRETS and not source.private:
                warnings.append(
                    f"{place}: the key is not used, for others may read the file; chmod 600 it, or set "
                    f"PULLQUOTE_{key.upper()} instead."
                )
            else:
                values[key] = fitting[key]
    return values


@cache
def _sections() -> dict[str, dict[str, Any]]:
    """The sections of the settings file, each with its settings and their types."""
    found: dict[str, dict[str, Any]] = {}
    for name, hint in settings_of(Settings).items():
        found.setdefault(section_of(hint), {})[name] = hint
    keys = {name: Annotated[str, _SECRET_FORMS.get(name, KEY)] for name, source in _SECRETS.items() if source}
    return {**found, "sources": {**settings_of(SourceSettings), **keys}}


def _check_section(section: str, given: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a section that can be used, and the others' names with what is accepted."""
    from pydantic_core import ValidationError

    known = _sections()[section]
    validator, wrong = section_validator(known), set[str]()
    try:
        fitting: dict[str, Any] = validator.validate_python(given)
    except ValidationError as error:
        wrong = {str(one["loc"][0]) for one in error.errors(include_url=False, include_input=False)}
        fitting = validator.validate_python({name: value for name, value in given.items() if name not in wrong})
    return fitting, {name: accepted_words(known[name]) for name in wrong if name in known}


def _source_settings(values: dict[str, Any], warnings: list[str]) -> SourceSettings:
    """What `values` say of sources, which is taken out of them, with the keys that the environment gives."""
    keys = {source: values.pop(name) for name, source in _SECRETS.items() if source and name in values}
    for name, source in _SECRETS.items():
        variable = f"PULLQUOTE_{name.upper()}"
        if not source or not (given := os.environ.get(variable, "").strip()):
            continue
        if accepted := _check_section("sources", {name: given})[1].get(name):
            warnings.append(f"The environment's {variable} is not used; it must be {accepted}.")
        else:
            keys[source] = given
    for source, variables in _OF_OTHERS.items():
        found = filter(is_key, (os.environ.get(variable, "").strip() for variable in variables))
        if source not in keys and (key := next(found, "")):
            keys[source] = key
    own = {one.name for one in fields(SourceSettings)}
    return SourceSettings(**{name: values.pop(name) for name in [*values] if name in own}, keys=keys)


def _first_warnings(warnings: list[str]) -> tuple[str, ...]:
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


def _key_alternatives(value: object) -> list[str]:
    """The alternatives in a key file's value; empty where it is none. A comma alone is the comma key."""
    if value == ",":
        return ["comma"]
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        return []
    keys = [" ".join(part.split()) for part in parts]
    return keys if all(key and key.isprintable() for key in keys) else []


def _near_name_hint(name: str, known: Collection[str]) -> str:
    """A hint at the name that was probably meant."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    return f", but there is {close[0]!r}" if close else ""
