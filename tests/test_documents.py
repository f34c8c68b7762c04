"""The documents name what there is."""

import argparse
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from core.models import LangFrom, News, State, TimePrecision
from core.query import FIELDS
from core.readers import READERS, reader
from core.settings.load import Settings
from core.translation import ENGINES
from exports import EXPORTERS, TEMPLATES
from tests.kit.places import ROOT
from tui.cli.json_posts import DetailJson, PostJson, RecheckJson, TranslationJson
from tui.cli.main import parser
from tui.commands.all_keys import action_names, keyed_nodes, own_bindings
from tui.keyboard.sequences import spelled

HOUSE = ROOT
README = (HOUSE / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")
NOT_SET_BY_HAND = {"api_key", "api_key_env", "engine", "concurrency", "timeout", "max_file_mb"}
"""Settings whose defaults fit; the README leaves them to the warnings that name them."""


def commands() -> list[str]:
    """Every command's name."""
    actions = parser()._subparsers._group_actions  # type: ignore[union-attr]
    (sub,) = (action for action in actions if isinstance(action, argparse._SubParsersAction))
    return sorted(sub.choices)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"\b{name}\b", README), name


@pytest.mark.parametrize("name", READERS)
def test_every_reader_is_in_the_readme_by_its_title(name: str) -> None:
    assert name in README.lower() or reader(name).title in README


@pytest.mark.parametrize("name", [*ENGINES, *EXPORTERS])
def test_every_engine_and_exporter_is_in_the_readme(name: str) -> None:
    assert name.lower() in README.lower()


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_in_the_readme(name: str) -> None:
    assert re.search(rf"\b{name}\b", README)


@pytest.mark.parametrize("name", [one.name for one in fields(Settings) if one.name not in NOT_SET_BY_HAND])
def test_every_setting_that_matters_is_in_the_readme(name: str) -> None:
    assert name in README


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_of_the_filter_is_in_the_readme_or_in_help(name: str) -> None:
    assert f"`{name}" in README or FIELDS[name].description


def test_the_readme_names_every_field_of_posts_as_json_and_no_other() -> None:
    (paragraph,) = (one for one in README.split("\n\n") if one.startswith("`posts --json` is a list"))
    named = set(re.findall(r"`(\w+)`", paragraph))
    models = (PostJson, DetailJson, TranslationJson, RecheckJson)
    fields = {name for model in models for name in model.model_fields}
    values = {value for kind in (TimePrecision, LangFrom, News, State) for value in kind}
    assert set(PostJson.model_fields) <= named
    assert named <= fields | values


def test_the_keys_in_the_readmes_example_exist() -> None:
    example = re.search(r'((?:    "[\w.]+" = "[^"]+"\n)+)', README)
    assert example is not None
    bound = tomllib.loads(example.group(1))
    assert bound
    assert set(bound) <= action_names()


def test_every_key_that_the_readme_names_is_bound() -> None:
    steps = README[README.index("1. **Look.**") : README.index("## What it fetches")]
    named = set(re.findall(r"`(ctrl\+[a-z]|[a-zA-Z] [a-zA-Z]|[^\s`])`", steps)) - {"*", "~", "-"}
    assert {"j", "[", "g t", "ctrl+s", "?"} <= named
    bound = {spelled(binding.key) for kind in keyed_nodes() for binding in own_bindings(kind)}
    assert {key for key in named if spelled(key) not in bound | {"ctrl+p"}} == set()


def test_the_settings_in_the_readmes_example_are_taken_without_a_warning(tmp_path: Path) -> None:
    from core.settings.load import load_settings

    example = README[README.index("    [article]") : README.index("`keys.toml` beside it")]
    path = tmp_path / "config.toml"
    path.write_text("\n".join(line[4:] for line in example.splitlines()), encoding="utf-8")
    assert load_settings(path)[1] == ()


@pytest.mark.parametrize(
    "name", ["READERS", "ENGINES", "EXPORTERS", "COMMANDS", "COLUMNS", "MIGRATIONS", "FIELDS", "Command"]
)
def test_contributing_names_the_places_where_things_are_added(name: str) -> None:
    assert f"`{name}`" in CONTRIBUTING


def test_every_file_that_contributing_names_is_there() -> None:
    named = re.findall(r"`((?:core|exports|tui|tests|\.ci)(?:/[\w.]+)*/?)`", CONTRIBUTING)
    assert len(named) > 50
    assert [path for path in named if not (HOUSE / path).exists()] == []


@pytest.mark.parametrize("room", sorted(path.parent.name for path in (HOUSE / "core").glob("*/__init__.py")))
def test_contributing_has_every_room_of_core_on_its_map(room: str) -> None:
    assert f"`core/{room}/`" in CONTRIBUTING


def test_the_picture_in_the_readme_is_there() -> None:
    (path,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert (HOUSE / path).read_bytes().startswith(b"\x89PNG")
