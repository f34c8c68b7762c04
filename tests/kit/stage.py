"""The program on a stage: an invented thread in a library of its own, keys that are pressed, and what came of them."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from core.library import Library, rows, thread_posts
from core.library.captures.readings import keep_reading
from core.models import Payload, Post, Quote, Reading, State, TimePrecision, Translation
from core.settings.load import Settings
from tests.kit.blank import filled_library, only_thread
from tests.kit.waiting import PATIENCE
from tui.app import PullquoteApp
from tui.thread.bench import Bench
from tui.thread.screen import ThreadScreen
from tui.widgets.bars import Line

DAY = 86_400
FIRST_DAY = 1_771_804_800
"""2026-02-23 00:00 UTC."""
ROOT = "100"
_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t"}


def post(id: str, text: str, author: str | None, parent: str | None = ROOT, **more: Any) -> Post:
    """A post of the invented thread, a day younger with each number."""
    given: dict[str, Any] = {
        "posted_at": FIRST_DAY + (int(id) - 100) * DAY,
        "time_precision": TimePrecision.EXACT,
        "lang": "en",
        "author_name": None if author is None else author.title(),
        "url": f"https://x.example/{author}/status/{id}",
    }
    return Post(id, text, author, parent_id=parent, **{**given, **more})


POSTS = (
    post(ROOT, "Our labels were copied by three museums.", "brolly", None, likes=20, replies=300, views=9_000),
    post("101", "You own 4,000 umbrellas and none is yours.", "ada", likes=40, replies=2, views=700),
    post("102", "meme: Kettle, black. Probably.", "bo", likes=12, replies=0, views=650),
    post("103", "From whom, though? A kettle?", "cy", "101", likes=55, replies=1, views=800),
    post("104", "Nobody counted this one.", "Dee"),
    post("105", "伞是谁的？😭", "ada", likes=7, replies=3, views=100, lang="zh"),
    post("106", "Noch elf.", "eli", "105", likes=3, replies=0, views=90, lang="de"),
    post("107", "zero likes here", "fay", likes=0, replies=4, views=20),
    post("108", "another meme, a long one:\nsecond line", "bo", likes=1, replies=0, views=60),
    post("109", "It is a kettle.", "cy", "103", likes=30, replies=0, views=500),
    post("110", "Last word about the umbrellas", "gus", likes=5, replies=9, views=80),
)
UNLIKE = (
    "Rain again",
    "My hat",
    "Cups of tea",
    "No museum",
    "Bring it",
    "Whose label",
    "A tent leaks",
    "Ha",
    "Quite so",
)
"""Texts of which none is like another, so that none folds away behind it."""
BY_ID = {one.id: one for one in POSTS}
BY_LIKES = ["100", "103", "101", "109", "102", "105", "110", "106", "108", "107", "104"]


def library_with(path: Path, posts: Iterable[Post] = POSTS, **reading: Any) -> tuple[Library, int]:
    """A library at `path` that holds one thread of these posts, its root first."""
    posts = tuple(posts)
    given = {"url": "https://x.example/brolly/status/100", "root_author": posts[0].author, "tool": "by hand", **reading}
    payload = Payload("thread.json", repr(posts).encode("utf-8", "replace"), FIRST_DAY + 20 * DAY)
    read = Reading("invented", posts[0].id, posts, **given)
    library = filled_library(path, repr((posts, given)), lambda empty: keep_reading(empty, payload, read))
    return library, only_thread(library)


@dataclass
class Stage:
    """An app that runs, with hands for its keys and eyes for its screen."""

    app: PullquoteApp
    pilot: Pilot[None]
    library: Library
    thread_id: int

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and wait until each has had its effect."""
        for key in keys:
            await self.app.on_event(event(key))
            await self.settle()

    async def burst(self, *keys: str) -> None:
        """Press keys faster than anything can answer, then wait for all of them."""
        for key in keys:
            await self.app.on_event(event(key))
        await self.settle()

    async def do(self, *actions: str) -> None:
        """Press the first key of each action, by the action's id."""
        for action in actions:
            keys = next(
                bound.binding.key for bound in self.app.screen.active_bindings.values() if bound.binding.id == action
            )
            await self.press(*keys.split())

    async def settle(self) -> None:
        """Wait until every key has had its effect, and the screen has worked off what came of it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                await self.pilot.pause(0)
                if self.app.crash:
                    raise AssertionError(self.app.crash)
                if self.app.keys.idle:
                    return
                await asyncio.sleep(0.001)

    async def until(self, words: str) -> None:
        """Wait until the status line says `words`."""
        try:
            async with asyncio.timeout(PATIENCE):
                while words not in self.status:
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"waited for {words!r}, but the status line says {self.status!r}") from None
        await self.settle()

    @property
    def screen(self) -> ThreadScreen:
        """The thread's screen, which may have a dialog before it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ThreadScreen))

    @property
    def bench(self) -> Bench:
        """What the commands of the thread act on."""
        return self.screen.bench

    @property
    def dialog(self) -> Any:
        """The dialog that stands before the thread."""
        assert not isinstance(self.app.screen, ThreadScreen), f"no dialog is open; {self.status!r}"
        return self.app.screen

    @property
    def dialog_text(self) -> str:
        """Everything that stands in the dialog."""
        return "\n".join(str(static.render()) for static in self.dialog.query("Static"))

    @property
    def status(self) -> str:
        """The status line."""
        return self.screen.query_one("#status", Line)._text

    @property
    def header(self) -> str:
        """The line that says what the view is."""
        return self.screen.query_one("#view", Line)._text

    @property
    def pane(self) -> str:
        """What the reading pane holds, as one line."""
        return " ".join(self.bench.pane.shown.split())

    @property
    def at(self) -> str | None:
        """The id of the post under the cursor."""
        quote = self.bench.table.quote
        return None if quote is None else quote.post.id

    @property
    def shown(self) -> list[str]:
        """The ids in the table, from top to bottom."""
        return [quote.post.id for quote in self.bench.table.quotes(tuple(self.bench.table.order))]

    @property
    def selected(self) -> set[str]:
        """The ids that are selected."""
        return {quote.post.id for quote in self.bench.table.quotes(tuple(self.bench.table.selected))}

    def seq(self, id: str) -> int:
        """The library's number of a post."""
        seq = thread_posts.seq_of(self.library, self.thread_id, id)
        assert seq is not None
        return seq

    def quote(self, id: str) -> Quote:
        """A post as the library has it now."""
        return rows.quote(self.library, self.seq(id), self.bench.settings.language)

    def translation(self, id: str) -> Translation:
        """The translation of a post that has one."""
        found = self.quote(id).translation
        assert found is not None
        return found

    def state(self, id: str) -> State:
        """What was decided about a post."""
        return self.quote(id).mark.state

    def starred(self) -> set[str]:
        """The ids of the starred posts."""
        return {one.id for one in POSTS if self.state(one.id) is State.STARRED}

    def tags(self, id: str) -> tuple[str, ...]:
        """The tags of a post."""
        return self.quote(id).mark.tags

    async def go(self, id: str) -> None:
        """Put the cursor on a post, as a click would."""
        assert self.bench.table.go_to_post(self.seq(id))
        await self.settle()


def event(key: str) -> Key:
    """A key as the terminal would send it."""
    if len(key) == 1:
        return Key(_character_to_key(key), key)
    return Key(key, _CHARACTERS.get(key))


@asynccontextmanager
async def stage(
    folder: Path,
    *,
    posts: Iterable[Post] = POSTS,
    size: tuple[int, int] = (80, 24),
    keys: Mapping[str, str] | None = None,
    settings: Settings | None = None,
    listed: bool = False,
    **reading: Any,
) -> AsyncIterator[Stage]:
    """The program on a thread in `folder`, or with `listed` on the library's list; a second call finds the library."""
    library, thread_id = library_with(folder / "library.db", posts, **reading)
    wanted = settings or Settings(export_dir=str(folder))
    async with stage_for(library, thread_id, wanted, size=size, keys=keys, listed=listed) as made:
        yield made


@asynccontextmanager
async def stage_for(
    library: Library,
    thread_id: int,
    settings: Settings,
    *,
    size: tuple[int, int] = (80, 24),
    keys: Mapping[str, str] | None = None,
    listed: bool = False,
) -> AsyncIterator[Stage]:
    """The program on a thread of a library, which is closed at the end."""
    app = PullquoteApp(library, settings, None if listed else thread_id, keys)
    try:
        async with app.run_test(size=size) as pilot:
            made = Stage(app, pilot, library, thread_id)
            await made.settle()
            yield made
    finally:
        library.close()
