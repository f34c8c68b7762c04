"""Real Nitter pages through a real browser: what comes through Camofox reads as the page itself does."""

from pathlib import Path

import pytest

from core.models import Payload, Post, Reading
from core.readers import read
from tests.kit.camofox import Camofox
from tests.kit.fetched import fetching
from tests.kit.places import SHARED
from tests.kit.played import http, played
from tests.kit.real import shared


def samples() -> list[Path]:
    """The pages."""
    folder = SHARED / "samples" / "nitter_html"
    return sorted(folder.glob("*.html"))


def plain(posts: tuple[Post, ...] | list[Post]) -> list[Post]:
    """Posts without what depends on how many pages there were."""
    return [post.with_changes(flags=()) for post in posts]


async def fetched(path: Path, folder: Path, camofox: Camofox) -> tuple[Reading, list[Post]]:
    """What the page at `path` says itself, and the posts that are kept of it when a browser shows it."""
    html = shared("samples", "nitter_html", path.name).read_bytes()
    (told,) = read(Payload(path.name, html))
    with played() as server:
        here = fetching(folder, nitter=(server.url,), camofox=camofox.url, deep=False)
        server.routes |= {
            f"/{told.root_author}/status/{told.root_id}": http(200, html, "Content-Type: text/html;charset=utf-8")
        }
        found = await here.by("camofox", f"https://x.com/{told.root_author}/status/{told.root_id}")
        return told, list(here.posts(found.kept.thread_id))


@pytest.mark.real
@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem[-30:])
async def test_a_real_page_comes_through_a_browser_to_the_letter(path: Path, tmp_path: Path, camofox: Camofox) -> None:
    told, kept = await fetched(path, tmp_path, camofox)
    assert plain(kept) == plain(told.posts)


def test_there_are_pages_to_read() -> None:
    shared("samples", "nitter_html")
    assert len(samples()) >= 3
