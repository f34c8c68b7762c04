"""A real HTTP server on a socket of this machine that plays what a test scripts, byte for byte."""

import asyncio
import gzip
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar, cast
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """What came."""

    method: str
    target: str
    """Path and query."""
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))


Writing = Callable[[asyncio.StreamWriter], Awaitable[None]]
Answer = bytes | Writing
Route = Answer | list[Answer] | Callable[[Request], Answer]
"""An answer, answers one after the other (the last for ever), or what makes one of a request."""


def http(status: int, body: bytes | str = b"", *headers: str, length: int | None = None) -> bytes:
    """One HTTP response, whose stated length may be a lie."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data) if length is None else length}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + data


def page(html: str) -> bytes:
    """A web page."""
    return http(200, html, "Content-Type: text/html; charset=utf-8")


def as_json(value: object, *headers: str, status: int = 200) -> bytes:
    """A JSON answer."""
    return http(status, json.dumps(value), "Content-Type: application/json", *headers)


def packed(body: bytes) -> bytes:
    """A JSON answer in gzip."""
    return http(200, gzip.compress(body), "Content-Encoding: gzip", "Content-Type: application/json")


def dripping(body: bytes, pause: float) -> Writing:
    """An answer that comes byte by byte."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(http(200, b"", length=len(body)))
        for number in range(len(body)):
            writer.write(body[number : number + 1])
            await writer.drain()
            await asyncio.sleep(pause)

    return write


async def silence(writer: asyncio.StreamWriter) -> None:
    """No answer, until the other side gives up."""
    await writer.wait_closed()


def silence_when_asked(asked: asyncio.Event) -> Writing:
    """As `silence`; `asked`, an event of the loop that runs now, is set once the other side waits for an answer."""
    loop = asyncio.get_running_loop()

    async def answer(writer: asyncio.StreamWriter) -> None:
        loop.call_soon_threadsafe(asked.set)
        await silence(writer)

    return answer


@dataclass
class Played:
    """The server."""

    url: str = ""
    routes: dict[str, Route] = field(default_factory=dict)
    """By path and query, or by path alone."""
    requests: list[Request] = field(default_factory=list)

    @property
    def asked(self) -> list[str]:
        """The targets of the requests, in their order."""
        return [request.target for request in self.requests]

    def answer(self, request: Request) -> Answer:
        """What the routes say of a request; 404 where they say nothing."""
        key = request.target if request.target in self.routes else request.path
        route = self.routes.get(key, http(404, "no such page"))
        if isinstance(route, list):
            return route.pop(0) if len(route) > 1 else route[0]
        if isinstance(route, bytes) or asyncio.iscoroutinefunction(route):
            return cast(Answer, route)
        return cast(Callable[[Request], Answer], route)(request)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:] if line)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            method, target, _ = head[0].split(" ")
            request = Request(method, target, headers, body)
            self.requests.append(request)
            answer = self.answer(request)
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


Server = TypeVar("Server", bound=Played)


def played() -> AbstractContextManager[Played]:
    """A server in a thread of its own; routes are given to it by its `routes`."""
    return serving(Played())


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Run a server in a thread of its own, until its test is over."""
    loop = asyncio.new_event_loop()
    ready, done = threading.Event(), asyncio.Event()

    async def run() -> None:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        ready.set()
        await done.wait()
        listening.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()
