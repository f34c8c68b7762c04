"""A link, opened: its thread is fetched, read while it comes, and fetched again with a key."""

from pathlib import Path

import pytest

from core.library import open_library, threads
from core.models import Verdict
from tests.kit.fetched import LINK
from tests.kit.nitter_pages import NEXT, SECOND, THE_POST, Said, status_page
from tests.kit.played import Played, http, page
from tests.kit.terminal import Terminal, environment

pytestmark = pytest.mark.real


def opened(nitter: Played, folder: Path, *command: str) -> Terminal:
    """The program with the link or as the `command` says, and the played instance in its settings."""
    settings = folder / "config.toml"
    settings.write_text(f'[sources]\nnitter = "{nitter.url}"\norder = ["nitter"]\nfxtwitter = "{nitter.url}/fx"\n')
    arguments = [*(command or ("open", LINK)), "--library", str(folder / "library.db")]
    return Terminal(arguments, folder, (100, 24), env=environment(folder, PULLQUOTE_CONFIG=str(settings)))


def kept(folder: Path) -> tuple[int, Verdict]:
    """How many replies the library has of the thread, and how whole it is."""
    library = open_library(folder / "library.db")
    (thread,) = threads.threads(library)
    library.close()
    return thread.replies, thread.verdict


def test_a_link_is_fetched_and_its_thread_opens(nitter: Played, tmp_path: Path) -> None:
    with opened(nitter, tmp_path) as terminal:
        terminal.wait("4 replies · likes ↓")
        terminal.wait("nitter: 4 replies to")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path) == (4, Verdict.COMPLETE)


def test_a_link_that_is_kept_opens_without_asking_anyone(nitter: Played, tmp_path: Path) -> None:
    with opened(nitter, tmp_path) as terminal:
        terminal.wait("nitter: 4 replies to")
        terminal.press("Q")
        terminal.end()
    nitter.requests.clear()
    with opened(nitter, tmp_path) as terminal:
        terminal.wait("g r fetches it again")
        terminal.press("Q")
        assert terminal.end() == 0
    assert nitter.requests == []


def test_a_kept_link_with_a_source_is_fetched_by_it(nitter: Played, tmp_path: Path) -> None:
    with opened(nitter, tmp_path) as terminal:
        terminal.wait("nitter: 4 replies to")
        terminal.press("Q")
        terminal.end()
    nitter.routes[NEXT] = page(status_page(THE_POST, (*SECOND, Said(31, "A fourth museum has called"))))
    with opened(nitter, tmp_path, "open", "--source", "nitter", LINK) as terminal:
        terminal.wait("nitter: 5 replies to")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path)[0] == 5


def test_a_key_fetches_the_thread_again_and_what_is_new_joins(nitter: Played, tmp_path: Path) -> None:
    with opened(nitter, tmp_path) as terminal:
        terminal.wait("nitter: 4 replies to")
        nitter.routes[NEXT] = page(status_page(THE_POST, (*SECOND, Said(31, "A fourth museum has called"))))
        terminal.press("g", "r")  # "fetch.again"
        terminal.wait("5 replies · likes ↓")
        terminal.wait("1 new")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path)[0] == 5


def test_esc_stops_a_fetch_and_the_same_link_goes_on(nitter: Played, tmp_path: Path) -> None:
    well = nitter.routes[NEXT]
    nitter.routes[NEXT] = http(429, "slowly", "Retry-After: 100")
    with opened(nitter, tmp_path) as terminal:
        terminal.wait("trying again in")
        terminal.wait("Esc stops")
        terminal.press("escape")
        terminal.wait("What came is kept")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path) == (3, Verdict.PARTIAL)
    nitter.routes[NEXT] = well
    with opened(nitter, tmp_path) as terminal:
        terminal.wait("4 replies · likes ↓")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path) == (4, Verdict.COMPLETE)


def test_a_link_that_cannot_be_had_is_said_and_nothing_is_kept(nitter: Played, tmp_path: Path) -> None:
    nitter.routes.clear()
    with opened(nitter, tmp_path) as terminal:
        terminal.wait("404 Not Found")
        assert terminal.end() == 1
    library = open_library(tmp_path / "library.db")
    assert threads.threads(library) == []
    library.close()


def test_a_link_is_fetched_from_the_list_of_threads(nitter: Played, tmp_path: Path) -> None:
    with opened(nitter, tmp_path, "--library", str(tmp_path / "library.db")) as terminal:
        terminal.wait("the library is empty")
        terminal.press("f")
        terminal.wait("the link of a post")
        terminal.send(LINK + "\r")
        terminal.wait("4 replies · likes ↓")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path) == (4, Verdict.COMPLETE)


def test_what_is_no_link_is_said_in_the_list_of_threads(nitter: Played, tmp_path: Path) -> None:
    with Terminal(["--library", str(tmp_path / "library.db")], tmp_path, (100, 24)) as terminal:
        terminal.wait("the library is empty")
        terminal.press("f")
        terminal.wait("the link of a post")
        terminal.send("brolly\r")
        terminal.wait("‘brolly’ is no link")
        terminal.press("Q")
        assert terminal.end() == 0
