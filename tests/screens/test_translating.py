"""Machine drafts under the screen's keys, against a server on a real socket that plays the endpoint."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from core.models import TranslationState
from core.settings.load import Settings
from tests.kit.stage import Stage, stage
from tests.kit.waiting import PATIENCE


class Endpoint:
    """Drafts whatever it is asked for, as soon as its gate is open."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: list[str] = []
        self.status = 200
        self.gate = asyncio.Event()
        self.gate.set()
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = int(head.split("content-length: ")[1].split("\r\n")[0])
            body = json.loads(await reader.readexactly(length))
            self.asked.append(json.dumps(body, ensure_ascii=False))
            await self.gate.wait()
            text = self.answers.pop(0) if self.answers else f"第{len(self.asked)}条译文，差不多这么长"
            choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            sent = json.dumps({"id": "c", "choices": [choice]}).encode()
            writer.write(
                f"HTTP/1.1 {self.status} X\r\nContent-Length: {len(sent)}\r\nConnection: close\r\n\r\n".encode() + sent
            )
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def translating(folder: Path, concurrency: int = 1) -> AsyncIterator[tuple[Stage, Endpoint]]:
    """The program with its engine at a local endpoint."""
    played = Endpoint()
    server = await asyncio.start_server(played.serve, "127.0.0.1", 0)
    played.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    settings = Settings(base_url=played.url, model="tiny-1", api_key="sk-invented", concurrency=concurrency)
    try:
        async with stage(folder, settings=replace(settings, export_dir=str(folder))) as it:
            yield it, played
    finally:
        played.gate.set()
        server.close()


async def test_the_row_gets_a_draft_that_says_it_is_a_machines(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, played):
        await it.do("translate")
        await it.until("1 translated")
        made = it.translation("103")
        assert (made.state, made.lang) == (TranslationState.MACHINE, "zh")
        assert "tiny-1" in (made.engine or "")
        assert made.text in it.pane
        assert len(played.asked) == 1
        assert "sk-invented" not in played.asked[0]


async def test_a_selection_is_drafted_as_one_step(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, _):
        await it.press("v", "j", "j", "T")
        await it.until("3 translated")
        assert all(it.quote(id).translation for id in ("103", "101", "109"))
        await it.press("u")
        assert not any(it.quote(id).translation for id in ("103", "101", "109"))


async def test_esc_cancels_a_batch_and_keeps_what_was_finished(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, played):
        await it.press("v", "j", "j", "T")
        played.gate.clear()
        await it.until("translating")
        async with asyncio.timeout(PATIENCE):
            while len(played.asked) < 1:
                await asyncio.sleep(0.005)
        await it.press("T")
        assert it.status == "A batch is under way; Esc cancels it."
        await it.do("cancel")
        await it.until("not translated")
        assert it.selected != set(), "the first Esc is the batch's"
        done = [id for id in ("103", "101", "109") if it.quote(id).translation]
        assert f"{len(done)} translated · {3 - len(done)} not translated" in it.status
        asked = len(played.asked)
        played.gate.set()
        await asyncio.sleep(0.05)
        assert len(played.asked) == asked, "nothing is asked for any more"


async def test_what_the_writer_wrote_is_left_alone(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, played):
        await it.press("e", *"mine", "ctrl+s", "T")
        await it.until("There is nothing to draft")
        assert it.translation("103").text == "mine"
        assert played.asked == []


async def test_a_post_in_the_writers_language_is_not_sent(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, played):
        await it.go("105")
        await it.press("T")
        await it.until("There is nothing to draft")
        assert played.asked == []


async def test_every_star_without_a_translation_gets_one(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, played):
        await it.press("a", "a", "e", *"mine", "ctrl+s", "s")
        await it.do("translate.missing")
        await it.until("2 translated")
        assert it.translation("109").text == "mine"
        assert it.translation("103")
        assert it.quote("102").translation is None
        assert len(played.asked) == 2


async def test_an_answer_that_is_no_translation_is_refused_with_its_reason(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, played):
        played.answers = [""]
        await it.press("T")
        await it.until("1 refused")
        assert "Nothing was changed; try again, or translate it yourself." in it.status
        assert it.quote("103").translation is None
        assert ":" in it.status


async def test_a_rejected_key_ends_the_batch_with_a_sentence(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, played):
        played.status = 401
        await it.press("v", "j", "T")
        await it.until("not translated")
        assert len(played.asked) == 1
        assert "sk-invented" not in it.status


async def test_approval_is_given_and_taken_back(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, _):
        await it.do("translate.approve")
        assert "no translation into zh to approve" in it.status
        await it.press("T")
        await it.until("1 translated")
        await it.press("A")
        assert it.translation("103").state is TranslationState.APPROVED
        await it.press("A")
        assert it.translation("103").state is TranslationState.EDITED


async def test_keys_decide_while_a_batch_is_under_way(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, played):
        played.gate.clear()
        await it.press("T", "a", "x")
        assert it.starred() == {"103"}
        played.gate.set()
        await it.until("1 translated")
        assert it.translation("103")
        assert it.starred() == {"103"}


async def test_leaving_in_the_middle_of_a_batch_is_no_crash(tmp_path: Path) -> None:
    async with translating(tmp_path) as (it, played):
        played.gate.clear()
        await it.press("T")
        async with asyncio.timeout(PATIENCE):
            while not played.asked:
                await asyncio.sleep(0.005)
        await it.press("Q")
    assert it.app.crash == ""
