"""How much of a thread is here, by what each of its posts says of the answers to it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from core.models import Post, Verdict
from core.readers.kit.readings import find_post
from core.reasons import Reason, ReasonCode


def completeness(
    posts: Sequence[Post], root_id: str, besides: Mapping[str, int] | None = None, *, provable: bool = False
) -> tuple[int | None, Verdict, tuple[Reason, ...]]:
    """How many replies the source says there are, the verdict that follows, and its reasons.

    `besides` counts answers, by the post that they answer, that the source shows without their content. Where every
    answer that is counted is here, that is the whole thread only if the source's counts are `provable`.
    """
    here = Counter(besides or {})
    here.update(post.parent_id for post in posts if post.parent_id is not None and post.id != root_id)
    absent = [lack for post in posts if (lack := (post.replies or 0) - here[post.id]) > 0]
    root = find_post(posts, root_id)
    is_counted = root is not None and root.replies is not None
    claimed = len(posts) - 1 + sum(absent) if is_counted else None
    if absent:
        more = Reason(ReasonCode.POSTS_WITH_MORE_ANSWERS, (len(absent), sum(absent)))
        return claimed, Verdict.PARTIAL, (more,)
    proven = provable and all(post.replies is not None for post in _live(posts))
    return claimed, Verdict.COMPLETE if proven else Verdict.UNKNOWN, ()


def _live(posts: Iterable[Post]) -> Iterable[Post]:
    """Those of `posts` that can be seen."""
    return (post for post in posts if post.status == "live")
