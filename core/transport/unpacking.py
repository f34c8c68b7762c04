"""The body of an answer as it comes, unpacked within a limit: a few bytes of gzip can hold gigabytes."""

import zlib
from collections.abc import AsyncIterator

from core.errors import FetchError
from core.reasons import Reason, ReasonCode

ENCODINGS = "gzip"
"""What is asked for in Accept-Encoding."""
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


async def unpacked_body(chunks: AsyncIterator[bytes], encoding: str, limit: int, who: str) -> bytes:
    """The bytes in `chunks`, unpacked; `encoding` is the Content-Encoding header, empty where there is none.

    Raises FetchError where there are more than `limit`, or they are packed in another way or damaged.
    """
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(Reason(ReasonCode.PACKED_UNASKED, names=(who, ascii(encoding[:40]))))
    unpacking = zlib.decompressobj(_GZIP_WINDOW) if encoding.endswith("gzip") else None
    data = bytearray()
    async for chunk in chunks:
        try:
            data += unpacking.decompress(chunk, limit + 1 - len(data)) if unpacking else chunk
        except zlib.error as error:
            raise FetchError(Reason(ReasonCode.DAMAGED_GZIP, names=(who, str(error)))) from error
        if len(data) > limit:
            raise FetchError(Reason(ReasonCode.ANSWER_TOO_LARGE, (limit // 2**20,), names=(who,)))
    if unpacking and not unpacking.eof:
        raise FetchError(Reason(ReasonCode.GZIP_ENDS_EARLY, names=(who,)))
    return bytes(data)
