"""YAML as some fetchers print it, and as recorders of requests write it, which holds no thread."""

import re
from typing import Any

from core.errors import PayloadError
from core.readers.kit.json_parts import JsonPart
from core.reasons import Reason, ReasonCode

_LOOKED_AT = 200
"""Lines by which YAML is told."""
_FIRST = re.compile(r"(?:---\s*|(?:- )?[A-Za-z_][\w-]{0,60}:(?: .*)?)")
_OUTER = re.compile(r"(?:-(?: .*)?|[\w\"'-]{1,80}:(?: .*)?|#.*|---.*|\.\.\.)")
"""A line of YAML that is not indented."""
_RECORDING = re.compile(r"(?:---\s*\n)?(?:#[^\n]*\n)*(?:http_)?interactions:[ \t]*\n")
_ALIAS = re.compile(r"(?:^|[:-][ \t])[ \t]*\*[\w-]+[ \t]*$", re.MULTILINE)
_TIME = "tag:yaml.org,2002:timestamp"


def is_recording(text: str) -> bool:
    """Whether this is the file of a recorder of requests (a VCR cassette)."""
    return bool(_RECORDING.match(text))


def is_yaml(text: str, start: int) -> bool:
    """Whether a text is YAML from its first visible character on, and not a log before something else."""
    lines = [line for line in text[start:].split("\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    outer = [line.rstrip() for line in lines if not line[0].isspace()]
    return len(lines) > 1 and bool(_FIRST.fullmatch(outer[0])) and all(map(_OUTER.fullmatch, outer))


def yaml_parts(text: str, name: str) -> tuple[JsonPart, ...]:
    """The documents in YAML. Raises PayloadError where it is broken, or names one part of it in another."""
    import yaml

    if _ALIAS.search(text):
        raise PayloadError(Reason(ReasonCode.YAML_WITH_ALIASES, names=(name,)))
    try:
        values = [*yaml.load_all(text, _loader())]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PayloadError(Reason(ReasonCode.BROKEN_YAML, names=(name, _place_of(error)))) from error
    if len(values) == 1:
        return (JsonPart("", values[0]),)
    return tuple(JsonPart(f"document {number}", value) for number, value in enumerate(values, 1))


def _loader() -> Any:
    """A loader of plain values, to which a time is text."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class PlainLoader(base):  # type: ignore[misc]
        """Reads nothing but texts, numbers, lists and objects."""

        yaml_implicit_resolvers = {
            first: [(tag, pattern) for tag, pattern in known if tag != _TIME]
            for first, known in base.yaml_implicit_resolvers.items()
        }

    return PlainLoader


def _place_of(error: Exception) -> str:
    """Where YAML is broken."""
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}, column {mark.column + 1}" if mark is not None else type(error).__name__
