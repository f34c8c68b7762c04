"""What a network shows with a post and is no word of its author, and what it leaves out of the words."""

from typing import Any

import pytest

from core.models import DetailKind, Flag, Post, PostDetail, TextLoss
from tests.kit.readings import of

ANNA = {"id": "2", "username": "anna", "acct": "anna", "display_name": "Anna", "url": "https://pond.example/@anna"}


def only(value: object) -> Post:
    """The last post of the one thread in a JSON value."""
    (found,) = of(value)
    return found.posts[-1]


def weibo(**fields: Any) -> dict[str, Any]:
    """A post of Weibo with some other fields."""
    return {
        "created_at": "Fri Feb 13 00:30:00 +0800 2026",
        "id": "5200000000000007",
        "mid": "5200000000000007",
        "text": "桥修好了。",
        "user": {"id": 31, "screen_name": "周渡"},
        "attitudes_count": 3,
        **fields,
    }


def mastodon(**fields: Any) -> dict[str, Any]:
    """A status of Mastodon with some other fields."""
    return {
        "id": "116000000000000007",
        "created_at": "2026-02-10T09:00:00.000Z",
        "in_reply_to_id": None,
        "visibility": "public",
        "favourites_count": 1,
        "content": "<p>The bridge holds.</p>",
        "account": ANNA,
        "url": "https://pond.example/@anna/116000000000000007",
        **fields,
    }


def bluesky(text: str, **fields: Any) -> dict[str, Any]:
    """A thread of one post of Bluesky; `facets` belong to its record and all else to its view."""
    record = {"text": text, "createdAt": "2026-02-10T09:00:00Z", "facets": fields.pop("facets", [])}
    author = {"did": "did:plc:anna", "handle": "anna.example"}
    post = {"uri": "at://did:plc:anna/app.bsky.feed.post/3a", "author": author, "record": record, **fields}
    return {"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": []}}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"text": '今天的风很大，桥上…<a href="/status/5200000000000007">全文</a>'}, "今天的风很大，桥上…"),
        ({"text": "今天的风很大，桥上...全文", "isLongText": True}, "今天的风很大，桥上…"),
        ({"text": '今天的风很大，桥上...<span class="expand">展开</span>'}, "今天的风很大，桥上…"),
        ({"text": "今天的风很大，桥上", "isLongText": True}, "今天的风很大，桥上"),
    ],
)
def test_a_long_post_of_weibo_is_cut_and_the_link_to_its_rest_is_no_word(fields: dict[str, Any], text: str) -> None:
    post = only(weibo(**fields))
    assert post.text == text
    assert Flag.CUT_BY_SOURCE in post.flags
    assert post.losses & TextLoss.CUT


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "请看全文"},
        {"text": "说到这里...展开说说"},
        {"isLongText": True, "text": "今天…", "longText": {"longTextContent": "今天的风很大，桥上没人。"}},
    ],
)
def test_a_whole_post_of_weibo_is_not_cut(fields: dict[str, Any]) -> None:
    post = only(weibo(**fields))
    assert Flag.CUT_BY_SOURCE not in post.flags
    assert post.losses is TextLoss.NONE


def test_a_repost_of_weibo_holds_the_words_of_its_own_author_alone() -> None:
    post = only(weibo(text="说得好//@李四:对啊//@王五:桥修好了", retweeted_status=weibo(id="5200000000000001")))
    assert post.text == "说得好"
    assert post.details == (PostDetail(DetailKind.QUOTED_POST, "@李四:对啊//@王五:桥修好了"),)


def test_weibo_tells_places_and_edits() -> None:
    post = only(weibo(region_name="发布于 上海", edit_count=1))
    assert post.details == (PostDetail(DetailKind.PLACE, "上海"),)
    assert Flag.EDITED_BEFORE in post.flags
    assert (post.utc_offset, post.author_id) == (480, "31")


def test_a_name_of_mastodon_has_no_codes_of_pictures() -> None:
    account = {**ANNA, "display_name": "Anna :pond: :blob:", "emojis": [{"shortcode": "pond"}]}
    assert only(mastodon(account=account)).author_name == "Anna :blob:"
    bare = {**ANNA, "display_name": ":pond:", "emojis": [{"shortcode": "pond"}]}
    assert only(mastodon(account=bare)).author_name is None


def test_mastodon_sets_warnings_polls_pictures_and_quoted_posts_beside_the_text() -> None:
    quoted = mastodon(id="116000000000000001", content="<p>Will it hold?</p>", url="https://pond.example/@otis/1")
    post = only(
        mastodon(
            content='<p class="quote-inline">RE: <a href="https://pond.example/@otis/1">…</a></p><p>It holds.</p>',
            spoiler_text="heights",
            poll={"options": [{"title": "Walk"}, {"title": "Swim"}]},
            media_attachments=[{"url": "https://pond.example/b.png", "description": "A bridge at dusk"}],
            quote={"state": "accepted", "quoted_status": quoted},
            edited_at="2026-02-10T10:00:00Z",
        )
    )
    assert post.text == "It holds."
    assert post.details == (
        PostDetail(DetailKind.CONTENT_WARNING, "heights"),
        PostDetail(DetailKind.POLL, "Walk\nSwim"),
        PostDetail(DetailKind.QUOTED_POST, "@anna: Will it hold?", "https://pond.example/@otis/1"),
        PostDetail(DetailKind.ALT_TEXT, "A bridge at dusk", "https://pond.example/b.png"),
    )
    assert Flag.EDITED_BEFORE in post.flags


def test_a_boost_is_the_words_of_its_author_as_another_passed_them_on() -> None:
    otis = {**ANNA, "id": "3", "acct": "otis", "username": "otis"}
    post = only(mastodon(id="116000000000000009", account=otis, content="", reblog=mastodon()))
    assert (post.id, post.author, post.shared_by, post.text) == (
        "116000000000000007",
        "anna",
        "otis",
        "The bridge holds.",
    )


def link(text: str, shown: str, target: str) -> dict[str, Any]:
    """The facet of the part of a text that shows a link."""
    start = text.encode().index(shown.encode())
    span = {"byteStart": start, "byteEnd": start + len(shown.encode())}
    return {"index": span, "features": [{"$type": "app.bsky.richtext.facet#link", "uri": target}]}


def test_links_of_bluesky_stand_in_full() -> None:
    text = "Größe: pond.example/bridges/2026/w... und otter.example, hier"
    facets = [
        link(text, "pond.example/bridges/2026/w...", "https://pond.example/bridges/2026/width"),
        link(text, "otter.example", "https://otter.example/"),
        link(text, "hier", "https://otter.example/here"),
    ]
    expected = "Größe: https://pond.example/bridges/2026/width und https://otter.example/, hier"
    assert only(bluesky(text, facets=facets)).text == expected


@pytest.mark.parametrize(
    "span", [{}, {"byteStart": 0, "byteEnd": 999}, {"byteStart": -3, "byteEnd": 2}, {"byteStart": 1}]
)
def test_a_facet_that_leads_out_of_the_text_changes_nothing(span: dict[str, int]) -> None:
    features = [{"uri": "https://pond.example/bridges"}]
    assert only(bluesky("pond.example/br…", facets=[{"index": span, "features": features}])).text == "pond.example/br…"


def test_bluesky_sets_quoted_posts_and_descriptions_beside_the_text() -> None:
    quoted = {
        "$type": "app.bsky.embed.record#viewRecord",
        "uri": "at://did:plc:otis/app.bsky.feed.post/3q",
        "author": {"did": "did:plc:otis", "handle": "otis.example"},
        "value": {"text": "Will it hold?"},
    }
    images = [{"fullsize": "https://cdn.example/b.jpg", "alt": "A bridge"}]
    post = only(bluesky("It holds.", embed={"media": {"images": images}, "record": {"record": quoted}}))
    assert post.details == (
        PostDetail(
            DetailKind.QUOTED_POST, "@otis.example: Will it hold?", "https://bsky.app/profile/otis.example/post/3q"
        ),
        PostDetail(DetailKind.ALT_TEXT, "A bridge", "https://cdn.example/b.jpg"),
    )


def hacker_news(**fields: Any) -> dict[str, Any]:
    """A story of Hacker News with some other fields."""
    return {"id": 47000001, "type": "story", "author": "anna", "created_at_i": 1770714000, "title": "Bridges", **fields}


def test_a_cut_link_of_hacker_news_is_known_by_its_address_however_that_is_spelled() -> None:
    target = "https:&#x2F;&#x2F;pond.example&#x2F;wiki&#x2F;Old%20bridge&#x2F;how-it-was-built"
    shown = "https:&#x2F;&#x2F;pond.example&#x2F;wiki&#x2F;Old%20bridge&#x2F;how..."
    text = f'See <a href="{target}" rel="nofollow">{shown}</a>'
    comment = {"id": 47000002, "type": "comment", "author": "otis", "created_at_i": 1770714300, "text": text}
    answer = {**comment, "parent_id": 47000001, "story_id": 47000001, "children": []}
    assert only(hacker_news(children=[answer])).text == "See https://pond.example/wiki/Old%20bridge/how-it-was-built"


def test_a_poll_of_hacker_news_has_its_answers() -> None:
    option = {"id": 47000003, "type": "pollopt", "author": "anna", "created_at_i": 1770714000, "parent_id": 47000001}
    options = [{**option, "text": "Walk"}, {**option, "id": 47000004, "text": "Swim"}]
    post = only(hacker_news(type="poll", children=options))
    assert post.details == (PostDetail(DetailKind.POLL, "Walk\nSwim"),)


def test_a_trimmed_tree_of_hacker_news_is_told_by_its_comments() -> None:
    told = {"id": 47000002, "author": "otis", "created_at": "2026-02-10T09:05:00.000Z", "children": []}
    top = {"id": 47000001, "title": "Bridges", "children": [{**told, "text": "It&#x27;s <i>old</i>.<p>Very."}]}
    (found,) = of(top)
    assert (found.format, found.posts[-1].text) == ("hackernews", "It's old.\n\nVery.")


def reddit(**fields: Any) -> dict[str, Any]:
    """A comment of Reddit as dumps have it, with some other fields."""
    told = {"id": "mq0a12", "link_id": "t3_1k9zqa", "author": "otis", "body": "It holds.", "created_utc": 1745800200}
    return {**told, **fields}


@pytest.mark.parametrize(
    ("given", "parent"),
    [
        (1373938885, "t1_mq0a11"),
        (1373938885.0, "t1_mq0a11"),
        ("mq0a11", "t1_mq0a11"),
        ("t1_mq0a11", "t1_mq0a11"),
        ("1k9zqa", "t3_1k9zqa"),
        (None, "t3_1k9zqa"),
    ],
)
def test_a_comment_of_a_dump_names_its_parent_by_a_number_or_a_bare_id(given: object, parent: str) -> None:
    assert only(reddit(parent_id=given)).parent_id == parent


def test_a_dump_may_name_the_post_by_a_number() -> None:
    (found,) = of(reddit(link_id=int("1k9zqa", 36), parent_id=None))
    assert found.root_id == "t3_1k9zqa"


def test_reddit_tells_polls_crossposts_and_edits() -> None:
    other = {
        "id": "1k9000",
        "title": "Bridges",
        "selftext": "",
        "author": "anna",
        "permalink": "/r/b/comments/1k9000/x/",
    }
    post = only(
        {
            "id": "1k9zqa",
            "name": "t3_1k9zqa",
            "title": "How?",
            "selftext": "",
            "subreddit": "bridges",
            "author": "otis",
            "edited": 1745800300.0,
            "poll_data": {"options": [{"id": "1", "text": "Walk"}, {"id": "2", "text": "Swim"}]},
            "crosspost_parent_list": [other],
        }
    )
    assert post.details == (
        PostDetail(DetailKind.POLL, "Walk\nSwim"),
        PostDetail(DetailKind.QUOTED_POST, "@anna: Bridges", "https://www.reddit.com/r/b/comments/1k9000/x/"),
    )
    assert Flag.EDITED_BEFORE in post.flags


def test_a_list_with_fields_of_reddit_and_no_id_of_its_own_is_not_its_json() -> None:
    rows = [{"title": "Bridges", "selftext": "They hold.", "subreddit": "bridges", "author": "otis"}] * 2
    assert {found.format for found in of(rows)} == {"generic"}


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: {"reply": one}])
def test_an_answer_of_bilibili_may_be_a_single_comment(wrap: Any) -> None:
    comment = {
        "rpid": 8800000007,
        "oid": 990000007,
        "type": 1,
        "mid": 71,
        "root": 0,
        "parent": 0,
        "ctime": 1770714300,
        "like": 6,
        "member": {"mid": "71", "uname": "周渡"},
        "content": {"message": "桥还在。"},
        "reply_control": {"location": "IP属地：浙江"},
        "replies": None,
    }
    (found,) = of({"code": 0, "message": "0", "ttl": 1, "data": wrap(comment)})
    (post,) = found.posts
    assert (found.root_id, post.id, post.text, post.author, post.author_id) == (
        "av990000007",
        "8800000007",
        "桥还在。",
        "周渡",
        "71",
    )
    assert post.details == (PostDetail(DetailKind.PLACE, "浙江"),)


def test_comments_of_youtube_have_their_channels_and_say_that_they_were_edited() -> None:
    comment = {"id": "Ug1", "parent": "root", "text": "It holds.", "author": "@otis", "author_id": "UC7"}
    post = only(
        {
            "id": "abcdefghijk",
            "webpage_url": "https://www.youtube.com/watch?v=abcdefghijk",
            "title": "Bridges",
            "extractor": "youtube",
            "comments": [{**comment, "_time_text": "2 days ago (edited)"}],
        }
    )
    assert post.author_id == "UC7"
    assert Flag.EDITED_BEFORE in post.flags
