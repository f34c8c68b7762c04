"""The site of a reading: told by its reader, by the links that carry its ids, or by where it was fetched from."""

import json
from typing import Any

from core.models import Payload, Reading
from core.readers import read


def of(value: object, name: str = "saved.json") -> Reading:
    """The one reading of a JSON payload."""
    (found,) = read(Payload(name, json.dumps(value).encode()))
    return found


def status(number: str, host: str, acct: str) -> dict[str, Any]:
    """A status, as a server shows it whose link is another server's."""
    name = acct.partition("@")[0]
    return {
        "id": number,
        "created_at": "2026-02-10T09:05:00.000Z",
        "in_reply_to_id": None,
        "spoiler_text": "",
        "visibility": "public",
        "url": f"https://{host}/@{name}/{number if '@' not in acct else '998877665544332211'}",
        "content": "<p>Are there bitterns?</p>",
        "favourites_count": 1,
        "replies_count": 0,
        "reblogs_count": 0,
        "account": {"id": "1", "username": name, "acct": acct, "display_name": name},
    }


def test_the_site_of_a_federated_thread_is_the_server_whose_numbers_it_has() -> None:
    assert of(status("115000000000000901", "fen.example", "moor")).site == "fen.example"


def test_a_copy_of_another_servers_post_does_not_say_whose_numbers_these_are() -> None:
    assert of(status("115000000000000901", "marsh.example", "reed@marsh.example")).site == ""


def test_what_was_fetched_has_the_site_that_it_was_fetched_from() -> None:
    name = "https://fen.example/api/v1/statuses/115000000000000901"
    assert of(status("115000000000000901", "marsh.example", "reed@marsh.example"), name).site == "fen.example"


def topic(host: str) -> dict[str, Any]:
    """A topic of a forum, without any link to it."""
    post = {
        "id": 901,
        "username": "moor",
        "avatar_template": f"/user_avatar/{host}/moor/{{size}}/3_2.png",
        "created_at": "2026-02-10T09:00:00.000Z",
        "cooked": "<p>Are there bitterns?</p>",
        "post_number": 1,
        "post_type": 1,
        "topic_id": 57,
    }
    return {"id": 57, "title": "Bitterns", "posts_count": 1, "post_stream": {"posts": [post], "stream": [901]}}


def test_a_forums_own_pictures_name_its_host() -> None:
    assert of(topic("fen.example")).site == "fen.example"


def comment(page: str, interface: str) -> list[dict[str, Any]]:
    """A comment on an issue."""
    return [
        {
            "id": 5,
            "html_url": f"{page}/fen/reeds/issues/3#issuecomment-5",
            "issue_url": f"{interface}/repos/fen/reeds/issues/3",
            "user": {"login": "moor"},
            "created_at": "2026-02-10T09:00:00Z",
            "body": "Two.",
        }
    ]


def test_an_issue_of_an_enterprises_server_is_not_that_of_github() -> None:
    ours = of(comment("https://git.fen.example", "https://git.fen.example/api/v3"))
    theirs = of(comment("https://github.com", "https://api.github.com"))
    assert [(one.site, one.root_id, one.url) for one in (ours, theirs)] == [
        ("git.fen.example", "fen/reeds#3", "https://git.fen.example/fen/reeds/issues/3"),
        ("github.com", "fen/reeds#3", "https://github.com/fen/reeds/issues/3"),
    ]


def test_a_list_has_the_site_of_the_links_that_carry_its_ids() -> None:
    rows = [
        {"id": f"90{n}", "author": f"a{n}", "text": f"Said {n}.", "url": f"https://fen.example/post/90{n}"}
        for n in range(3)
    ]
    assert of(rows).site == "fen.example"
    assert of([{**row, "url": "https://marsh.example/sources"} for row in rows]).site == ""
