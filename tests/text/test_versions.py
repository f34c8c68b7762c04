"""Two captures' texts of one post: what is an edit, and what only another tool's way of writing it down."""

from functools import reduce
from itertools import permutations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import Flag, TextLoss
from core.text.spelling import TextVersion
from core.text.versions import Relation, is_better, is_truer
from core.text.versions import text_relation as relation_of


def text_relation(earlier: str, later: str, *, alike: bool) -> Relation:
    """How two texts stand to each other of whose tools nothing is known."""
    return relation_of(TextVersion(earlier), TextVersion(later), alike=alike)


SAME, FULLER, CUT, EDITED = Relation.SAME, Relation.FULLER, Relation.CUT, Relation.EDITED


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("a kettle & a lid", "a kettle &amp; a lid"),
        ("a kettle &amp;amp; a lid", "a kettle & a lid"),
        ("see https://t.co/abc123 now", "see https://museum.example/labels?id=4 now"),
        ("see https://museum.example/labels now", "see museum.example/lab… now"),
        ("@brolly @ada you own none", "you own none"),
        ("回复 @brolly :伞是谁的", "伞是谁的"),
        ("a kettle https://t.co/picture", "a kettle"),
        ("a kettle pic.twitter.com/abc", "a kettle"),
        ("thanks @user , let's see", "thanks @user, let's see"),
        ("one\n\ntwo", "one two"),
        ("a kettle \ue803 4", "a kettle 4"),
        ("he\u0301 \u200bbien", "hé bien"),
        ("☂️ ours", "☂ ours"),
    ],
)
def test_what_tools_do_to_a_text_is_no_edit(earlier: str, later: str) -> None:
    assert text_relation(earlier, later, alike=False) is text_relation(later, earlier, alike=False) is SAME


@pytest.mark.parametrize(
    ("earlier", "later", "alike", "wanted"),
    [
        ("you own 4,000 umbrellas", "you own 4 umbrellas", False, EDITED),
        ("Kettle", "kettle", True, EDITED),
        ("Hey", "Hey @grok is this real", False, FULLER),
        ("Hey @grok is this real", "Hey", False, CUT),
        ("Hey", "Hey. EDIT: sorry", True, EDITED),
        ("x" * 270 + "… https://t.co/abc", "x" * 400, True, FULLER),
        ("well…", "well… EDIT: no", True, EDITED),
        ("buy https://a.example/one", "buy https://b.example/two", True, EDITED),
        ("buy https://a.example/one", "buy https://b.example/two", False, EDITED),
        ("buy https://t.co/one", "buy https://t.co/two", True, SAME),
        ("", "now it is here", True, FULLER),
        ("it was here", "", True, CUT),
    ],
)
def test_an_edit_is_told_from_a_text_that_a_tool_had_cut(
    earlier: str, later: str, alike: bool, wanted: Relation
) -> None:
    assert text_relation(earlier, later, alike=alike) is wanted


@pytest.mark.parametrize(
    "part", ["@a", " ", "a-", "[a](b) ", "[", "* ", "\n- ", "a.", "@a ", "&amp;", "http://", "回复", "a.a/", "\u200b"]
)
def test_a_hostile_text_is_compared_in_no_time(part: str) -> None:
    text = part * (65_536 // len(part))
    start = process_time()
    assert text_relation(text + "one", text + "two", alike=False) in Relation
    assert process_time() - start < 5.0


LINES = "One more thing:\nthe harbour keeps its crane."
LINK, BARE = "https://tide.example/harbour/2026/what-for", "https://crane.example"
WHOLE = f"Read {LINK} and {BARE}, both of you."
SPELLED = [
    TextVersion(WHOLE, TextLoss.NONE),
    TextVersion("Read tide.example/harbour/2026/w… and crane.example, both of you.", TextLoss.SHORT_LINKS),
    TextVersion("Read https://www.tide.example/harbour/2026/what-for/ and http://CRANE.example/, both of you."),
    TextVersion("@ona @piet Read https://t.co/aB1 and https://t.co/aB2, both of you. https://t.co/pic"),
    TextVersion("Read https://tide.example/harbour/2026/what-... and crane.example , both of you.", TextLoss.NONE),
    TextVersion("Read  and , both of you.", TextLoss.HIDDEN_LINKS),
    TextVersion("@ona Read https://tide.example/harbour/2026/what%2Dfor and https://crane.example, both of you."),
    TextVersion("<p>Read <a href='x'>tide.example/harbour/2026/what-for</a> and crane.example, both of you.</p>"),
]
"""One wording, as tools spell it; the first is what the author wrote."""


@pytest.mark.parametrize(("earlier", "later"), [*permutations(SPELLED, 2)])
def test_links_are_compared_by_the_address_that_they_lead_to(earlier: TextVersion, later: TextVersion) -> None:
    assert relation_of(earlier, later, alike=False) is SAME


def test_of_all_spellings_the_one_with_whole_links_and_nothing_in_front_is_the_truest() -> None:
    assert all(is_better(SPELLED[0], other) for other in SPELLED[1:2] + SPELLED[3:])


TYPED = "I **love** [this plan](https://crane.example/a_b).\n\n> quoted\n\n* one\n* *two* & `three`\n\n\\# no title"
SHOWN = "I love this plan.\n\n> quoted\n\n• one\n• two & three\n\n# no title"


def test_markdown_as_it_was_typed_says_what_a_page_shows_of_it() -> None:
    typed, shown = TextVersion(TYPED, TextLoss.NONE), TextVersion(SHOWN, TextLoss.NONE)
    assert relation_of(typed, shown, alike=False) is relation_of(shown, typed, alike=False) is SAME
    assert is_better(typed, shown)
    assert relation_of(typed, TextVersion(SHOWN.replace("love", "hate"), TextLoss.NONE), alike=False) is EDITED
    assert relation_of(typed, shown, alike=True) is EDITED


@pytest.mark.parametrize(
    ("truer", "poorer"),
    [
        (LINES, LINES.replace("\n", " ")),
        ("The green one, of course.", "@ona @piet The green one, of course."),
        ("I haven't seen that.", "I haven&#x27;t seen <i>that</i>."),
        ("see https://tide.example/a", "see https://t.co/aBc"),
        ("thanks @ona, all of you", "thanks @ona , all of you"),
        ("", "@ona https://x.com/piet/status/2022000000000000001"),
        ("youtube.com/watch?v=a1 first", ""),
    ],
)
def test_what_two_texts_themselves_show_tells_the_truer_one(truer: str, poorer: str) -> None:
    assert is_better(TextVersion(truer), TextVersion(poorer))


def test_where_two_texts_are_equal_the_one_of_the_tool_that_takes_less_is_truer() -> None:
    assert is_better(TextVersion("Hey", TextLoss.NONE), TextVersion("Hey", TextLoss.CUT))
    front = TextVersion("see https://piped.example/watch?v=a1", TextLoss.NONE, [Flag.OTHER_HOST])
    own = TextVersion("see https://youtube.com/watch?v=a1", TextLoss.NONE)
    assert relation_of(front, own, alike=False) is SAME
    assert is_better(own, front)


def test_names_that_the_author_wrote_stay_where_a_tool_leaves_them_out() -> None:
    kept = TextVersion("@ona The green one", TextLoss.NONE)
    assert is_better(kept, TextVersion("The green one", TextLoss.CUT | TextLoss.HIDDEN_LINKS))
    assert is_better(kept, TextVersion("@piet @ona The green one", TextLoss.NAMES_IN_FRONT))


GROWN = "I moved everything over last week and I love it. Edit: it lost my files."


@pytest.mark.parametrize(
    ("earlier", "wanted"),
    [
        (TextVersion("I moved everything over last week and I love it."), EDITED),
        (TextVersion("I moved everything over last week and I love it", TextLoss.NONE), EDITED),
        (TextVersion("I moved everything over last week and I love it.", TextLoss.CUT), EDITED),
        (TextVersion("I moved everything over last week and", TextLoss.CUT), FULLER),
        (TextVersion("I moved everything over last", TextLoss.NONE, [Flag.CUT_BY_SOURCE]), FULLER),
        (TextVersion("I moved everything over last…", TextLoss.NONE), FULLER),
        (TextVersion("I moved everything over...全文", TextLoss.NONE), FULLER),
        (TextVersion("I moved everything over last week and"), FULLER),
        (TextVersion("I moved nothing over", TextLoss.CUT), EDITED),
    ],
)
def test_a_text_that_was_whole_and_has_grown_was_edited_and_one_that_a_tool_cuts_was_not(
    earlier: TextVersion, wanted: Relation
) -> None:
    assert relation_of(earlier, TextVersion(GROWN, TextLoss.NONE), alike=False) is wanted
    if wanted is FULLER:
        assert is_better(TextVersion(GROWN, TextLoss.NONE), earlier)


@pytest.mark.parametrize("rest", ["https://crane.example/a", "@piet look", "#crane", "tide.example"])
def test_a_tool_that_cuts_may_do_so_behind_a_sentence_where_a_link_or_a_name_begins(rest: str) -> None:
    stump, whole = TextVersion("Not me.", TextLoss.CUT), TextVersion(f"Not me. {rest}", TextLoss.NONE)
    assert relation_of(stump, whole, alike=False) is FULLER


def test_a_text_as_long_as_a_network_once_allowed_may_be_cut_though_no_tool_is_known_to() -> None:
    earlier = TextVersion("x" * 138 + ".", TextLoss.NONE)
    assert relation_of(earlier, TextVersion("x" * 138 + ". yes", TextLoss.NONE), alike=False) is FULLER


WORDS = [
    "one",
    " ",
    "\n",
    "two.",
    "…",
    "@ona ",
    "tide.example",
    "&amp;",
    "&",
    "<p>",
    "<3",
    " 12 7",
    "三",
    "“yes”",
    " ,",
]
LINKS = ["https://t.co/aB ", "tide.example/h/a… ", "https://tide.example/h/abc ", "https://x.com/a/status/7"]
PIECES = st.lists(st.sampled_from(WORDS + LINKS), max_size=8)
TEXTS = st.builds(
    TextVersion,
    PIECES.map(" ".join),
    st.sampled_from([None, *map(TextLoss, range(0, 128, 9))]),
    st.sampled_from([(), (Flag.OTHER_HOST,), (Flag.CUT_BY_SOURCE,)]),
)


@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_the_truest_of_several_texts_is_the_same_in_any_order(texts: list[TextVersion]) -> None:
    orders = permutations(texts)
    found = [reduce(lambda one, other: other if is_truer(other, one) else one, order).text for order in orders]
    assert len({*found}) == 1


@given(TEXTS, TEXTS)
def test_how_texts_stand_to_each_other_is_the_same_from_both_sides(one: TextVersion, other: TextVersion) -> None:
    mirrored = {SAME: SAME, EDITED: EDITED, FULLER: CUT, CUT: FULLER}
    assert relation_of(other, one, alike=False) is mirrored[relation_of(one, other, alike=False)]


@given(PIECES.map(" ".join), PIECES.map(" ".join), st.sampled_from(TextLoss))
def test_a_stump_never_wins(start: str, rest: str, loss: TextLoss) -> None:
    stump, whole = TextVersion(start, TextLoss.CUT), TextVersion(f"{start} {rest}", loss)
    if relation_of(stump, whole, alike=False) is FULLER:
        assert is_truer(whole, stump)
        assert not is_truer(stump, whole)
