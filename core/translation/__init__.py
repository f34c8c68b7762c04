"""Translation by machine: the protocol of an engine, and the registry of engines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from core.plugs import PlugKind


@dataclass(frozen=True, slots=True)
class TranslationDraft:
    """A machine's translation of one text."""

    text: str
    engine: str
    """The engine and model, as kept with the translation."""


class Translator(Protocol):
    """An engine that drafts translations. One request holds one text, so that a bad answer spoils one row."""

    async def translate(self, text: str, target: str) -> TranslationDraft:
        """Translate `text` into the language `target` (BCP 47).

        Raises TranslationError where the engine refuses, fails, or answers with what is no translation.
        """
        ...

    async def close(self) -> None:
        """Release the connection."""
        ...


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What an engine needs to know."""

    base_url: str
    model: str
    api_key: str = field(repr=False)
    """Appears nowhere but in the request's header."""
    timeout: float = 60.0
    """Seconds for one answer."""
    notify: Callable[[str], None] = lambda _text: None
    """Called with a sentence while the engine waits, for example on a rate limit."""


ENGINES: Mapping[str, str] = {"openai": "core.translation.engines.openai_compatible:OpenAICompatible"}
"""Name of an engine -> module and class, imported where it is used."""
ENGINE_PLUGS: PlugKind[Translator] = PlugKind("engine", ENGINES, Translator)


def engine(name: str, settings: EngineSettings) -> Translator:
    """The engine `name`, ready to use. Raises PlugError where there is none, or its package is broken."""
    return ENGINE_PLUGS.load(name, settings)
