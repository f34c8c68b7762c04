"""What the values of a column can be: ids, names, texts, times, counts, links, languages."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence

from core.counts import COUNT_NAMES
from core.models import TimePrecision
from core.readers.kit.counts import printed_count
from core.readers.kit.fields import identifier
from core.readers.table.times import table_time
from core.text.language_tags import is_language_tag
from core.text.links import web_link
from core.text.x_posts import linked_id

_ID = re.compile(r"\d{5,40}(?:\.0)?|t\d_\w{1,20}|[^\s@]{1,300}[:/][^\s]{1,300}|[0-9a-f-]{16,40}")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*")
_POWER_OF_TEN = re.compile(r"\d(?:\.\d{1,6})?[eE]\+\d{2}")
_HYPERLINK = re.compile(r"""=HYPERLINK\(\s*["']([^"']{1,2000})["']""", re.IGNORECASE)
_EMPTY = frozenset(("", "null", "none", "nan", "n/a", "undefined", "[]", "{}"))
NO_PARENT = frozenset(("", "0", "-1", "root"))
"""What stands for no parent."""
_ENOUGH = 0.8
_MEDIA_KEYS = ("original", "video_url", "videoUrl", "url", "media_url_https", "src", "url_default", "thumbnail")
"""Where objects have the link to a picture or video, the best first."""
_ACCOUNT_NUMBER = re.compile(r"\d{5,20}(?:\.0)?|[0-9a-f]{32,64}")


def is_empty(value: object) -> bool:
    """Whether a cell says nothing."""
    return value is None or value in ([], {}) or (isinstance(value, str) and value.strip().lower() in _EMPTY)


def is_power_of_ten(value: object) -> bool:
    """Whether a cell is a number that a spreadsheet has written as 2.03E+18: whatever it was is lost."""
    return isinstance(value, str) and bool(_POWER_OF_TEN.fullmatch(value.strip()))


def share(values: Sequence[object], test: Callable[[object], bool]) -> float:
    """How many of the values pass a test, from 0 to 1."""
    return sum(map(test, values)) / len(values) if values else 0.0


def is_word(value: object) -> bool:
    """Whether a value is text, and no number, link or date."""
    return isinstance(value, str) and not _NUMBER.fullmatch(value.strip()) and web_link(value) is None


def is_text(values: Sequence[object]) -> bool:
    """Whether values can be what people wrote."""
    return share(values, is_word) >= 0.5


def is_prose(values: Sequence[object]) -> bool:
    """Whether values look like what people wrote: mostly different, and of several words or of many letters."""

    def is_said(value: object) -> bool:
        return is_word(value) and len(str(value).split()) + sum(ch > "⺀" for ch in str(value)) // 2 >= 3

    return is_distinct(values) and share(values, is_said) >= 0.6


def mean_length(values: Sequence[object]) -> float:
    """The mean length of texts."""
    return sum(len(str(value)) for value in values) / len(values)


def is_distinct(values: Sequence[object]) -> bool:
    """Whether hardly any value comes twice."""
    return len(set(map(str, values))) >= 0.9 * len(values)


def is_shared(values: Sequence[object]) -> bool:
    """Whether most values come more than once."""
    return len(set(map(str, values))) <= 0.5 * len(values)


def are_ids(values: Sequence[object]) -> bool:
    """Whether values can be ids."""
    return share(values, lambda value: bool(identifier(value)[0]) and not has_space(value)) >= _ENOUGH


def are_parents(values: Sequence[object], ids: Collection[str]) -> bool:
    """Whether values name posts, and not the accounts that are answered."""
    named = [str(one) for one in values if str(one) not in NO_PARENT]
    return not named or share(named, lambda one: str(one) in ids or bool(_ID.fullmatch(str(one)))) >= 0.5


def has_space(value: object) -> bool:
    """Whether a value is a text of several words."""
    return isinstance(value, str) and len(value.split()) > 1


def are_names(values: Sequence[object]) -> bool:
    """Whether values can be names."""
    return share(values, lambda value: isinstance(value, str) and len(value) <= 200) >= _ENOUGH


def are_counts(values: Sequence[object]) -> bool:
    """Whether values can be counts."""
    return (
        share(values, lambda value: type(value) is not bool and printed_count(countable(value)).understood) >= _ENOUGH
    )


def are_links(values: Sequence[object]) -> bool:
    """Whether values are links, one for each row."""
    return share(values, lambda value: link_of(value) is not None) >= _ENOUGH and (
        len(values) < 2 or not is_shared(values)
    )


def are_times(values: Sequence[object]) -> bool:
    """Whether values can be times; those that only people understand are kept as they are."""

    def can_be(value: object) -> bool:
        return isinstance(value, str | int | float) and not isinstance(value, bool)

    return share(values, can_be) >= _ENOUGH


def are_exact_times(values: Sequence[object]) -> bool:
    """Whether values are times as only times are printed."""

    def is_exact(value: object) -> bool:
        return isinstance(value, str) and table_time(value, None).posted_at is not None

    return share(values, is_exact) >= _ENOUGH


def are_to_the_second(values: Sequence[object]) -> bool:
    """Whether values are times that leave neither the zone nor the time of day open."""
    return share(values, lambda value: table_time(value, None).precision is TimePrecision.EXACT) >= _ENOUGH


def are_languages(values: Sequence[object]) -> bool:
    """Whether values are codes of languages."""
    return share(values, lambda value: isinstance(value, str) and is_language_tag(value.replace("_", "-"))) >= _ENOUGH


def are_handles(values: Sequence[object]) -> bool:
    """Whether values are names with an @."""
    return share(values, lambda value: isinstance(value, str) and bool(re.fullmatch(r"@\w{1,40}", value))) >= _ENOUGH


def are_account_numbers(values: Sequence[object]) -> bool:
    """Whether values are a network's numbers of accounts, and no handles."""
    return share(values, lambda value: bool(_ACCOUNT_NUMBER.fullmatch(str(value).strip()))) >= _ENOUGH


def are_row_numbers(values: Sequence[object]) -> bool:
    """Whether values only count the rows, from 0 or 1 on."""
    texts = [str(value).removesuffix(".0") for value in values]
    return texts in ([str(number) for number in range(start, start + len(texts))] for start in (0, 1))


def are_media(values: Sequence[object]) -> bool:
    """Whether values are links to pictures and videos, or objects that have them."""
    return share(values, lambda value: bool(media_links(value))) >= _ENOUGH


def media_links(value: object) -> tuple[str, ...]:
    """The pictures and videos that a cell names: links, a list of them, also as text, or objects that have them."""
    if isinstance(value, str) and value.lstrip()[:1] == "[":
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return ()
    if isinstance(value, str):
        value = re.split(r"[\s,;|]+(?=https?://)", value.strip())
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = next((one[key] for key in _MEDIA_KEYS if isinstance(one.get(key), str)), None)
        if link := web_link(one):
            found.append(link)
    return tuple(dict.fromkeys(found))


def countable(value: object) -> object:
    """A cell that may be a count; a table with gaps gives its numbers a point."""
    return value.removesuffix(".0") if isinstance(value, str) else value


def link_of(value: object) -> str | None:
    """A post's link; Reddit gives it without its host, and a spreadsheet inside a formula."""
    if isinstance(value, str) and (formula := _HYPERLINK.match(value)):
        value = formula[1]
    if isinstance(value, str) and value.startswith("/r/"):
        value = f"https://www.reddit.com{value}"
    return web_link(value)


FITS: Mapping[str, Callable[[Sequence[object]], bool]] = {
    "text": is_text,
    "id": are_ids,
    "author": are_names,
    "name": are_names,
    "time": are_times,
    "parent": are_ids,
    "root": are_ids,
    "url": are_links,
    "lang": are_languages,
    "title": is_text,
    "author_id": are_ids,
    "media": are_media,
    **dict.fromkeys(COUNT_NAMES, are_counts),
}
SIGNS: Mapping[str, Callable[[Sequence[object]], bool]] = {
    "author": are_handles,
    "time": are_exact_times,
    "url": lambda values: share(values, lambda value: linked_id(value) is not None) >= _ENOUGH and is_distinct(values),
}
