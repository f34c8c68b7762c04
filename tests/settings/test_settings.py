"""Settings, key files and the places they live in."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.settings import locations
from core.settings.load import Settings, load_keys, load_settings
from core.settings.toml_file import FILE_LIMIT
from core.sorts import SORTS
from tests.kit.places import ROOT

KEY = "sk-invented-0123456789abcdef"


@pytest.fixture
def config(tmp_path: Path) -> Callable[..., Path]:
    """Writes a settings file that only its owner may read."""

    def write(text: str | bytes, mode: int = 0o600) -> Path:
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)
        return path

    return write


def test_a_missing_file_means_defaults_without_a_warning(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == (Settings(), ())
    assert load_settings(Path(os.devnull)) == (Settings(), ())


def test_every_setting_can_be_set_in_its_section(config: Callable[..., Path]) -> None:
    path = config("""
[article]
language = "en"
template = "essay"
export_dir = "out"
show_likes = false
show_handle = false
show_links = false
[translation]
engine = "openai"
base_url = "http://localhost:11434/v1"
model = "qwen3:8b"
api_key_env = "MY_KEY"
api_key = "sk-own"
concurrency = 2
timeout = 30
[screen]
theme = "nord"
sort = "time"
[import]
max_file_mb = 10
""")
    settings, warnings = load_settings(path)
    assert warnings == ()
    assert settings == Settings(
        language="en",
        template="essay",
        export_dir="out",
        show_likes=False,
        show_handle=False,
        show_links=False,
        engine="openai",
        base_url="http://localhost:11434/v1",
        model="qwen3:8b",
        api_key_env="MY_KEY",
        api_key="sk-own",
        concurrency=2,
        timeout=30,
        theme="nord",
        sort="time",
        max_file_mb=10,
    )


def test_the_template_follows_the_language_unless_it_is_set(config: Callable[..., Path]) -> None:
    assert load_settings(config('[article]\nlanguage = "en"'))[0].template == "en"


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_of_a_view_can_be_the_default(config: Callable[..., Path], sort: str) -> None:
    assert load_settings(config(f'[screen]\nsort = "{sort}"'))[0].sort == sort


@pytest.mark.parametrize(
    ("line", "accepted"),
    [
        ('concurrency = "four"', "whole number from 1 to 32"),
        ("concurrency = 0", "whole number"),
        ("concurrency = true", "whole number"),
        ("concurrency = 2.0", "whole number"),
        ('engine = "babelfish"', '"openai"'),
        ("base_url = 7", "an address"),
        ('base_url = "ftp://example.com"', "an address"),
        ('base_url = "https://u:secret@example.com"', "without a password"),
        ('base_url = "http://["', "an address"),
        ('model = ""', "a name"),
        ("model = 2026-01-01", "a name"),
    ],
)
def test_a_value_that_does_not_fit_costs_that_item_only_and_is_named_with_its_line(
    config: Callable[..., Path], line: str, accepted: str
) -> None:
    path = config(f"# mine\n[translation]\ntimeout = 30\n{line}\n")
    settings, warnings = load_settings(path)
    assert settings == Settings(timeout=30)
    assert len(warnings) == 1
    assert warnings[0].startswith(f"{path}, line 4: translation.{line.split()[0]} must be ")
    assert accepted in warnings[0]
    assert "secret" not in warnings[0]


def test_an_unknown_key_is_named_with_its_line_and_the_known_ones(config: Callable[..., Path]) -> None:
    path = config('[screen]\n\nsrot = "time"\nsort = "time"\n')
    settings, warnings = load_settings(path)
    assert settings.sort == "time"
    assert warnings == (f"{path}, line 3: [screen] has no setting 'srot'; it has theme, sort.",)


@pytest.mark.parametrize(
    "text", ['language = "en"', "[artcle]\nlanguage = 'en'", "article = 3", "[[article]]\nlanguage='en'"]
)
def test_an_unknown_section_is_named_with_the_known_ones(config: Callable[..., Path], text: str) -> None:
    path = config(text)
    settings, warnings = load_settings(path)
    assert settings == Settings()
    assert warnings[0].startswith(f"{path}, line 1: there is no section ")
    assert "[article], [translation], [screen], [import]" in warnings[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[article]\nlanguage = = 3\n", "line 2, column 12"),
        ("[article]\nlanguage = 'en'\n[article", "line 3, column 9"),
        (b'[article]\nlanguage = "\xff"\n', "line 2, column 13"),
        ("a = " + "[" * 50_000, "nested too deeply"),
    ],
)
def test_a_broken_file_means_defaults_and_names_line_and_column(
    config: Callable[..., Path], text: str | bytes, place: str
) -> None:
    path = config(text)
    settings, warnings = load_settings(path)
    assert settings == Settings()
    assert len(warnings) == 1
    assert f"{path}, {place}" in warnings[0]


def test_a_control_character_in_a_key_is_not_repeated_in_the_warning(config: Callable[..., Path]) -> None:
    _, warnings = load_settings(config('[screen]\n"\\u001b]0;x\\u0007" = 1\n'))
    assert "\x1b" not in warnings[0]
    assert "\x07" not in warnings[0]


def test_a_file_with_a_byte_order_mark_and_windows_lines_is_read(config: Callable[..., Path]) -> None:
    assert load_settings(config(b"\xef\xbb\xbf[article]\r\nlanguage = 'en'\r\n")) == (Settings(language="en"), ())


@pytest.mark.parametrize("kind", ["folder", "fifo", "huge"])
def test_what_is_no_small_regular_file_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "config.toml"
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        path.write_bytes(b"#" * (FILE_LIMIT + 1))
    settings, warnings = load_settings(path)
    assert settings == Settings()
    assert len(warnings) == 1
    assert str(path) in warnings[0]


def test_ten_thousand_wrong_lines_do_not_hold_up_the_start(config: Callable[..., Path]) -> None:
    settings, warnings = load_settings(config("[screen]\n" + "".join(f"x{n} = 1\n" for n in range(10_000))))
    assert settings == Settings()
    assert warnings[-1] == "And 9,980 more of this kind."
    assert len(warnings) == 21


def test_the_environment_wins_over_the_file(config: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = config('[translation]\nbase_url = "https://file.example/v1"\nmodel = "file"\napi_key = "sk-file"')
    monkeypatch.setenv("PULLQUOTE_BASE_URL", "https://env.example/v1")
    monkeypatch.setenv("PULLQUOTE_MODEL", "env")
    monkeypatch.setenv("PULLQUOTE_API_KEY", KEY)
    settings, warnings = load_settings(path)
    assert (settings.base_url, settings.model, settings.api_key) == ("https://env.example/v1", "env", KEY)
    assert warnings == ()


def test_a_senseless_address_in_the_environment_is_a_warning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PULLQUOTE_BASE_URL", "not an address")
    settings, warnings = load_settings(tmp_path / "none")
    assert settings == Settings()
    assert "PULLQUOTE_BASE_URL" in warnings[0]


@pytest.mark.parametrize("value", ['"https://a.example"', '["https://a.example"]'])
def test_one_instance_may_stand_alone_or_in_a_list(config: Callable[..., Path], value: str) -> None:
    settings, warnings = load_settings(config(f"[sources]\nnitter = {value}\n"))
    assert (settings.sources.nitter, warnings) == (("https://a.example",), ())


def test_a_list_of_instances_keeps_its_order_and_is_wrong_as_a_whole(config: Callable[..., Path]) -> None:
    settings, _ = load_settings(config('[sources]\nnitter = ["https://b.example", "http://127.0.0.1:8080"]\n'))
    assert settings.sources.nitter == ("https://b.example", "http://127.0.0.1:8080")
    settings, (warning,) = load_settings(config('[sources]\nnitter = ["https://b.example", "nowhere"]\n'))
    assert (settings.sources.nitter, "or a list of them" in warning) == ((), True)


def test_the_key_may_come_from_a_variable_that_the_file_names(
    config: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    assert load_settings(config('[translation]\napi_key_env = "MY_KEY"'))[0].api_key == KEY


def test_the_key_of_openai_is_the_last_resort_for_openai(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert load_settings(tmp_path / "none")[0].api_key == KEY


def test_the_key_of_openai_goes_to_no_other_host(config: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert load_settings(config('[translation]\nbase_url = "https://other.example/v1"'))[0].api_key == ""


def test_a_key_in_a_file_that_others_may_read_is_not_used(config: Callable[..., Path]) -> None:
    path = config(f'[translation]\napi_key = "{KEY}"', mode=0o644)
    settings, warnings = load_settings(path)
    assert settings.api_key == ""
    assert "chmod 600" in warnings[0]
    assert f"{path}, line 2" in warnings[0]
    assert KEY not in warnings[0]


def test_no_repr_and_no_warning_shows_the_key(config: Callable[..., Path]) -> None:
    settings, _ = load_settings(config(f'[translation]\napi_key = "{KEY}"'))
    assert settings.api_key == KEY
    assert KEY not in repr(settings)
    assert KEY not in str(load_settings(config(f'[translation]\napi_key = "{KEY} x"'))[1])


def test_the_key_file_maps_actions_to_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('"star.toggle" = "S"\nquit = ["Q", "Z  Z"]\nselect.all = "g s"\nyank = ","\n')
    assert load_keys(path) == (
        {"star.toggle": "S", "quit": "Q,Z Z", "select.all": "g s", "yank": "comma"},
        (),
    )


def test_a_missing_key_file_means_no_keys(tmp_path: Path) -> None:
    assert load_keys(tmp_path / "keys.toml") == ({}, ())


@pytest.mark.parametrize("value", ["7", '""', "[]", '["a", 3]', '"\\u001b"', '"a,,b"'])
def test_a_key_that_is_none_costs_that_action_only(tmp_path: Path, value: str) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(f'undo = "U"\n"star.toggle" = {value}\n')
    keys, warnings = load_keys(path)
    assert keys == {"undo": "U"}
    assert len(warnings) == 1
    assert warnings[0].startswith(f"{path}, line 2: 'star.toggle' must be a key")


def test_of_two_actions_with_one_key_the_first_wins(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('"star.toggle" = "S"\nreject = ["X", "S"]\n')
    keys, warnings = load_keys(path)
    assert keys == {"star.toggle": "S"}
    assert warnings == (f"{path}, line 2: 'reject' is not bound, for 'S' is the key of 'star.toggle'.",)


def test_an_unknown_action_is_named_with_the_nearest_known_one(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('"star.togle" = "S"\nundo = "U"\n')
    keys, warnings = load_keys(path, known=["star.toggle", "undo"])
    assert keys == {"undo": "U"}
    assert "there is no action 'star.togle', but there is 'star.toggle'" in warnings[0]


def test_a_broken_key_file_means_no_keys_and_names_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('undo = "U\n')
    keys, warnings = load_keys(path)
    assert keys == {}
    assert "line 1, column 10" in warnings[0]


def test_the_environment_moves_library_and_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: Path
) -> None:
    monkeypatch.setenv("PULLQUOTE_LIBRARY", "~/books/mine.db")
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(tmp_path / "c" / "mine.toml"))
    assert locations.default_library() == home / "books" / "mine.db"
    assert locations.config_file() == tmp_path / "c" / "mine.toml"
    assert locations.keys_file() == tmp_path / "c" / "keys.toml"


def test_without_it_everything_lives_in_folders_of_our_own_and_none_is_made(home: Path) -> None:
    places = [
        locations.default_library(),
        locations.demo_library(),
        locations.config_file(),
        locations.keys_file(),
        locations.clip_file(),
    ]
    assert len(set(places)) == len(places)
    assert all(home in place.parents and place.parent.name == "pullquote" for place in places)
    assert not home.exists()


def test_starting_without_a_settings_file_imports_neither_pydantic_nor_toml(tmp_path: Path) -> None:
    program = (
        "import sys; from core.settings.load import load_settings; load_settings();"
        "print([name for name in ('pydantic', 'pydantic_core', 'tomllib', 'httpx', 'difflib') if name in sys.modules])"
    )
    root = ROOT
    ran = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_githubs_token_may_stand_where_other_programs_have_it_and_ours_comes_first(
    monkeypatch: pytest.MonkeyPatch, config: Callable[..., Path]
) -> None:
    def github(text: str = "") -> str | None:
        settings, warnings = load_settings(config(text))
        assert not warnings
        return settings.sources.keys.get("github")

    assert github() is None
    monkeypatch.setenv("GH_TOKEN", "gh")
    assert github() == "gh"
    monkeypatch.setenv("GITHUB_TOKEN", "github")
    assert github() == "github"
    assert github('[sources]\ngithub_token = "ours"') == "ours"
    monkeypatch.setenv("PULLQUOTE_GITHUB_TOKEN", "first")
    assert github('[sources]\ngithub_token = "ours"') == "first"


def test_tokens_and_apps_of_sources_are_secrets_and_keep_their_form(
    monkeypatch: pytest.MonkeyPatch, config: Callable[..., Path]
) -> None:
    text = '[sources]\nmastodon_tokens = "a.example=T1,b.example:8443=T2"\nreddit_app = "id:secret"'
    settings, warnings = load_settings(config(text))
    assert (settings.sources.keys, warnings) == (
        {"mastodon": "a.example=T1,b.example:8443=T2", "reddit": "id:secret"}, (),
    )  # fmt: skip
    assert "T1" not in repr(settings)
    settings, warnings = load_settings(config(text, 0o644))
    assert not settings.sources.keys
    assert "set PULLQUOTE_MASTODON_TOKENS instead" in warnings[0]
    monkeypatch.setenv("PULLQUOTE_MASTODON_TOKENS", "T1 alone")
    monkeypatch.setenv("PULLQUOTE_REDDIT_APP", "id:")
    settings, warnings = load_settings(config(""))
    assert settings.sources.keys == {"reddit": "id:"}
    assert warnings == (
        "The environment's PULLQUOTE_MASTODON_TOKENS is not used; it must be HOST=TOKEN, several with commas between "
        "and no spaces.",
    )
