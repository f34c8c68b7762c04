"""Whose words a row of a list holds, under which post, and what tools and spreadsheets have made of it."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from core.models import Flag, Payload, PostStatus, Reading
from core.readers import read
from tests.kit.sentences import problem_sentences

CAPTURED = 1_780_000_000
ROOT, BEN, CLEO = "1900000000012345678", "1900000000923456789", "1900000001934567891"


def lists(*rows: object) -> list[Reading]:
    return read(Payload("list.json", json.dumps(rows).encode(), CAPTURED))


def one_list(*rows: object) -> Reading:
    (found,) = lists(*rows)
    return found


def table(*rows: str) -> list[Reading]:
    return read(Payload("list.csv", "\n".join(rows).encode(), CAPTURED))


def said(reading: Reading) -> list[str]:
    return [words for _, words in problem_sentences(reading.problems)]


def comment(number: int, **more: object) -> dict[str, object]:
    return {"comment_id": f"c{number}0", "author": f"user_{number}", "text": f"Umbrella number {number}", **more}


def test_ids_that_only_count_the_rows_are_not_kept() -> None:
    first, second = (
        lists({"id": 1, "author": "ada", "text": "Tea?"}),
        lists({"id": 1, "author": "ada", "text": "Rain?"}),
    )
    assert first[0].posts[0].id != second[0].posts[0].id
    assert "the ids only count the rows, and are not kept" in said(first[0])


def test_ids_that_only_count_the_rows_give_way_to_those_of_the_posts() -> None:
    found = one_list(*({"id": n, "node": {"id": f"k{n}7", "text": f"Rain {n}", "author": "ada"}} for n in (1, 2, 3)))
    assert [post.id for post in found.posts] == ["k17", "k27", "k37"]


@pytest.mark.parametrize("column", ["parent_post_id", "noteId", "photo_id", "discussionId", "question_id"])
def test_a_column_that_rows_share_and_that_names_none_of_them_is_the_root(column: str) -> None:
    found = lists(*(comment(n, **{column: f"q{n // 2}x"}) for n in range(2, 6)))
    assert [(one.root_id, len(one.posts)) for one in found] == [("q1x", 2), ("q2x", 2)]


def test_a_column_that_names_rows_is_what_they_answer_though_it_is_called_a_root() -> None:
    rows = [comment(n, video_id="v9", thread_id="c10" if n == 2 else "v9") for n in (1, 2, 3)]
    found = one_list(*rows)
    assert (found.root_id, [post.parent_id for post in found.posts]) == ("v9", ["v9", "c10", "v9"])


def test_comments_of_two_notes_are_two_threads_though_each_has_one_alone() -> None:
    assert [one.root_id for one in lists(comment(1, note_id="n1"), comment(2, note_id="n2"))] == ["n1", "n2"]


def test_notes_are_threads_of_their_own() -> None:
    told = {"nickname": "ada", "time": 1_770_714_300_000}
    rows = ({"note_id": f"n{n}", "title": f"Rain {n}", "desc": f"On rain, part {n}", **told} for n in (1, 2))
    assert [(one.root_id, one.posts[0].text) for one in lists(*rows)] == [
        ("n1", "Rain 1\n\nOn rain, part 1"),
        ("n2", "Rain 2\n\nOn rain, part 2"),
    ]


def test_a_post_that_names_itself_as_its_parent_answers_the_root() -> None:
    rows = (comment(n, note_id="n1", parent_comment_id=f"c{n}0") for n in (1, 2))
    assert [post.parent_id for post in one_list(*rows).posts] == ["n1", "n1"]


@pytest.mark.parametrize("number", ["355066001", 355066001, "5f0c" * 8])
def test_the_number_of_an_account_is_no_handle(number: object) -> None:
    (post,) = one_list({"id": "k1x", "user": number, "user_id": number, "text": "Tea in the rain"}).posts
    assert (post.author, post.author_id) == (None, str(number))


def test_two_people_of_one_name_are_told_apart_by_their_numbers() -> None:
    rows = (comment(n, author=None, nickname="momo", user_id=f"90{n}") for n in (1, 2))
    assert [(post.author, post.author_id) for post in one_list(*rows).posts] == [("momo", "901"), ("momo", "902")]


def test_ids_that_a_spreadsheet_rounded_are_those_of_the_links_in_the_parents_column_too() -> None:
    (found,) = table(
        "id,author,text,in_reply_to,url",
        f"{ROOT[:15]}0000,ada,Which tea?,,https://x.com/ada/status/{ROOT}",
        f"{BEN[:15]}0000,ben,Green,{ROOT[:15]}0000,https://x.com/ben/status/{BEN}",
        f"{CLEO[:15]}0000,cleo,Black,{BEN[:15]}0000,https://x.com/cleo/status/{CLEO}",
    )
    assert [(post.id, post.parent_id) for post in found.posts] == [(ROOT, None), (BEN, ROOT), (CLEO, BEN)]
    assert "the ids were rounded, as a spreadsheet does; 3 are taken from the links beside them" in said(found)


def test_ids_that_a_spreadsheet_rounded_without_links_are_flagged_and_name_no_parent() -> None:
    rows = (f"{one[:15]}0000,user_{one[9]},Tea {one},{ROOT[:15]}0000" for one in (ROOT, BEN, CLEO))
    (found,) = table("tweet_id,author,text,in_reply_to_status_id", *rows)
    assert {post.flags for post in found.posts} == {(Flag.DAMAGED_ID,)}
    assert {post.parent_id for post in found.posts} == {None}


def test_a_root_that_is_a_rounded_number_is_no_thread() -> None:
    (found,) = table("tweet_id,author,text,conversation_id", "1.9E+18,ada,Tea,1.9E+18", "1.91E+18,ben,Rain,1.9E+18")
    assert found.root_id == "list.csv"


def test_html_in_most_texts_of_a_list_is_decoded() -> None:
    found = one_list(
        comment(1, text='It&#x27;s <i>rain</i>.<p>See <a href="https://tea.example/a">this</a> &amp; that.'),
        comment(2, text="No."),
        comment(3, text="Nor <b>I</b> &lt;3"),
    )
    assert [post.text for post in found.posts] == ["It's rain.\n\nSee this & that.", "No.", "Nor I <3"]
    assert found.posts[0].links == ("https://tea.example/a",)


def test_entities_in_the_texts_of_a_list_are_decoded_once() -> None:
    found = one_list(comment(1, text="Tea &amp;\nrain"), comment(2, text="&quot;No&quot;"), comment(3, text="&amp;lt;"))
    assert [post.text for post in found.posts] == ["Tea &\nrain", '"No"', "&lt;"]


def test_signs_that_people_type_are_no_markup() -> None:
    texts = ["I <3 tea & rain", "a < b > c", "if x<y && z", "AT&T"]
    found = one_list(*(comment(number, text=text) for number, text in enumerate(texts, 1)))
    assert [(post.text, post.flags) for post in found.posts] == [(text, ()) for text in texts]


def test_markup_that_may_be_what_people_wrote_stays_and_is_flagged() -> None:
    found = one_list(comment(1, text="Use <b>bold</b> for that"), comment(2, text="a < b & c"), comment(3, text="No"))
    assert [post.text for post in found.posts] == ["Use <b>bold</b> for that", "a < b & c", "No"]
    assert [post.flags for post in found.posts] == [(Flag.MARKUP,), (), ()]


def test_a_title_stands_above_the_text_and_in_its_place_where_there_is_none() -> None:
    rows = (
        {"title": "On tea"},
        {"title": "On rain", "text": "It falls."},
        {"text": "No."},
        {"title": "x", "text": "x"},
    )
    found = one_list(*({"id": f"k{n}0", "author": "ada", **row} for n, row in enumerate(rows)))
    assert [post.text for post in found.posts] == ["On tea", "On rain\n\nIt falls.", "No.", "x"]


def test_what_all_rows_of_a_video_say_is_the_videos() -> None:
    found = one_list(*(comment(n, video_id="v9", title="The kettle", views=64_397, likes=n) for n in (1, 2, 3)))
    assert [(post.text, post.views, post.likes) for post in found.posts] == [
        (f"Umbrella number {n}", None, n) for n in (1, 2, 3)
    ]
    assert "the same in all rows of a thread, so of its post and of none of them: views, title" in said(found)


def test_how_many_comments_a_video_has_is_what_its_thread_claims() -> None:
    found = one_list(*(comment(n, video_id="v9", comment_count=341) for n in (1, 2, 3)))
    assert (found.claimed, {post.replies for post in found.posts}) == (341, {None})


@pytest.mark.parametrize(("column", "likes"), [("score", -5), ("points", -5), ("likes", None)])
def test_a_score_can_be_below_zero_and_a_count_of_likes_cannot(column: str, likes: int | None) -> None:
    assert [post.likes for post in one_list(comment(1, **{column: 4}), comment(2, **{column: -5})).posts] == [4, likes]


def test_an_object_whose_keys_are_ids_is_a_list() -> None:
    value = {"thread": {"c1": {"author": "ada", "text": "Tea"}, "c2": {"author": "ben", "text": "Rain"}}}
    (found,) = read(Payload("a.json", json.dumps(value).encode()))
    assert [(post.id, post.author, post.text) for post in found.posts] == [("c1", "ada", "Tea"), ("c2", "ben", "Rain")]


@pytest.mark.parametrize("nothing", ["undefined", "null", "None", "NaN", "n/a", "[object Object]"])
def test_what_stands_for_no_id_is_none(nothing: str) -> None:
    found = one_list({"id": nothing, "author": "ada", "text": "Tea"}, {"id": nothing, "author": "ben", "text": "Rain"})
    assert [post.id[:2] for post in found.posts] == ["h:", "h:"]


def test_the_newest_moment_at_which_a_tool_saw_the_rows_is_the_captures() -> None:
    rows = (comment(n, last_modify_ts=1_770_720_000_000 + n * 1000) for n in (1, 3, 2))
    assert one_list(*rows).captured_at == 1_770_720_003


def test_a_time_with_its_zone_goes_before_one_without() -> None:
    (post,) = one_list(comment(1, timestamp="2026-02-10 09:05:00", unix_timestamp=1_770_714_300)).posts
    assert (post.posted_at, post.time_precision) == (1_770_714_300, "exact")


def test_a_post_that_names_the_account_which_it_answers_answers_its_only_earlier_post() -> None:
    at = 1_770_714_300
    rows = [
        (ROOT, "ada", "no", "", at),
        (BEN, "ben", "yes", "Ada", at + 60),
        (CLEO, "cleo", "yes", "dov", at + 120),
    ]
    found = one_list(
        *(
            {"id": post_id, "thread_id": ROOT, "author": author, "body": f"By {author}", "is_reply": is_reply,
             "replied_author": answered, "unix_timestamp": moment, "link": f"https://x.com/{author}/status/{post_id}"}
            for post_id, author, is_reply, answered, moment in rows
        )
    )  # fmt: skip
    assert [post.parent_id for post in found.posts] == [None, ROOT, None]
    assert any("1 post say only which account they answer" in words for words in said(found))


def test_the_pictures_of_a_row_are_its_media() -> None:
    told = json.dumps([{"type": "photo", "url": "https://t.co/a", "original": "https://tea.example/orig.jpg"}])
    rows = (comment(1, media=told), comment(2, media="https://tea.example/b.jpg, https://tea.example/c.jpg"))
    assert [post.media for post in one_list(*rows).posts] == [
        ("https://tea.example/orig.jpg",),
        ("https://tea.example/b.jpg", "https://tea.example/c.jpg"),
    ]


def test_a_retweet_in_a_list_is_the_others_words() -> None:
    rows = (
        {"tweet_id": BEN, "username": "ben", "text": "RT @ada: Tea in the …", "likes": 3},
        {"tweet_id": CLEO, "username": "cleo", "text": "Rain", "likes": 1},
    )
    shared, own = one_list(*rows).posts
    assert (shared.author, shared.shared_by, shared.text, shared.likes) == ("ada", "ben", "Tea in the …", None)
    assert Flag.CUT_BY_SOURCE in shared.flags
    assert (own.author, own.shared_by, own.likes) == ("cleo", None, 1)


def test_a_post_that_is_gone_has_no_title_above_it() -> None:
    (post,) = one_list({"id": "k1x", "author": "[deleted]", "title": "On tea", "selftext": "[removed]"}).posts
    assert (post.status, post.text) == (PostStatus.DELETED, "")


@pytest.mark.parametrize(
    ("around", "fields"),
    [
        (None, {"post_id": "{2}", "title": "On tea", "selftext": "{0}", "subreddit": "x", "author": "{1}"}),
        ("replies", {"id": "{2}", "content": "{0}", "user": "{1}"}),
        (None, {"id": "{2}", "text": "{0}", "author": "{1}", "conversation_id": "9", "public_metrics": {}}),
        (None, {"tweetID": "{2}", "text": "{0}", "user": "{1}"}),
        (None, {"id": "{2}", "content": "{0}", "account": {"name": "{1}"}, "created_at": "x", "reblogs_count": 1}),
        ("tweets", {"id": "{2}", "text": "{0}", "username": "{1}", "is_reply": True}),
    ],
    ids=["reddit", "x-tweet-fetcher", "API v2", "vxTwitter", "Mastodon", "bird"],
)
def test_a_list_that_only_looks_like_a_known_format_is_read_as_a_list(
    around: str | None, fields: dict[str, object]
) -> None:
    rows = [
        json.loads(json.dumps(fields).replace("{0}", text).replace("{1}", author).replace("{2}", post_id))
        for text, author, post_id in (("Tea in the rain", "ada", "501177"), ("Or coffee then", "ben", "601188"))
    ]
    value = {around: rows, "username": "x", "tweet_id": "5", "reply_count": 2} if around else rows
    found = read(Payload("a.json", json.dumps(value).encode()))
    posts = [post for reading in found for post in reading.posts]
    assert {reading.format for reading in found} == {"generic"}
    assert [(post.id, post.author) for post in posts] == [("501177", "ada"), ("601188", "ben")]
    assert [post.text.rpartition("\n")[2] for post in posts] == ["Tea in the rain", "Or coffee then"]


def test_a_table_that_is_written_column_by_column_is_a_list() -> None:
    value = {"id": {"0": "k10", "1": "k20"}, "author": {"0": "ada", "1": "ben"}, "text": {"0": "Tea", "1": "Rain"}}
    (found,) = read(Payload("a.json", json.dumps(value).encode()))
    assert [(post.id, post.author, post.text) for post in found.posts] == [
        ("k10", "ada", "Tea"),
        ("k20", "ben", "Rain"),
    ]


def test_ids_that_became_rounded_numbers_are_those_of_the_links() -> None:
    found = one_list(
        {"id": float(ROOT), "author": "ada", "text": "Tea", "url": f"https://x.com/ada/status/{ROOT}"},
        {"id": float(BEN), "author": "ben", "text": "Rain", "in_reply_to": float(ROOT),
         "url": f"https://x.com/ben/status/{BEN}"},
    )  # fmt: skip
    assert [(post.id, post.parent_id) for post in found.posts] == [(ROOT, None), (BEN, ROOT)]


@pytest.mark.parametrize(
    "rounded", [lambda one: int(Decimal(repr(float(one)))), lambda one: int(float(one))], ids=["script", "frame"]
)
def test_ids_that_went_through_floating_point_are_those_of_the_links(rounded: Callable[[int], int]) -> None:
    """JavaScript writes the shortest digits of such a number, and pandas all of them."""
    root, answer = 2031000000000000471, 2031000000000000779
    found = one_list(
        {"id": rounded(root), "author": "ines", "text": "Rope", "url": f"https://x.com/ines/status/{root}"},
        {"id": rounded(answer), "author": "olaf", "text": "Tar", "in_reply_to": rounded(root),
         "url": f"https://x.com/olaf/status/{answer}"},
    )  # fmt: skip
    assert [(post.id, post.parent_id) for post in found.posts] == [(str(root), None), (str(answer), str(root))]


def test_ids_that_are_one_power_of_ten_are_no_root_and_name_no_parent() -> None:
    (found,) = table(
        "id,author,text,parent_id,url",
        "2.031E+18,ines,Rope,,https://x.com/ines/status/2031000000000000471",
        "2.031E+18,olaf,Tar,2.031E+18,https://x.com/olaf/status/2031000000000000779",
    )
    assert [(post.id, post.parent_id) for post in found.posts] == [
        ("2031000000000000471", None),
        ("2031000000000000779", None),
    ]
    assert "the ids were rounded, as a spreadsheet does; 2 are taken from the links beside them" in said(found)


def test_a_message_that_names_the_row_which_it_answers_answers_it() -> None:
    rows = (
        {"id": n, "from": f"User {n}", "text": f"Rain {n}", "reply_to_message_id": 1 if n > 1 else None}
        for n in (1, 2, 3)
    )
    assert [(post.id, post.parent_id) for post in one_list(*rows).posts] == [("1", None), ("2", "1"), ("3", "1")]


def test_texts_that_a_tool_has_cut_at_one_length_are_flagged() -> None:
    long = ("A long walk in the rain, and no umbrella for miles and miles. " * 9)[:137] + "..."
    found = one_list(comment(1, text=long), comment(2, text="Short, and so on..."), comment(3, text="No."))
    assert [Flag.CUT_BY_SOURCE in post.flags for post in found.posts] == [True, False, False]
    whole = one_list(comment(1, text=long), comment(2, text=long + " And on."))
    assert not any(post.flags for post in whole.posts)


def test_answers_that_are_given_by_their_ids_are_rows_under_the_one_that_has_them() -> None:
    comments = {
        "c91": {"by": "una", "text": "It leaks", "replies": {"c92": {"by": "teo", "text": "No more"}}},
        "c93": {"by": "ida", "text": "I was there", "replies": {}},
    }
    (found,) = read(Payload("a.json", json.dumps({"comments": comments}).encode()))
    assert [(post.id, post.parent_id, post.author) for post in found.posts] == [
        ("c91", None, "una"),
        ("c92", "c91", "teo"),
        ("c93", None, "ida"),
    ]


def test_a_primary_key_is_an_id() -> None:
    rows = [{"pk": f"33000000000000{n}", "username": f"u{n}", "text": f"Weir {n}", "user.pk": "9"} for n in (11, 12)]
    assert [post.id for post in one_list(*rows).posts] == ["3300000000000011", "3300000000000012"]


def test_a_link_inside_a_spreadsheets_formula_is_the_posts_link() -> None:
    (found,) = table(
        "id;author;text;url",
        '="2091000000000000471";ines;Rope;=HYPERLINK("https://x.com/ines/status/2091000000000000471","open")',
        '2.091E+18;olaf;Tar;=HYPERLINK("https://x.com/olaf/status/2091000000000000779")',
    )
    assert [(post.id, post.url) for post in found.posts] == [
        ("2091000000000000471", "https://x.com/ines/status/2091000000000000471"),
        ("2091000000000000779", "https://x.com/olaf/status/2091000000000000779"),
    ]


def test_votes_are_what_a_comment_was_liked_by_and_can_be_below_zero() -> None:
    rows = [{"comment_id": f"k{n}", "user": f"u{n}", "message": f"Weir {n}", "votes": n - 12} for n in (10, 20)]
    assert [post.likes for post in one_list(*rows).posts] == [-2, 8]


def test_a_handle_that_is_the_accounts_number_once_more_is_none() -> None:
    rows = (
        {"id": CLEO, "user": "99", "user_id": 99, "text": "Tea"},
        {"id": BEN, "user": "ben", "user_id": 7, "text": "Rain"},
    )
    assert [(post.author, post.author_id) for post in one_list(*rows).posts] == [(None, "99"), ("ben", "7")]
