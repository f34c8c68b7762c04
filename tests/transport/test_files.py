"""Files and streams become payloads, or are refused by name."""

import gzip
import io
import os
from pathlib import Path

import pytest

from core.errors import PayloadError
from core.transport.files import from_bytes, read_file, read_stream


def test_a_file_is_read_byte_for_byte_and_dated_by_its_last_change(tmp_path: Path) -> None:
    file = tmp_path / "thread.json"
    file.write_bytes(b"\xff\x00{}")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    payload = read_file(file)
    assert (payload.name, payload.data, payload.captured_at) == ("thread.json", b"\xff\x00{}", 1_700_000_000)


def test_a_packed_file_is_unpacked_with_all_its_members(tmp_path: Path) -> None:
    file = tmp_path / "thread.json.gz"
    file.write_bytes(gzip.compress(b'{"a":') + gzip.compress(b" 1}") + b"\0\0")
    assert read_file(file).data == b'{"a": 1}'


def test_a_directory_is_refused_by_its_type(tmp_path: Path) -> None:
    with pytest.raises(PayloadError, match="a directory"):
        read_file(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(PayloadError, match="named pipe"):
        read_file(pipe)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_device_is_refused_by_its_type() -> None:
    with pytest.raises(PayloadError, match="character device"):
        read_file(Path("/dev/zero"))


def test_a_missing_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(PayloadError, match="No such file"):
        read_file(tmp_path / "none.json")


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(PayloadError, match="cannot be read"):
        read_file(Path("a\0b"))


def test_a_file_over_the_limit_is_refused_with_its_size(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_bytes(b" " * 1001)
    with pytest.raises(PayloadError, match="1,001 bytes"):
        read_file(file, limit=1000)


def test_a_small_gzip_that_unpacks_beyond_the_limit_is_refused() -> None:
    with pytest.raises(PayloadError, match="too large when unpacked"):
        from_bytes(gzip.compress(b"0" * 1_000_000), limit=10_000)


@pytest.mark.parametrize(
    "data", [gzip.compress(b"abc" * 99, mtime=0)[:-12], b"\x1f\x8b\x08broken gzip"], ids=["cut off", "damaged"]
)
def test_damaged_gzip_is_refused_with_a_next_step(data: bytes) -> None:
    with pytest.raises(PayloadError, match="fetch it again"):
        from_bytes(data)


def test_a_stream_is_read_no_further_than_the_limit() -> None:
    stream = io.BytesIO(b"0" * 1_000_000)
    with pytest.raises(PayloadError, match="standard input is too large"):
        read_stream(stream, limit=1000)
    assert stream.tell() == 1001


def test_a_stream_has_no_date_of_its_own() -> None:
    assert read_stream(io.BytesIO(b"{}")).captured_at is None
