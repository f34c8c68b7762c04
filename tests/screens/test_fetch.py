"""A link, opened: its thread is fetched, read while it comes, and fetched again with a key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.library import open_library, threads
from core.models import Verdict
from tests.kit.fetched import LINK
from tests.kit.nitter_pages import AUTHOR, ROOT, SECOND, THE_POST, Said, status_page, two_pages
from tests.kit.played import Played, http, page, played
from tests.kit.terminal import Terminal, environment

PATH = f"/{AUTHOR}/status/{ROOT}"
NEXT = f"{PATH}?cursor=DAABCgABF-invented"


@pytest.fixture
def server() -> Iterator[Played]:
    with played() as found:
        first, second = two_pages()
        found.routes |= {PATH: page(first), NEXT: page(second)}
        yield found


def opened(server: Played, folder: Path, *command: str) -> Terminal:
    """The program with the link or as the `command` says, and the played instance in its settings."""
    settings = folder / "config.toml"
    settings.write_text(f'[sources]\nnitter = "{server.url}"\norder = ["nitter"]\nfxtwitter = "{server.url}/fx"\n')
    arguments = [*(command or ("open", LINK)), "--library", str(folder / "library.db")]
    return Terminal(arguments, folder, (100, 24), env=environment(folder, PULLQUOTE_CONFIG=str(settings)))


def kept(folder: Path) -> tuple[int, Verdict]:
    """How many replies the library has of the thread, and how whole it is."""
    library = open_library(folder / "library.db")
    (thread,) = threads.threads(library)
    library.close()
    return thread.replies, thread.verdict


def test_a_link_is_fetched_and_its_thread_opens(server: Played, tmp_path: Path) -> None:
    with opened(server, tmp_path) as terminal:
        terminal.wait("4 replies · likes ↓")
        terminal.wait("nitter: 4 replies to")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path) == (4, Verdict.COMPLETE)


def test_a_link_that_is_kept_opens_without_asking_anyone(server: Played, tmp_path: Path) -> None:
    with opened(server, tmp_path) as terminal:
        terminal.wait("nitter: 4 replies to")
        terminal.press("Q")
        terminal.end()
    server.requests.clear()
    with opened(server, tmp_path) as terminal:
        terminal.wait("g r fetches it again")
        terminal.press("Q")
        assert terminal.end() == 0
    assert server.requests == []


def test_a_key_fetches_the_thread_again_and_what_is_new_joins(server: Played, tmp_path: Path) -> None:
    with opened(server, tmp_path) as terminal:
        terminal.wait("nitter: 4 replies to")
        server.routes[NEXT] = page(status_page(THE_POST, (*SECOND, Said(31, "A fourth museum has called"))))
        terminal.press("g", "r")  # "fetch.again"
        terminal.wait("5 replies · likes ↓")
        terminal.wait("1 new")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path)[0] == 5


def test_esc_stops_a_fetch_and_the_same_link_goes_on(server: Played, tmp_path: Path) -> None:
    well = server.routes[NEXT]
    server.routes[NEXT] = http(429, "slowly", "Retry-After: 100")
    with opened(server, tmp_path) as terminal:
        terminal.wait("trying again in")
        terminal.wait("Esc stops")
        terminal.press("escape")
        terminal.wait("What came is kept")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path) == (3, Verdict.PARTIAL)
    server.routes[NEXT] = well
    with opened(server, tmp_path) as terminal:
        terminal.wait("4 replies · likes ↓")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path) == (4, Verdict.COMPLETE)


def test_a_link_that_cannot_be_had_is_said_and_nothing_is_kept(server: Played, tmp_path: Path) -> None:
    server.routes.clear()
    with opened(server, tmp_path) as terminal:
        terminal.wait("404 Not Found")
        assert terminal.end() == 1
    library = open_library(tmp_path / "library.db")
    assert threads.threads(library) == []
    library.close()


def test_a_link_is_fetched_from_the_list_of_threads(server: Played, tmp_path: Path) -> None:
    with opened(server, tmp_path, "--library", str(tmp_path / "library.db")) as terminal:
        terminal.wait("the library is empty")
        terminal.press("f")
        terminal.wait("the link of a post")
        terminal.send(LINK + "\r")
        terminal.wait("4 replies · likes ↓")
        terminal.press("Q")
        assert terminal.end() == 0
    assert kept(tmp_path) == (4, Verdict.COMPLETE)


def test_what_is_no_link_is_said_in_the_list_of_threads(server: Played, tmp_path: Path) -> None:
    with Terminal(["--library", str(tmp_path / "library.db")], tmp_path, (100, 24)) as terminal:
        terminal.wait("the library is empty")
        terminal.press("f")
        terminal.wait("the link of a post")
        terminal.send("brolly\r")
        terminal.wait("‘brolly’ is no link")
        terminal.press("Q")
        assert terminal.end() == 0
