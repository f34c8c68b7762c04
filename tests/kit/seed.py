"""A seed: a captured thread, what a writer chose of it, and the article that comes of it."""

import csv
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.kit.places import DATA

TWIN = DATA / "seed_twin"
TWIN_THREAD = "2033316812682166272"
TWIN_TITLE = "海早退了十一分钟"
TWIN_CAPTURED = 1_773_640_800
"""2026-03-16 06:00 UTC, the date of the captured files."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A reply that the writer chose, and what was written to it."""

    text: str
    section: str
    lead_in: str
    translation: str


def reply_texts(seed: Path) -> list[str]:
    """The texts of the replies as the table lists them: in the thread's order, equal ones once."""

    def texts(replies: list[dict[str, Any]]) -> list[str]:
        return [text for reply in replies for text in (reply["text"], *texts(reply.get("thread_replies", [])))]

    found = json.loads((seed / "replies.json").read_text(encoding="utf-8"))
    return list(dict.fromkeys(texts(found["replies"])))


def choices(seed: Path) -> list[Choice]:
    """The curation, row by row; of two rows with one beginning the first means the shorter reply."""
    replies = reply_texts(seed)
    with (seed / "curation.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    found: dict[str, Choice] = {}
    for beginning, section, lead_in, translation in rows:
        start = beginning.replace("\\n", "\n")
        text = min((one for one in replies if one.startswith(start) and one not in found), key=len)
        found[text] = Choice(text, section, lead_in.replace("\\n", "\n"), translation.replace("\\n", "\n"))
    return list(found.values())


def captured_twin(folder: Path) -> tuple[Path, Path]:
    """The twin's post and replies, as files that were captured when the article says."""
    copies = folder / "post.json", folder / "replies.json"
    for copy in copies:
        shutil.copyfile(TWIN / copy.name, copy)
        os.utime(copy, (TWIN_CAPTURED, TWIN_CAPTURED))
    return copies
