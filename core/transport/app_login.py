"""Logging in as an app, without a user: what OAuth 2 calls client credentials (RFC 6749, 4.4)."""

from core.errors import FetchError, Unreachable
from core.reasons import Reason, ReasonCode
from core.transport import SourceSettings
from core.transport.addresses import host_of

_WITHOUT_SECRET = {
    "grant_type": "https://oauth.reddit.com/grants/installed_client",
    "device_id": "DO_NOT_TRACK_THIS_DEVICE",
}
"""What Reddit asks of an app that has no secret."""


async def app_token(address: str, app: str, settings: SourceSettings) -> str:
    """The access token that a server gives an app, named as ID:SECRET.

    Raises FetchError where the server refuses the app, Unreachable where it does not answer.
    """
    import httpx

    from core.transport.web import web_client

    id, _, secret = app.partition(":")
    form = {"grant_type": "client_credentials"} if secret else _WITHOUT_SECRET
    host = host_of(address)
    try:
        async with web_client(settings) as client:
            answer = await client.post(address, data=form, auth=httpx.BasicAuth(id, secret))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        why = Reason(ReasonCode.NOT_REACHED, names=(str(error)[:200] or type(error).__name__,))
        raise Unreachable(Reason(ReasonCode.AT_HOST, names=(host,), causes=(why,))) from error
    if token := _token(answer.content):
        return token
    kind = Unreachable if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error else FetchError
    raise kind(Reason(ReasonCode.APP_REFUSED, (answer.status_code,), (host,)))


def _token(data: bytes) -> str:
    """The token in an answer; empty where there is none that can be sent."""
    import json

    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    token = answer.get("access_token") if isinstance(answer, dict) else None
    return token if isinstance(token, str) and token.isascii() and token.isprintable() else ""
