"""The parts of a chat completion's wire format that are read, checked for their shape.

Format: https://platform.openai.com/docs/api-reference/chat/object
"""

import re

from pydantic import BaseModel, Field, ValidationError


class _Message(BaseModel):
    """The engine's words, or why it has none."""

    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    """One answer, and how it ended."""

    message: _Message
    finish_reason: str | None = None


class ChatCompletion(BaseModel):
    """The part of a chat completion that is used here."""

    choices: list[_Choice] = Field(min_length=1)


class _Detail(BaseModel):
    """What a server says went wrong."""

    message: str
    code: str | int | None = None


class _Fault(BaseModel):
    """A server's error message, in the form that most of them share."""

    error: _Detail | str


def server_says(data: bytes) -> tuple[str, str]:
    """The message in a server's error, or any other body's text, with the error's code where it has one.

    The message is raw: it may hold anything, and be long.
    """
    try:
        error = _Fault.model_validate_json(data).error
    except ValidationError:
        return re.sub(r"<[^>]*>", " ", data[:2_000].decode("utf-8", "replace")), ""
    return (error, "") if isinstance(error, str) else (error.message, str(error.code or ""))
