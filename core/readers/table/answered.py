"""Parents of posts that name only the account which they answer, as 4CAT's tables of X do."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from core.models import Post
from core.readers.table.column_names import IS_REPLY, REPLIED_AUTHOR
from core.readers.table.columns import ColumnChoice
from core.readers.table.rows import Rows, TableRow, compact

_NO = frozenset(("no", "false", "0", "n"))


def answered_accounts(
    rows: Rows, columns: ColumnChoice, posts: Sequence[Post], root_of: Callable[[TableRow], str]
) -> tuple[list[Post], int]:
    """The posts, and how many of them have been given a parent.

    The parent is the one earlier post of that account in the conversation; where there are several, it is unknown.
    """
    names = {compact(name): name for name in rows.columns()}
    answered, is_reply = names.get(REPLIED_AUTHOR), names.get(IS_REPLY)
    if answered is None or "parent" in columns.by_field or "root" not in columns.by_field:
        return [*posts], 0
    roots = [root_of(row) for row in rows.rows]
    by_account: defaultdict[tuple[str, str], list[Post]] = defaultdict(list)
    for root, post in zip(roots, posts, strict=True):
        by_account[root, (post.author or "").lower()].append(post)
    found, given = [], 0
    for root, row, post in zip(roots, rows.rows, posts, strict=True):
        account = str(row.values.get(answered) or "").strip().lstrip("@").lower()
        if account and not (is_reply and str(row.values.get(is_reply)).strip().lower() in _NO):
            others = [one for one in by_account[root, account] if one.id != post.id and _is_before(one, post)]
            if len(others) == 1 and len([one for one in by_account[root, account] if one.id != post.id]) == 1:
                post, given = post.with_changes(parent_id=others[0].id), given + 1
        found.append(post)
    return found, given


def _is_before(one: Post, other: Post) -> bool:
    """Whether a post was made before another one, as far as their times are known."""
    return one.posted_at is not None and other.posted_at is not None and one.posted_at <= other.posted_at
