"""What to say of a payload that is no thread: whatever it is instead, and the next step."""

from core.errors import PayloadError
from core.readers.kit.document import Document, Kind
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message
from core.readers.kit.fields import type_name
from core.readers.kit.page_kinds import kind_of_page
from core.readers.table.generic import unnamed_columns
from core.reasons import Reason, ReasonCode

_LONGEST_KEY = 30
_MOST_KEYS = 6


def refusal(document: Document) -> PayloadError:
    """The error for a document that no reader takes."""
    message = fetcher_message(document.value)
    if message:
        return fetcher_error(message, document.name)
    if columns := unnamed_columns(document):
        return PayloadError(Reason(ReasonCode.NO_TEXT_COLUMN, names=(document.name, columns)))
    if document.kind is Kind.HTML:
        return PayloadError(Reason(ReasonCode.PAGE_WITHOUT_THREAD, names=(document.name, kind_of_page(document.text))))
    return PayloadError(Reason(ReasonCode.NO_FORMAT, names=(document.name, _described(document))))


def _described(document: Document) -> str:
    """What `document` looks like, in a few words."""
    if document.kind is Kind.SNAPSHOT:
        return "an accessibility snapshot of a page that shows no single post"
    if document.kind in (Kind.PLAIN, Kind.RECORDING):
        return str(document.kind)
    value = document.value
    if isinstance(value, dict):
        keys = ", ".join(ascii(str(key)[:_LONGEST_KEY]) for key in list(value)[:_MOST_KEYS])
        return f"a JSON object with {keys}" if keys else "an empty JSON object"
    return "several JSON documents" if len(document.parts) != 1 else f"JSON that is {type_name(value)}"
