"""A quote as the pane shows it: what stands beside its words, and what stands in their place."""

import pytest

from core.models import DetailKind, Mark, Post, PostDetail, PostStatus, Quote
from tui.widgets.quote_layout import QuoteDetails, quote_layout


def shown(post: Post) -> str:
    """A post as text."""
    return quote_layout(QuoteDetails(Quote(1, post, Mark(), None, depth=1, is_root=False, position=0)), str).plain


def test_what_a_source_shows_with_a_post_stands_below_its_words_under_a_name() -> None:
    details = (PostDetail(DetailKind.POLL, "Walk\nSwim"), PostDetail(DetailKind.QUOTED_POST, "", "https://e.example/1"))
    said = shown(Post("1", "Which?", "anna", details=details))
    assert "Which?\n\n── poll\nWalk\nSwim\n\n── quotes\nhttps://e.example/1\n" in said


def test_a_post_that_was_passed_on_names_who_did_so() -> None:
    assert "passed on by @otis" in shown(Post("1", "It holds.", "anna", shared_by="otis"))


def test_controls_in_what_stands_beside_a_post_are_signs() -> None:
    assert "\x1b" not in shown(Post("1", "", "anna", details=(PostDetail(DetailKind.PLACE, "a\x1b[2Jb"),)))


@pytest.mark.parametrize(
    ("post", "words"),
    [
        (Post("1", "", "anna", media=("https://e.example/b.png",)), "[a picture or video without words]"),
        (Post("1", "", "anna"), "[no words]"),
        (Post("1", "", "anna", status=PostStatus.DELETED), "[no text: deleted]"),
    ],
)
def test_a_post_without_a_text_says_why(post: Post, words: str) -> None:
    assert words in shown(post)
