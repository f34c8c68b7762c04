"""Pages of Nitter, as HTML and as snapshots, with their own shape and defects, on invented threads."""

import json

import pytest

from core.errors import FetcherSaid, PayloadError
from core.models import DetailKind, Flag, Payload, Post, PostStatus, Reading, TextLoss, Verdict
from core.readers import read
from core.reasons import Reason, ReasonCode
from tests.kit.nitter_pages import FIRST, THE_POST, status_page
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
    assert root.text == "One\n two  & https://example.org/a/long/path\n@ben_sample"
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


def test_html_nested_as_deep_as_a_browser_goes_is_read() -> None:
    page = (
        '<div class="main-tweet"><div class="timeline-item"><span class="tweet-date"><a href="/a/status/7"></a></span>'
    )
    page += '<div class="tweet-content media-body">' + "<b>" * 500 + "deep"
    assert read(Payload("page.html", page.encode()))[0].posts[0].text == "deep"


def test_camofox_joins_text_that_links_cut_apart() -> None:
    root = thread("snapshot.txt").posts[0]
    assert root.text == 'Look: (see https://example.org/a/long/path) "quoted" words'
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


BESIDE = ("beside.html", "beside.txt")
"""One invented page with all that stands beside a post's words, and Camofox's snapshot of it."""


def said(name: str, author: str) -> Post:
    """The post of the page that this account wrote."""
    return next(post for post in thread(name).posts if post.author == author)


def beside(post: Post) -> list[tuple[DetailKind, str]]:
    """What stands beside a post."""
    return [(one.kind, one.text) for one in post.details]


@pytest.mark.parametrize("name", BESIDE)
def test_a_poll_and_a_community_note_stand_beside_the_words(name: str) -> None:
    root = thread(name).posts[0]
    assert root.text.split() == ["Which", "crane?", "This", "https://tide.example/harbour/2026/what-it-was-for", "one"]
    note = "Readers added: it was green. https://tide.example/the-long-address-of-the-harbour"
    assert beside(root) == [(DetailKind.POLL, "Yes please\nNo"), (DetailKind.COMMUNITY_NOTE, note)]
    assert root.links == ("https://tide.example/harbour/2026/what-it-was-for",)


@pytest.mark.parametrize("name", BESIDE)
def test_a_quoted_post_stands_beside_the_words_with_its_author_and_link(name: str) -> None:
    abe = said(name, "abe_long")
    assert abe.text == "Look at this."
    quoted = abe.details[0]
    assert quoted.kind is DetailKind.QUOTED_POST
    assert quoted.text == "@dov_h: Quoted words https://tide.example/a/very/long/address/for/quote"
    assert quoted.url == "https://x.com/dov_h/status/2021000000000000001"
    assert abe.links == (quoted.url,)


@pytest.mark.parametrize("name", BESIDE)
def test_a_quoted_post_that_is_gone_leaves_its_link_and_no_words(name: str) -> None:
    jo = said(name, "jo_tarn")
    assert (jo.text, beside(jo)) == ("A video", [(DetailKind.QUOTED_POST, "@who")])


@pytest.mark.parametrize("name", BESIDE)
def test_a_pictures_description_and_a_place_stand_beside_the_words(name: str) -> None:
    vi, piet = said(name, "vi_lake"), said(name, "piet_r")
    assert (vi.text, beside(vi)) == ("With picture", [(DetailKind.ALT_TEXT, "A green crane")])
    assert vi.details[0].url == vi.media[0] == "https://pbs.twimg.com/media/G1.jpg"
    assert (piet.text, beside(piet)) == ("I was there", [(DetailKind.PLACE, "Crane Row")])


@pytest.mark.parametrize("name", BESIDE)
def test_a_post_that_is_gone_keeps_its_id_and_its_author(name: str) -> None:
    cleo, ona = said(name, "cleo_w"), said(name, "ona_feld")
    assert (cleo.id, cleo.status, cleo.text) == ("2022000000000000302", PostStatus.DELETED, "")
    assert (ona.id, ona.status) == ("2022000000000000305", PostStatus.SUSPENDED)
    dov = said(name, "dov_h")
    assert dov.parent_id == cleo.id


@pytest.mark.parametrize("name", BESIDE)
def test_a_post_that_is_gone_without_a_name_is_called_after_what_answers_it(name: str) -> None:
    kay = said(name, "kay_d")
    gone = next(post for post in thread(name).posts if post.id == kay.parent_id)
    assert (gone.status, gone.author) == (PostStatus.UNAVAILABLE, None)
    assert gone.id == next(post.parent_id for post in thread(BESIDE[0]).posts if post.author == "kay_d")


@pytest.mark.parametrize("name", BESIDE)
def test_a_link_to_a_front_end_may_have_been_put_in_by_the_page(name: str) -> None:
    kay = said(name, "kay_d")
    assert kay.text == "See #crane and @nat_b, https://piped.example/watch?v=abcdefghijk!"
    assert Flag.OTHER_HOST in kay.flags
    assert TextLoss.HIDDEN_LINKS in kay.losses
    assert [post.author for post in thread(name).posts if Flag.OTHER_HOST in post.flags] == ["kay_d"]


def test_the_still_picture_of_a_video_that_does_not_play_is_media() -> None:
    assert said("beside.html", "jo_tarn").media == ("https://pbs.twimg.com/amplify_video_thumb/1/img/x.jpg",)


def test_a_page_of_nitter_loses_nothing_of_a_text_and_a_snapshot_its_line_breaks() -> None:
    assert {post.losses for post in thread("beside.html").posts} == {TextLoss.NONE, TextLoss.HIDDEN_LINKS}
    assert all(TextLoss.LINE_BREAKS in post.losses for post in thread("beside.txt").posts)


def page_of(content: str, *, chains: str = "", header: str = "", about: str = "") -> Reading:
    """A page whose main post has this content."""
    about = about or f"/orla_finch/status/{ROOT}"
    (found,) = read(
        Payload(
            "page.html",
            f'<html><head><link rel="canonical" href="https://x.com{about}">'
            f'<link rel="search" href="https://birds.example/opensearch"></head><body><div class="main-thread">'
            f'<div class="main-tweet"><div class="timeline-item"><div class="tweet-body">{header}'
            f'<div class="tweet-header"><a class="username" title="@orla_finch"></a><span class="tweet-date">'
            f'<a href="/orla_finch/status/{ROOT}#m"></a></span></div>'
            f'<div class="tweet-content media-body">{content}</div></div></div></div></div>'
            f'<div class="replies">{chains}</div></body></html>'.encode(),
        )
    )
    return found


@pytest.mark.parametrize(
    ("link", "put_in"),
    [
        ("https://tube.example/watch?v=abcdefghijk", True),
        ("https://tube.example/shorts/abcdefghijk", True),
        ("https://www.youtube.com/watch?v=abcdefghijk", False),
        ("https://lib.example/r/cranes/comments/1abc/which", True),
        ("https://old.reddit.com/r/cranes/comments/1abc/which", False),
        ("https://birds.example/abe_long/status/1900000000000000009", True),
        ("https://x.com/abe_long/status/1900000000000000009", False),
        ("https://nitter.example/abe_long", True),
        ("https://pipedreams.example/abe_long", False),
        ("https://tide.example/watch?v=2", False),
    ],
)
def test_a_link_of_one_sites_shape_on_another_host_is_in_doubt(link: str, put_in: bool) -> None:
    root = page_of(f'See <a href="{link}">…</a>').posts[0]
    assert root.text == f"See {link}"
    assert (Flag.OTHER_HOST in root.flags) is put_in


def test_two_posts_without_a_name_are_two_and_one_that_nothing_answers_is_no_row() -> None:
    gone = '<div class="unavailable timeline-item"><div class="unavailable-box">This tweet is unavailable</div></div>'
    said = '<div class="timeline-item"><a class="tweet-link" href="/a/status/{0}#m"></a>'
    said += (
        '<div class="tweet-header"><a class="username" title="@a"></a></div><div class="tweet-content">x</div></div>'
    )
    chains = "".join(
        f'<div class="reply thread thread-line">{one}</div>'
        for one in (gone, gone + said.format(7), gone + gone + said.format(8))
    )
    found = page_of("Which?", chains=chains)
    posts = found.posts[1:]
    assert [post.status for post in posts].count(PostStatus.UNAVAILABLE) == 3
    assert len({post.id for post in posts}) == 5
    assert [post.parent_id for post in posts] == [ROOT, posts[0].id, ROOT, posts[2].id, posts[3].id]
    assert any("1 post that X does not show" in one for one in sentences(problem.reason for problem in found.problems))


def test_a_page_about_a_share_shows_the_original_and_says_who_passed_it_on() -> None:
    header = '<div class="retweet-header"><span>Jo Tarn retweeted</span></div>'
    found = page_of("My words", header=header, about="/jo_tarn/status/1900000000000000099")
    (root,) = found.posts
    assert (root.id, root.author, root.shared_by) == ("1900000000000000099", "orla_finch", "jo_tarn")
    assert root.url == f"https://x.com/orla_finch/status/{ROOT}"


def test_a_page_that_ends_too_early_is_partial() -> None:
    whole = status_page(THE_POST, FIRST)
    (half,) = read(Payload("page.html", whole[: whole.index("</body>")].encode()))
    assert Reason(ReasonCode.HALF_PAGE) in half.reasons
    assert Reason(ReasonCode.HALF_PAGE) not in read(Payload("page.html", whole.encode()))[0].reasons
