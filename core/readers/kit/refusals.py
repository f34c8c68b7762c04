"""What to say of a payload that is no thread: whatever it is instead, and which formats are read."""

from collections.abc import Iterable

from core.errors import PayloadError
from core.readers.kit.document import Document, Kind
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message, kind_of_page
from core.readers.kit.fields import type_name
from core.readers.table.generic import mapping_hint


def refusal(document: Document, formats: Iterable[str]) -> PayloadError:
    """The error for a document that no reader takes: what it is, and the `formats` that would be read."""
    message = fetcher_message(document.value)
    if message:
        return fetcher_error(message, document.name)
    described = f"{document.name} is {_described(document)}, which is no format that is read here"
    return PayloadError(f"{described}{mapping_hint(document)}; read are: {'; '.join(formats)}")


def _described(document: Document) -> str:
    """What `document` looks like, in a few words."""
    if document.kind is Kind.HTML:
        return kind_of_page(document.text)
    if document.kind is Kind.SNAPSHOT:
        return "an accessibility snapshot of a page that shows no single post"
    if document.kind is Kind.PLAIN:
        return "plain text"
    value = document.value
    if isinstance(value, dict):
        keys = ", ".join(ascii(str(key)[:30]) for key in list(value)[:6])
        return f"a JSON object with {keys}" if keys else "an empty JSON object"
    return "several JSON documents" if len(document.parts) != 1 else f"JSON that is {type_name(value)}"
