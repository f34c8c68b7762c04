"""A quote card as a text file, for $EDITOR."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from core.children import child_environment
from core.errors import InputError
from core.models import Quote
from core.text.terminal_safe import for_screen
from tui.screens.dialogs.card import CARD_FIELDS, Card

_RULE = "=== {} ==="
_HEAD = """\
Write under the lines with ===; they and what is above the first of them are not kept.
An empty part removes what was there. Leave the editor without saving to change nothing.

{original}

"""


def edit_card(card: Card, quote: Quote, environ: Mapping[str, str]) -> Card:
    """The card after the writer's editor ($VISUAL, $EDITOR, else vi). Raises InputError where that fails."""
    command = shlex.split(environ.get("VISUAL") or environ.get("EDITOR") or "vi")
    handle, name = tempfile.mkstemp(prefix="pullquote-", suffix=".txt")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(card_text(card, quote))
        status = subprocess.run([*command, name], env=child_environment(environ), check=False).returncode
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The editor ‘{command[0]}’ could not be used: {error}. Nothing was changed.") from error
    finally:
        path.unlink(missing_ok=True)
    if status:
        raise InputError(f"The editor ‘{command[0]}’ ended with status {status}. Nothing was changed.")
    return read_card(text, card)


def card_text(card: Card, quote: Quote) -> str:
    """The card as the text that the writer's editor opens."""
    original = "\n".join(f"> {line}" for line in for_screen(quote.post.text).split("\n"))
    parts = [f"{_RULE.format(name)}\n{getattr(card, name)}\n" for name in CARD_FIELDS]
    return _HEAD.format(original=original) + "\n".join(parts)


def read_card(text: str, before: Card) -> Card:
    """The card in an edited text; a part whose line was removed stays as it was."""
    rules = {_RULE.format(name): name for name in CARD_FIELDS}
    parts: dict[str, list[str]] = {}
    at: list[str] = []
    for line in text.splitlines():
        if line.strip() in rules:
            at = parts.setdefault(rules[line.strip()], [])
        else:
            at.append(line)
    values = {name: "\n".join(lines).strip() for name, lines in parts.items()}
    return Card(
        values.get("lead_in", before.lead_in),
        values.get("translation", before.translation),
        values.get("comment", before.comment),
        values.get("note", before.note),
    )
