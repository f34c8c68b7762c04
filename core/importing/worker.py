"""Reads and sorts in a process of its own: requests come in on standard input, answers go out on standard output.

Each message is eight bytes of length and then a marshalled value. The process ends with its input, and so with its
parent, whatever became of that.
"""

import gc
import marshal
import os
import struct
import sys
from traceback import format_tb
from typing import Any, BinaryIO

DONE, REFUSED, FAILED = "done", "refused", "failed"
"""How an answer begins."""
_LENGTH = struct.Struct(">Q")


def send_message(stream: BinaryIO, value: Any) -> None:
    """Write one message to a stream, behind its length."""
    data = marshal.dumps(value)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive_message(stream: BinaryIO) -> Any:
    """Read one message from a stream; None at its end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return marshal.loads(data) if len(data) == length else None


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer each request with what came of it, or with what is wrong with its payload."""
    from core.errors import PayloadError
    from core.importing.parts import read_slice_rows
    from core.models import Payload

    while (message := receive_message(source)) is not None:
        kind, *told = message
        try:
            answer = read_slice_rows(Payload(*told[1:]), told[0]).to_bytes() if kind == "read" else sort(*told)
        except PayloadError as error:
            send_message(sink, (REFUSED, error.reason.as_data()))
        except Exception as error:  # noqa: BLE001 - our own fault, which the parent raises as its own
            send_message(sink, (FAILED, "".join(format_tb(error.__traceback__)) + repr(error)))
        else:
            send_message(sink, (DONE, answer))


def sort(numbers: bytes, values: list[Any], root: int | None) -> tuple[bytes, ...]:
    """The orders of seqs by values, both ways, as bytes."""
    from array import array

    from core.library.orders import SEQ_TYPECODE, both_ways

    return tuple(order.tobytes() for order in both_ways(array(SEQ_TYPECODE, numbers), values, root))


if __name__ == "__main__":
    # What is made here goes with the process, and holds no circles that a collector would have to look for.
    gc.disable()
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        # The parent is gone, and nobody is left to be told anything.
        os._exit(1)
