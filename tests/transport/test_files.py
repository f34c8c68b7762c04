"""Files and streams become payloads, or are refused by name."""

import bz2
import gzip
import io
import lzma
import os
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import PayloadError
from core.models import CapturedFrom
from core.transport.files import from_bytes, read_file, read_stream

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def test_a_file_is_read_byte_for_byte_and_dated_by_its_last_change(tmp_path: Path) -> None:
    file = tmp_path / "thread.json"
    file.write_bytes(b"\xff\x00{}")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    (payload,) = read_file(file)
    assert (payload.name, payload.data, payload.captured_at) == ("thread.json", b"\xff\x00{}", 1_700_000_000)


def test_a_packed_file_is_unpacked_with_all_its_members(tmp_path: Path) -> None:
    file = tmp_path / "thread.json.gz"
    file.write_bytes(gzip.compress(b'{"a":') + gzip.compress(b" 1}") + b"\0\0")
    (payload,) = read_file(file)
    assert payload.data == b'{"a": 1}'


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
    (payload,) = read_stream(io.BytesIO(b"{}"))
    assert payload.captured_at is None


THREAD = b'[{"author": "brolly", "text": "Tea in the rain"}]'


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "."), (2026, 2, 10, 9, 0, 0)), data)
    return out.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, zstd.compress], ids=lambda one: one.__module__
)
def test_a_stream_is_unpacked_by_what_it_begins_with(pack: Callable[[bytes], bytes]) -> None:
    (payload,) = from_bytes(pack(THREAD[:9]) + pack(THREAD[9:]), name="thread.json")
    assert (payload.name, payload.data) == ("thread.json", THREAD)


def test_each_file_in_a_zip_that_can_be_a_text_is_a_payload_with_its_date() -> None:
    found = from_bytes(zipped(a__json=THREAD, b__jpg=b"\xff\xd8\xff", c__csv=b"author,text\n"), name="two.zip")
    assert [(one.name, one.data) for one in found] == [("two.zip/a.json", THREAD), ("two.zip/c.csv", b"author,text\n")]
    assert {(one.captured_at, one.captured_from) for one in found} == {(1_770_714_000, CapturedFrom.FILE)}


def test_what_is_packed_in_an_archive_is_unpacked_too() -> None:
    (payload,) = from_bytes(zipped(day__json__gz=gzip.compress(THREAD)), name="days.zip")
    assert (payload.name, payload.data) == ("days.zip/day.json.gz", THREAD)
    (payload,) = from_bytes(tarred("day.json", THREAD), name="days.tgz")
    assert (payload.name, payload.data) == ("days.tgz/day.json", THREAD)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, zstd.compress], ids=lambda one: one.__module__)
def test_what_unpacks_to_far_more_than_it_is_is_refused_long_before_the_limit(pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(b"0" * 80_000_000)
    with pytest.raises(PayloadError, match="too large when unpacked"):
        from_bytes(zipped(bomb=bomb), name="bomb.zip")


def test_many_empty_members_are_an_empty_file() -> None:
    (payload,) = from_bytes(gzip.compress(b"") * 20_000)
    assert payload.data == b""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"7z\xbc\xaf\x27\x1c\0\0", "a 7-Zip archive"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"%PDF-1.7", "a PDF file"),
        (zipped(**{"[Content_Types]__xml": b"", "xl/workbook__xml": b""}), "an Excel workbook"),
        (zipped(picture__png=b""), "packs no file that can hold a thread"),
        (b"PK\x03\x04 and no more", "damaged zip"),
        (b"\x28\xb5\x2f\xfd and no more", "damaged Zstandard"),
    ],
)
def test_what_another_program_opens_is_called_by_its_name(data: bytes, said: str) -> None:
    with pytest.raises(PayloadError, match=said):
        from_bytes(data)


def test_of_a_wacz_file_only_what_was_answered_is_a_payload() -> None:
    data = zipped(
        datapackage__json=b"{}", **{"archive/data__warc__gz": gzip.compress(b"WARC/1.1"), "pages/pages__jsonl": b"{}"}
    )
    assert [(one.name, one.data) for one in from_bytes(data, name="a.wacz")] == [
        ("a.wacz/archive/data.warc.gz", b"WARC/1.1")
    ]
