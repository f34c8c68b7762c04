"""What is accepted for a setting, declared beside its default: in words for warnings, and as pydantic checks it.

Only the core of pydantic is used, and only where there is something to check: its models take three times as long to
load, and everyone who has a settings file would wait for them at every start.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_type_hints
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is accepted for one setting, as the metadata of its type."""

    words: str
    constraints: Mapping[str, Any] = field(default_factory=dict)
    """As the schema of its type in pydantic's core takes them: `ge`, `le`, `pattern`, `min_length`."""
    fits: Callable[[Any], bool] = lambda _value: True
    """Whether a value of the right type is accepted, where constraints cannot say it."""
    is_list_or_one: bool = False
    """Whether a single string is taken for a list of one."""


def matching(pattern: str, words: str) -> Accepted:
    """A string that a regular expression matches from end to end."""
    return Accepted(words, {"pattern": f"^(?:{pattern})$"})


def number(low: int, high: int) -> Accepted:
    """A whole number between two limits."""
    return Accepted(f"a whole number from {low} to {high:,}", {"ge": low, "le": high})


def one_of(words: Collection[str]) -> Accepted:
    """One of a few words."""
    return Accepted("one of " + ", ".join(f'"{word}"' for word in words), fits=lambda value: value in words)


def _is_address(value: str) -> bool:
    """Whether a string is an http or https address without a password in it."""
    try:
        parts = urlsplit(value)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
        return value.isprintable() and is_web and "@" not in parts.netloc
    except ValueError:
        return False


YES_NO = Accepted("true or false")
ADDRESS = Accepted('an address such as "https://host/v1", without a password', fits=_is_address)
ADDRESSES = Accepted(
    'an address such as "https://host", without a password, or a list of them',
    fits=lambda addresses: all(map(_is_address, addresses)),
    is_list_or_one=True,
)
NAME = matching(r"[^\s\x00-\x1f\x7f]{1,200}", "a name without spaces")
FOLDER = matching(r"[^\x00]+", "a folder's path")
_KEY = "[!-~]{1,500}"
KEY = matching(_KEY, "a key in ASCII, without spaces")


def is_key(value: str) -> bool:
    """Whether a text can be a key, told without loading what checks settings."""
    return re.fullmatch(_KEY, value) is not None


def settings_of(record: type) -> dict[str, Any]:
    """The types of a record's fields that say what is accepted, by the fields' names."""
    hints = get_type_hints(record, include_extras=True)
    return {name: hint for name, hint in hints.items() if isinstance(_metadata(hint)[-1], Accepted)}


def section_of(hint: Any) -> str:
    """The section of the settings file that a setting's type names before what is accepted."""
    return str(_metadata(hint)[0])


def accepted_words(hint: Any) -> str:
    """What is accepted for a setting of one type, in words."""
    return str(_metadata(hint)[-1].words)


def section_validator(settings: Mapping[str, Any]) -> "SchemaValidator":
    """The validator of a section of the settings file: each of its settings may be left out, and no other is there."""
    from pydantic_core import SchemaValidator, core_schema

    fields = {name: core_schema.typed_dict_field(_schema(hint), required=False) for name, hint in settings.items()}
    return SchemaValidator(core_schema.typed_dict_schema(fields, extra_behavior="forbid"))


def _schema(hint: Any) -> Any:
    """What pydantic checks of a setting of one type."""
    from pydantic_core import core_schema

    accepted = _metadata(hint)[-1]
    made: dict[Any, Callable[..., Any]] = {
        bool: core_schema.bool_schema,
        int: core_schema.int_schema,
        str: core_schema.str_schema,
    }
    if (kind := hint.__origin__) in made:
        plain = made[kind](strict=True, **accepted.constraints)
    else:
        # TOML has lists where a setting is a tuple of strings.
        plain = core_schema.tuple_variable_schema(core_schema.str_schema(strict=True), **accepted.constraints)
    if accepted.is_list_or_one:
        plain = core_schema.no_info_before_validator_function(_as_list, plain)

    def check(value: Any) -> Any:
        if not accepted.fits(value):
            raise ValueError(accepted.words)
        return value

    return core_schema.no_info_after_validator_function(check, plain)


def _as_list(value: Any) -> Any:
    """A string as a list of one; any other value as it is."""
    return [value] if isinstance(value, str) else value


def _metadata(hint: Any) -> tuple[Any, ...]:
    """What a type is annotated with."""
    return getattr(hint, "__metadata__", ("",))
