"""One invented thread of X, as six tools write it down: each with links, names, line breaks and signs of its own."""

import html
import json
from dataclasses import dataclass
from typing import Any

ROOT = "2022000000000000000"
TIME = {
    "x": "Thu Feb 12 16:20:00 +0000 2026",
    "nitter": "Feb 12, 2026 · 4:20 PM UTC",
    "iso": "2026-02-12T16:20:00.000Z",
}
HARBOUR, CRANE = "https://tide.example/harbour/2026/what-the-crane-was-for", "https://crane.example"


@dataclass(frozen=True, slots=True)
class Written:
    """A post as its author wrote it."""

    id: str
    author: str
    text: str
    likes: int
    replies: int = 0
    parent: str | None = None
    front: str = ""
    """The names that X puts in front."""
    links: tuple[str, ...] = ()
    media: bool = False

    def short(self) -> dict[str, str]:
        """The t.co link of each link."""
        return {f"https://t.co/L{self.id[-2:]}aBcDeF{n}": link for n, link in enumerate(self.links)}

    def sent(self, *, escaped: bool = True) -> str:
        """The text as X's APIs give it."""
        text = html.escape(self.text, quote=False) if escaped else self.text
        for short, link in self.short().items():
            text = text.replace(html.escape(link, quote=False) if escaped else link, short, 1)
        return self.front + text + (self.picture if self.media else "")

    @property
    def picture(self) -> str:
        """The t.co link of its picture, as it stands behind the text."""
        return f" https://t.co/P{self.id[-2:]}aBcDeFg"

    def span(self) -> list[int]:
        """The range of the sent text that X shows."""
        return [len(self.front), len(html.unescape(self.sent())) - (len(self.picture) if self.media else 0)]

    def named(self) -> dict[str, str]:
        """The author, as most tools have it."""
        return {"screen_name": self.author, "name": self.author.title()}


LONG = " ".join(
    f"The {number}th reason is that a harbour without its crane is a car park by the sea." for number in range(6)
)
POSTS = [
    Written(ROOT, "ona_feld", f"Which crane shall stay?\n\nPlans & all: {HARBOUR} and {CRANE}", 40, 3,
            links=(HARBOUR, CRANE)),
    Written("2022000000000000011", "piet_rask", "The green one, of course.", 7, 1, ROOT, "@ona_feld "),
    Written("2022000000000000012", "ona_feld", "Thanks, that helps.\nTomorrow <3", 2, 0, "2022000000000000011",
            "@piet_rask @mats_holm "),
    Written("2022000000000000013", "cleo_dahl", f"Look at {CRANE}/green?x=1&y=2 first, @piet_rask!", 5, 0, ROOT,
            "@ona_feld ", (f"{CRANE}/green?x=1&y=2",), media=True),
    Written("2022000000000000014", "mats_holm", LONG, 9, 0, ROOT, "@ona_feld "),
]  # fmt: skip


def by_x_tweet_fetcher() -> bytes:
    """The browser's output of February 2026: no root, texts end at a link or a name, lines run on."""

    def reply(post: Written) -> dict[str, Any]:
        begin = post.text.split("https://")[0].split("@")[0].replace("\n", " ").strip()
        told = {"author": f"@{post.author}", "author_name": post.author.title(), "text": begin, "time_ago": "Feb 12"}
        counts = {"likes": post.likes, "replies": post.replies, "views": 0}
        links = {"links": list(post.links)} if post.links else {}
        return {**told, **counts, "tweet_id": post.id, **links}

    replies = [reply(post) for post in POSTS[1:] if post.parent == ROOT]
    replies[0]["thread_replies"] = [reply(POSTS[2])]
    link = f"https://x.com/ona_feld/status/{ROOT}"
    return _json({"url": link, "username": "ona_feld", "tweet_id": ROOT, "replies": replies, "reply_count": 3})


def by_nitter() -> bytes:
    """The status page: links cut for the eye and without their scheme, whole in their address."""

    def item(post: Written) -> str:
        text = html.escape(post.text, quote=False)
        for link in post.links:
            bare = link.removeprefix("https://")
            shown = bare if len(bare) < 30 else bare[:29] + "…"
            link, shown = html.escape(link), html.escape(shown)
            text = text.replace(link, f'<a href="{link}">{shown}</a>', 1)
        text = text.replace("@piet_rask!", '<a href="/piet_rask">@piet_rask</a>!')
        to = post.front and f'<div class="replying-to">Replying to <a href="/x">{post.front.split()[0]}</a></div>'
        href = f"/{post.author}/status/{post.id}#m"
        stats = "".join(
            f'<span class="tweet-stat"><span class="icon-{name}"></span> {count or ""}</span>'
            for name, count in (("comment", post.replies), ("heart", post.likes))
        )
        picture = '<div class="attachments"><a class="still-image" href="/pic/orig/media%2Fp.jpg"></a></div>'
        return (
            f'<div class="timeline-item "><a class="tweet-link" href="{href}"></a><div class="tweet-body">'
            f'<div class="tweet-header"><a class="fullname" title="{post.author.title()}">{post.author.title()}</a>'
            f'<a class="username" title="@{post.author}">@{post.author}</a>'
            f'<span class="tweet-date"><a href="{href}" title="{TIME["nitter"]}">Feb 12</a></span></div>'
            f'{to}<div class="tweet-content media-body">{text}</div>{picture if post.media else ""}'
            f'<div class="tweet-stats">{stats}</div></div></div>'
        )

    root, green, thanks, look, long = map(item, POSTS)
    chains = "".join(f'<div class="reply thread thread-line">{one}</div>' for one in (green + thanks, look, long))
    return (
        '<!DOCTYPE html><html><head><meta property="og:site_name" content="Nitter"></head><body>'
        f'<div class="main-thread"><div class="main-tweet">{root}</div></div><div class="replies">{chains}</div>'
        "</body></html>"
    ).encode()


def by_fxtwitter() -> bytes:
    """A conversation: links in full, the names in front with the range that X shows."""

    def status(post: Written) -> dict[str, Any]:
        answered = next((one for one in POSTS if one.id == post.parent), None)
        return {
            "type": "status", "id": post.id, "url": f"https://x.com/{post.author}/status/{post.id}",
            "text": post.front + post.text, "author": post.named(), "replies": post.replies, "reposts": 0,
            "likes": post.likes, "views": 100 + post.likes, "created_at": TIME["x"], "lang": "en",
            "raw_text": {"text": html.unescape(post.sent()), "display_text_range": post.span(), "facets": []},
            "replying_to": answered and {"screen_name": answered.author, "status": answered.id},
        }  # fmt: skip

    root, *replies = map(status, POSTS)
    return _json({"code": 200, "status": root, "thread": [root], "replies": replies, "cursor": None})


def by_graphql() -> bytes:
    """X's own TweetDetail: t.co links with what they stand for, entities, a note for the long text."""

    def entry(post: Written) -> dict[str, Any]:
        is_long = len(post.text) > 280
        urls = [{"url": short, "expanded_url": link} for short, link in post.short().items()]
        picture = {"url": post.picture.strip(), "media_url_https": "https://pbs.twimg.com/media/p.jpg", "type": "photo"}
        media = {"media": [picture]} if post.media else {}
        legacy = {
            "id_str": post.id, "conversation_id_str": ROOT, "created_at": TIME["x"],
            "full_text": post.sent()[:270] + "… https://t.co/Moreabcdef" if is_long else post.sent(),
            "display_text_range": [len(post.front), 272] if is_long else post.span(),
            "entities": {"urls": urls, **media}, "extended_entities": media, "lang": "en",
            "favorite_count": post.likes, "reply_count": post.replies, "retweet_count": 0,
            **({"in_reply_to_status_id_str": post.parent, "in_reply_to_screen_name": "x"} if post.parent else {}),
        }  # fmt: skip
        user = {"result": {"rest_id": "7", "legacy": post.named()}}
        tweet = {"__typename": "Tweet", "rest_id": post.id, "core": {"user_results": user}, "legacy": legacy,
                 "views": {"count": str(100 + post.likes), "state": "EnabledWithCount"}}  # fmt: skip
        if is_long:
            tweet["note_tweet"] = {"note_tweet_results": {"result": {"text": post.front + post.text, "entity_set": {}}}}
        return {"entryId": f"tweet-{post.id}", "content": {"itemContent": {"tweet_results": {"result": tweet}}}}

    instructions = [{"type": "TimelineAddEntries", "entries": [entry(post) for post in POSTS]},
                    {"type": "TimelineTerminateTimeline", "direction": "Bottom"}]  # fmt: skip
    return _json({"data": {"threaded_conversation_with_injections_v2": {"instructions": instructions}}})


def by_api_v2() -> bytes:
    """A page of API v2: names in front without a range, t.co links with what they stand for."""

    def tweet(post: Written) -> dict[str, Any]:
        urls = [{"url": short, "expanded_url": link} for short, link in post.short().items()]
        if post.media:
            page = f"https://x.com/{post.author}/status/{post.id}/photo/1"
            urls.append({"url": post.picture.strip(), "expanded_url": page, "media_key": "3_1"})
        counts = {"retweet_count": 0, "reply_count": post.replies, "like_count": post.likes, "quote_count": 0}
        return {
            "id": post.id, "author_id": str(100 + POSTS.index(post)), "conversation_id": ROOT,
            "created_at": TIME["iso"], "text": post.sent(), "public_metrics": counts, "entities": {"urls": urls},
            **({"referenced_tweets": [{"type": "replied_to", "id": post.parent}], "in_reply_to_user_id": "100"}
               if post.parent else {}),
        }  # fmt: skip

    users = [{"id": str(100 + n), "username": post.author, "name": post.author.title()} for n, post in enumerate(POSTS)]
    tweets = [tweet(post) for post in POSTS]
    return _json({"data": tweets, "includes": {"users": users}, "meta": {"result_count": len(tweets)}})


def by_bird() -> bytes:
    """What `bird thread --json` prints: t.co links and nothing of what they stand for, names in front, entities."""
    return _json(
        [
            {
                "id": post.id, "text": post.sent(), "createdAt": TIME["x"], "replyCount": post.replies,
                "retweetCount": 0, "likeCount": post.likes, "conversationId": ROOT, "authorId": "7",
                "author": {"username": post.author, "name": post.author.title()},
                **({"inReplyToStatusId": post.parent} if post.parent else {}),
            }
            for post in POSTS
        ]
    )  # fmt: skip


def _json(value: object) -> bytes:
    """A value as a tool prints it."""
    return json.dumps(value, ensure_ascii=False).encode()


TOOLS = {
    "xtf.json": by_x_tweet_fetcher,
    "page.html": by_nitter,
    "fx.json": by_fxtwitter,
    "detail.json": by_graphql,
    "api.json": by_api_v2,
    "bird.json": by_bird,
}
"""The name of each tool's file, and what makes it."""
