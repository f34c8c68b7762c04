"""Keys as help and `pullquote keys` list them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from textual.binding import Binding

from core.text.matching import fold
from tui.keyboard.sections import TABLE, section_of
from tui.keyboard.sequences import key_display


@dataclass(frozen=True, slots=True)
class KeyLine:
    """An action as help lists it."""

    section: str
    keys: str
    """All its keys."""
    title: str
    help: str
    id: str
    """The name by which a key file binds it anew."""

    def fits(self, typed: str) -> bool:
        """Whether the words that were typed are in it."""
        return fold(typed) in fold(f"{self.keys} {self.id} {self.title} {self.help}")


def key_lines(bindings: Iterable[Binding]) -> list[KeyLine]:
    """Every named action of a section once, with all its keys; the sections in their order, the table's at last."""
    kept: dict[tuple[str, str], KeyLine] = {}
    for binding in bindings:
        if not binding.id or binding.system:
            continue
        name, key = (section_of(binding), binding.id), key_display(binding.key)
        if name not in kept:
            kept[name] = KeyLine(name[0], key, binding.description, binding.tooltip, binding.id)
        elif key not in kept[name].keys.split(" / "):
            kept[name] = replace(kept[name], keys=f"{kept[name].keys} / {key}")
    sections = list(dict.fromkeys(section for section, _ in kept))
    return sorted(kept.values(), key=lambda line: (line.section == TABLE, sections.index(line.section)))
