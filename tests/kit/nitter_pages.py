"""Status pages in Nitter's structure, as formats.md states it, with invented people."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

ROOT = "1900000000000000001"
AUTHOR = "brolly"
PATH = f"/{AUTHOR}/status/{ROOT}"
CURSOR = "DAABCgABF-invented"
NEXT = f"{PATH}?cursor={CURSOR}"


@dataclass(frozen=True, slots=True)
class Said:
    """One post of a page."""

    number: int
    text: str
    handle: str = ""
    name: str = ""
    likes: int = 0
    replies: int = 0
    answers: Sequence["Said"] = field(default_factory=tuple)
    """The posts that follow in the chain."""
    more: bool | str = False
    """Whether the chain goes on behind a link; as a text, what stands in the place of that link's address."""
    gone: str = ""
    """What Nitter says in its place, where it does not show the post."""

    @property
    def id(self) -> str:
        return str(int(ROOT) + self.number)

    @property
    def author(self) -> str:
        return self.handle or f"reader{self.number}"


def item(post: Said, answering: str | None, *, main: bool = False, last: bool = False) -> str:
    """A post, as Nitter prints it."""
    link = "" if main else f'<a class="tweet-link" href="/{post.author}/status/{post.id}#m"></a>'
    if post.gone:
        box = f'<a class="unavailable-box" href="/{post.author}/status/{post.id}#m">{escape(post.gone)}</a>'
        return f'<div class="timeline-item unavailable" data-username="{post.author}">{box}</div>'
    stats = "".join(
        f'<span class="tweet-stat"><div class="icon-container"><span class="{icon}"></span>{count}</div></span>'
        for icon, count in (
            ("icon-comment", f" {post.replies:,}" if post.replies else ""),
            ("icon-retweet", ""),
            ("icon-heart", f" {post.likes:,}" if post.likes else ""),
            ("icon-views", ""),
        )
    )
    to = f'<div class="replying-to">Replying to <a href="/{answering}">@{answering}</a></div>' if answering else ""
    name = escape(post.name or post.author.title())
    return (
        f'<div class="timeline-item{" thread-last" if last else ""}" data-username="{post.author}">{link}'
        f'<div class="tweet-body"><div><div class="tweet-header">'
        f'<a class="tweet-avatar" href="/{post.author}"><img class="avatar round" src="/pic/a.jpg" alt=""></a>'
        f'<div class="tweet-name-row"><div class="fullname-and-username">'
        f'<a class="fullname" href="/{post.author}" title="{name}">{name}</a>'
        f'<a class="username" href="/{post.author}" title="@{post.author}">@{post.author}</a></div>'
        f'<span class="tweet-date"><a href="/{post.author}/status/{post.id}#m" '
        f'title="Mar 12, 2025 · 4:37 PM UTC">Mar 12, 2025</a></span></div></div></div>{to}'
        f'<div class="tweet-content media-body" dir="auto">{escape(post.text, quote=False)}</div>'
        f'<div class="tweet-stats">{stats}</div></div></div>'
    )


def chain(post: Said, answering: str) -> str:
    """A reply to `answering`, with the posts that follow in its chain."""
    items = [post, *post.answers]
    inside = "".join(
        item(one, None if place else answering, last=place == len(items) - 1) for place, one in enumerate(items)
    )
    link = post.more if isinstance(post.more, str) else f"/{items[-1].author}/status/{items[-1].id}#m"
    # Nitter prints no address below a post that it does not show.
    leads = "" if items[-1].gone else f' href="{link}"'
    more = f'<div class="timeline-item more-replies"><a class="more-replies-text"{leads}>more replies</a></div>'
    return f'<div class="reply thread thread-line">{inside}{more if post.more else ""}</div>'


def status_page(
    root: Said, replies: Sequence[Said], *, cursor: str = "", earlier: bool = False, above: Sequence[Said] = ()
) -> str:
    """The page of a post; with a `cursor`, one that leads to the next page; `above` it what it answers."""
    more = f'<div class="show-more"><a href="?cursor={cursor}#r">Load more</a></div>' if cursor else ""
    chains = "".join(chain(one, root.author) for one in replies)
    newest = '<div class="timeline-item show-more"><a href="?#r">Load newest</a></div>' if earlier else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(root.name or root.author)}: {escape(root.text)}</title>"
        f'<meta property="og:site_name" content="Nitter"><style>{_ICONS}</style>'
        f'<link rel="canonical" href="https://x.com/{root.author}/status/{root.id}"></head>'
        '<body><nav></nav><div class="container"><div class="conversation"><div class="main-thread">'
        f'<div class="before-tweet thread-line">{"".join(item(one, None) for one in above)}</div>'
        f'<div id="m" class="main-tweet">{item(root, None, main=True)}</div></div>'
        f'<div id="r" class="replies">{newest}{chains}{more}</div></div></div></body></html>'
    )


_ICONS = "".join(
    f'.{icon}::before {{ content: "\\{letter}" }} '
    for icon, letter in (
        ("icon-comment", "e803"),
        ("icon-retweet", "e80c"),
        ("icon-heart", "e801"),
        ("icon-views", "e800"),
    )
)
"""The letters of the icons, which a browser's snapshot has as text."""


def error_page(told: str) -> str:
    """What Nitter shows where it has no post."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta property="og:site_name" content="Nitter"></head><body>'
        f'<div class="container"><div class="error-panel"><span>{escape(told)}</span></div></div></body></html>'
    )


THE_POST = Said(0, "Our labels were copied by three museums.\nWhat now?", AUTHOR, "Brolly & Sons", 412, 4)
FIRST = (
    Said(11, "Frame the letter. & send <b>one</b> back", likes=1251, replies=1,
         answers=(Said(12, "They did, twice.", AUTHOR, "Brolly & Sons", 3),)),
    Said(13, "第一次见到标签也有盗版 😭\n\n两行", "kanshu", "看书的人", 88),
)  # fmt: skip
SECOND = (Said(21, "Ask the third museum\n\nand wait  two spaces", likes=7),)
"""What stands on the pages of an invented thread: four replies in all."""


def two_pages(cursor: str = CURSOR) -> tuple[str, str]:
    """The invented thread on two pages; the second one repeats the post, as Nitter does."""
    return status_page(THE_POST, FIRST, cursor=cursor), status_page(THE_POST, SECOND, earlier=True)
