"""What every reading gets, whatever its format: ids, times, flags, parents, a verdict."""

import pytest

from core.models import Flag, Post, Problem, Reading, TextLoss, TimePrecision, Verdict
from core.readers.kit.fields import NO_ID
from core.readers.kit.finish import finish
from core.readers.kit.mending import TEXT_LIMIT
from core.readers.kit.readings import with_problems
from core.reasons import Reason, ReasonCode
from tests.kit.sentences import problem_sentences, sentence, sentences

ROOT = "1900000000000000000"
CAPTURED = 1_750_000_000


def reading(*posts: Post, **values: object) -> Reading:
    return Reading(format="test", root_id=ROOT, posts=posts, **values)  # type: ignore[arg-type]


def finished(*posts: Post, captured_at: int | None = CAPTURED, **values: object) -> Reading:
    return finish(reading(*posts, **values), captured_at=captured_at, site="x.com")


def only(post: Post, captured_at: int | None = CAPTURED) -> Post:
    (found,) = finished(post, captured_at=captured_at).posts
    return found


def test_a_post_without_an_id_gets_the_hash_of_author_text_and_parent() -> None:
    post = only(Post(id="", text="hello", author="ada", parent_id=ROOT))
    # (printf 'ada\000hello\000'; printf 1900000000000000000) | sha256sum
    assert post.id == "h:c157294c08fa05fd"


def test_exact_repeats_without_an_id_are_numbered() -> None:
    same = Post(id="", text="hello", author="ada", parent_id=ROOT)
    ids = [post.id for post in finished(same, same, same).posts]
    assert ids == [ids[0], f"{ids[0]}-2", f"{ids[0]}-3"]


def test_answers_to_a_post_without_an_id_follow_its_new_id() -> None:
    parent = Post(id=f"{NO_ID}a", text="hello", author="ada", parent_id=ROOT)
    child = Post(id=f"{NO_ID}b", text="hi", author="ben", parent_id=f"{NO_ID}a")
    first, second = finished(parent, child).posts
    assert second.parent_id == first.id


def test_the_id_tells_the_time_where_the_source_gives_a_day() -> None:
    post = only(Post(id=ROOT, text="", author="a", posted_at=1741824000, time_precision=TimePrecision.DAY))
    # (1900000000000000000 >> 22) + 1288834974657 = 1741830274... ms, by hand
    assert (post.posted_at, post.time_precision) == (((int(ROOT) >> 22) + 1288834974657) // 1000, TimePrecision.EXACT)


def test_an_id_that_lost_its_digits_tells_no_time() -> None:
    damaged = Post(id="1780000000000000000", text="", author="a", flags=(Flag.DAMAGED_ID,))
    assert only(damaged).posted_at is None
    nearly = Post(id="1780666889137422592", text="", author="a", flags=(Flag.DAMAGED_ID,))
    assert only(nearly).time_precision is TimePrecision.EXACT


def test_only_ids_of_x_tell_a_time() -> None:
    post = Post(id="112345678901234567", text="", author="ada@mastodon.example")
    (found,) = finish(reading(post), captured_at=CAPTURED, site="").posts
    assert (found.posted_at, found.time_precision) == (None, TimePrecision.UNKNOWN)


def test_an_exact_time_of_the_source_is_kept() -> None:
    post = only(Post(id=ROOT, text="", author="a", posted_at=1741824345, time_precision=TimePrecision.EXACT))
    assert post.posted_at == 1741824345


def test_a_small_id_tells_no_time() -> None:
    assert only(Post(id="20", text="", author="jack_example")).posted_at is None


@pytest.mark.parametrize("moment", [0, 1_136_073_599, CAPTURED + 301])
def test_a_time_before_2006_or_after_the_capture_is_odd(moment: int) -> None:
    post = only(Post(id="5", text="", author="a", posted_at=moment, time_precision=TimePrecision.EXACT))
    assert Flag.ODD_TIME in post.flags


def test_a_capture_dated_1970_makes_no_time_odd() -> None:
    post = Post(id="5", text="", author="a", posted_at=CAPTURED, time_precision=TimePrecision.EXACT)
    assert only(post, captured_at=0).flags == ()


def test_two_copies_of_a_post_become_one_that_has_the_fields_of_both() -> None:
    (post,) = finished(Post(id="7", text="same", author="ada"), Post(id="7", text="same", author="ada", likes=3)).posts
    assert (post.likes, post.flags) == (3, ())


def test_one_id_with_two_texts_keeps_the_first_and_says_so() -> None:
    found = finished(Post(id="7", text="one", author="a"), Post(id="7", text="two", author="a"))
    assert [(post.text, post.flags) for post in found.posts] == [("one", (Flag.CONFLICT,))]
    assert problem_sentences(found.problems) == (("post 7", "comes with two texts; the first was kept"),)


def test_two_posts_whose_ids_were_rounded_to_one_number_both_stay() -> None:
    damaged = (Flag.DAMAGED_ID,)
    found = finished(
        Post(id="7", text="one", author="a", flags=damaged), Post(id="7", text="two", author="a", flags=damaged)
    )
    assert [post.text for post in found.posts] == ["one", "two"]


def test_a_post_that_answers_itself_loses_its_parent() -> None:
    post = only(Post(id="7", text="x", author="a", parent_id="7"))
    assert (post.parent_id, post.flags) == (None, (Flag.CYCLE,))


def test_a_cycle_is_cut_at_its_newest_post() -> None:
    posts = [
        Post(id=name, text=name, author="a", parent_id=parent, posted_at=CAPTURED - age)
        for name, parent, age in [("a", "b", 300), ("b", "c", 100), ("c", "a", 200)]
    ]
    found = {post.id: post for post in finished(*posts).posts}
    assert [name for name, post in found.items() if Flag.CYCLE in post.flags] == ["b"]
    assert (found["a"].parent_id, found["b"].parent_id, found["c"].parent_id) == ("b", None, "a")


def test_a_chain_of_five_thousand_answers_is_kept() -> None:
    posts = [Post(id=str(n), text=str(n), author="a", parent_id=str(n + 1)) for n in range(5000)]
    found = finished(*posts).posts
    assert found[0].parent_id == "1"
    assert [post.id for post in found if Flag.ORPHAN in post.flags] == ["4999"]


def test_a_missing_root_makes_no_orphans() -> None:
    assert only(Post(id="7", text="x", author="a", parent_id=ROOT)).flags == ()


def test_a_text_over_the_limit_is_cut_between_characters() -> None:
    post = only(Post(id="7", text="a" + "文" * 40_000, author="a"))
    assert post.text == "a" + "文" * ((TEXT_LIMIT - 1) // 3)
    assert post.flags == (Flag.CUT,)


def test_lone_surrogates_become_replacement_characters() -> None:
    post = only(Post(id="7", text="a\ud800b", author="a", author_name="\udc00"))
    assert (post.text, post.author_name, post.flags) == ("a\ufffdb", "\ufffd", (Flag.DAMAGED_TEXT,))


def test_more_likes_than_views_are_odd() -> None:
    assert only(Post(id="7", text="", author="a", likes=9, views=8)).flags == (Flag.ODD_COUNTS,)


def test_likes_without_known_views_are_not_odd() -> None:
    assert only(Post(id="7", text="", author="a", likes=9, views=0)).flags == ()


def test_a_count_that_no_database_holds_is_unknown() -> None:
    post = only(Post(id="7", text="", author="a", likes=2**63, views=10**18))
    assert (post.likes, post.views, post.flags) == (None, 10**18, (Flag.ODD_COUNTS,))


def test_a_post_gets_its_link_from_handle_and_id() -> None:
    assert (
        only(Post(id="1900000000000000001", text="", author="ada")).url
        == "https://x.com/ada/status/1900000000000000001"
    )


@pytest.mark.parametrize(("post_id", "author"), [("h:12", "ada"), ("12", "not a handle"), ("12", "../../etc")])
def test_an_unreal_handle_or_id_makes_no_link(post_id: str, author: str) -> None:
    assert only(Post(id=post_id, text="", author=author)).url is None


def test_a_damaged_id_makes_no_link() -> None:
    assert only(Post(id="1900000000000000001", text="", author="ada", flags=(Flag.DAMAGED_ID,))).url is None


def test_a_link_that_is_not_for_the_web_is_dropped() -> None:
    assert only(Post(id="h:1", text="", author="ada", url="javascript:alert(1)")).url is None


def test_an_author_whom_the_link_contradicts_is_in_doubt() -> None:
    post = Post(id="7", text="", author="ada", url="https://x.com/mallory/status/7")
    assert only(post).flags == (Flag.AUTHOR_LINK,)


def test_a_handle_loses_invisible_characters_and_is_flagged() -> None:
    post = only(Post(id="7", text="", author="a\u200bda"))
    assert (post.author, post.flags) == ("ada", (Flag.INVISIBLE,))


def test_fewer_replies_than_the_source_claims_are_a_partial_capture() -> None:
    found = finished(Post(id=ROOT, text="", author="a"), Post(id="7", text="x", author="b"), claimed=5)
    assert found.verdict is Verdict.PARTIAL
    assert sentences(found.reasons) == ("1 of ≈ 5 replies",)


def test_no_replies_where_the_source_claims_none_is_an_empty_thread() -> None:
    assert finished(Post(id=ROOT, text="", author="a"), claimed=0).verdict is Verdict.EMPTY


def test_a_proven_end_without_a_claim_is_no_complete_capture() -> None:
    assert finished(Post(id=ROOT, text="", author="a"), verdict=Verdict.COMPLETE).verdict is Verdict.UNKNOWN


def test_thousands_of_problems_are_listed_up_to_a_limit() -> None:
    found = finished(problems=tuple(Problem(str(n), Reason.written("x")) for n in range(1000)))
    assert len(found.problems) == 201
    assert sentence(found.problems[-1].reason) == "800 more problems not listed"


def test_a_hundred_thousand_replies_are_finished() -> None:
    posts = [
        Post(
            id=str(int(ROOT) + n),
            text=f"reply {n} 你好 🙂",
            author=f"user{n}",
            author_name="Née",
            parent_id=ROOT,
            likes=n,
        )
        for n in range(100_000)
    ]
    whole = reading(*posts)
    assert len(finish(whole, captured_at=CAPTURED, site="x.com").posts) == 100_000


def test_a_post_has_the_losses_of_its_format_of_its_reading_and_its_own() -> None:
    plain = Post(id="1990000000000000001", text="rain", author="ada")
    cut = Post(id="1990000000000000002", text="rain", author="ada", losses=TextLoss.CUT)
    told = finish(reading(plain, cut, losses=TextLoss.ENTITIES), captured_at=None, losses=TextLoss.LINE_BREAKS)
    both = TextLoss.ENTITIES | TextLoss.LINE_BREAKS
    assert [post.losses for post in told.posts] == [both, both | TextLoss.CUT]


def test_losses_are_told_of_posts_that_need_no_mending_too() -> None:
    sound = only(Post(id="1990000000000000001", text="rain", author="ada"))
    (post,) = finish(reading(sound), captured_at=None, site="x.com", losses=TextLoss.SHORT_LINKS).posts
    assert post == sound.with_changes(losses=TextLoss.SHORT_LINKS)


@pytest.mark.parametrize("verdict", [Verdict.COMPLETE, Verdict.UNKNOWN])
def test_a_part_that_was_left_out_makes_every_verdict_partial_at_best(verdict: Verdict) -> None:
    lost = Problem("line 2", Reason(ReasonCode.BROKEN_JSON_AT, (7,), ("cut off",)))
    post = Post(id=ROOT, text="rain", author="ada", replies=1)
    told = finished(post, post.with_changes(id="5", parent_id=ROOT), claimed=1, verdict=verdict, problems=(lost,))
    assert (told.verdict, told.reasons) == (Verdict.PARTIAL, (Reason(ReasonCode.PARTS_LEFT_OUT, (1,)),))
    assert finish(told, captured_at=CAPTURED).reasons == told.reasons


def test_a_value_that_was_mended_leaves_a_verdict_as_it_is() -> None:
    mended = Problem("line 2", Reason(ReasonCode.NOT_A_COUNT, names=("text",)))
    told = finished(Post(id=ROOT, text="rain", author="ada"), claimed=0, verdict=Verdict.COMPLETE, problems=(mended,))
    assert told.verdict is Verdict.EMPTY


def test_what_was_left_out_of_a_payload_may_belong_to_any_thread_in_it() -> None:
    one, other = finished(Post(id=ROOT, text="rain")), finished(Post(id=ROOT, text="sun"), verdict=Verdict.PARTIAL)
    lost = Problem("line 3", Reason(ReasonCode.REST_NO_JSON))
    assert [told.verdict for told in with_problems([one, other], [lost])] == [Verdict.PARTIAL, Verdict.PARTIAL]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_copies_that_say_the_same_the_truer_text_is_kept_and_nothing_is_in_conflict(order: int) -> None:
    cut = Post(id="5", text="Which crane…", author="ada", losses=TextLoss.CUT, flags=(Flag.CUT_BY_SOURCE,))
    whole = Post(id="5", text="Which crane shall stay?", author="ada", likes=3)
    told = finished(*(cut, whole)[::order])
    (post,) = told.posts
    assert (post.text, post.likes, post.losses, post.flags) == (whole.text, 3, TextLoss.NONE, ())
    assert not told.problems
