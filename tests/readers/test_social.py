"""Bluesky, Mastodon, Bilibili, Weibo and YouTube: their shapes, on invented threads and on the shared real ones."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import FetcherSaid, PayloadError
from core.models import DetailKind, Flag, Payload, PostDetail, PostStatus, Reading, TimePrecision, Verdict
from core.readers import detect, read, reader
from core.readers.kit.document import Document, Kind, decode
from core.readers.kit.json_parts import JsonPart
from tests.kit.examples import examples
from tests.kit.readings import CAPTURED, READERS_DATA, stored, thread, tree
from tests.kit.real import shared
from tests.kit.sentences import sentence, sentences

NETWORKS = ("bluesky", "mastodon", "bilibili", "weibo", "youtube")
OURS = sorted(file.name for file in READERS_DATA.iterdir() if file.name.startswith(NETWORKS))
ROOT = "at://did:plc:ada/app.bsky.feed.post/3root"
ASKED = "at://did:plc:ben/app.bsky.feed.post/3ask"
CLEO = "at://did:plc:cleo/app.bsky.feed.post/3cleo"
OWN = "at://did:plc:ada/app.bsky.feed.post/3own"
DORA = "at://did:plc:dora/app.bsky.feed.post/3dora"


def of(*values: object) -> list[Reading]:
    """The threads of JSON values, one on each line."""
    return read(Payload("x.json", "\n".join(map(json.dumps, values)).encode(), CAPTURED))


def sample(*path: str) -> Reading:
    """The one thread of a real file."""
    (found,) = read(Payload(path[-1], shared("samples", *path).read_bytes(), CAPTURED))
    return found


def counts(reading: Reading) -> list[tuple[int | None, ...]]:
    """Each post's likes, replies and reposts."""
    return [(post.likes, post.replies, post.reposts) for post in reading.posts]


@pytest.mark.parametrize("file", sorted(READERS_DATA.iterdir()), ids=lambda file: file.name)
def test_a_networks_file_goes_to_its_reader_and_no_other_file_does(file: Path) -> None:
    """The file's name begins with the network's."""
    document = decode(Payload(file.name, file.read_bytes(), None))
    claimed = [name for name in NETWORKS if reader(name).detects(document)]
    assert claimed == [name for name in NETWORKS if file.name.startswith(name)]


@pytest.mark.parametrize("name", OURS)
def test_no_reader_before_takes_a_networks_file(name: str) -> None:
    """Readers are asked in their order, and the first one that says yes reads."""
    found = detect(decode(Payload(name, (READERS_DATA / name).read_bytes(), None)))
    assert found is not None
    assert name.startswith(found.name)


def test_no_network_takes_a_sample_of_another_format() -> None:
    files = [path for path in shared("samples").rglob("*") if path.is_file() and path.suffix != ".tsv"]
    assert files
    for file in files:
        document = decode(Payload(file.name, file.read_bytes(), None))
        claimed = [name for name in NETWORKS if reader(name).detects(document)]
        assert claimed == [name for name in NETWORKS if file.parent.name == name], file.name


def test_bluesky_tree_begins_with_the_topmost_post_though_it_is_deleted() -> None:
    found = thread("bluesky_tree.json")
    assert tree(found) == [
        (ROOT, None, None),
        (ASKED, ROOT, "ben.example.org"),
        (CLEO, ASKED, "did:plc:cleo"),
        (OWN, CLEO, "ada.example.org"),
    ]
    assert (found.root_id, found.posts[0].status) == (ROOT, PostStatus.DELETED)
    assert [sentence(problem.reason) for problem in found.problems] == [
        "1 answer of which the source says only that it is blocked; left out",
        "1 answer of which the source says only that it is deleted; left out",
    ]


def test_bluesky_says_of_answers_that_are_left_out_which_they_were() -> None:
    """A library that has them takes their status from it."""
    found = thread("bluesky_tree.json")
    assert sorted(post.status for post in found.gone) == [PostStatus.DELETED, PostStatus.UNAVAILABLE]
    assert not {post.id for post in found.gone} & {post.id for post in found.posts}


def test_bluesky_counts_answers_that_the_tree_breaks_off_before() -> None:
    """Those that are left out are not among them."""
    found = thread("bluesky_tree.json")
    assert (found.verdict, found.claimed) == (Verdict.PARTIAL, None)
    assert sentences(found.reasons) == ("1 post with more answers than are here (2 more)",)


def test_bluesky_keeps_the_text_and_gives_links_pictures_and_the_quoted_post_in_full() -> None:
    """A facet's link is the address that the text shortens."""
    asked = thread("bluesky_tree.json").posts[1]
    assert asked.text == "See example.org/a/lo… #tea"
    assert asked.links == ("https://example.org/a/long/path", "https://bsky.app/profile/eve.example.org/post/3quoted")
    assert asked.media == ("https://cdn.example.org/f.jpg",)
    assert (asked.likes, asked.replies, asked.reposts, asked.views, asked.lang) == (7, 3, 1, None, "en")


def test_bluesky_takes_the_account_for_the_author_where_the_handle_is_not_confirmed() -> None:
    """All such accounts have the same handle."""
    cleo = thread("bluesky_tree.json").posts[2]
    assert (cleo.author, cleo.author_name) == ("did:plc:cleo", "Cleo")
    assert cleo.url == "https://bsky.app/profile/did:plc:cleo/post/3cleo"
    assert cleo.text == "Why?\n\n茶 🍵"


def test_bluesky_list_gives_the_same_tree_as_its_depths() -> None:
    """A post that is hidden from strangers stands for itself, for it is answered."""
    found = thread("bluesky_list.json")
    assert [(post.id, post.parent_id) for post in found.posts] == [
        (ROOT, None),
        (ASKED, ROOT),
        (CLEO, ASKED),
        (OWN, CLEO),
        (DORA, ASKED),
    ]
    assert found.posts[2].status is PostStatus.PROTECTED
    assert (found.verdict, found.claimed) == (Verdict.COMPLETE, 4)


def test_bluesky_list_with_hidden_replies_is_not_complete() -> None:
    """The source says that it has more."""
    found = thread("bluesky_list.json")
    (more,) = of({**stored("bluesky_list.json"), "hasOtherReplies": True})
    assert (more.verdict, sentences(more.reasons)) == (
        Verdict.PARTIAL,
        ("the source has further replies that it hides",),
    )
    assert more.posts == found.posts


def test_bluesky_list_of_hidden_replies_is_under_the_root_that_they_name() -> None:
    """Their list does not hold it."""
    value = stored("bluesky_list.json")
    (found,) = of({"thread": [row for row in value["thread"] if row["uri"] == DORA]})
    assert (found.root_id, [post.id for post in found.posts]) == (ROOT, [DORA])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"error": "NotFound", "message": "Post not found: at://x"}, "NotFound: Post not found: at://x"),
        ({"thread": {"$type": "app.bsky.feed.defs#notFoundPost", "uri": ROOT, "notFound": True}}, "post is deleted"),
        ({"thread": {"$type": "app.bsky.feed.defs#blockedPost", "uri": ROOT, "blocked": True}}, "post is blocked"),
        ({"code": -404, "message": "啥都木有", "ttl": 1}, r"啥都木有 \(code -404\)"),
        ({"code": 12002, "message": "评论区已关闭", "ttl": 1, "data": None}, "评论区已关闭"),
        ({"ok": 0, "msg": "暂无数据"}, "暂无数据"),
        ({"ok": -100, "url": "https://passport.example/"}, "wants a login"),
        ({"error": "Record not found"}, "Record not found"),
        ({"error": {"code": 403, "message": "Comments are disabled", "errors": []}}, "Comments are disabled"),
    ],
)
def test_a_networks_refusal_is_passed_on(value: object, message: str) -> None:
    with pytest.raises(FetcherSaid, match=message):
        of(value)


def nested(depth: int, inner: str, first: dict[str, Any]) -> dict[str, Any]:
    """A node with nodes inside it."""
    made: dict[str, Any] = {}
    for number in range(depth):
        made = {**copy.copy(first), inner: [made] if made else []}
        made["id"] = made["rpid"] = number + 1
    return made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bluesky", {"thread": nested(10_000, "replies", {"post": {"uri": "at://did:plc:a/b/c", "record": {}}})}),
        ("bilibili", {"data": {"page": {}, "replies": [nested(10_000, "replies", {"oid": 5})]}}),
        ("weibo", {"data": [nested(10_000, "comments", {"text": "x", "user": None, "mid": "5"})]}),
    ],
)
def test_ten_thousand_answers_one_in_the_other_are_read(name: str, value: dict[str, Any]) -> None:
    """Python would stop at the thousandth call inside another."""
    document = Document("x.json", Kind.JSON, "", None, (JsonPart("", value),))
    assert reader(name).detects(document)
    assert sum(len(one.posts) for one in reader(name).read(document)) == 10_000


def test_a_mastodon_context_is_under_the_status_that_it_does_not_hold() -> None:
    """Its answers name it and its author."""
    found = thread("mastodon_context.json")
    assert (found.root_id, found.root_author, found.claimed) == ("9zA", "ada_example", None)
    assert tree(found) == [
        ("9zB", "9zA", "ben_sample"),
        ("9zC", "9zB", "cleo_test@far.example"),
        ("9zD", "9zA", "dora_test"),
    ]


def test_mastodon_text_is_what_its_page_shows() -> None:
    ben, cleo, dora = thread("mastodon_context.json").posts
    assert ben.text == "@ada_example One & two\nthree\n\nhttps://example.org/a/long/path"
    assert ben.links == ("https://example.org/a/long/path",)
    assert (cleo.text, cleo.media) == ("<3", ("https://files.example/c.png",))
    assert PostDetail(DetailKind.CONTENT_WARNING, "Tea") in cleo.details
    assert (dora.text, dora.media, dora.lang) == ("", ("https://files.example/d.png",), None)
    assert (ben.likes, ben.replies, ben.reposts, ben.author_name) == (4, 1, 2, "Ben_Sample :tea:")


@pytest.mark.parametrize("as_list", [False, True])
def test_a_mastodon_status_and_its_context_are_one_thread(as_list: bool) -> None:
    value = stored("mastodon_thread.json")
    whole = thread("mastodon_thread.json")
    assert (whole.root_id, len(whole.posts), whole.claimed, whole.verdict) == ("9zA", 4, 3, Verdict.UNKNOWN)
    both = value["status"], value["context"]
    (found,) = of([*both]) if as_list else of(*both)
    assert found == whole


@pytest.mark.parametrize(("acct", "verdict"), [("una", Verdict.EMPTY), ("una@kelp.example", Verdict.UNKNOWN)])
def test_that_a_copy_on_another_server_has_no_answers_proves_nothing(acct: str, verdict: Verdict) -> None:
    status = stored("mastodon_context.json")["descendants"][0]
    account = {**status["account"], "acct": acct}
    (found,) = of({**status, "in_reply_to_id": None, "replies_count": 0, "account": account})
    assert (found.verdict, len(found.posts)) == (verdict, 1)


def test_a_single_mastodon_status_is_a_root_even_if_it_answers_another() -> None:
    """It is what the writer has saved."""
    (found,) = of(stored("mastodon_context.json")["descendants"][0])
    assert (found.root_id, found.claimed, sentences(found.reasons)[0]) == ("9zB", 1, "0 of ≈ 1 replies")


def test_mastodon_statuses_of_two_threads_make_two_readings() -> None:
    descendants = stored("mastodon_context.json")["descendants"]
    other = {**stored("mastodon_thread.json")["status"], "id": "8aa"}
    assert [(found.root_id, len(found.posts)) for found in of([descendants[1], other, descendants[0]])] == [
        ("9zA", 2),
        ("8aa", 1),
    ]


def test_a_mastodon_context_in_mid_thread_keeps_what_its_status_answers() -> None:
    value = stored("mastodon_thread.json")
    middle = {**value["context"]["descendants"][1], "in_reply_to_id": "9zX"}
    (found,) = of({"ancestors": [value["status"]], "descendants": [middle]})
    assert (found.root_id, [post.id for post in found.posts]) == ("9zA", ["9zA", "9zC"])
    assert sentences(found.reasons)[-1] == "the status whose context this is, is not in the file"
    assert found.posts[1].flags == (Flag.ORPHAN,)


def test_a_boost_is_read_as_the_status_that_is_boosted() -> None:
    """A boost has no words of its own."""
    status = stored("mastodon_thread.json")["status"]
    boost = {**status, "id": "7", "content": "", "reblog": {**status, "id": "6"}}
    (found,) = of([boost])
    assert [(post.id, post.text) for post in found.posts] == [("6", "Tea?")]


def test_an_empty_mastodon_context_asks_for_the_status() -> None:
    with pytest.raises(PayloadError, match="does not hold the status itself"):
        of({"ancestors": [], "descendants": []})


def test_bilibili_keeps_each_comment_once_with_what_it_answers() -> None:
    """A pinned comment comes twice."""
    found = thread("bilibili_page.json")
    assert tree(found) == [
        ("501", "av900", "样例本"),
        ("502", "501", "克莱奥"),
        ("503", "502", "艾达"),
        ("504", "av900", "多拉"),
    ]
    assert counts(found) == [(12, 2, None), (1, 0, None), (0, 0, None), (3, 0, None)]
    assert (found.root_id, found.url) == ("av900", "https://www.bilibili.com/video/av900")


def test_bilibili_text_is_decoded_once_and_keeps_emotes_and_prefixes() -> None:
    """Its interface escapes quotation marks too."""
    first, second, third, fourth = thread("bilibili_page.json").posts
    assert first.text == "好茶[大哭]\n'真的' & <3"
    assert second.text == "回复 @样例本 :为什么？"
    assert third.links == ("https://example.org/tea",)
    assert fourth.media == ("https://i0.hdslb.example/d.jpg",)
    assert (first.posted_at, first.time_precision) == (1532071373, TimePrecision.EXACT)


def test_a_bilibili_page_that_is_first_and_last_is_complete() -> None:
    value = stored("bilibili_page.json")
    assert thread("bilibili_page.json").verdict is Verdict.COMPLETE
    value["data"]["cursor"]["is_end"] = False
    value["data"]["replies"][1]["rcount"] = 7
    (found,) = of(value)
    assert found.verdict is Verdict.PARTIAL
    assert sentences(found.reasons) == (
        "1 comment with more answers than are here (7 more)",
        "the source has further pages",
    )


def test_bilibili_answers_to_one_comment_bring_that_comment() -> None:
    """It stands beside the list."""
    root = {**stored("bilibili_page.json")["data"]["replies"][0]}
    answers = root.pop("replies")
    (found,) = of({"code": 0, "data": {"page": {"num": 1, "size": 10, "count": 2}, "root": root, "replies": answers}})
    assert [post.id for post in found.posts] == ["501", "502", "503"]
    assert sentences(found.reasons) == ("only the answers to a single comment",)


def test_bilibili_pages_on_lines_of_one_file_are_one_thread() -> None:
    first, second = stored("bilibili_page.json"), stored("bilibili_page.json")
    second["data"].update(top_replies=None, replies=[{**first["data"]["replies"][1], "rpid": 600, "rpid_str": "600"}])
    other = copy.deepcopy(second)
    other["data"]["replies"][0].update(oid=77, oid_str="77", type=12)
    assert [(found.root_id, len(found.posts)) for found in of(first, second, other)] == [("av900", 5), ("cv77", 1)]


def test_weibo_comments_keep_their_answers_and_what_they_answer() -> None:
    found = thread("weibo_hotflow.json")
    assert tree(found) == [
        ("4351", "under:4351", "样例本"),
        ("4352", "4351", "克莱奥"),
        ("4353", "4352", "艾达"),
        ("4354", "under:4351", "多拉"),
    ]
    assert [post.likes for post in found.posts] == [12_000, 1, 0, 2]
    assert found.posts[0].flags == (Flag.ROUNDED_COUNTS,)


def test_weibo_text_shows_emoji_by_name_and_links_as_written() -> None:
    first, second, third, fourth = thread("weibo_hotflow.json").posts
    assert (first.text, first.links) == ("好茶[心] 网页链接", ("https://example.org/tea",))
    assert (second.text, third.text) == ("回复@样例本:为什么？", "因为 & 因为")
    assert fourth.media == ("https://wx1.example/large/d.jpg",)
    # 03:25:15 in China.
    assert first.posted_at == 1_552_850_715


def test_weibo_says_what_it_lacks() -> None:
    found = thread("weibo_hotflow.json")
    assert (found.claimed, found.verdict, found.url) == (40, Verdict.PARTIAL, None)
    assert sentences(found.reasons) == (
        "4 of ≈ 40 replies",
        "the source has further pages",
        "3 answers to comments that are not here",
        "the source does not say which post the comments are on",
    )


def test_weibo_comments_that_name_their_post_are_under_it() -> None:
    """Each then brings it."""
    value = stored("weibo_hotflow.json")
    value["data"]["data"][0]["status"] = stored("weibo_reposts.json")["reposts"][0]["retweeted_status"]
    (found,) = of(value)
    assert (found.root_id, found.root_author, found.url) == ("4300", "艾达", "https://weibo.com/11/Hkx1")
    assert [post.parent_id for post in found.posts] == [None, "4300", "4351", "4352", "4300"]


def test_weibo_reposts_bring_the_post_that_they_repost() -> None:
    found = thread("weibo_reposts.json")
    assert tree(found) == [("4300", None, "艾达"), ("4361", "4300", "样例本"), ("4362", "4300", "克莱奥")]
    assert counts(found)[0] == (33, 9, 2)
    assert (found.claimed, found.verdict) == (2, Verdict.COMPLETE)


def test_a_weibo_search_gives_each_post_as_a_thread() -> None:
    post = stored("weibo_reposts.json")["reposts"][0]["retweeted_status"]
    other = {**post, "id": 4400, "idstr": "4400", "deleted": "1", "user": None}
    cards = [{"card_type": 9, "mblog": post}, {"card_type": 7}, {"card_group": [{"mblog": other}, {"desc": "x"}]}]
    first, second = of({"ok": 1, "data": {"cardlistInfo": {"total": 50}, "cards": cards}})
    assert (first.root_id, first.claimed, second.root_id) == ("4300", 9, "4400")
    assert (second.posts[0].text, second.posts[0].status) == ("", PostStatus.DELETED)


def test_yt_dlp_gives_the_video_and_its_comments() -> None:
    found = thread("youtube_info.json")
    assert tree(found) == [
        ("vid_tea0001", None, "ada_example"),
        ("Ugx1", "vid_tea0001", "ben_sample"),
        ("Ugx1.9a", "Ugx1", "cleo_test"),
        ("Ugx2", "vid_tea0001", "dora_test"),
    ]
    assert counts(found) == [(50, 3, None), (None, None, None), (0, None, None), (1200, None, None)]
    root, first, *_ = found.posts
    assert (root.text, root.views, root.author_name) == ("Tea or coffee\n\nA short film.", 1000, "Ada")
    assert first.text == "First\n  & <b>raw</b>"
    assert (found.claimed, found.captured_at, found.verdict) == (3, 1_770_200_000, Verdict.UNKNOWN)


def test_yt_dlps_times_of_comments_are_counted_back() -> None:
    """The video's own is exact."""
    root, first, *_ = thread("youtube_info.json").posts
    assert root.time_precision is TimePrecision.EXACT
    assert (first.posted_at, first.time_precision) == (1_770_000_000, TimePrecision.RELATIVE)
    assert first.time_given == "2 days ago (edited)"


def test_yt_dlps_comments_without_a_count_were_interrupted() -> None:
    """That is how yt-dlp says it."""
    (found,) = of({**stored("youtube_info.json"), "comment_count": None})
    assert (found.verdict, sentences(found.reasons)) == (
        Verdict.PARTIAL,
        ("the fetching of the comments was interrupted",),
    )


def test_a_list_of_yt_dlps_comments_is_under_a_video_that_is_not_known() -> None:
    (found,) = of(stored("youtube_info.json")["comments"])
    assert (found.root_id, [post.parent_id for post in found.posts]) == ("under:Ugx1", [None, "Ugx1", None])
    assert sentences(found.reasons) == ("the source does not say which video the comments are on",)


def test_youtube_comment_downloader_nests_by_its_ids() -> None:
    line = {"cid": "Ugx1", "text": "First", "time": "2 days ago", "author": "@ben_sample", "channel": "UCben"}
    first = {**line, "votes": "1.2K", "replies": "1", "heart": False, "reply": False, "time_parsed": 1770000000.5}
    answer = {**line, "cid": "Ugx1.9a", "author": "@cleo_test", "votes": "0", "replies": "", "reply": True}
    (found,) = of(first, answer)
    assert tree(found) == [("Ugx1", None, "ben_sample"), ("Ugx1.9a", "Ugx1", "cleo_test")]
    assert counts(found) == [(1200, 1, None), (0, None, None)]
    assert found.posts[0].time_precision is TimePrecision.RELATIVE


def test_the_youtube_data_api_gives_threads_with_their_answers() -> None:
    """The text as written, or else as displayed."""
    found = thread("youtube_threads.json")
    assert tree(found) == [
        ("Ugx1", "vid_tea0001", "ben_sample"),
        ("Ugx1.9a", "Ugx1", "cleo_test"),
        ("Ugx2", "vid_tea0001", "dora_test"),
    ]
    assert [post.text for post in found.posts] == ["One & two\nthree", "No &amp; no", "Second"]
    assert counts(found) == [(4, 3, None), (0, None, None), (0, 0, None)]
    assert sentences(found.reasons) == ("the source has further pages", "2 answers to comments that are not here")


def test_the_real_bluesky_thread_has_a_post_and_an_answer() -> None:
    found = sample("bluesky", "getPostThread.simple.json")
    root, answer = found.posts
    assert (root.text, answer.text, answer.parent_id) == ("test", "reply", root.id)
    assert counts(found) == [(0, 1, 0), (1, 3, 0)]
    assert root.id == "at://did:plc:oy2ebrbjfsmr3oacqe5mbuw5/app.bsky.feed.post/3memlv65ejk2y"
    assert (root.author, root.author_name) == ("dancow.bsky.social", "Dan Nguyen")
    assert (found.claimed, found.verdict) == (4, Verdict.PARTIAL)
    # 2026-02-11 23:09:19 UTC.
    assert root.posted_at == 1_770_851_359


def test_the_real_bluesky_post_without_text_has_a_picture_and_quotes_another() -> None:
    found = sample("bluesky", "thread_view_post_with_embed_media.json")
    (root,) = found.posts
    assert (root.text, len(root.media), found.verdict) == ("", 1, Verdict.EMPTY)
    assert root.links == ("https://bsky.app/profile/test.marshal.dev/post/3kahesw26il2z",)


def test_the_real_pleroma_context_keeps_its_five_statuses() -> None:
    """D, whose context it is, is not among them."""
    found = sample("mastodon", "context_1.json")
    assert [post.text for post in found.posts] == ["A", "B", "C", "E", "F"]
    first, second, third, *_ = found.posts
    assert [post.parent_id for post in found.posts] == [None, first.id, first.id, second.id, "9zIH8WYwtnUx4yDzUm"]
    assert {post.author for post in found.posts} == {"alex"}
    assert {(post.likes, post.replies) for post in found.posts} == {(0, 0)}
    assert third.url == "https://gleasonator.com/notice/9zIH7mMGgc1RmJwDLM"


def test_the_real_mitra_list_is_a_status_and_its_answer() -> None:
    """Mitra's context is a bare list."""
    found = sample("mastodon", "mitra-context.json")
    assert [(post.author, post.text, post.likes) for post in found.posts] == [
        ("alex", "@silverpill sup!", 0),
        ("silverpill", "@alex welcome", 1),
    ]
    assert found.posts[1].parent_id == found.root_id == "017ed503-bc96-301a-e871-2c23b30ddd05"


def test_the_real_bilibili_page_has_five_of_its_comments() -> None:
    """Its authors are taken out of it."""
    found = sample("bilibili", "list.block3.json")
    assert [(post.id, post.likes, post.replies) for post in found.posts] == [
        ("476670", 90425, 2608),
        ("917945205", 29795, 365),
        ("2576184175", 44309, 1000),
        ("495059", 34224, 838),
        ("646408628", 7197, 160),
    ]
    assert {(post.parent_id, post.author) for post in found.posts} == {("av2", None)}
    assert (found.root_id, found.claimed, found.verdict) == ("av2", 76796, Verdict.PARTIAL)
    assert found.posts[1].text == "7.20日，站长被封7天\n\n历史性留名[2233娘_卖萌]"


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 5, 2**70, 1.5, "", "x", "\ud800", "0", [], {}, [None], [[]], [{}], {"": None}, "at://a/b/c"]
)


def fields(value: object) -> list[tuple[Any, Any]]:
    """Every place in `value` that can be overwritten: what holds it, and its key or number there."""
    pending, found = [value], []
    while pending:
        one = pending.pop()
        keys: list[Any] = list(one) if isinstance(one, dict) else list(range(len(one))) if isinstance(one, list) else []
        found += [(one, key) for key in keys]
        pending += [one[key] for key in keys]  # type: ignore[index]
    return found


@pytest.mark.parametrize("name", OURS)
@settings(max_examples=examples(30))
@given(data=st.data())
def test_a_networks_file_with_odd_values_is_read_or_refused(name: str, data: st.DataObject) -> None:
    value = stored(name)
    for _ in range(data.draw(st.integers(1, 6))):
        places = fields(value)
        if places:
            holder, key = places[data.draw(st.integers(0, len(places) - 1))]
            # A copy, for the drawn list itself could end up inside itself.
            holder[key] = copy.deepcopy(data.draw(ODD))
    try:
        found = read(Payload(name, json.dumps(value).encode(), CAPTURED))
    except PayloadError:
        return
    assert all(reading.root_id and all(post.id for post in reading.posts) for reading in found)
