"""What the doctor makes of the library and the disk under it, and that it leaves them as they are."""

import sqlite3
from pathlib import Path

import pytest

from core.doctor import Severity, storage
from core.library import open_library
from tests.kit.findings import FAULT, OK, WARNING, judged
from tests.kit.shelf import root, said, shelf


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The path of a closed library with one thread."""
    shelf(tmp_path, [root(), said("101")]).library.close()
    return tmp_path / "library.db"


def test_a_sound_library_is_well_and_its_lock_holds(kept: Path) -> None:
    found = storage.library(kept)
    assert judged(*found) == [("library", OK), ("library lock", OK), ("disk", OK)]
    assert "second process respects it" in found[1].found


def test_a_look_leaves_the_folder_and_every_byte_as_they_were(kept: Path) -> None:
    before = {path: path.read_bytes() for path in kept.parent.iterdir()}
    storage.library(kept)
    assert {path: path.read_bytes() for path in kept.parent.iterdir()} == before


def test_a_library_that_is_missing_is_not_made(tmp_path: Path) -> None:
    found = storage.library(tmp_path / "not" / "there" / "library.db")
    assert judged(*found) == [("library", OK), ("disk", OK)]
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_library_can_be_made_is_a_fault() -> None:
    assert ("library", FAULT) in judged(*storage.library(Path("/dev/null/library.db")))


def test_a_folder_in_place_of_the_library_is_a_fault(tmp_path: Path) -> None:
    assert ("library", FAULT) in judged(*storage.library(tmp_path))


def test_a_file_that_is_no_database_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("words " * 500)
    assert ("library", FAULT) in judged(*storage.library(tmp_path / "x.db"))
    assert (tmp_path / "x.db").read_text() == "words " * 500


def test_another_programs_database_is_a_fault(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as other:
        other.execute("CREATE TABLE recipe (id)")
    other.close()
    (found, _) = storage.library(tmp_path / "x.db")
    assert (found.verdict, "no pullquote library" in found.found) == (FAULT, True)


def test_damage_is_a_fault_and_its_fix_keeps_the_damaged_file(kept: Path) -> None:
    data = bytearray(kept.read_bytes())
    data[8192:32768] = bytes(24576)
    kept.write_bytes(data)
    (found, _) = storage.library(kept)
    assert (found.verdict, "damaged" in found.found) == (FAULT, True)
    assert found.fix.startswith(f"cp {kept} {kept}.damaged")


def test_a_newer_programs_library_is_a_fault_and_stays_as_it_is(kept: Path) -> None:
    with sqlite3.connect(kept) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    (found, *_) = storage.library(kept)
    assert (found.verdict, "newer pullquote" in found.found) == (FAULT, True)


def test_a_library_in_which_another_program_writes_is_no_fault(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.library.health._PATIENCE", 0.05)
    library = open_library(kept)
    try:
        with library.transaction():
            found = storage.library(kept)
    finally:
        library.close()
    assert judged(*found)[:2] == [("library", OK), ("library lock", OK)]
    assert "writes just now" in found[1].found


def test_a_lock_that_a_second_process_passes_is_a_fault(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.library.health._PROBE", "pass")
    assert judged(*storage.library(kept))[1] == ("library lock", FAULT)


@pytest.mark.parametrize(("free", "verdict"), [(2**40, OK), (100 * 2**20, WARNING), (2**20, FAULT)])
def test_the_room_on_the_disk_is_judged(
    kept: Path, monkeypatch: pytest.MonkeyPatch, free: int, verdict: Severity
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: (2**41, 0, free))
    assert judged(*storage.library(kept))[-1] == ("disk", verdict)


MOUNTS = r"""
22 27 0:21 / /proc rw - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 27 0:40 / /home rw,relatime - nfs4 server:/home rw
31 30 254:1 / /home/local rw,relatime - ext4 /dev/vdb rw
32 27 0:41 / /mnt/my\040share rw - fuse.sshfs me@host: rw
33 27 0:42 / /mnt/usb rw - fuse.ntfs /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/x.db", None),
        ("/home/ada/x.db", "nfs4"),
        ("/home/local/x.db", None),
        ("/mnt/my share/x.db", "fuse.sshfs"),
        ("/mnt/usb/x.db", None),
        ("/homeless/x.db", None),
    ],
)
def test_a_network_file_system_is_told_from_the_mounts(path: str, kind: str | None) -> None:
    assert storage.network_file_system(Path(path), MOUNTS) == kind


def test_a_library_on_a_network_file_system_is_warned_of(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_mounts", lambda: "27 1 0:40 / / rw - nfs4 server:/ rw")
    assert judged(*storage.library(kept))[-1] == ("library lock", WARNING)
