"""Pages of Nitter, as HTML and as snapshots, with their own shape and defects, on invented threads."""

import json

import pytest

from core.errors import FetcherSaid, PayloadError
from core.models import Flag, Payload, PostStatus, Reading, Verdict
from core.readers import read
from tests.kit.places import DATA
from tests.kit.sentences import sentences

READERS_DATA = DATA / "readers"
ROOT = "1900000000000000000"
CAPTURED = 1_750_000_000


def thread(name: str) -> Reading:
    (found,) = read(Payload(name, (READERS_DATA / name).read_bytes(), CAPTURED))
    return found


def of(value: object) -> Reading:
    (found,) = read(Payload("x.json", json.dumps(value).encode(), CAPTURED))
    return found


def test_nitter_keeps_text_to_the_letter_and_links_in_full() -> None:
    root = thread("status.html").posts[0]
    assert root.text == "One\n two  & example.org/a/lo…\n@ben_sample"
    assert root.links == ("https://example.org/a/long/path", "https://x.com/elsewhere/status/1890000000000000000")


def test_nitter_takes_nothing_of_a_quoted_post() -> None:
    root = thread("status.html").posts[0]
    assert (root.author, root.author_name, root.id, root.media) == ("ada_example", "Ada", ROOT, ())


def test_nitter_reads_an_empty_count_as_zero_and_a_missing_one_as_unknown() -> None:
    root = thread("status.html").posts[0]
    assert (root.replies, root.reposts, root.likes, root.views) == (4, 0, 1234, None)


def test_nitter_nests_by_the_place_in_the_chain() -> None:
    posts = thread("status.html").posts
    root, more, ben, gone, cleo, dora = posts
    assert [post.parent_id for post in posts] == [None, root.id, root.id, ben.id, gone.id, None]
    assert (more.author, dora.author) == ("ada_example", "dora_test")
    assert (gone.status, cleo.text) == (PostStatus.SUSPENDED, "Why?")


def test_nitter_doubts_an_author_whom_the_permalink_contradicts() -> None:
    cleo = thread("status.html").posts[4]
    assert (cleo.author, cleo.flags) == ("mallory", (Flag.AUTHOR_LINK,))


def test_nitter_reads_base64_picture_links() -> None:
    assert thread("status.html").posts[2].media == ("https://pbs.twimg.com/media/ben.jpg",)


def test_nitter_says_why_the_page_is_partial() -> None:
    found = thread("status.html")
    assert (found.verdict, found.claimed) == (Verdict.PARTIAL, 4)
    assert "the source has further pages of replies" in sentences(found.reasons)
    assert any("cut short" in reason for reason in sentences(found.reasons))


def test_nitters_error_panel_is_passed_on() -> None:
    page = b'<html><body><div class="error-panel"><span>Tweet not found</span></div></body></html>'
    with pytest.raises(FetcherSaid, match="Tweet not found"):
        read(Payload("page.html", page))


def test_a_nitter_page_of_many_posts_is_refused() -> None:
    page = b'<div class="timeline"><div class="timeline-item"><div class="tweet-content media-body">x</div></div></div>'
    with pytest.raises(PayloadError, match="no single post"):
        read(Payload("page.html", page))


def test_html_nested_without_end_is_read_without_a_crash() -> None:
    page = (
        '<div class="main-tweet"><div class="timeline-item"><span class="tweet-date"><a href="/a/status/7"></a></span>'
    )
    page += '<div class="tweet-content media-body">' + "<b>" * 50_000 + "deep"
    assert read(Payload("page.html", page.encode()))[0].posts[0].text == "deep"


def test_camofox_joins_text_that_links_cut_apart() -> None:
    root = thread("snapshot.txt").posts[0]
    assert root.text == 'Look: (see example.org/a/lo…) "quoted" words'
    assert root.links == ("https://example.org/a/long/path", "https://x.com/elsewhere/status/1890000000000000000")


def test_camofox_takes_the_counts_and_not_the_quote() -> None:
    root = thread("snapshot.txt").posts[0]
    assert (root.author, root.author_name, root.replies, root.reposts, root.likes, root.views) == (
        "ada_example",
        "Ada",
        4,
        0,
        1234,
        9500,
    )
    assert root.flags == (Flag.ROUNDED_COUNTS,)


def test_camofox_keeps_a_mention_that_comes_again_after_replying_to() -> None:
    assert thread("snapshot.txt").posts[1].text == "@ada_example it's 5: yes"


def test_camofox_nests_what_does_not_say_replying_to_under_the_post_before_it() -> None:
    root, ben, cleo, dora = thread("snapshot.txt").posts
    assert (ben.parent_id, cleo.parent_id, dora.parent_id) == (root.id, ben.id, root.id)
    assert dora.text == "It's late"


def test_camofoxs_reply_and_the_text_alone_are_read_alike() -> None:
    text = (READERS_DATA / "snapshot.txt").read_text()
    reply = {"url": f"http://nitter.example/i/status/{ROOT}", "snapshot": text, "refsCount": 11, "truncated": False}
    assert of(reply) == thread("snapshot.txt")


def test_camofoxs_window_leaves_out_what_it_cuts_and_says_so() -> None:
    text = (READERS_DATA / "snapshot.txt").read_text()
    cut = text.index("it's 5")
    tail = text.index('- link "Dora"')
    marker = (
        "\n[... truncated at char 74800 of 112000. Call snapshot with offset=74800 to see more. "
        "Pagination links below. ...]\n"
    )
    head = text[: cut + 3]
    found = of({"snapshot": head + marker + "ed\n" + text[tail:], "refsCount": 9, "truncated": True})
    assert [post.author for post in found.posts] == ["ada_example", "dora_test"]
    assert any("74,800 of 112,000" in reason for reason in sentences(found.reasons))


def test_camofoxs_snapshot_of_an_error_page_is_passed_on() -> None:
    with pytest.raises(FetcherSaid, match="Instance has been rate limited"):
        of({"url": "http://nitter.example/", "snapshot": "- text: Instance has been rate limited.", "refsCount": 0})


def test_camofoxs_snapshot_without_posts_is_refused() -> None:
    lines = "\n".join(f'- link "Page {n}" [e{n}]:\n  - /url: /{n}\n- text: words {n}' for n in range(99))
    with pytest.raises(PayloadError, match="no Nitter post"):
        read(Payload("page.txt", lines.encode()))
