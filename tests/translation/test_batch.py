"""A batch of translations: order of arrival, failures of single rows, fatal failures and cancelling."""

import asyncio
from contextlib import aclosing

import pytest

from core.errors import TranslationError
from core.reasons import Reason
from core.translation import TranslationDraft
from core.translation.batch import Drafted, Refused, draft_all
from core.translation.checks import FatalTranslationError


class Desk:
    """A translator whose answers the test lets go one by one, by the text that was asked."""

    def __init__(self, *free: str) -> None:
        self.gates: dict[str, asyncio.Event] = {}
        self.free = set(free)
        self.asked: list[str] = []
        self.cancelled: list[str] = []
        self.at_once = 0
        self.most_at_once = 0

    async def translate(self, text: str, target: str) -> TranslationDraft:
        self.asked.append(text)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self._answered(text)
        except asyncio.CancelledError:
            self.cancelled.append(text)
            raise
        finally:
            self.at_once -= 1
        return TranslationDraft(f"{text} in {target}", "desk:1")

    async def _answered(self, text: str) -> None:
        await asyncio.sleep(0)
        if text.startswith("bad"):
            raise TranslationError("no translation")
        if text.startswith("fatal"):
            raise FatalTranslationError("the key is wrong")
        if text.startswith("bug"):
            raise ZeroDivisionError
        if text not in self.free:
            await self.gates.setdefault(text, asyncio.Event()).wait()

    async def close(self) -> None:
        return None


async def outcomes(desk: Desk, texts: list[str], concurrency: int = 4) -> list[Drafted | Refused]:
    items = list(enumerate(texts))
    return [outcome async for outcome in draft_all(desk, items, "zh", concurrency=concurrency)]


async def test_every_row_gets_one_outcome_with_its_own_draft() -> None:
    texts = [f"t{n}" for n in range(20)]
    found = await outcomes(Desk(*texts), texts)
    assert sorted(o.seq for o in found) == list(range(20))
    assert all(isinstance(o, Drafted) and o.draft == TranslationDraft(f"t{o.seq} in zh", "desk:1") for o in found)


async def test_no_more_requests_than_allowed_are_under_way() -> None:
    texts = [f"t{n}" for n in range(20)]
    desk = Desk(*texts)
    await outcomes(desk, texts, concurrency=3)
    assert desk.most_at_once == 3


async def test_an_empty_batch_ends_at_once() -> None:
    assert await outcomes(Desk(), []) == []


async def test_a_finished_row_does_not_wait_for_a_slow_one() -> None:
    desk = Desk("quick")
    async with aclosing(draft_all(desk, [(1, "slow"), (2, "quick")], "zh")) as batch:
        assert (await anext(batch)).seq == 2
        desk.gates["slow"].set()
        assert (await anext(batch)).seq == 1


async def test_a_refused_row_does_not_stop_the_others() -> None:
    found = await outcomes(Desk("a", "b"), ["a", "bad", "b"])
    assert Refused(1, Reason.written("no translation")) in found
    assert {o.seq for o in found if isinstance(o, Drafted)} == {0, 2}


async def test_a_fatal_failure_ends_the_batch_after_what_was_finished() -> None:
    desk = Desk("a")
    found = []
    items = list(enumerate(["a", "fatal", "slow", "never asked"]))

    async def run() -> None:
        async for outcome in draft_all(desk, items, "zh", concurrency=3):
            found.append(outcome)

    with pytest.raises(FatalTranslationError, match="the key is wrong"):
        await run()
    assert [o.seq for o in found] == [0]
    assert desk.cancelled == ["slow"]
    assert "never asked" not in desk.asked


async def test_several_fatal_failures_are_one_message() -> None:
    with pytest.raises(FatalTranslationError):
        await outcomes(Desk(), ["fatal 1", "fatal 2", "fatal 3"])


async def test_closing_the_batch_cancels_what_is_outstanding() -> None:
    desk = Desk("quick")
    async with aclosing(draft_all(desk, list(enumerate(["quick", "slow 1", "slow 2"])), "zh")) as batch:
        await anext(batch)
    assert sorted(desk.cancelled) == ["slow 1", "slow 2"]
    assert desk.at_once == 0


async def test_cancelling_the_task_cancels_what_is_outstanding() -> None:
    desk = Desk()
    task = asyncio.create_task(outcomes(desk, ["slow 1", "slow 2"]))
    while len(desk.gates) < 2:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert sorted(desk.cancelled) == ["slow 1", "slow 2"]


async def test_an_error_that_is_no_translation_error_is_not_hidden() -> None:
    desk = Desk()
    with pytest.raises(ZeroDivisionError):
        await outcomes(desk, ["slow", "bug"])
    assert desk.cancelled == ["slow"]
