"""A long line: a TCP proxy that delays what goes through it each way, falls silent, or is cut."""

import socket
import threading
import time
from contextlib import suppress
from queue import SimpleQueue


class LongLine:
    """A way to a local port as from another continent; `port` is its near end."""

    def __init__(self, far: int, delay: float) -> None:
        """`delay` is in seconds, each way; it may be changed at any time."""
        self.delay = delay
        self.silent = False
        """Whether what is sent is lost from now on, while both ends believe that they are connected."""
        self._far = far
        self._sockets: list[socket.socket] = []
        self._near = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._near.getsockname()[1]
        self._start(self._accept)

    def __enter__(self) -> "LongLine":
        return self

    def __exit__(self, *_: object) -> None:
        self._near.close()
        self.cut()

    def cut(self) -> None:
        """End every connection at once; new ones can be made."""
        while self._sockets:
            one = self._sockets.pop()
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _start(self, job: object, *arguments: object) -> None:
        """Do a job in a thread that nothing waits for."""
        threading.Thread(target=job, args=arguments, daemon=True).start()  # type: ignore[arg-type]

    def _accept(self) -> None:
        """Join each connection with one to the far end, until the near end is closed."""
        with suppress(OSError):
            while True:
                here, _ = self._near.accept()
                there = socket.create_connection(("127.0.0.1", self._far))
                self._sockets += here, there
                for source, target in ((here, there), (there, here)):
                    way: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
                    self._start(self._take, source, way)
                    self._start(self._give, target, way)

    def _take(self, source: socket.socket, way: SimpleQueue[tuple[float, bytes]]) -> None:
        """Stamp what comes with the time at which it arrives; nothing stands for the end."""
        data = b"more"
        while data:
            try:
                data = source.recv(65536)
            except OSError:
                data = b""
            way.put((time.monotonic() + self.delay, data))

    def _give(self, target: socket.socket, way: SimpleQueue[tuple[float, bytes]]) -> None:
        """Hand on what has arrived, up to the end."""
        with suppress(OSError):
            while True:
                due, data = way.get()
                time.sleep(max(due - time.monotonic(), 0))
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                if not self.silent:
                    target.sendall(data)
