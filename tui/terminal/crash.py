"""What is left of a crash: a file that says where it happened, without anybody's text or secrets."""

import platform
import time
import traceback

from core.settings.locations import state_dir


def report(error: BaseException) -> str:
    """Write where `error` arose, and say what to do next. Messages are left out, for they may hold replies or keys."""
    lines = [
        f"pullquote crash, {time.strftime('%Y-%m-%d %H:%M:%S %z')}",
        f"Python {platform.python_version()} on {platform.system()}",
    ]
    at: BaseException | None = error
    while at is not None:
        lines.append(f"{type(at).__module__}.{type(at).__qualname__}")
        lines += [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(at.__traceback__)]
        at = at.__cause__ or at.__context__
    said = f"This is our fault ({type(error).__name__}). Your marks are on disk."
    try:
        folder = state_dir()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S')}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        path.chmod(0o600)
    except OSError as refused:
        return f"{said} Where it happened could not be written down: {refused.strerror}."
    return f"{said} Where it happened is in {path}; it holds none of your text. Please send it to us."
