"""A template that did not come with the program, rendered in a process of its own: it has so much time and memory.

The bounds of the sandbox hold what a template repeats; what it computes besides ends here, and with it nothing else.
"""

import json
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import ExportError

if TYPE_CHECKING:
    from exports.view import ArticleView

SECONDS = 5
"""Of computing; another program that keeps the machine busy takes none of them."""
_WAITED = 120
"""Seconds after which it is ended where the system does not count what it computes."""
_MEMORY = 2 * 1024**3


def render_apart(path: Path, article: "ArticleView") -> str:
    """An article by the template in a file. Raises ExportError where it is wrong, or wants too much."""
    given = pickle.dumps((str(path), article))
    # -P: what lies in the folder that the writer is in is not ours to run.
    command = [sys.executable, "-P", "-m", "exports.template_process", str(SECONDS)]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=_WAITED, check=False)
    except subprocess.TimeoutExpired as error:
        raise _broken_off(path) from error
    if done.returncode < 0:
        # What no exception reaches was ended by the system.
        raise _broken_off(path)
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise ExportError(f"The template {path} cannot be rendered: {told}. No article was written.")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise ExportError(answer["error"])
    return str(answer["text"])


def _broken_off(path: Path) -> ExportError:
    """That a template wants more than it may have."""
    return ExportError(
        f"The template {path} was broken off: it takes more than {SECONDS} seconds, or more memory than there is. "
        "No article was written; mend the template."
    )


def _limit(seconds: int) -> None:
    """Bound what this process may compute and hold, where the system can."""
    try:
        import resource
    except ImportError:
        return

    def too_long(*_: object) -> None:
        raise TimeoutError(f"it takes more than {seconds} seconds")

    signal.signal(signal.SIGXCPU, too_long)
    # The second bound ends what no exception reaches.
    for what, bounds in ((resource.RLIMIT_CPU, (seconds, seconds + 2)), (resource.RLIMIT_AS, (_MEMORY, _MEMORY))):
        _, most = resource.getrlimit(what)
        if most == resource.RLIM_INFINITY or most >= bounds[1]:
            resource.setrlimit(what, bounds)


def _answer(seconds: int) -> dict[str, Any]:
    """What comes of the template on standard input."""
    from exports.markdown import render_here

    path, article = pickle.load(sys.stdin.buffer)
    _limit(seconds)
    try:
        return {"text": render_here(Path(path), article)}
    except ExportError as error:
        return {"error": str(error)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_answer(int(sys.argv[1]))))
