"""Real files of Hacker News, Reddit, Discourse and GitHub are read with what was counted in them by eye."""

from itertools import pairwise

import pytest

from core.errors import PayloadError
from core.models import Flag, Verdict
from tests.kit.readings import sample, tree
from tests.kit.sentences import sentences

HN_TREE = [
    ("47033328", None, "todsacerdoti"),
    ("47033789", "47033328", "jp1016"),
    ("47034139", "47033789", "Vinnl"),
    ("47034202", "47034139", "user123"),
    ("47033944", "47033789", "anotheruser"),
    ("47033731", "47033328", "1116574"),
    ("47034163", "47033731", "Vinnl"),
    ("47033831", "47033328", "strogonoff"),
    ("47034604", "47033831", "Vinnl"),
]
FUNNY = [
    ("t3_3hahrw", None, "your_local_librarian", 29790),
    ("t1_cu5pebp", "t3_3hahrw", "johnnwho", 1127),
    ("t1_cu5sye5", "t1_cu5pebp", "Lommo97", 696),
    ("t1_cu5tgzu", "t1_cu5sye5", "mcampo84", 230),
    ("t1_cu5oif1", "t3_3hahrw", "frittenlord", 1445),
    ("t1_cu5t516", "t1_cu5oif1", "Rivster79", 637),
    ("t1_cu5s3hd", "t3_3hahrw", "stupiddie", 190),
    ("t1_cu5uluu", "t1_cu5s3hd", "Antrikshy", 50),
    ("t1_cu5q4m5", "t3_3hahrw", "FrostyAce81", 200),
    ("t1_cu5p1hh", "t3_3hahrw", "TheProphetBroses", 336),
    ("t1_cu5th6m", "t1_cu5p1hh", None, 205),
]
CHAIN = ["pzk", "q0b", "q18", "q2a", "q3l", "q4z", "q6v", "q7x", "q8o", "q9c", "q9z"]


def test_a_real_bundle_of_hacker_news_items_is_three_threads() -> None:
    first, second, third = sample("hackernews", "inkfeed.hn_algolia_items.json")
    assert tree(first) == HN_TREE
    assert [len(one.posts) for one in (first, second, third)] == [9, 3, 2]
    assert [one.posts[0].likes for one in (first, second, third)] == [92, 836, 105]


def test_a_real_hacker_news_item_has_three_posts_and_a_deleted_one() -> None:
    (found,) = sample("hackernews", "pullmd.hn-item.trimmed.json")
    assert [(post.id, post.parent_id) for post in found.posts] == [
        ("48471048", None),
        ("48471116", "48471048"),
        ("48471846", "48471116"),
    ]
    assert found.posts[1].text == "Impressive work. General models are very cheap to get started with."
    assert len(found.problems) == 1


def test_a_real_reddit_thread_with_559_comments_behind_11_stubs() -> None:
    """100, 14, 8, 34, 12, 10, 2, 8, 12, 27 and 332 of them."""
    (found,) = sample("reddit", "praw.3hahrw.limit10.json")
    assert [(post.id, post.parent_id, post.author, post.likes) for post in found.posts] == FUNNY
    assert (found.claimed, found.verdict) == (537, Verdict.PARTIAL)
    assert sentences(found.reasons) == ("10 of ≈ 537 replies", "559 comments behind 11 “more” stubs")
    assert found.posts[3].text == ">I have a glandular problem! "
    assert found.posts[0].media == ("http://i.imgur.com/eoF76hj.gifv",)


def test_a_real_reddit_thread_that_is_whole() -> None:
    (found,) = sample("reddit", "praw.54hhwl.small.json")
    chain = ["81vwef", "81w4vt", "81xm8b", "82twtt", "82vz05", "82waqz", "831t17", "8320uo", "83h2x4", "836mqd"]
    parents = ["t3_54hhwl", *(f"t1_d{one}" for one in chain[:8]), "t1_d8320uo"]
    assert [(post.id, post.parent_id) for post in found.posts[1:]] == [
        (f"t1_d{one}", parent) for one, parent in zip(chain, parents, strict=True)
    ]
    assert (found.claimed, found.verdict) == (10, Verdict.COMPLETE)
    assert found.posts[-1].text == "Oh okay. I'll take a look this evening (PDT)."


def test_a_real_reddit_branch_is_partial_and_begins_at_an_orphan() -> None:
    """The comments that say 14 to 23."""
    (found,) = sample("reddit", "praw.6otocc.chain.small.json")
    root, *comments = found.posts
    assert (root.text, root.likes, root.replies) == ("Comment Chain", None, 32)
    assert [post.text for post in comments] == [str(number) for number in range(14, 24)]
    assert [(post.parent_id, post.id) for post in comments] == [
        (f"t1_dkk4{above}", f"t1_dkk4{own}") for above, own in pairwise(CHAIN)
    ]
    assert comments[0].flags == (Flag.ORPHAN,)
    assert sentences(found.reasons) == (
        "10 of ≈ 32 replies",
        "1 place where the thread continues on another page",
        "1 comment whose parent the payload lacks",
    )


def test_a_real_page_of_discourse_posts() -> None:
    (found,) = sample("discourse", "discourse_api.topic_posts.json")
    (post,) = found.posts
    assert (found.root_id, post.id, post.parent_id) == ("t/57/1", "t/57/2", "t/57/1")
    assert (post.author, post.author_name, post.text) == ("Some-username", "Someones Name", "Some text.")
    assert (post.likes, post.replies, post.posted_at) == (3, 0, 1580124723)


def test_a_real_comment_on_a_pull_request() -> None:
    """One, as written by a bot."""
    (found,) = sample("github", "udondon.issue_comments.json")
    (post,) = found.posts
    assert (found.root_id, post.author) == ("udondon1478/Project-PS#288", "coderabbitai[bot]")
    assert (post.id, post.parent_id, post.likes) == ("3828833816", found.root_id, 0)
    assert len(post.text) == 21934


def test_reddits_block_page_is_said_to_refuse() -> None:
    with pytest.raises(PayloadError, match=r"refuses access.*Blocked"):
        sample("error_pages", "old_reddit_network_policy_block.html")
