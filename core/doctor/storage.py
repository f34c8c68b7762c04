"""The library's file and the disk under it."""

import os
import re
import shlex
import shutil
from pathlib import Path

from core.doctor import HealthFinding, fault, warning
from core.library.health import NEWEST, Health, Lock, examine

_SCARCE, _TOO_LITTLE = 512 * 2**20, 32 * 2**20
"""Free bytes below which it is time to make room, and below which marks may soon find none."""
_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|9p|afs|ceph|lustre|ncpfs|gfs2|ocfs2|davfs\d?|vboxsf|"
    r"fuse\.(sshfs|rclone|glusterfs|s3fs|davfs\d?|ceph.*|gvfsd.*)"
)
_ELSEWHERE = "export PULLQUOTE_LIBRARY=FILE (a file on a disk of this machine)"


def library(path: Path) -> list[HealthFinding]:
    """Whether the library can be used, the disk under it, and the locks on it; a missing one is not made."""
    there = _nearest_existing(path)
    findings = [*_library_file(path, there), *_disk(there)]
    if (kind := network_file_system(there, _mounts())) is not None:
        found = f"it is on a network file system ({kind}); two machines that write at once may damage it"
        findings.append(warning("library lock", found, _ELSEWHERE))
    return findings


def _nearest_existing(path: Path) -> Path:
    """The path, or the nearest folder above it that is there."""
    whole = path.absolute()
    return next(one for one in (whole, *whole.parents) if one.exists())


def _library_file(path: Path, there: Path) -> list[HealthFinding]:
    """Findings about the library's file: whether it is there, can be used, and is whole."""
    if not path.exists():
        if not there.is_dir() or not os.access(there, os.W_OK):
            found = f"{path} is not there, and cannot be made: {there} takes no new file"
            return [fault("library", found, _ELSEWHERE)]
        return [
            HealthFinding("library", f"{path} is not there yet; it is made when you first open or import something")
        ]
    if not path.is_file():
        return [fault("library", f"{path} is no file", "export PULLQUOTE_LIBRARY=FILE")]
    quoted, folder = shlex.quote(str(path)), shlex.quote(str(path.absolute().parent))
    if not os.access(path, os.R_OK | os.W_OK):
        return [fault("library", f"{path} cannot be read and written by you", f'sudo chown "$USER" {quoted}')]
    if not os.access(path.absolute().parent, os.W_OK):
        found = f"{path} cannot be written, for its folder takes no new file"
        return [fault("library", found, f'sudo chown "$USER" {folder}')]
    health = examine(path)
    return [_soundness(path, quoted, health), *_mixed_threads(health), *_locks(health)]


def _soundness(path: Path, quoted: str, health: Health) -> HealthFinding:
    """Whether the file is a library, whole, and of a format that we know."""
    if not health.ours:
        return fault("library", f"{path} is no pullquote library", _ELSEWHERE)
    if health.damage:
        fix = f"cp {quoted} {quoted}.damaged && sqlite3 {quoted}.damaged .recover | sqlite3 {quoted}.mended"
        return fault("library", f"{path} is damaged: {health.damage}", f"{fix}; then --library {quoted}.mended")
    if health.format > NEWEST:
        found = f"{path} was written by a newer pullquote (format {health.format}, this one knows {NEWEST})"
        return fault("library", found, "pipx upgrade pullquote (or however you installed it)")
    older = "" if health.format == NEWEST else f"; format {health.format} of {NEWEST}, brought up when next opened"
    return HealthFinding("library", f"{path} is sound ({path.stat().st_size / 2**20:,.1f} MiB){older}")


def _mixed_threads(health: Health) -> list[HealthFinding]:
    """Threads into which an older program, which took an id alone for a name, may have put two."""
    fix = "pullquote captures thread:{0} (shows what came), then pullquote part thread:{0} CAPTURE"
    return [
        warning("library threads", f"thread:{number} may be two threads that were taken for one", fix.format(number))
        for number in health.mixed
    ]


def _locks(health: Health) -> list[HealthFinding]:
    """Whether two programs can share the library."""
    if health.damage or not health.ours:
        return []
    if health.lock is Lock.IGNORED:
        return [fault("library lock", "a second process could write although the first held the lock", _ELSEWHERE)]
    if health.lock is Lock.UNKNOWN:
        found = "whether a second process respects a lock could not be tested"
        return [warning("library lock", found, "run pullquote doctor again; if this stays: " + _ELSEWHERE)]
    if not health.wal:
        found = "no write-ahead log yet: another program's reading makes writing wait"
        return [warning("library lock", found, f"pullquote threads (which turns it on); if this stays: {_ELSEWHERE}")]
    busy = "another program writes just now, and its lock holds" if health.lock is Lock.BUSY else ""
    return [HealthFinding("library lock", busy or "a second process respects it; write-ahead log")]


def _disk(there: Path) -> list[HealthFinding]:
    """Whether the disk under the library has room left."""
    total, _, free = shutil.disk_usage(there)
    if not total:
        return []  # No disk: what the system makes up, such as /proc.
    found = f"{free / 2**30:,.2f} GiB are free for the library"
    if free >= _SCARCE:
        return [HealthFinding("disk", found)]
    folder = there if there.is_dir() else there.parent
    fix = f"make room: du -xh {shlex.quote(str(folder))} | sort -h | tail"
    return [(fault if free < _TOO_LITTLE else warning)("disk", found, fix)]


def _mounts() -> str:
    """The mounted file systems as Linux lists them; nothing elsewhere."""
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def network_file_system(path: Path, mounts: str) -> str | None:
    """The kind of the network file system that `path` is on, or None; `mounts` is in the form of mountinfo(5)."""
    whole, kind, longest = path.resolve(), "", -1
    for line in mounts.splitlines():
        fields, _, described = line.partition(" - ")
        if not described or len(fields.split()) < 5:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields.split()[4])
        if whole.is_relative_to(point) and len(point) >= longest:
            kind, longest = described.split()[0], len(point)
    return kind if _NETWORK.fullmatch(kind) else None
