"""Readings as readers make them: of one thread, and of all threads in a payload."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.models import Post, Problem, Reading, Verdict
from core.reasons import Reason, ReasonCode

Reasons = tuple[Reason, ...]
_LEFT_OUT = frozenset(
    {
        ReasonCode.ANSWERED_POST_MISSING,
        ReasonCode.ANSWER_PACKED,
        ReasonCode.BROKEN_JSON,
        ReasonCode.BROKEN_JSON_AT,
        ReasonCode.ENTRY_NOT_AN_OBJECT,
        ReasonCode.KIND_NO_POST_OR_COMMENT,
        ReasonCode.MISSING,
        ReasonCode.NESTED_TOO_DEEPLY,
        ReasonCode.NOT_A_LIST,
        ReasonCode.NO_API_V1_POST,
        ReasonCode.NO_API_V2_POST,
        ReasonCode.NO_ISSUE,
        ReasonCode.NO_ISSUE_OR_COMMENT,
        ReasonCode.NO_POST_OR_COMMENT,
        ReasonCode.NO_TWEET,
        ReasonCode.NO_VXTWITTER_POST,
        ReasonCode.OWN_ID_MISSING,
        ReasonCode.PACKED_LEFT_OUT,
        ReasonCode.POST_MISSING,
        ReasonCode.RECORD_CUT,
        ReasonCode.REST_NO_JSON,
        ReasonCode.REST_NO_WARC,
        ReasonCode.TOPIC_MISSING,
        ReasonCode.VALUE_NO_JSON,
    }
)
"""What a problem says that leaves out a part of a payload, which may be posts of the thread, and mends no value."""


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
    gone: Iterable[Post] = (),
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
        gone=tuple(gone),
    )


def with_problems(readings: Sequence[Reading], problems: Iterable[Problem]) -> list[Reading]:
    """`readings`, the first of which also tells what is wrong with the payload as a whole; there must be one.

    What was left out of it may belong to any of them.
    """
    problems = tuple(problems)
    first, *others = (_capped(one, problems) for one in readings)
    return [replace(first, problems=(*problems, *first.problems)), *others]


def _capped(reading: Reading, problems: Iterable[Problem]) -> Reading:
    """`reading` as no more than partial where `problems` leave out a part of the payload."""
    verdict, reasons = capped(reading.verdict, reading.reasons, problems)
    return replace(reading, verdict=verdict, reasons=reasons)


def capped(verdict: Verdict, reasons: Iterable[Reason], problems: Iterable[Problem]) -> tuple[Verdict, Reasons]:
    """A verdict with its reasons, no better than partial where `problems` leave out what may be posts."""
    reasons = tuple(reasons)
    left_out = sum(problem.reason.code in _LEFT_OUT for problem in problems)
    if not left_out or verdict is Verdict.FAILED or any(one.code is ReasonCode.PARTS_LEFT_OUT for one in reasons):
        return verdict, reasons
    return Verdict.PARTIAL, (*reasons, Reason(ReasonCode.PARTS_LEFT_OUT, (left_out,)))
