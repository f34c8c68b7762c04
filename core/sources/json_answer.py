"""An answer in JSON, as a source looks into it for what to ask next."""

import json

from core.errors import FetchError
from core.models import Payload
from core.readers.kit.fetcher_errors import what_it_says
from core.reasons import Reason, ReasonCode


def json_of(payload: Payload) -> object:
    """The JSON value of an answer. Raises FetchError, with what came instead, where it is none."""
    try:
        value: object = json.loads(payload.data)
    except (ValueError, RecursionError) as error:
        said = " ".join(what_it_says(payload.data).split())[:200]
        code = ReasonCode.NO_JSON_ANSWER_SAYING if said else ReasonCode.NO_JSON_ANSWER
        raise FetchError(Reason(code, names=(payload.name, said))) from error
    return value


def object_of(payload: Payload) -> dict[str, object]:
    """The JSON object of an answer. Raises FetchError where it is none."""
    value = json_of(payload)
    if not isinstance(value, dict):
        raise FetchError(Reason(ReasonCode.NO_JSON_OBJECT, names=(payload.name,)))
    return value
