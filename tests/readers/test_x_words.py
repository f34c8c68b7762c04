"""Whose words a post of X is, in each format: shares, names in front, what stands beside the words. All invented."""

import json
from typing import Any

import pytest

from core.models import DetailKind, Flag, Payload, Post, PostStatus, Reading, TextLoss, Verdict
from core.readers import read
from core.thread.attribution import hold_back_reason
from tests.kit.places import DATA

SHARE, ORIGINAL = "2022000000000000901", "2021900000000000900"
WORDS = "The tide mill will be closed for good on Sunday, and the miller who has kept it running has not been told why."
STUMP = f"RT @petra_h: {WORDS[:90]}…"
WHEN = 1_770_714_300


def readings(*values: object) -> list[Reading]:
    return read(Payload("x.jsonl", "\n".join(json.dumps(value) for value in values).encode(), 1_775_000_000))


def of(*values: object) -> Reading:
    (found,) = readings(*values)
    return found


def v2(original: bool = True, **more: object) -> dict[str, Any]:
    """A page of API v2 with a share, and the original if wanted."""
    created = {"created_at": "2026-02-11T08:00:00.000Z"}
    share: dict[str, Any] = {"id": SHARE, "text": STUMP, "author_id": "31", "conversation_id": SHARE, **created}
    share |= {"public_metrics": {"retweet_count": 57, "reply_count": 0, "like_count": 0}}
    share |= {"referenced_tweets": [{"type": "retweeted", "id": ORIGINAL}]}
    whole: dict[str, Any] = {"id": ORIGINAL, "text": WORDS, "author_id": "30", "created_at": "2026-02-10T09:05:00.000Z"}
    whole |= {"public_metrics": {"retweet_count": 57, "reply_count": 8, "like_count": 213}}
    users = [{"id": "30", "username": "petra_h", "name": "Petra"}, {"id": "31", "username": "jo_tarn", "name": "Jo"}]
    return {"data": [share], "includes": {"tweets": [whole] if original else [], "users": users}, **more}


def v1(original: bool = True) -> dict[str, Any]:
    """A share of API v1.1."""

    def tweet(number: str, handle: str, text: str, day: int, likes: int) -> dict[str, Any]:
        when = f"{('Tue', 'Wed')[day - 10]} Feb {day} 09:05:00 +0000 2026"
        user = {"id_str": "30", "screen_name": handle, "name": handle.title()}
        made = {"id_str": number, "created_at": when, "full_text": text, "user": user}
        return made | {"favorite_count": likes, "retweet_count": 57, "display_text_range": [0, len(text)]}

    share = tweet(SHARE, "jo_tarn", STUMP, 11, 0)
    whole = tweet(ORIGINAL, "petra_h", WORDS, 10, 213)
    return share | ({"retweeted_status": whole} if original else {"retweeted_status_id_str": ORIGINAL})


def graphql(original: bool = True) -> dict[str, Any]:
    """A share in X's web GraphQL."""

    def tweet(values: dict[str, Any]) -> dict[str, Any]:
        user = {"rest_id": "30", "core": {"screen_name": values["user"]["screen_name"], "name": "N"}}
        legacy = {key: value for key, value in values.items() if key not in ("user", "retweeted_status")}
        return {
            "__typename": "Tweet",
            "rest_id": values["id_str"],
            "core": {"user_results": {"result": user}},
            "legacy": legacy | {"reply_count": 8 if values["favorite_count"] else 0},
        }

    share = tweet(v1(original=False))
    if original:
        whole = {"__typename": "TweetWithVisibilityResults", "tweet": tweet(v1()["retweeted_status"])}
        share["legacy"]["retweeted_status_result"] = {"result": whole}
    return {"data": {"tweetResult": {"result": share}}}


def twscrape(original: bool = True) -> dict[str, Any]:
    """A share as twscrape writes it."""

    def tweet(number: str, handle: str, text: str, day: int, likes: int) -> dict[str, Any]:
        url, date = f"https://x.com/{handle}/status/{number}", f"2026-02-{day} 09:05:00+00:00"
        made = {"id": int(number), "id_str": number, "url": url, "date": date, "rawContent": text, "likeCount": likes}
        user = {"id": 30, "username": handle, "displayname": handle.title()}
        return made | {"user": user, "retweetCount": 57, "replyCount": likes and 8, "conversationId": int(number)}

    share = tweet(SHARE, "jo_tarn", STUMP, 11, 0)
    return share | {"retweetedTweet": tweet(ORIGINAL, "petra_h", WORDS, 10, 213) if original else None}


@pytest.mark.parametrize("make", [v2, v1, graphql, twscrape])
def test_a_share_is_the_originals_words_with_its_counts_and_time(make: Any) -> None:
    (post,) = of(make()).posts
    assert (post.id, post.text, post.author, post.shared_by) == (SHARE, WORDS, "petra_h", "jo_tarn")
    assert (post.likes, post.reposts, post.posted_at) == (213, 57, WHEN)
    assert post.url == f"https://x.com/petra_h/status/{ORIGINAL}"
    assert (post.flags, hold_back_reason(post)) == ((), None)


@pytest.mark.parametrize("make", [v2, v1, graphql])
def test_a_share_without_its_original_is_a_stump_that_is_held_back(make: Any) -> None:
    found = of(make(original=False))
    (post,) = found.posts
    assert (post.id, post.text, post.author, post.shared_by) == (SHARE, f"{WORDS[:90]}…", "petra_h", "jo_tarn")
    assert (post.likes, post.replies, post.reposts, post.posted_at) == (None, None, 57, None)
    assert post.flags == (Flag.SHARE_ALONE, Flag.CUT_BY_SOURCE)
    assert TextLoss.CUT in post.losses
    assert hold_back_reason(post) is not None
    assert (found.claimed, found.verdict) == (None, Verdict.UNKNOWN)


def fx(**changes: object) -> dict[str, Any]:
    """A status of FxTwitter with an answer that has `changes`."""

    def status(number: int, handle: str, **more: object) -> dict[str, Any]:
        url, author = f"https://x.com/{handle}/status/{number}", {"screen_name": handle, "name": handle.title()}
        made = {"type": "status", "id": str(number), "url": url, "text": "Which mill?", "author": author}
        return made | {"replies": 1, "likes": 3, "created_timestamp": WHEN, "replying_to": None} | more

    root = status(2022000000000000000, "orla_f")
    answered = {"screen_name": "orla_f", "status": root["id"]}
    answer = status(2022000000000000311, "abe_l", replying_to=answered, **changes)
    return {"code": 200, "status": root, "thread": [], "replies": [answer]}


def answer(**changes: object) -> Post:
    return of(fx(**changes)).posts[1]


def sent(text: str, start: int) -> dict[str, Any]:
    """A text as FxTwitter gives it, of which X displays what begins at `start`."""
    return {"text": text, "raw_text": {"text": text, "display_text_range": [start, len(text)], "facets": []}}


def test_the_names_that_x_hides_are_no_words_of_an_answer() -> None:
    assert answer(**sent("@orla_f @jo_tarn The old one.", 17)).text == "The old one."


def test_a_name_that_the_author_wrote_stays() -> None:
    assert answer(**sent("@orla_f @orla_f, the old one.", 8)).text == "@orla_f, the old one."


def test_where_nothing_tells_what_x_hides_the_names_are_a_loss() -> None:
    post = answer(text="@orla_f The old one.")
    assert (post.text, post.losses) == ("@orla_f The old one.", TextLoss.NAMES_IN_FRONT)
    assert answer(text="The old one.").losses is TextLoss.NONE


def test_the_link_at_the_end_that_stands_for_the_quoted_post_is_no_word() -> None:
    url = "https://x.com/vi_lake/status/2021000000000000005"
    quote = {"type": "status", "id": "2021000000000000005", "url": url, "text": "An old mill", "author": {}}
    post = answer(text=f"Like this {url}", quote=quote | {"author": {"screen_name": "vi_lake"}})
    assert post.text == "Like this"
    assert [(one.kind, one.text, one.url) for one in post.details] == [
        (DetailKind.QUOTED_POST, "@vi_lake: An old mill", url)
    ]


def test_polls_notes_and_descriptions_stand_beside_the_words_of_fxtwitter() -> None:
    picture = {"type": "photo", "url": "https://pbs.twimg.com/media/a.jpg", "altText": "A mill"}
    post = answer(
        poll={"choices": [{"label": "Sooner"}, {"label": "Later"}]},
        community_note={"text": "It was in 1902."},
        media={"all": [picture]},
    )
    assert [(one.kind, one.text) for one in post.details] == [
        (DetailKind.POLL, "Sooner\nLater"),
        (DetailKind.COMMUNITY_NOTE, "It was in 1902."),
        (DetailKind.ALT_TEXT, "A mill"),
    ]


def test_a_tombstone_of_fxtwitter_keeps_its_author() -> None:
    author = {"screen_name": "abe_l", "name": "Abe"}
    post = answer(type="tombstone", reason="private", message="This post is from a private account", author=author)
    assert (post.author, post.status, post.text) == ("abe_l", PostStatus.PROTECTED, "")


def test_a_tombstone_of_fxtwitter_without_an_id_is_no_row() -> None:
    gone = {"type": "tombstone", "reason": "deleted", "message": "This post is deleted"}
    found = of({**fx(), "replies": [gone, gone]})
    assert [post.id for post in found.posts] == ["2022000000000000000"]
    assert [problem.reason.numbers for problem in found.problems] == [(2,)]


def test_fxtwitter_names_who_passed_a_post_on() -> None:
    post = answer(reposted_by={"id": "31", "screen_name": "jo_tarn", "name": "Jo"})
    assert (post.author, post.shared_by) == ("abe_l", "jo_tarn")


def reply_v2(text: str, *names: str, parent: dict[str, Any] | None = None) -> Post:
    """An answer to user 30 of API v2 that begins with names."""
    users = [{"id": str(30 + place), "username": name, "name": name} for place, name in enumerate(names)]
    mentions = []
    for place, name in enumerate(names):
        start = text.index(f"@{name}")
        mentions.append({"start": start, "end": start + len(name) + 1, "username": name, "id": str(30 + place)})
    tweet: dict[str, Any] = {
        "id": SHARE,
        "text": text,
        "author_id": "50",
        "in_reply_to_user_id": "30",
        "conversation_id": ORIGINAL,
    }
    tweet |= {"entities": {"mentions": mentions}, "referenced_tweets": [{"type": "replied_to", "id": ORIGINAL}]}
    users.append({"id": "50", "username": "gil_m", "name": "Gil"})
    page = {"data": [tweet], "includes": {"users": users, "tweets": [parent] if parent else []}}
    return next(post for post in of(page).posts if post.id == SHARE)


def test_api_v2_hides_the_name_of_the_one_who_is_answered() -> None:
    post = reply_v2("@orla_f @jo_tarn The old one.", "orla_f", "jo_tarn")
    assert (post.text, post.losses) == ("The old one.", TextLoss.NONE)


def test_api_v2_keeps_a_name_that_the_answered_post_does_not_have() -> None:
    parent = {"id": ORIGINAL, "text": "Which?", "author_id": "30", "conversation_id": ORIGINAL}
    assert reply_v2("@orla_f @jo_tarn look!", "orla_f", "jo_tarn", parent=parent).text == "@jo_tarn look!"


def test_polls_places_and_quotes_stand_beside_the_words_of_api_v2() -> None:
    page = v2()
    (tweet,), includes = page["data"], page["includes"]
    tweet |= {"text": "Which? https://t.co/quotequote", "referenced_tweets": [{"type": "quoted", "id": ORIGINAL}]}
    link = {"url": "https://t.co/quotequote", "expanded_url": f"https://twitter.com/petra_h/status/{ORIGINAL}"}
    tweet |= {"entities": {"urls": [link]}, "attachments": {"poll_ids": ["7"]}, "geo": {"place_id": "p1"}}
    includes["polls"] = [{"id": "7", "options": [{"position": 1, "label": "Mill"}, {"position": 2, "label": "Crane"}]}]
    includes["places"] = [{"id": "p1", "full_name": "Mill Row, Tide"}]
    (post,) = of(page).posts
    assert post.text == "Which?"
    assert [(one.kind, one.text) for one in post.details] == [
        (DetailKind.QUOTED_POST, f"@petra_h: {WORDS}"),
        (DetailKind.POLL, "Mill\nCrane"),
        (DetailKind.PLACE, "Mill Row, Tide"),
    ]


def test_what_came_through_a_stream_proves_nothing_about_answers() -> None:
    tweet = {"id": SHARE, "text": "Now", "author_id": "30", "public_metrics": {"reply_count": 0, "like_count": 0}}
    assert of({"data": tweet, "matching_rules": [{"id": "1"}]}).verdict is Verdict.UNKNOWN
    assert of({"data": [tweet]}).verdict is Verdict.EMPTY


@pytest.mark.parametrize("extra", [{"conversation_id": ORIGINAL}, {"author_id": "30"}])
def test_a_list_with_names_and_likes_of_its_own_is_not_taken_for_api_v2(extra: dict[str, str]) -> None:
    row = {"id": SHARE, "text": "The mill.", "author": "ona_f", "likes": 41, **extra}
    found = of([row])
    assert found.format == "generic"
    assert (found.posts[0].author, found.posts[0].likes) == ("ona_f", 41)


def test_a_text_that_api_v1_cuts_is_cut_on_the_post() -> None:
    link = {"url": "https://t.co/restrestre", "expanded_url": f"https://twitter.com/i/web/status/{SHARE}"}
    tweet = v1(original=False) | {"text": "Too long a text… https://t.co/restrestre", "truncated": True}
    for key in ("full_text", "display_text_range", "retweeted_status_id_str"):
        del tweet[key]
    (post,) = of([tweet | {"entities": {"urls": [link]}}]).posts
    assert (post.text, post.flags, post.losses) == ("Too long a text…", (Flag.CUT_BY_SOURCE,), TextLoss.CUT)


def test_what_graphql_shows_beside_a_post_is_no_word_of_it() -> None:
    page = graphql(original=False)
    tweet = page["data"]["tweetResult"]["result"]
    del tweet["legacy"]["retweeted_status_id_str"]
    tweet["legacy"] |= {"full_text": "Which?", "display_text_range": [0, 6], "place": {"full_name": "Mill Row"}}
    labels = [{"key": f"choice{n}_label", "value": {"string_value": one}} for n, one in ((1, "Mill"), (2, "Crane"))]
    tweet["card"] = {"legacy": {"name": "poll2choice_text_only", "binding_values": labels}}
    note = {"text": "See https://t.co/notenoteno", "entities": [{"ref": {"url": "https://tide.example/mill"}}]}
    tweet["birdwatch_pivot"] = {"subtitle": note}
    (post,) = of(page).posts
    assert [(one.kind, one.text) for one in post.details] == [
        (DetailKind.POLL, "Mill\nCrane"),
        (DetailKind.PLACE, "Mill Row"),
        (DetailKind.COMMUNITY_NOTE, "See https://tide.example/mill"),
    ]


def test_a_long_post_hides_the_names_that_its_short_form_hides() -> None:
    page = graphql(original=False)
    tweet = page["data"]["tweetResult"]["result"]
    del tweet["legacy"]["retweeted_status_id_str"]
    tweet["legacy"] |= {"full_text": "@orla_f A long", "display_text_range": [8, 14]}
    tweet["note_tweet"] = {"note_tweet_results": {"result": {"text": "@orla_f A long & whole answer"}}}
    assert of(page).posts[0].text == "A long & whole answer"


@pytest.mark.parametrize("spelling", ["promotedMetadata", "promoted", "is_promoted"])
def test_an_advertisement_is_no_post(spelling: str) -> None:
    page, other = graphql(), graphql(original=False)
    page["data"]["tweetResult"]["result"][spelling] = True
    other["data"]["tweetResult"]["result"]["rest_id"] = "2022000000000000999"
    found = of(page, other)
    assert [post.id for post in found.posts] == ["2022000000000000999"]


def bird(number: str, handle: str, text: str, **more: object) -> dict[str, Any]:
    made = {"id": number, "text": text, "author": {"username": handle, "name": handle.title()}, "authorId": "30"}
    return made | {"createdAt": "Tue Feb 10 09:05:00 +0000 2026", "conversationId": number, "likeCount": 0} | more


def test_a_share_that_bird_does_not_tell_from_a_post_is_told_by_its_text() -> None:
    (post,) = of([bird(SHARE, "jo_tarn", STUMP, replyCount=0)]).posts
    assert (post.author, post.shared_by, post.text) == ("petra_h", "jo_tarn", f"{WORDS[:90]}…")
    assert Flag.SHARE_ALONE in post.flags


@pytest.mark.parametrize("more", [{"likeCount": 2}, {"inReplyToStatusId": ORIGINAL}, {"replyCount": 1}])
def test_what_is_liked_or_answers_is_no_share_whatever_it_begins_with(more: dict[str, Any]) -> None:
    found = of([bird(SHARE, "jo_tarn", STUMP, **more)])
    (post,) = found.posts
    assert (post.author, post.shared_by, post.text) == ("jo_tarn", None, STUMP)


def test_bird_reads_what_x_itself_said_where_it_keeps_that() -> None:
    (post,) = of([bird(SHARE, "jo_tarn", STUMP, _raw=graphql()["data"]["tweetResult"]["result"])]).posts
    assert (post.author, post.shared_by, post.text, post.likes) == ("petra_h", "jo_tarn", WORDS, 213)


def test_the_quoted_post_of_bird_stands_beside_the_words() -> None:
    quoted = bird(ORIGINAL, "vi_lake", "An old mill &amp; a new one")
    (post,) = of([bird(SHARE, "jo_tarn", "Look", quotedTweet=quoted)]).posts
    (one,) = post.details
    assert (one.text, one.url) == (
        "@vi_lake: An old mill & a new one",
        f"https://x.com/vi_lake/status/{ORIGINAL}",
    )


def gallery(**changes: object) -> dict[str, Any]:
    """The metadata that gallery-dl writes of a share."""
    petra, jo = {"id": 30, "name": "petra_h", "nick": "Petra"}, {"id": 31, "name": "jo_tarn", "nick": "Jo"}
    made = {"category": "twitter", "tweet_id": int(SHARE), "retweet_id": int(ORIGINAL), "reply_id": 0, "quote_id": 0}
    made |= {"conversation_id": int(SHARE), "author": petra, "user": jo, "content": f"RT @petra_h: {WORDS}"}
    made |= {"date": "2026-02-11 08:00:00", "date_original": "2026-02-10 09:05:00", "favorite_count": 0}
    return made | {"reply_count": 0, "retweet_count": 57, "view_count": 0} | changes


def test_gallery_dl_gives_a_shares_author_and_words_and_not_its_counts() -> None:
    (post,) = of(gallery()).posts
    assert (post.text, post.author, post.author_name, post.shared_by) == (WORDS, "petra_h", "Petra", "jo_tarn")
    assert (post.likes, post.replies, post.reposts, post.posted_at) == (None, None, 57, WHEN)
    assert (post.flags, post.losses) == ((), TextLoss.NONE)
    assert post.url == f"https://x.com/petra_h/status/{ORIGINAL}"


def test_a_share_of_an_older_gallery_dl_whose_words_are_cut_is_cut() -> None:
    jo = {"id": 31, "name": "jo_tarn", "nick": "Jo"}
    (post,) = of(gallery(author=jo, content=STUMP)).posts
    assert (post.author, post.author_name, post.shared_by) == ("petra_h", None, "jo_tarn")
    assert set(post.flags) == {Flag.SHARE_ALONE, Flag.CUT_BY_SOURCE}


def test_a_tombstone_of_snscrape_says_why() -> None:
    gone = {"_type": "snscrape.modules.twitter.Tombstone", "id": int(SHARE)}
    gone |= {"text": {"text": "This Tweet is from a suspended account."}}
    assert of(gone).posts[0].status is PostStatus.SUSPENDED


def test_polls_places_and_quotes_stand_beside_the_words_of_twscrape() -> None:
    tweet = twscrape(original=False) | {"rawContent": "Which?", "place": {"fullName": "Mill Row"}}
    tweet |= {"card": {"options": [{"label": "Mill"}, {"label": "Crane"}]}}
    tweet |= {"quotedTweet": twscrape(original=False) | {"rawContent": "An old mill"}}
    (post,) = of(tweet).posts
    assert [(one.kind, one.text) for one in post.details] == [
        (DetailKind.QUOTED_POST, "@jo_tarn: An old mill"),
        (DetailKind.POLL, "Mill\nCrane"),
        (DetailKind.PLACE, "Mill Row"),
    ]


def test_what_stands_beside_a_post_of_vxtwitter_is_no_word_of_it() -> None:
    url = f"https://twitter.com/vi_lake/status/{ORIGINAL}"
    values: dict[str, Any] = {"tweetID": SHARE, "user_screen_name": "jo_tarn", "text": f"Look {url}", "qrtURL": url}
    values |= {"qrt": {"tweetURL": url, "user_screen_name": "vi_lake", "text": "An old mill"}}
    values |= {"pollData": {"options": [{"name": "Mill"}]}, "communityNote": "It was in 1902."}
    values |= {"media_extended": [{"url": "https://pbs.twimg.com/media/a.jpg", "altText": "A mill"}]}
    (post,) = of(values).posts
    assert post.text == "Look"
    assert [one.text for one in post.details] == ["@vi_lake: An old mill", "Mill", "It was in 1902.", "A mill"]


def test_a_share_of_vxtwitter_is_held_back() -> None:
    values = {"tweetID": SHARE, "user_screen_name": "jo_tarn", "text": STUMP, "likes": 0}
    (post,) = of(values | {"retweetURL": f"https://twitter.com/i/status/{ORIGINAL}"}).posts
    assert (post.author, post.shared_by) == ("petra_h", "jo_tarn")
    assert hold_back_reason(post) is not None


def test_twitter_cli_begins_with_the_post_that_was_asked_for() -> None:
    found = read(Payload("t.json", (DATA / "readers" / "twitter_cli.json").read_bytes(), 1_775_000_000))
    ((root, ben, cleo),) = (one.posts for one in found)
    assert found[0].root_id == root.id
    assert [(post.author, post.parent_id) for post in (root, ben, cleo)] == [
        ("ada_example", None),
        ("ben_sample", None),
        ("cleo_test", None),
    ]
    assert (ben.text, ben.media) == ("The old one & the new.", ("https://pbs.twimg.com/media/a.jpg",))
    assert (cleo.text, [one.text for one in cleo.details]) == ("Look", ["@vi_test: An old mill"])
    assert (root.likes, root.replies, root.reposts, root.views, root.author_id) == (3, 2, 1, 100, "30")


def test_a_list_of_twitter_cli_that_is_no_thread_is_a_thread_for_each_post() -> None:
    value = json.loads((DATA / "readers" / "twitter_cli.json").read_text())["data"][::-1]
    value[0] |= {"isRetweet": True, "retweetedBy": "jo_tarn"}
    found = read(Payload("t.json", json.dumps(value).encode(), 1_775_000_000))
    assert [(one.root_id == one.posts[0].id, one.posts[0].shared_by) for one in found] == [
        (True, "jo_tarn"),
        (True, None),
        (True, None),
    ]


def test_a_share_in_an_accounts_archive_is_told_by_its_text() -> None:
    tweet: dict[str, Any] = {"id_str": SHARE, "full_text": STUMP, "favorite_count": "0", "retweet_count": "0"}
    tweet |= {"display_text_range": ["0", "100"], "created_at": "Wed Feb 11 08:00:00 +0000 2026"}
    (post,) = of([{"tweet": tweet}]).posts
    assert (post.author, post.text, post.posted_at) == ("petra_h", f"{WORDS[:90]}…", None)
    assert Flag.SHARE_ALONE in post.flags


def test_a_search_of_fxtwitter_is_a_thread_for_each_conversation() -> None:
    page = fx(**sent("@orla_f The old one.", 8))
    other = page["status"] | {"id": "2022000000000000900", "url": "https://x.com/vi_l/status/2022000000000000900"}
    found = readings({"code": 200, "results": [page["replies"][0], other], "cursor": {"top": "a", "bottom": None}})
    assert [(one.root_id, len(one.posts)) for one in found] == [
        ("2022000000000000000", 1),
        ("2022000000000000900", 1),
    ]
    assert found[0].posts[0].text == "The old one."


def test_posts_that_quote_each_other_are_read() -> None:
    page = v2()
    (tweet,), (other,) = page["data"], page["includes"]["tweets"]
    tweet |= {"text": "Yes", "referenced_tweets": [{"type": "quoted", "id": ORIGINAL}]}
    other |= {"referenced_tweets": [{"type": "quoted", "id": SHARE}]}
    (post,) = of(page).posts
    assert [one.text for one in post.details] == [f"@petra_h: {WORDS}"]


@pytest.mark.parametrize("key", ["retweeted_status", "quoted_status"])
def test_shares_and_quotes_that_are_nested_without_end_are_read(key: str) -> None:
    inner = v1(original=False)
    for _ in range(900):
        inner = v1(original=False) | {key: inner}
    (post,) = of([inner]).posts
    assert post.id == SHARE
