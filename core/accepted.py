"""What is accepted for a setting, declared beside its default: in words for warnings, and as pydantic checks it.

pydantic itself is imported only where there is something to check, for it takes long to load.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is accepted for one setting, as the metadata of its type."""

    words: str
    constraints: Mapping[str, Any] = field(default_factory=dict)
    """As pydantic's `Field` takes them."""
    fits: Callable[[Any], bool] = lambda _value: True
    """Whether a value of the right type is accepted, where constraints cannot say it."""


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
NAME = matching(r"[^\s\x00-\x1f\x7f]{1,200}", "a name without spaces")
FOLDER = matching(r"[^\x00]+", "a folder's path")
KEY = matching("[!-~]{1,500}", "a key in ASCII, without spaces")


def settings_of(record: type) -> dict[str, Any]:
    """The types of a record's fields that say what is accepted, by the fields' names."""
    hints = get_type_hints(record, include_extras=True)
    return {name: hint for name, hint in hints.items() if isinstance(_metadata(hint)[-1], Accepted)}


def section_of(hint: Any) -> str:
    """The section of the settings file that a setting's type names before what is accepted."""
    return str(_metadata(hint)[0])


def section_model(name: str, settings: Mapping[str, Any]) -> "type[BaseModel]":
    """The model of a section of the settings file: each of its settings may be left out, and no other is there."""
    from pydantic import AfterValidator, ConfigDict, Field, create_model

    def checked(accepted: Accepted) -> AfterValidator:
        def check(value: Any) -> Any:
            if not accepted.fits(value):
                raise ValueError(accepted.words)
            return value

        return AfterValidator(check)

    made: dict[str, Any] = {}
    for setting, hint in settings.items():
        accepted = _metadata(hint)[-1]
        constrained = Field(default=None, description=accepted.words, **accepted.constraints)
        made[setting] = (Annotated[hint.__origin__, checked(accepted)], constrained)
    return create_model(name, __config__=ConfigDict(strict=True, extra="forbid"), **made)


def _metadata(hint: Any) -> tuple[Any, ...]:
    """What a type is annotated with."""
    return getattr(hint, "__metadata__", ("",))
