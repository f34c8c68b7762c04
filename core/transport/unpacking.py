"""The body of an answer as it comes, unpacked within a limit: a few bytes of gzip can hold gigabytes."""

import zlib
from collections.abc import AsyncIterator

from core.errors import FetchError

ENCODINGS = "gzip"
"""What is asked for in Accept-Encoding."""
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


async def unpacked_body(chunks: AsyncIterator[bytes], encoding: str, limit: int, who: str) -> bytes:
    """The bytes in `chunks`, unpacked; `encoding` is the Content-Encoding header, empty where there is none.

    Raises FetchError where there are more than `limit`, or they are packed in another way or damaged.
    """
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(f"{who} sent an answer packed as {encoding[:40]!a}, which was not asked for")
    unpacking = zlib.decompressobj(_GZIP_WINDOW) if encoding.endswith("gzip") else None
    data = bytearray()
    async for chunk in chunks:
        try:
            data += unpacking.decompress(chunk, limit + 1 - len(data)) if unpacking else chunk
        except zlib.error as error:
            raise FetchError(f"{who} sent damaged gzip ({error})") from error
        if len(data) > limit:
            raise FetchError(
                f"{who} sent more than {limit // 2**20:,} MiB; set max_answer_mb under [sources] to read it"
            )
    if unpacking and not unpacking.eof:
        raise FetchError(f"{who} sent gzip that ends too early")
    return bytes(data)
