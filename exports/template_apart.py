"""A template that did not come with the program, rendered in a process of its own, which has so much time and memory.

The bounds of the sandbox hold what a template repeats; what it computes besides ends with that process, and with it
nothing else.
"""

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import ExportError

if TYPE_CHECKING:
    from exports.view import ArticleView

SECONDS = 5
"""Of computing; another program that keeps the machine busy takes none of them."""
_WAITED = 120
"""Seconds after which it is ended where the system does not count what it computes."""


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
