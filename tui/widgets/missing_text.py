"""What stands on the screen in place of a text that a post has none of."""

from core.models import Post, PostStatus


def missing_words(post: Post) -> str:
    """Why there is no text."""
    if post.status is PostStatus.LIVE:
        return "a picture or video without words" if post.media else "no words"
    return f"no text: {post.status}"
