"""An engine behind any endpoint that speaks OpenAI's chat completions.

The post goes out as delimited data, one post per request; nothing but it and fixed instructions is sent.
Format: https://platform.openai.com/docs/api-reference/chat/create
"""

import asyncio
import json
from http import HTTPStatus
from ssl import SSLCertVerificationError

import httpx
from pydantic import ValidationError

from core.errors import TranslationError
from core.reasons import Reason, ReasonCode
from core.text.terminal_safe import for_line
from core.translation import EngineSettings, TranslationDraft
from core.translation.checks import FatalTranslationError, why_no_translation, without_wrapping
from core.translation.engines.chat_wire import ChatCompletion, server_says
from core.translation.engines.prompt import messages
from core.transport.statuses import status_words
from core.transport.waiting import growing_wait, retry_after

TRIES = 4
"""Requests for one post, the first one included."""
LONGEST_WAIT = 60.0
"""Seconds between two tries at most, whatever the server asks for."""
ANSWER_LIMIT = 1024 * 1024
"""Bytes of an answer beyond which it is not read."""
_CONNECT_TIMEOUT = 10.0
_EXCERPT = 200

_NEXT_STEPS = {
    400: "Check the model's name and what the server says.",
    401: "Check the API key (PULLQUOTE_API_KEY).",
    402: "Check the account's balance.",
    403: "Check that the API key may use this model.",
    404: "Check base_url (it often ends in /v1) and the model's name.",
}
_FATAL_STATUS = frozenset({401, 402, 403, 404, 405})
_SPENT = frozenset({"insufficient_quota", "billing_hard_limit_reached"})


class _TryAgain(Exception):
    """A failure that may pass; `wait` is what the server asked for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None, *, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait
        self.unreachable = unreachable


class OpenAICompatible:
    """Drafts translations through one endpoint and one model.

    `first_wait` is the pause in seconds before the second try; it doubles from there.
    """

    def __init__(self, settings: EngineSettings, *, first_wait: float = 1.0) -> None:
        self._settings = settings
        self._first_wait = first_wait
        self._key = settings.api_key.strip()
        self._url = _endpoint(settings.base_url)
        self._client: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()
        if not (self._key.isascii() and self._key.isprintable()):
            raise FatalTranslationError("The API key holds characters that no header may hold; set it anew.")

    async def translate(self, text: str, target: str) -> TranslationDraft:
        """Translate `text` into `target`.

        Raises TranslationError where the engine refuses, fails, or answers with what is no translation, and
        FatalTranslationError where it would do so for any text.
        """
        if not text.strip():
            raise TranslationError("The post has no text to translate.")
        question = {"model": self._settings.model, "temperature": 0, "messages": messages(text, target)}
        body = json.dumps(question).encode("ascii")
        for attempt in range(1, TRIES + 1):
            try:
                answer = await self._ask(body)
                break
            except _TryAgain as failure:
                if attempt == TRIES:
                    raise self._given_up(failure) from failure
                await self._pause(failure, attempt)
        return TranslationDraft(self._checked(text, answer, target), f"openai:{self._settings.model}")

    async def close(self) -> None:
        """Release the connection."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _pause(self, failure: _TryAgain, attempt: int) -> None:
        """Wait before the next try, as long as the server asks or twice as long as before, and say so."""
        wait = failure.wait
        if wait is None:
            wait = growing_wait(self._first_wait, attempt)
        wait = min(wait, LONGEST_WAIT)
        self._settings.notify(
            f"{self._who()}: {failure.reason}; trying again in {wait:.0f} s (try {attempt + 1} of {TRIES})."
        )
        await asyncio.sleep(wait)

    async def _ask(self, body: bytes) -> bytes:
        """The body of one successful answer; raises _TryAgain or TranslationError for any other."""
        client = await self._open()
        try:
            async with (
                asyncio.timeout(self._settings.timeout),
                client.stream("POST", self._url, content=body) as response,
            ):
                data = await self._read(response)
        except httpx.ConnectTimeout as error:
            raise _TryAgain("cannot be reached (no connection in time)", unreachable=True) from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise _TryAgain(f"no full answer within {self._settings.timeout:g} s") from error
        except httpx.ConnectError as error:
            if _is_certificate(error):
                came = f"its certificate is not valid ({self._excerpt(str(error))})"
                raise self._failure(came, "Check base_url and the network.", fatal=True) from error
            raise _TryAgain(f"cannot be reached ({self._excerpt(str(error))})", unreachable=True) from error
        except httpx.TransportError as error:
            raise _TryAgain(f"the connection broke ({self._excerpt(str(error))})") from error
        if response.status_code == HTTPStatus.OK:
            return data
        raise self._bad_status(response, data)

    async def _read(self, response: httpx.Response) -> bytes:
        """The response's body, uncompressed and within the limit; any other is refused unread."""
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise self._failure("it sent a compressed answer, which was not asked for", fatal=True)
        data = bytearray()
        async for chunk in response.aiter_raw():
            data += chunk
            if len(data) > ANSWER_LIMIT:
                raise self._failure(f"its answer is longer than {ANSWER_LIMIT:,} bytes")
        return bytes(data)

    async def _open(self) -> httpx.AsyncClient:
        """The client, made once, off the event loop, for loading certificates takes a while."""
        async with self._opening:
            if self._client is None:
                self._client = await asyncio.to_thread(self._make_client)
            return self._client

    def _make_client(self) -> httpx.AsyncClient:
        """A client that follows no redirect and knows the key only as a header."""
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
        }
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        limit = self._settings.timeout
        timeout = httpx.Timeout(limit, connect=min(limit, _CONNECT_TIMEOUT))
        try:
            return httpx.AsyncClient(headers=headers, timeout=timeout, follow_redirects=False)
        except (ImportError, ValueError, OSError) as error:
            said = self._excerpt(str(error))
            raise FatalTranslationError(
                f"The environment's proxy or certificate settings cannot be used ({said}); "
                "mend or unset ALL_PROXY, HTTPS_PROXY and SSL_CERT_FILE."
            ) from error

    def _bad_status(self, response: httpx.Response, data: bytes) -> Exception:
        """What to raise for a status other than 200."""
        status = response.status_code
        raw, code = server_says(data)
        said = self._excerpt(raw)
        came = f"the answer was {status_words(status)}" + (f": {said}" if said else "")
        if code in _SPENT:
            return self._failure(came, _NEXT_STEPS[402], fatal=True)
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return _TryAgain(came, retry_after(response.headers.get("retry-after", "")))
        if response.is_redirect:
            place = self._excerpt(response.headers["location"])
            step = "Nothing was sent there; set base_url to it if you trust it."
            return self._failure(f"it redirects to {place}", step, fatal=True)
        step = _NEXT_STEPS.get(status, "Check base_url and what the server says.")
        return self._failure(came, step, fatal=status in _FATAL_STATUS)

    def _checked(self, source: str, data: bytes, target: str) -> str:
        """The translation in an answer; raises TranslationError where there is none."""
        choice = self._parse(data).choices[0]
        if choice.finish_reason == "length":
            raise self._failure("the answer was cut off by the model's length limit")
        if choice.finish_reason == "content_filter":
            raise self._failure("the provider's content filter withheld the answer")
        if choice.message.refusal:
            raise self._failure(f"the model refused: {self._excerpt(choice.message.refusal)}")
        draft = without_wrapping(source, choice.message.content or "")
        if why := why_no_translation(source, draft, target):
            raise TranslationError(Reason(ReasonCode.NO_TRANSLATION, names=(self._who(),), causes=(why,)))
        return draft

    def _parse(self, data: bytes) -> ChatCompletion:
        """The answer's shape; a page where JSON should be means that this is no such endpoint."""
        try:
            return ChatCompletion.model_validate_json(data)
        except ValidationError as error:
            raw, code = server_says(data)
            said = self._excerpt(raw)
            if data.lstrip()[:1] == b"<":
                step = "Check base_url, and whether the network wants a log-in first."
                raise self._failure("it sent a web page", step, fatal=True) from error
            came = "the answer is not a chat completion" + (f": {said}" if said else "")
            raise self._failure(came, fatal=code in _SPENT) from error

    def _given_up(self, failure: _TryAgain) -> TranslationError:
        """The last word after all tries; a server that was never reached will not be for the next post."""
        step = "Check base_url and the network." if failure.unreachable else "Try again later."
        return self._failure(f"{failure.reason}, {TRIES} times", step, fatal=failure.unreachable)

    def _failure(self, came: str, step: str = "", *, fatal: bool = False) -> TranslationError:
        """An error that says who was asked, what came, and the next step."""
        kind = FatalTranslationError if fatal else TranslationError
        step = step or "Nothing was changed; try again, or translate it yourself."
        return kind(f"{self._who()}: {came.rstrip('.')}. {step}")

    def _who(self) -> str:
        """The host and the model."""
        port = f":{self._url.port}" if self._url.port else ""
        return self._masked(for_line(f"{self._url.host}{port} ({self._settings.model})"))

    def _excerpt(self, text: str) -> str:
        """The beginning of a text from outside, on one line, without control characters or the key."""
        line = for_line(self._masked(text))
        return line if len(line) <= _EXCERPT else line[:_EXCERPT] + "…"

    def _masked(self, text: str) -> str:
        """The text with the key made unreadable."""
        return text.replace(self._key, "•••") if self._key else text


def _endpoint(base_url: str) -> httpx.URL:
    """The address to post to; raises FatalTranslationError where `base_url` cannot be one."""
    try:
        url = httpx.URL(base_url.strip())
    except httpx.InvalidURL as error:
        raise FatalTranslationError("base_url is no valid address; it looks like https://host/v1.") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise FatalTranslationError("base_url is no http or https address; it looks like https://host/v1.")
    if url.userinfo:
        raise FatalTranslationError("base_url holds a password; put the key into PULLQUOTE_API_KEY.")
    path = url.path.rstrip("/")
    return url if path.endswith("/chat/completions") else url.copy_with(path=f"{path}/chat/completions")


def _is_certificate(error: BaseException | None) -> bool:
    """Whether a certificate is at the root of a connection error."""
    while error is not None:
        if isinstance(error, SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
