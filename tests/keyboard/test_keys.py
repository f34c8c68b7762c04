"""The keys as they are declared: none in another's way, each with a name, and as the key map has them."""

import importlib
import pkgutil
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Key
from textual.keys import _character_to_key
from textual.screen import Screen

import tui
from core.settings.load import load_keys
from tests.kit.commands import Commands
from tests.kit.places import ROOT
from tests.kit.real import shared
from tests.kit.stage import stage
from tui.commands.all_keys import action_names, keyed_nodes, own_bindings, without_clashes
from tui.commands.command import Command, bindings, in_section
from tui.keyboard.sections import section_of
from tui.keyboard.sequences import Sequences, as_plain_key, key_display, key_name, spelled
from tui.screens.dialogs.author import AuthorCard
from tui.screens.dialogs.captures import CapturesScreen
from tui.screens.facts import FactsScreen
from tui.screens.library import LibraryScreen
from tui.screens.outline import OutlineScreen
from tui.screens.preview import Preview
from tui.thread.bench import Bench
from tui.thread.screen import ThreadScreen
from tui.widgets.bars import TagBar
from tui.widgets.choices import Choices
from tui.widgets.reply_table import ReplyTable
from tui.widgets.scroller import Scroller

NODES = keyed_nodes()
TOGETHER: dict[type, tuple[type, ...]] = {
    ThreadScreen: (ThreadScreen, ReplyTable),
    LibraryScreen: (LibraryScreen, Choices),
    OutlineScreen: (OutlineScreen, Choices),
    FactsScreen: (FactsScreen, Choices),
    Preview: (Preview, Scroller),
    CapturesScreen: (CapturesScreen, Scroller),
    AuthorCard: (AuthorCard, Scroller),
}
"""Whose keys are there at the same time."""


def declared(*kinds: type) -> list[tuple[str, Binding]]:
    """Each key or sequence that the classes declare or inherit from each other, by the names of its keys."""
    return [
        (spelled(binding.key), binding)
        for kind in kinds
        for base in kind.__mro__
        if base.__module__.startswith("tui.")
        for binding in own_bindings(base)
    ]


@pytest.mark.parametrize("kind", NODES, ids=lambda kind: kind.__name__)
def test_no_key_has_two_meanings_and_none_begins_another(kind: type) -> None:
    keys = declared(*TOGETHER.get(kind, (kind,)))
    for (one, first), (two, second) in product(keys, keys):
        if first.id == second.id or "leave" in (first.id, second.id):
            continue  # Esc leaves every dialog; one with an answer for that answers.
        assert one != two, f"{one} is both {first.id} and {second.id}"
        assert not two.startswith(one + " "), f"{one} ({first.id}) begins {two} ({second.id})"


@pytest.mark.parametrize("kind", NODES, ids=lambda kind: kind.__name__)
def test_each_key_has_a_name_a_heading_and_says_what_it_does(kind: type) -> None:
    for keys, binding in declared(kind):
        assert binding.id, f"{keys} has no name"
        assert binding.description, f"{binding.id} says nothing"
        assert section_of(binding), f"{binding.id} stands under no heading"


def test_a_name_means_one_action_wherever_it_is_declared() -> None:
    meanings: dict[str, set[str]] = {}
    for _, binding in declared(ThreadScreen, ReplyTable):
        meanings.setdefault(binding.id or "", set()).add(binding.description)
    assert {name: said for name, said in meanings.items() if len(said) > 1} == {}


def test_nothing_needs_a_key_that_a_legacy_terminal_cannot_send() -> None:
    unsendable = {"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+b", "ctrl+a", "ctrl+o", "tilde"}
    for keys, binding in declared(*NODES):
        for key in keys.split():
            assert key not in unsendable, binding
            assert not re.search(r"alt\+|ctrl\+shift|shift\+|f[2-9]$|f1\d", key), binding


def test_every_key_of_the_program_is_listed(pullquote: Commands) -> None:
    for found in pkgutil.walk_packages(tui.__path__, "tui."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    kinds = [kind for kind in _below(DOMNode) if kind.__module__.startswith("tui.")]
    bound = {binding.id for kind in kinds for binding in own_bindings(kind)}
    listed = {line[24:].split()[0] for line in pullquote("keys").lines}
    assert listed == bound == action_names()


def _below(kind: type[DOMNode]) -> set[type[DOMNode]]:
    """A class and all that inherit from it."""
    return {kind}.union(*(_below(one) for one in kind.__subclasses__()))


def key_map() -> dict[str, list[str]]:
    """The key map's actions with their keys, each as its keys' names."""
    found: dict[str, list[str]] = {}
    names = {"Esc": "escape", "Enter": "enter", "PgDn": "pagedown", "PgUp": "pageup", "Home": "home", "End": "end"}
    names |= {"↓": "down", "↑": "up", "←": "left", "→": "right", "F1": "f1", "Tab": "tab"}
    for row in shared("keymap.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
        if len(cells) < 3 or not cells[0].startswith("`"):
            continue
        for name in cells[1].strip("`").split("|"):
            for keys in re.findall(r"`([^`]+)`", cells[0]):
                if "{" not in keys and "…" not in keys:
                    found.setdefault(name, []).append(spelled(" ".join(names.get(key, key) for key in keys.split())))
    return found


@pytest.mark.parametrize("kind", [ThreadScreen, OutlineScreen], ids=lambda kind: kind.__name__)
def test_what_the_key_map_names_has_the_key_maps_keys(kind: type[Screen[Any]]) -> None:
    ours: dict[str, set[str]] = {}
    for keys, binding in declared(*TOGETHER.get(kind, (kind,))):
        ours.setdefault(binding.id or "", set()).add(keys)
    both = ours.keys() & key_map().keys()
    assert len(both) >= (50 if kind is ThreadScreen else 5)
    wrong = {name: (key_map()[name], ours[name]) for name in both if not set(key_map()[name]) <= ours[name]}
    assert wrong == {}


def test_every_action_of_the_thread_is_pressed_in_a_test() -> None:
    tests = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)
    )
    names = {binding.id for _, binding in declared(ThreadScreen, ReplyTable) if binding.id}
    slots = {f"tag.slot.{n}" for n in range(1, 10)}
    assert {name for name in names - slots if f'"{name}"' not in tests} == set()


# The user's own keys


async def test_a_key_file_binds_an_action_anew_also_to_a_sequence(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('star.toggle = "S"\naccept = "g a"\n"cursor.down" = ["J", "down"]\n')
    keys, warnings = load_keys(file, known=action_names())
    assert warnings == ()
    async with stage(tmp_path, keys=keys) as it:
        await it.press("s")
        assert it.starred() == set(), "the old key is free"
        await it.press("S")
        assert it.starred() == {"103"}
        await it.press("J", "g", "a")
        assert it.starred() == {"103", "101"}
        await it.press("j")
        assert it.at == "109"


async def test_a_key_file_takes_a_sequence_to_a_single_key(tmp_path: Path) -> None:
    async with stage(tmp_path, keys={"cursor.first": "0", "tag.recent": "g 0"}) as it:
        await it.press("G", "0")
        assert it.at == "100"


async def test_the_footer_and_help_show_the_users_own_key(tmp_path: Path) -> None:
    keys = {"star.toggle": "g x", "accept": "A", "translate.approve": "B"}
    async with stage(tmp_path, keys=keys, size=(150, 40)) as it:
        assert "A Accept" in str(it.screen.query_one("#keys").render())
        await it.press("?")
        assert "g x" in str(it.dialog.query_one("#lines").render())


# A new command


async def test_a_new_command_is_in_the_footer_help_palette_command_line_and_key_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pullquote: Commands
) -> None:
    wave: Command[Bench] = Command(
        "wave", "ctrl+w", "Wave", lambda bench: bench.say("Somebody waves."), "To whoever looks", footer=True
    )
    commands = (*in_section("Greetings", wave), *ThreadScreen.KEYS)
    monkeypatch.setattr(ThreadScreen, "KEYS", commands)
    monkeypatch.setattr(ThreadScreen, "BINDINGS", bindings(commands))
    monkeypatch.setattr(ThreadScreen, "_by_id", {command.id: command for command in commands})
    monkeypatch.setattr(ThreadScreen, "_merged_bindings", ThreadScreen._merge_bindings())
    assert any(re.search(r"wave +Wave: To whoever looks · Greetings", line) for line in pullquote("keys").lines)
    assert without_clashes({"wave": "ctrl+y"}) == ({"wave": "ctrl+y"}, ())
    async with stage(tmp_path, size=(150, 60), keys={"wave": "ctrl+y"}) as it:
        assert "ctrl+y Wave" in str(it.screen.query_one("#keys").render())
        await it.press("?", *"whoever")
        assert "To whoever looks" in str(it.dialog.query_one("#lines").render())
        await it.press("escape", "ctrl+y")
        assert it.status == "Somebody waves."
        await it.press("j", ":", *"wave", "enter")
        assert it.status == "Somebody waves."


async def test_a_command_that_does_not_apply_leaves_its_key_free(tmp_path: Path) -> None:
    async with stage(tmp_path, listed=True) as it:
        bound = it.app.screen.active_bindings
        assert "escape" not in bound, "no fetch is under way that Esc could stop"


# Names and twins


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *zip("：？！；、／，。＋－＝＃【】《》“”｜　", ':?!;//,.+-=#[]<>""| ', strict=True),
        ("ａ", "a"),
        ("Ｇ", "G"),
        ("９", "9"),
    ],
)
def test_a_full_width_key_is_its_plain_twin(typed: str, meant: str) -> None:
    event = as_plain_key(Key(_character_to_key(typed), typed))
    assert isinstance(event, Key)
    assert event.key == key_name(meant) == _character_to_key(meant)


@pytest.mark.parametrize("char", "a1伞é？"[:4])
def test_another_key_is_left_alone(char: str) -> None:
    event = Key(_character_to_key(char), char)
    assert as_plain_key(event) is event


@pytest.mark.parametrize("code", range(0x21, 0x7F))
def test_every_ascii_key_has_the_name_that_textual_gives_it(code: int) -> None:
    assert key_name(chr(code)) == _character_to_key(chr(code))


async def test_full_width_keys_act_as_their_plain_twins_in_their_order(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.burst("ｊ", "ｓ", "k", "ｓ")
        assert it.starred() == {"101", "103"}
        await it.press("！")
        assert it.quote("103").mark.review
        await it.press("ｇ", "Ｇ"[:1].lower(), "Ｇ")
        await it.press("：", *"sort author", "enter")
        assert "author ↑" in it.header
        await it.press("】")
        assert "author ↓" in it.header


async def test_full_width_keys_act_in_dialogs_too(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("ｑ")
        await it.press("ｎ")
        assert it.app.screen is it.screen


async def test_in_a_field_full_width_characters_are_text(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("+", *"ｊ：？", "enter")
        assert it.tags("103") == ("ｊ：？",)


# Sequences


def test_sequences_are_followed_key_by_key() -> None:
    sequences = Sequences(["g g", "z t", "q", "g question_mark"])
    assert sequences.feed("q") is None
    assert sequences.feed("g") == ""
    assert sequences.pending == "g"
    assert sequences.feed("g") == "g g"
    assert sequences.pending == ""
    assert (sequences.feed("z"), sequences.feed("x"), sequences.pending) == ("", "", "")
    assert sequences.feed("x") is None


def test_a_users_spelling_of_a_sequence_is_understood() -> None:
    assert spelled("g  ?") == "g question_mark"
    sequences = Sequences(["g ?"])
    sequences.feed("g")
    assert sequences.feed("question_mark") == "g ?"


def test_keys_are_shown_as_they_are_typed() -> None:
    assert key_display("g question_mark") == "g ?"


async def test_hints_name_the_keys_that_the_writer_has_given(tmp_path: Path) -> None:
    keys = {"tag.pick": "T", "card.save": "ctrl+g", "answer.yes": "Y", "author.confirm": "C", "leave": "X"}
    async with stage(tmp_path, keys=keys, size=(120, 30)) as it:
        assert "no tags yet: T makes one" in str(it.screen.query_one(TagBar).render())
        await it.press("@")
        assert "C I vouch for this author" in it.dialog_text
        await it.press("X", "e")
        assert "ctrl+g save" in it.dialog_text
