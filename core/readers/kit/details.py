"""What stands beside a post and is no word of its text: polls, places, quoted posts, descriptions of pictures."""

from collections.abc import Iterable, Iterator

from core.models import DetailKind, PostDetail


def detail(kind: DetailKind, text: str | None, url: str | None = None) -> tuple[PostDetail, ...]:
    """The one detail, or none where it has neither words nor a link."""
    words = (text or "").strip()
    return (PostDetail(kind, words, url),) if words or url else ()


def poll(answers: Iterable[str | None]) -> tuple[PostDetail, ...]:
    """The answers that a poll offers, one to a line."""
    return detail(DetailKind.POLL, "\n".join(words for one in answers if (words := (one or "").strip())))


def quoted_post(author: str | None, text: str | None, url: str | None) -> tuple[PostDetail, ...]:
    """The post that is quoted: whose it is, what it says, and where it stands."""
    words = (text or "").strip()
    return detail(DetailKind.QUOTED_POST, f"@{author}: {words}".rstrip(": ") if author else words, url)


def alt_texts(pictures: Iterable[tuple[str | None, str | None]]) -> Iterator[PostDetail]:
    """The descriptions of pictures and videos, which come as (description, link)."""
    for words, link in pictures:
        if words and words.strip():
            yield PostDetail(DetailKind.ALT_TEXT, words.strip(), link)
