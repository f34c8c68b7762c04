"""Writing a text to a file: as a whole or not at all, and never over what someone else has written."""

import errno
import hashlib
import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from core.errors import ExportError, FileChanged
from core.settings.locations import config_file, keys_file

_DATABASE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """What became of a file that was written."""

    digest: str
    """The SHA-256 of what it holds."""
    kept: Path | None = None
    """A copy of what somebody else had written there, where that was replaced."""


def content_hash(path: Path) -> str | None:
    """The SHA-256 of the file at `path`, or None where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ExportError(f"Cannot read {path}: {error.strerror}.") from error


def write_article_file(
    path: Path, text: str, *, expected: str | None, force: bool = False, library: Path | None = None
) -> WrittenFile:
    """Write `text` to `path` in UTF-8.

    `expected` is the hash that our last write to `path` returned, or None where we never wrote it. A file with other
    content raises FileChanged unless `force`, which keeps a copy of it; whatever else is in the way, a file of the
    program's own among it (`library` is the one that is open), or a failing disk, raises ExportError. In these cases
    the old file stays as it was.
    """
    _refuse_our_own(path, library)
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ExportError(f"Cannot write {path}: character {error.start + 1} is half a surrogate pair.") from error
    written = hashlib.sha256(data).hexdigest()
    try:
        mode = _file_mode(path)
        temporary = path.with_name(f".pullquote-{secrets.token_hex(8)}.tmp")
        try:
            _write_through(temporary, data, mode)
            # As late as can be, so that an edit made meanwhile is seen.
            is_others = content_hash(path) not in (None, expected, written)
            if is_others and not force:
                raise _changed(path, expected)
            kept = _copied(path) if is_others else None
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(
            f"Cannot write {path}: {error.strerror}. What was there before is unchanged; "
            "make room or choose another place, then export again."
        ) from error
    _flush_directory(path.parent)
    return WrittenFile(written, kept)


def free_beside(path: Path) -> Path:
    """The first name like that of `path` that no file has: `article (2).md`."""
    numbered = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return next(name for name in numbered if not name.exists())


def _copied(path: Path) -> Path:
    """A copy of the file at `path`, beside it."""
    kept = path.with_name(f"{path.name}.bak")
    if kept.exists():
        kept = free_beside(kept)
    shutil.copy2(path, kept)
    return kept


def _refuse_our_own(path: Path, library: Path | None) -> None:
    """Raise ExportError where `path` is a database, or one of the files that the program lives by."""
    ours = [config_file(), keys_file()]
    if library is not None:
        ours += [library.with_name(f"{library.name}{ending}") for ending in ("", "-wal", "-shm", "-journal")]
    try:
        is_ours = path.resolve() in {one.resolve() for one in ours}
        if not is_ours and path.is_file():
            with path.open("rb") as file:
                is_ours = file.read(len(_DATABASE)) == _DATABASE
    except OSError as error:
        raise ExportError(f"Cannot write {path}: {error.strerror}. Name another file.") from error
    if is_ours:
        raise ExportError(
            f"Cannot write {path}: it is a library, or another file of pullquote's own. Name another file."
        )


def _file_mode(path: Path) -> int | None:
    """The permissions of the file at `path`, or None where there is none; raises ExportError for what is no file."""
    if not path.parent.is_dir():
        raise ExportError(f"Cannot write {path}: the directory {path.parent} is not there. Create it first.")
    try:
        found = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found):
        raise ExportError(f"Cannot write {path}: it is a symbolic link. Name the file that it points to.")
    if not stat.S_ISREG(found):
        kind = "a directory" if stat.S_ISDIR(found) else "no regular file"
        raise ExportError(f"Cannot write {path}: it is {kind}. Name a file.")
    if not os.access(path, os.W_OK):
        raise ExportError(f"Cannot write {path}: the file is read-only. Make it writable or name another.")
    return stat.S_IMODE(found)


def _changed(path: Path, expected: str | None) -> FileChanged:
    """That `path` holds neither our last text nor the new one."""
    what = "was not written by pullquote" if expected is None else "was changed since pullquote wrote it"
    return FileChanged(
        f"{path} {what} ({path.stat().st_size:,} bytes). It was kept and nothing was written; "
        "export to another file, or force the export to replace it."
    )


def _write_through(temporary: Path, data: bytes, mode: int | None) -> None:
    """Write a new file through to the disk, with the permissions `mode` or the user's default ones."""
    # A private file's text is private while it is written, too.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
    if mode is not None:
        temporary.chmod(mode)


def _flush_directory(directory: Path) -> None:
    """Make the new name durable, where the file system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        # A network file system may know no such call, and a directory may be writable without being readable.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EACCES):
            raise ExportError(
                f"The text was written, but {directory} could not be flushed: {error.strerror}. "
                "Export again once the disk is well."
            ) from error
