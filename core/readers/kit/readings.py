"""Readings as readers make them: of one thread, and of all threads in a payload."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.models import Post, Problem, Reading, Verdict
from core.reasons import Reason


def find_post(posts: Iterable[Post], post_id: str) -> Post | None:
    """The first of `posts` with this id, or None."""
    return next((post for post in posts if post.id == post_id), None)


def thread_reading(
    format: str,
    root_id: str,
    posts: Sequence[Post],
    *,
    tool: str | None = None,
    reasons: Iterable[Reason] = (),
    verdict: Verdict = Verdict.UNKNOWN,
    problems: Iterable[Problem] = (),
    url: str | None = None,
    root_author: str | None = None,
    claimed: int | None = None,
    captured_at: int | None = None,
) -> Reading:
    """The reading of one thread; it is partial where there are `reasons` for that, else `verdict`.

    `url` and `root_author` are used where the root itself does not say them, and its count where `claimed` is None.
    """
    root, reasons = find_post(posts, root_id), tuple(reasons)
    return Reading(
        format=format,
        root_id=root_id,
        posts=tuple(posts),
        tool=tool,
        url=(root.url if root else None) or url,
        root_author=(root.author if root else None) or root_author,
        claimed=root.replies if root and claimed is None else claimed,
        verdict=Verdict.PARTIAL if reasons else verdict,
        reasons=reasons,
        problems=tuple(problems),
        captured_at=captured_at,
    )


def with_problems(readings: Sequence[Reading], problems: Iterable[Problem]) -> list[Reading]:
    """`readings`, the first of which also tells what is wrong with the payload as a whole; there must be one."""
    first, *others = readings
    return [replace(first, problems=(*problems, *first.problems)), *others]
