"""HTTP statuses in words."""

from http import HTTPStatus


def status_words(code: int) -> str:
    """A status with its name, for example `429 Too Many Requests`."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)
