"""What kind of page an HTML or XML text is: judged by what it is about, not by words that stand in the head of most."""

import re
from html import unescape
from typing import NamedTuple

_START = 20_000
"""Characters of a page in which the signs are looked for."""
_SHORT = 1_200
"""Characters that a page shows which says nothing but why it shows nothing else."""
_TITLE = re.compile(r"<title[^>]*>([^<]{0,200})", re.IGNORECASE)
_FEED = re.compile(r"(?:<\?xml[^>]{0,200}>)?\s*(?:<!--[^>]{0,500}-->)?\s*<(rss|feed|rdf:RDF)\b", re.IGNORECASE)
_PANEL = re.compile(r"""class=["'][^"'<>]*\berror-panel\b[^>]*>(.{0,2000}?)</div""", re.IGNORECASE | re.DOTALL)
_UNSHOWN = re.compile(r"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.IGNORECASE | re.DOTALL)


class _PageKind(NamedTuple):
    """One kind of page."""

    name: str
    said: re.Pattern[str]
    """What its title says, or all of it where that is short."""
    built: re.Pattern[str] | None = None
    """What is only in the source of such pages."""


_LIMIT = re.compile(r"rate.?limit|too many requests", re.I)
_KINDS = (
    _PageKind(
        "a page that asks who is browsing",
        re.compile(
            r"verify(?:ing)? (?:that )?you(?:r browser| are|'re|’re)|just a moment|one moment|captcha|"
            r"checking (?:your|if the site)|not a (?:ro)?bot|are you (?:a )?(?:human|robot)|"
            r"please (?:wait|stand by)|security check|human verification|attention required|proof.of.work|"
            r"enable javascript and cookies|bot (?:check|protection|verification)",
            re.I,
        ),
        re.compile(
            r"cf-chl|cf-challenge|_cf_chl_opt|challenge-platform|cf-turnstile|anubis_challenge|[gh]-?(?:re)?captcha|"
            r"ddos-guard",
            re.I,
        ),
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
    _PageKind("a page that says there were too many requests", _LIMIT),
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
    """What an HTML or XML text is, in a few words, with its title; where Nitter says what is wrong, that."""
    return panel_words(text) or page_kind(text) + page_title(text)


def page_kind(text: str) -> str:
    """What kind of page an HTML or XML text is, in words of ours."""
    if feed := _FEED.match(text.lstrip()[:_START]):
        return f"a feed ({feed[1]})"
    return _kind(text[:_START], _titled(text))


def asks_who(text: str) -> bool:
    """Whether a page asks who is browsing, before it shows anything."""
    return page_kind(text) == _KINDS[0].name


def page_title(text: str) -> str:
    """What an HTML text is called, as a remark in brackets; empty where it has no name."""
    title = _titled(text)
    return f" (“{title}”)" if title and not _FEED.match(text.lstrip()[:_START]) else ""


def panel_words(text: str) -> str:
    """What Nitter says in place of a post, on one line; empty where the page is none of that kind."""
    panel = _PANEL.search(text[:_START])
    return " ".join(unescape(_UNSHOWN.sub(" ", panel[1])).split()) if panel else ""


def is_rate_limit(said: str) -> bool:
    """Whether a server's words are that there were too many requests."""
    return bool(_LIMIT.search(said))


def _titled(text: str) -> str:
    """The title of an HTML text, on one line."""
    found = _TITLE.search(text[:_START])
    return " ".join(unescape(found[1]).split()) if found else ""


def _kind(start: str, title: str) -> str:
    """The kind of page that begins so."""
    shown = " ".join(_UNSHOWN.sub(" ", start).split())
    said = f"{title}\n{shown}" if len(shown) <= _SHORT else title
    for kind in _KINDS:
        if kind.said.search(said) or (kind.built and len(shown) <= _SHORT and kind.built.search(start)):
            return kind.name
    return "a Nitter page that shows no single post" if _NITTER.search(title) else "a web page"
