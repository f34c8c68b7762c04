"""The seed article, rebuilt with keys alone in a real terminal."""

import csv
import html
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bench.seed_keys import TITLE, replay
from tests.kit.real import need, shared
from tests.kit.seed import TWIN, TWIN_CAPTURED, TWIN_TITLE, captured_twin

pytestmark = pytest.mark.real


def test_the_seed_article_is_rebuilt_with_fewer_than_five_keys_a_quote(tmp_path: Path) -> None:
    need("tmux")
    seed = shared("seed")
    with (seed / "curation.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    replies = [reply["text"] for reply in json.loads((seed / "replies.json").read_text(encoding="utf-8"))["replies"]]
    keys, quotes, article = replay(tmp_path, (seed / "post.json", seed / "replies.json"))
    assert quotes == len(rows) == 16
    assert keys / quotes < 5
    assert article.startswith(f"# {TITLE}\n")
    headings = [line.removeprefix("## ") for line in article.splitlines() if line.startswith("## ")]
    assert headings[:9] == list(dict.fromkeys(section for _, section, _, _ in rows))
    assert len(set(headings[:9])) == 9
    at = -1
    for heading in headings[:9]:
        at = article.index(f"## {heading}", at + 1)
    for beginning, section, lead_in, translation in rows:
        part = article[article.index(f"## {section}") :].split("\n## ")[0]
        assert _plain(beginning) in _plain(part), beginning
        assert any(_plain(text) in _plain(part) for text in replies if text.startswith(beginning)), beginning
        assert lead_in in part
        assert _plain(translation) in _plain(part)
    assert "251" in article


def test_the_twins_article_is_rebuilt_with_keys_to_the_byte(tmp_path: Path) -> None:
    need("tmux")
    at = datetime.fromtimestamp(TWIN_CAPTURED, UTC).isoformat()
    keys, quotes, article = replay(tmp_path, captured_twin(tmp_path), seed=TWIN, title=TWIN_TITLE, captured_at=at)
    assert article == (TWIN / "article.md").read_text(encoding="utf-8")
    assert keys / quotes < 10


def _plain(text: str) -> str:
    """Text without what Markdown adds to it."""
    return "".join(char for char in html.unescape(text) if not char.isspace() and char not in "\\>")
