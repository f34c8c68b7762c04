"""Writing a file: whole or not at all, and never over someone else's work."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from core.errors import ExportError, FileChanged
from core.library import open_library
from core.settings.locations import config_file
from exports.writing import content_hash, free_beside, write_article_file


def test_the_hash_of_what_was_written_is_returned(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    written = write_article_file(path, "第一\n", expected=None)
    assert path.read_text("utf-8") == "第一\n"
    assert written.digest == hashlib.sha256("第一\n".encode()).hexdigest() == content_hash(path)


def test_a_file_that_is_not_there_has_no_hash(tmp_path: Path) -> None:
    assert content_hash(tmp_path / "none.md") is None


def test_our_own_last_text_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    first = write_article_file(path, "one", expected=None).digest
    write_article_file(path, "two", expected=first)
    assert path.read_text() == "two"


def test_a_file_edited_since_our_last_write_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    first = write_article_file(path, "one", expected=None).digest
    path.write_text("edited by hand")
    with pytest.raises(FileChanged, match="changed since pullquote wrote it"):
        write_article_file(path, "two", expected=first)
    assert path.read_text() == "edited by hand"
    assert [entry.name for entry in tmp_path.iterdir()] == ["article.md"]


def test_a_file_that_we_never_wrote_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text("a diary")
    with pytest.raises(FileChanged, match="was not written by pullquote"):
        write_article_file(path, "two", expected=None)
    assert path.read_text() == "a diary"


def test_force_replaces_a_changed_file(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text("edited")
    written = write_article_file(path, "two", expected=None, force=True)
    assert path.read_text() == "two"
    assert written.kept is not None
    assert (written.kept.name, written.kept.read_text()) == ("article.md.bak", "edited")


def test_each_file_that_is_replaced_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    for number in range(3):
        path.write_text(f"edited {number}")
        write_article_file(path, "two", expected=None, force=True)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "article.md", "article.md (2).bak", "article.md (3).bak", "article.md.bak",
    ]  # fmt: skip
    assert free_beside(path).name == "article (2).md"


def test_our_own_file_is_replaced_without_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    first = write_article_file(path, "one", expected=None).digest
    assert write_article_file(path, "two", expected=first, force=True).kept is None


@pytest.mark.parametrize("name", ["library.db", "library.db-wal", "library.db-shm", "another.db", "link.db"])
@pytest.mark.parametrize("force", [True, False])
def test_no_library_is_ever_written_over(tmp_path: Path, name: str, force: bool) -> None:
    for file in ("library.db", "another.db"):
        open_library(tmp_path / file).close()
    (tmp_path / "link.db").symlink_to(tmp_path / "another.db")
    with pytest.raises(ExportError, match=r"own|symbolic link"):
        write_article_file(tmp_path / name, "two", expected=None, force=force, library=tmp_path / "library.db")
    open_library(tmp_path / "library.db").close()
    open_library(tmp_path / "another.db").close()


def test_the_settings_are_never_written_over(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="own"):
        write_article_file(config_file(), "two", expected=None, force=True)


def test_a_file_that_already_holds_the_text_needs_no_consent(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text("same")
    assert write_article_file(path, "same", expected=None).digest == content_hash(path)


def test_a_file_that_was_deleted_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    write_article_file(path, "two", expected="0" * 64)
    assert path.read_text() == "two"


def test_the_old_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    first = write_article_file(path, "one", expected=None).digest
    path.chmod(0o640)
    write_article_file(path, "two", expected=first)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_that_the_user_gives_to_new_files(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    write_article_file(tmp_path / "article.md", "one", expected=None)
    assert (tmp_path / "article.md").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("force", [False, True])
def test_a_symbolic_link_is_not_followed(tmp_path: Path, force: bool) -> None:
    target = tmp_path / "target.md"
    target.write_text("precious")
    link = tmp_path / "article.md"
    link.symlink_to(target)
    with pytest.raises(ExportError, match="symbolic link"):
        write_article_file(link, "two", expected=None, force=force)
    assert target.read_text() == "precious"
    assert link.is_symlink()


def test_a_dangling_link_is_not_followed_either(tmp_path: Path) -> None:
    link = tmp_path / "article.md"
    link.symlink_to(tmp_path / "nowhere.md")
    with pytest.raises(ExportError, match="symbolic link"):
        write_article_file(link, "two", expected=None)
    assert not (tmp_path / "nowhere.md").exists()


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="a directory"):
        write_article_file(tmp_path, "two", expected=None)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a Unix thing")
def test_a_named_pipe_is_refused_without_waiting_for_a_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match="no regular file"):
        write_article_file(tmp_path / "pipe", "two", expected=None, force=True)


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="none is not there"):
        write_article_file(tmp_path / "none" / "article.md", "two", expected=None)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_directory_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    first = write_article_file(path, "one", expected=None).digest
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ExportError, match="unchanged"):
            write_article_file(path, "two", expected=first)
    finally:
        tmp_path.chmod(0o700)
    assert path.read_text() == "one"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_file_is_respected(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    first = write_article_file(path, "one", expected=None).digest
    path.chmod(0o400)
    with pytest.raises(ExportError, match="read-only"):
        write_article_file(path, "two", expected=first)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    import resource
    import signal

    path = tmp_path / "article.md"
    first = write_article_file(path, "one", expected=None).digest
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(ExportError, match="unchanged"):
            write_article_file(path, "x" * 5000, expected=first)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_text() == "one"
    assert [entry.name for entry in tmp_path.iterdir()] == ["article.md"]


def test_half_a_surrogate_pair_is_refused_before_anything_is_touched(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="character 2"):
        write_article_file(tmp_path / "article.md", "a\ud800", expected=None)
    assert not list(tmp_path.iterdir())
