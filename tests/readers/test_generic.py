"""Lists that no other reader knows: what is guessed, what is said of it, and what the user says instead."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import PayloadError
from core.models import Flag, Payload, PostStatus, Reading, TimePrecision
from core.readers import READERS, read
from tests.kit.commands import Commands
from tests.kit.examples import examples
from tests.kit.places import DATA
from tests.kit.sentences import problem_sentences, sentence, sentences

READERS_DATA = DATA / "readers"
CAPTURED = 1_780_000_000
ROOT, BEN, CLEO = "1900000000000000000", "1900000000000000001", "1900000000000000002"


def of(data: bytes | str, name: str = "list.txt", **said: object) -> list[Reading]:
    raw = data.encode() if isinstance(data, str) else data
    return read(Payload(name, raw, CAPTURED), **said)  # type: ignore[arg-type]


def thread(name: str) -> Reading:
    (found,) = of((READERS_DATA / name).read_bytes(), name)
    return found


def table(*rows: str, **said: object) -> Reading:
    (found,) = of("\n".join(rows), "list.csv", **said)
    return found


def entries(*values: object, **said: object) -> Reading:
    (found,) = of(json.dumps(values), "list.json", **said)
    return found


def reasons(found: Reading) -> list[str]:
    return [sentence(problem.reason) for problem in found.problems]


def test_the_generic_reader_is_asked_last() -> None:
    assert list(READERS)[-1] == "generic"


def test_a_table_is_read_with_its_quoted_cells() -> None:
    found = thread("comments.csv")
    assert [(post.id, post.author, post.text, post.likes, post.parent_id) for post in found.posts] == [
        ("1", "ada_example", "Tea, please", 12, None),
        ("2", "ben_sample", "Coffee\non two lines", 3, "1"),
        ("3", "cleo_test", "水也可以", None, "2"),
    ]


def test_what_was_guessed_is_said_and_what_was_not_used() -> None:
    assert reasons(thread("comments.csv")) == [
        "read as: id ← comment_id, author ← user, text ← comment, time ← posted, likes ← fav_count, parent ← reply_to",
        "not used: mood",
    ]


def test_the_one_post_that_all_answer_in_the_end_is_the_root() -> None:
    found = thread("comments.csv")
    assert (found.root_id, found.root_author, sentences(found.reasons)) == ("1", "ada_example", ())


def test_the_comments_of_a_post_are_under_it_at_any_depth() -> None:
    found = thread("comments.json")
    assert [(post.id, post.author, post.text, post.parent_id) for post in found.posts] == [
        ("p1", "ada_example", "On tea\n\nWhich tea?", None),
        ("c1", "ben_sample", "Green", "p1"),
        ("c2", "cleo_test", "Black", "c1"),
        ("c3", None, "None", "p1"),
    ]
    assert (found.root_id, found.claimed, [post.likes for post in found.posts[1:]]) == ("p1", 3, [4, 2, None])


def test_what_stands_beside_a_list_is_named() -> None:
    assert [(problem.place, sentence(problem.reason)) for problem in thread("comments.json").problems][1:] == [
        ("beside the list", "not used: page"),
        ("columns", "read as: id ← id, author ← author.name, text ← body, likes ← score"),
        ("columns", "not used: pinned"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_lines(delimiter: str) -> None:
    out = io.StringIO()
    rows = [("author", "text", "likes"), ("ada", "a, b; c | d\te", "1"), ("ben", "e", "2")]
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert [post.text for post in of(out.getvalue())[0].posts] == ["a, b; c | d\te", "e"]


def test_excels_line_with_the_separator_is_no_heading() -> None:
    found = table("sep=;", "author;text", "ada;a, b", "ben;c;d")
    assert [post.text for post in found.posts] == ["a, b", "c"]
    assert problem_sentences(found.problems)[0] == (
        "line 4",
        "3 cells under 2 columns",
    )


def test_a_chinese_table_is_understood() -> None:
    found = table("用户名,评论内容,点赞数", "小明,今天天气很好,1.2万", "小红,是的,3")
    assert [(post.author, post.text, post.likes, post.flags) for post in found.posts] == [
        ("小明", "今天天气很好", 12000, (Flag.ROUNDED_COUNTS,)),
        ("小红", "是的", 3, ()),
    ]


def test_utf_16_is_read() -> None:
    assert of("author\ttext\nada\té".encode("utf-16"))[0].posts[0].text == "é"


def test_json_lines_are_read_with_their_places() -> None:
    first, second = {"user": "ada", "text": "a"}, {"user": "ben", "text": "b", "likes": [1]}
    (found,) = of(f"{json.dumps(first)}\n[1]\n{json.dumps(second)}\n")
    assert [(post.author, post.text) for post in found.posts] == [("ada", "a"), ("ben", "b")]
    assert ("line 2[0]", "a number, not an object; left out") in [
        (one.place, sentence(one.reason)) for one in found.problems
    ]


def test_lines_that_other_readers_know_are_left_to_them() -> None:
    one = {
        "tweet_id": ROOT,
        "username": "ada",
        "text": "x",
        "author": "ada",
        "replies": [{"text": "y", "author": "@b"}],
    }
    found = of(f"{json.dumps(one)}\n{json.dumps(one | {'tweet_id': BEN})}")
    assert [reading.format for reading in found] == ["x-tweet-fetcher"] * 2


def test_names_inside_objects_are_found() -> None:
    found = entries(
        {
            "id": BEN,
            "text": "b",
            "author": {"userName": "ben", "name": "Ben", "id": "7"},
            "metrics": {"likes": 3},
        },
        {
            "id": CLEO,
            "text": "c",
            "author": {"userName": "cleo", "name": "Cleo", "id": "8"},
            "metrics": {"likes": 0},
        },
    )
    assert [(post.author, post.author_name, post.likes) for post in found.posts] == [
        ("ben", "Ben", 3),
        ("cleo", "Cleo", 0),
    ]
    assert [post.author_id for post in found.posts] == ["7", "8"]


def test_a_quoted_posts_fields_are_not_taken_for_the_posts() -> None:
    found = entries({"id": "1", "text": "mine", "likes": 1, "quoted": {"text": "theirs", "author": {"username": "x"}}})
    assert (found.posts[0].author, found.posts[0].text) == (None, "mine")


def test_conversations_make_a_reading_each() -> None:
    first, second = of(
        json.dumps(
            [
                {
                    "tweet_id": BEN,
                    "text": "b",
                    "username": "ben",
                    "conversation_id": ROOT,
                    "in_reply_to_status_id": ROOT,
                },
                {"tweet_id": CLEO, "text": "c", "username": "cleo", "conversation_id": "1800000000000000000"},
            ]
        )
    )
    assert (first.root_id, first.posts[0].parent_id) == (ROOT, ROOT)
    assert (second.root_id, [post.author for post in second.posts]) == ("1800000000000000000", ["cleo"])
    assert first.problems
    assert second.problems == ()


def test_a_list_that_names_no_root_is_a_thread_of_its_own_name() -> None:
    found = table("author,text", "ada,a", "ben,b")
    assert found.root_id == "list.csv"
    assert sentences(found.reasons)[0].startswith("nothing in it names the post that was answered")
    assert {post.parent_id for post in found.posts} == {None}


@pytest.mark.parametrize(
    ("said", "root", "url"),
    [
        (ROOT, ROOT, None),
        (f"https://x.com/ada/status/{ROOT}", ROOT, f"https://x.com/ada/status/{ROOT}"),
        ("https://tea.example/1", "7", "https://tea.example/1"),
    ],
)
def test_the_user_names_the_root(said: str, root: str, url: str | None) -> None:
    found = table("id,author,text,url", "7,ada,a,https://tea.example/1", "8,ben,b,https://tea.example/2", root=said)
    assert (found.root_id, found.url, sentences(found.reasons)) == (root, url, ())


def test_the_video_that_all_comments_name_is_the_root_and_top_comments_answer_it() -> None:
    found = table(
        "Comment ID,Parent ID,Video ID,Author,Comment",
        "Ugx1,root,dQ1,@ada-1,First of all",
        "Ugx1.a,Ugx1,dQ1,@ben,No not so",
        "Ugx2,root,dQ1,@cleo,Third at least",
    )
    assert (found.root_id, [post.parent_id for post in found.posts]) == ("dQ1", ["dQ1", "Ugx1", "dQ1"])
    assert [post.author for post in found.posts] == ["ada-1", "ben", "cleo"]


def test_a_missing_post_that_all_answer_is_the_root() -> None:
    found = table("id,author,text,in_reply_to_status_id", f"{BEN},ben,b,{ROOT}", f"{CLEO},cleo,c,{BEN}")
    assert (found.root_id, [post.parent_id for post in found.posts]) == (ROOT, [ROOT, BEN])


def test_posts_of_x_get_their_times_and_links_from_their_ids() -> None:
    found = table("tweet_id,username,text", f"{BEN},ben,a &amp; b", f"{CLEO},cleo,c")
    post = found.posts[0]
    assert (post.url, post.posted_at) == (f"https://x.com/ben/status/{BEN}", 1_741_830_274)
    assert (post.time_precision, post.text) == (TimePrecision.EXACT, "a & b")


def test_entities_of_other_networks_are_left_as_they_are() -> None:
    assert entries({"author": "ada", "text": "a &amp; b"}).posts[0].text == "a &amp; b"


def test_reddits_ids_get_the_beginning_that_its_parents_have() -> None:
    found = table(
        "id,parent_id,link_id,author,body", "a1,t3_pen,t3_pen,ada,Top of it", "a2,t1_a1,t3_pen,[deleted],[removed]"
    )
    assert [(post.id, post.parent_id, post.author, post.status) for post in found.posts] == [
        ("t1_a1", "t3_pen", "ada", PostStatus.LIVE),
        ("t1_a2", "t1_a1", None, PostStatus.DELETED),
    ]
    assert found.root_id == "t3_pen"


@pytest.mark.parametrize(
    ("cell", "moment", "precision"),
    [
        ("2026-03-01 10:00:00 UTC", 1772359200, "exact"),
        ("2026/03/01 10:00:00+00:00", 1772359200, "exact"),
        ("1772359200", 1772359200, "exact"),
        ("1772359200000", 1772359200, "exact"),
        ("1772359200.0", 1772359200, "exact"),
        ("2026-03-01 10:00", 1772323200, "day"),
        ("some day", None, "unknown"),
    ],
)
def test_times_are_read_as_tables_print_them(cell: str, moment: int | None, precision: str) -> None:
    (post,) = table("author,text,created_at", f"ada,a,{cell}").posts
    assert (post.posted_at, post.time_precision) == (moment, precision)
    assert post.time_given == (None if precision == "exact" else cell)


@pytest.mark.parametrize(
    ("cell", "post_id", "flags"),
    [
        ("'1900000000000000001", BEN, ()),
        ('="1900000000000000001"', BEN, ()),
        ("12.0", "12", ()),
        ("1.9E+18", ROOT, (Flag.DAMAGED_ID,)),
    ],
)
def test_ids_that_a_spreadsheet_changed_are_mended_or_flagged(cell: str, post_id: str, flags: tuple[Flag, ...]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("id", "author", "text"), (cell, "ada", "a")])
    (post,) = of(out.getvalue())[0].posts
    assert (post.id, post.flags) == (post_id, flags)


def test_counts_with_a_point_are_counts() -> None:
    assert [post.likes for post in table("author,text,likes", "ada,a,3.0", "ben,b,").posts] == [3, None]


def test_a_name_with_its_handle_is_divided() -> None:
    (post,) = entries({"author": "Ada Example (@ada)", "text": "a"}).posts
    assert (post.author, post.author_name) == ("ada", "Ada Example")


def test_columns_without_a_telling_name_are_told_by_their_values() -> None:
    found = entries(
        {
            "who": "@ada",
            "says": "some words of hers",
            "when": "2026-03-01T10:00:00Z",
            "x": "https://x.com/ada/status/20",
        },
        {
            "who": "@ben",
            "says": "other words of his",
            "when": "2026-03-01T11:00:00Z",
            "x": "https://x.com/ben/status/21",
        },
    )
    assert reasons(found) == ["read as: author ← who, text ← says, time ← when, url ← x"]
    assert [post.id for post in found.posts] == ["20", "21"]


def test_the_users_word_overrides_the_guess() -> None:
    found = table("author,text,likes,zaps", "ada,a,1,7", mapping={"likes": "zaps"})
    assert (found.posts[0].likes, found.format) == (7, "generic --map likes=zaps")
    assert reasons(found)[-1] == "not used: likes"


def test_a_field_without_a_column_is_not_guessed() -> None:
    assert table("author,text,likes", "ada,a,1", mapping={"likes": ""}).posts[0].likes is None


def test_a_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(PayloadError, match=r"list\.csv: there is no column ‘zap’; there are: author, text"):
        table("author,text", "ada,a", mapping={"likes": "zap"})


def test_a_list_without_a_telling_column_is_refused_with_what_to_say() -> None:
    with pytest.raises(PayloadError, match="--map text=NAME; there are: name, version, about"):
        entries({"name": "left-pad", "version": "1", "about": "pads a text on the left"})


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ada, thank you\nIt was nice, was it not",
        "[1, 2, 3]",
        '{"text": "a"}',
        "[]",
        "{}",
        '[{"a": 1}]',
        "author,text",
    ],
)
def test_what_is_no_list_of_posts_is_refused(text: str) -> None:
    with pytest.raises(PayloadError):
        of(text)


def test_a_known_format_says_that_the_users_word_was_not_used() -> None:
    found = of((READERS_DATA / "bird.json").read_bytes(), "bird.json", mapping={"likes": "x"})[0]
    assert reasons(found) == [
        "is bird JSON (read, replies or thread); --map and --root are for lists of an unknown format; not used"
    ]


def test_a_thousand_answers_inside_one_another_are_read() -> None:
    value: dict[str, object] = {"id": "0", "author": "ada", "text": "t", "replies": []}
    for number in range(1, 300):
        value = {"id": str(number), "author": "ada", "text": "t", "replies": [value]}
    (found,) = of(json.dumps([value]))
    assert len(found.posts) == 300
    assert found.posts[-1].parent_id == "1"


def test_a_cell_beyond_the_modules_limit_is_read() -> None:
    found = table("author,text", f"ada,{'x' * 200_000}")
    assert found.posts[0].flags == (Flag.CUT,)


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.lists(st.none(), max_size=1),
    st.sampled_from(["[deleted]", "root", "0", "1.9e18", "\ud800", "\0", "https://x.com/a/status/5", "@a", "None"]),
)  # fmt: skip
NAMES = st.sampled_from(
    ["id", "text", "author", "user.name", "parent_id", "conversation_id", "likes", "url", "created_at", "replies", "x"]
)
ROWS = st.lists(st.dictionaries(NAMES, CELLS, max_size=6), max_size=5)


@settings(max_examples=examples(50))
@given(ROWS, st.sampled_from([{}, {"text": "x"}, {"text": "text", "likes": "x"}]))
def test_rows_of_anything_end_in_posts_or_in_our_own_error(rows: list[object], mapping: dict[str, str]) -> None:
    data = json.dumps(rows).encode("utf-8", "surrogatepass")
    try:
        found = of(data, mapping=mapping)
    except PayloadError:
        return
    ids = [post.id for reading in found for post in reading.posts]
    assert all(ids)
    repr(found).encode()


@settings(max_examples=examples(50))
@given(st.text(alphabet='author,text;"\n\r\t|12[{', max_size=60))
def test_tables_of_anything_end_in_posts_or_in_our_own_error(text: str) -> None:
    try:
        found = of(f"author,text\n{text}")
    except PayloadError:
        return
    assert found[0].posts


def test_the_command_takes_what_the_user_says(pullquote: Commands, tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text("nr,who,said,zaps\n1,ada,a few words,12\n2,ben,some others,5\n")
    said = ["--map", "id=nr", "--map", "text=said", "--map", "author=who", "--map", "likes=zaps", "--root", "9"]
    pullquote("import", path, *said)
    posts = pullquote("posts", "9", "--json").json
    assert [(post["id"], post["author"], post["likes"]) for post in posts] == [("1", "ada", 12), ("2", "ben", 5)]


def test_the_same_file_explained_otherwise_is_read_again(pullquote: Commands, tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text("id,author,text,likes,zaps\n1,ada,a few words,0,12\n")
    pullquote("import", path)
    assert "1 changed" in pullquote("import", path, "--map", "likes=zaps").out
    assert pullquote("posts", "said.csv", "--json").json[0]["likes"] == 12


@pytest.mark.parametrize("given", ["likes", "hearts=zaps", "=zaps"])
def test_a_field_that_there_is_not_is_refused(pullquote: Commands, given: str) -> None:
    assert "--map wants FIELD=COLUMN" in pullquote("import", "x.csv", "--map", given, code=2).err


def test_what_pullquote_prints_as_csv_is_read_again(pullquote: Commands, tmp_path: Path) -> None:
    path, own = tmp_path / "comments.csv", tmp_path / "own.csv"
    path.write_bytes((READERS_DATA / "comments.csv").read_bytes())
    pullquote("import", path)
    own.write_text(pullquote("posts", "1", "--csv").out)
    found = of(own.read_bytes(), "own.csv")[0]
    assert [(post.id, post.author, post.text, post.likes, post.parent_id) for post in found.posts] == [
        (post.id, post.author, post.text, post.likes, post.parent_id) for post in thread("comments.csv").posts
    ]


def test_a_quote_that_is_never_closed_swallows_no_line() -> None:
    found = table("id,author,text,likes", 'k7,ada,"Tea",4', 'k8,ben,"Coffee,2', "k9,cleo,Milk,7", 'k10,dov,"Rum",1')
    assert [(post.author, post.text, post.likes) for post in found.posts] == [
        ("ada", "Tea", 4),
        ("ben", '"Coffee', 2),
        ("cleo", "Milk", 7),
        ("dov", "Rum", 1),
    ]
    assert problem_sentences(found.problems)[0] == (
        "line 3",
        "a quote opens here that is never closed; the line is read as it stands",
    )


def test_a_quote_in_the_last_cell_that_is_never_closed_swallows_no_line() -> None:
    found = table("author,likes,text", 'ada,1,"Tea', 'ben,2,"Coffee"', "cleo,3,Milk")
    assert [post.text for post in found.posts] == ['"Tea', "Coffee", "Milk"]


def test_a_cell_of_several_lines_is_one_text() -> None:
    found = table("author,text,likes", 'ada,"Tea, or', "coffee, or", 'milk",3', "ben,Rum,1")
    assert [post.text for post in found.posts] == ["Tea, or\ncoffee, or\nmilk", "Rum"]


def test_a_large_table_of_unclosed_quotes_is_read_in_no_time() -> None:
    found = table("author,text", *(f'ada,"Tea {number}' for number in range(20_001)))
    assert len(found.posts) == 20_001
