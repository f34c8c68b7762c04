"""What X's API v2 answered, and what twarc2 keeps of it: pages, pages on lines, flattened posts, lines of a stream."""

from dataclasses import replace

from core.errors import PayloadError
from core.models import Problem, Reading, TextLoss
from core.readers.kit.document import Document
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message
from core.readers.kit.json_values import objects_at, value_at
from core.readers.x.api_v2_posts import Pages, Values
from core.readers.x.api_v2_signs import is_tweet
from core.reasons import Reason, ReasonCode


class XApiV2Reader:
    """The JSON of X's API v2."""

    name = "x-api-v2"
    title = "X API v2 JSON, twarc2 JSON Lines (pages, flattened, stream)"
    site = "x.com"
    long_list = None
    losses = TextLoss.NONE

    def detects(self, document: Document) -> bool:
        """Whether this has posts in the form of API v2, or a page of it without any."""
        return any(_is_page(value) for part in document.parts[:50] for value in _pages(part.value)[:5])

    def read(self, document: Document) -> list[Reading]:
        """One reading for each conversation that the answers are about."""
        problems: list[Problem] = []
        found = Pages(problems, document.captured_at)
        message = None
        for part in document.parts:
            pages = _pages(part.value)
            for number, page in enumerate(pages):
                found.add(page, f"{part.place}[{number}]" if len(pages) > 1 else part.place)
                message = message or fetcher_message(page)
        if not found.tweets:
            if message:
                raise fetcher_error(message, document.name)
            raise PayloadError(Reason(ReasonCode.API_V2_WITHOUT_POST, names=(document.name,)))
        readings = found.gathered().readings(
            self.name,
            "twarc2" if found.by_twarc else "X API v2",
            reasons=(Reason(ReasonCode.FURTHER_PAGES),) if found.leads_on else (),
            problems=problems,
            captured_at=found.fetched_at,
        )
        return [replace(one, claimed=None) for one in readings] if found.is_stream else readings


def _pages(value: object) -> list[Values]:
    """The pages of a part, which may be a list of them or of posts."""
    if isinstance(value, dict):
        return [value]
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _is_page(value: Values) -> bool:
    """Whether an object is an answer of API v2, or a post from one."""
    data = value.get("data")
    if is_tweet(data) or any(map(is_tweet, objects_at(data)[:5])):
        return True
    if data is None and is_tweet(value):
        return True
    return not data and isinstance(value_at(value, "meta", "result_count"), int)
