"""A small TOML file that a user writes by hand, read so that every fault in it has a place."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE_LIMIT = 1024 * 1024
"""Bytes beyond which a file is not read."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A file that was read: its table, and what warnings need to point into it."""

    path: Path
    lines: Mapping[str, int] = field(repr=False)
    """Dotted name -> the line on which it stands."""
    table: dict[str, Any] = field(repr=False)
    private: bool
    """Whether nobody but its owner may read it."""

    def place(self, dotted: str) -> str:
        """The file, with the line where a setting stands if that can be found."""
        line = self.lines.get(dotted)
        return f"{self.path}, line {line}" if line else str(self.path)


def read_settings_file(path: Path, warnings: list[str]) -> SettingsFile | None:
    """The file, or None where there is none or it cannot be read, which then is a warning."""
    from stat import S_ISREG

    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            if str(path) != os.devnull:
                warnings.append(f"{path} is not a regular file; the defaults are used.")
            return None
        if status.st_size > FILE_LIMIT:
            warnings.append(f"{path} is larger than {FILE_LIMIT:,} bytes; the defaults are used.")
            return None
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        warnings.append(f"{path} cannot be read ({error.strerror}); the defaults are used.")
        return None
    private = os.name == "nt" or not status.st_mode & 0o077
    return _parse_file(path, data, private, warnings)


def _parse_file(path: Path, data: bytes, private: bool, warnings: list[str]) -> SettingsFile | None:
    """The table in a file's bytes, or None and a warning with line and column where they are no TOML."""
    import tomllib

    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        return SettingsFile(path, _line_numbers(text), tomllib.loads(text), private)
    except UnicodeDecodeError as error:
        before = data[: error.start].rpartition(b"\n")
        line, column = data.count(b"\n", 0, error.start) + 1, len(before[2]) + 1
        fault = f"line {line}, column {column}: not UTF-8"
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        found = re.search(r" \(at line (\d+), column (\d+)\)$", said)
        end = (text.count("\n") + 1, len(text.rpartition("\n")[2]) + 1)
        line, column = (int(found[1]), int(found[2])) if found else end
        fault = f"line {line}, column {column}: {said.rpartition(' (at ')[0] or said}"
    except RecursionError:
        fault = "nested too deeply"
    warnings.append(f"{path}, {fault}; until that is mended, the defaults are used.")
    return None


def dotted_entries(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, object]]:
    """The entries of nested tables under dotted names, for TOML reads `star.toggle` as a table in a table."""
    found: list[tuple[str, object]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            found.extend(dotted_entries(value, f"{prefix}{name}."))
        else:
            found.append((prefix + name, value))
    return found


def _line_numbers(text: str) -> dict[str, int]:
    """The line, from 1, on which each section and setting first stands, as far as single lines tell."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        header = re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line)
        entry = re.match(r"\s*([^=#]+?)\s*=", line)
        if header:
            section = header[1] + "."
        name = section[:-1] if header else section + entry[1] if entry else ""
        found.setdefault(re.sub(r"[\s\"']", "", name), number)
    return found
