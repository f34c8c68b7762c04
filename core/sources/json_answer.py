"""An answer in JSON, as a source looks into it for what to ask next."""

import json

from core.errors import FetchError
from core.models import Payload
from core.readers.kit.refusals import what_it_says


def json_of(payload: Payload) -> object:
    """The JSON value of an answer. Raises FetchError, with what came instead, where it is none."""
    try:
        value: object = json.loads(payload.data)
    except (ValueError, RecursionError) as error:
        said = " ".join(what_it_says(payload.data).split())[:200]
        raise FetchError(
            f"{payload.name} answered with no JSON{f': {said}' if said else ''}. Try again later."
        ) from error
    return value


def object_of(payload: Payload) -> dict[str, object]:
    """The JSON object of an answer. Raises FetchError where it is none."""
    value = json_of(payload)
    if not isinstance(value, dict):
        raise FetchError(f"{payload.name} answered with JSON that is no object. Try again later.")
    return value
