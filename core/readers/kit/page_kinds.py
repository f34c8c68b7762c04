"""What kind of page an HTML or XML text is: judged by what it is about, not by words that stand in the head of most."""

import re
from typing import NamedTuple

_START = 20_000
"""Characters of a page in which the signs are looked for."""
_SHORT = 1_200
"""Characters that a page shows which says nothing but why it shows nothing else."""
_TITLE = re.compile(r"<title[^>]*>([^<]{0,200})", re.IGNORECASE)
_FEED = re.compile(r"(?:<\?xml[^>]{0,200}>)?\s*(?:<!--[^>]{0,500}-->)?\s*<(rss|feed|rdf:RDF)\b", re.IGNORECASE)
_UNSHOWN = re.compile(r"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.IGNORECASE | re.DOTALL)


class _PageKind(NamedTuple):
    """One kind of page."""

    name: str
    said: re.Pattern[str]
    """What its title says, or all of it where that is short."""
    built: re.Pattern[str] | None = None
    """What is only in the source of such pages."""


_KINDS = (
    _PageKind(
        "a page that asks who is browsing",
        re.compile(
            r"verifying (?:that )?your browser|just a moment|checking your browser|captcha|not a (?:ro)?bot", re.I
        ),
        re.compile(r"cf-challenge|_cf_chl_opt|anubis_challenge|g-recaptcha|h-captcha", re.I),
    ),
    _PageKind(
        "a page that asks for your age",
        re.compile(
            r"over ?18|18\+|\beighteen\b|adult content|verify your age|confirm your age|age (?:gate|check)", re.I
        ),
    ),
    _PageKind(
        "a page that refuses access", re.compile(r"been blocked|access denied|network policy|forbidden|\b403\b", re.I)
    ),
    _PageKind("a page that says there were too many requests", re.compile(r"rate.?limit|too many requests", re.I)),
    _PageKind(
        "a login page",
        re.compile(
            r"^\W*(?:log|sign) ?in\b|please (?:log|sign) ?in|(?:log|sign) ?in to (?:continue|x|see)|登录|登入", re.I
        ),
        re.compile(r"type=[\"']?password", re.I),
    ),
    _PageKind(
        "a page that says there is nothing",
        re.compile(r"not found|\b404\b|no longer (?:exists|available)|deleted", re.I),
    ),
)
_NITTER = re.compile(r"\bnitter\b", re.I)


def kind_of_page(text: str) -> str:
    """What an HTML or XML text is, in a few words, with its title."""
    if feed := _FEED.match(text.lstrip()[:_START]):
        return f"a feed ({feed[1]})"
    start = text[:_START]
    found = _TITLE.search(start)
    title = " ".join(found[1].split()) if found else ""
    called = f" (“{title}”)" if title else ""
    return _kind(start, title) + called


def _kind(start: str, title: str) -> str:
    """The kind of page that begins so."""
    shown = " ".join(_UNSHOWN.sub(" ", start).split())
    said = f"{title}\n{shown}" if len(shown) <= _SHORT else title
    for kind in _KINDS:
        if kind.said.search(said) or (kind.built and len(shown) <= _SHORT and kind.built.search(start)):
            return kind.name
    return "a Nitter page that shows no single post" if _NITTER.search(title) else "a web page"
