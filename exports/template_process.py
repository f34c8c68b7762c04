"""Renders a template in a process of its own: what is given comes in on standard input, what comes of it goes out.

Its time and memory are bounded here, where the system can; see `exports.template_apart`.
"""

import json
import pickle
import signal
import sys
from pathlib import Path
from typing import Any

from core.errors import ExportError
from exports.markdown import render_here

_MEMORY = 2 * 1024**3


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
    path, article = pickle.load(sys.stdin.buffer)
    _limit(seconds)
    try:
        return {"text": render_here(Path(path), article)}
    except ExportError as error:
        return {"error": str(error)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_answer(int(sys.argv[1]))))
