"""A link to a post is printed without what names the one who looked at it."""

import pytest

from core.text.post_links import link_of_post


@pytest.mark.parametrize(
    ("link", "printed"),
    [
        ("https://x.com/nel_ost/status/20?s=46&t=aBcD&auth_token=0123", "https://x.com/nel_ost/status/20"),
        ("https://mobile.twitter.com/nel_ost/status/20?ref_src=twsrc", "https://mobile.twitter.com/nel_ost/status/20"),
        ("https://nitter.example/nel_ost/status/20?cursor=AbC#r", "https://nitter.example/nel_ost/status/20#r"),
        ("https://news.ycombinator.com/item?id=4012&goto=news", "https://news.ycombinator.com/item?id=4012"),
        ("https://www.youtube.com/watch?v=a_b-c&si=xYz&pp=q&lc=Ug1", "https://www.youtube.com/watch?v=a_b-c&lc=Ug1"),
        ("https://youtu.be/a_b-c?si=xYz", "https://youtu.be/a_b-c"),
        ("https://www.reddit.com/r/a/comments/1k9/x/?share_id=q&utm_source=s", "https://www.reddit.com/r/a/comments/1k9/x/"),
        ("https://forum.moor.example/t/cranes/57?u=nel_ost", "https://forum.moor.example/t/cranes/57"),
        ("https://pond.example/post/4012?scrollToComments=true", "https://pond.example/post/4012"),
        ("https://m.weibo.cn/detail/51?sudaref=x&display=0", "https://m.weibo.cn/detail/51"),
        ("https://www.bilibili.com/video/BV1?spm_id_from=3&p=2#reply9", "https://www.bilibili.com/video/BV1?p=2#reply9"),
        ("https://github.com/moor/a/issues/7?referrer=N#issuecomment-9", "https://github.com/moor/a/issues/7#issuecomment-9"),
        ("https://board.example/viewtopic.php?f=2&t=57&sid=0a1b2c", "https://board.example/viewtopic.php?f=2&t=57"),
        ("https://tube.moor.example/watch?v=a_b-c&token=q", "https://tube.moor.example/watch?v=a_b-c"),
        ("https://moor.example/a?session=q#access_token=abc", "https://moor.example/a"),
        ("https://moor.example/a#:~:text=crane", "https://moor.example/a"),
        ("https://moor.example/a", "https://moor.example/a"),
        ("no link", "no link"),
    ],
)  # fmt: skip
def test_what_does_not_name_the_post_is_left_out(link: str, printed: str) -> None:
    assert link_of_post(link) == printed
