"""Who said it: whether handle, link, display name and the root's account agree, and which doubts hold a quotation back.

A doubt holds back where a reader of the article might be told a wrong name: the writer looks once, and confirms it with
one key. What only looks odd, such as mixed scripts in a name, warns and holds nothing back. Names change between
captures, so they are compared inside one; and many people are called John, so that a short name of one word, shared
with the root's author, is no doubt.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from core.models import Flag, Post
from core.reasons import Reason, ReasonCode
from core.text.names import account_key, is_distinctive_name, is_same_account, is_same_name, name_key
from core.text.x_posts import NO_ACCOUNT, linked_account

HELD = {
    Flag.AUTHOR_UNKNOWN: ReasonCode.AUTHOR_UNKNOWN,
    Flag.AUTHOR_LINK: ReasonCode.AUTHOR_LINK,
    Flag.AUTHOR_NAME: ReasonCode.AUTHOR_NAME,
    Flag.AUTHOR_ROOT: ReasonCode.AUTHOR_ROOT,
    Flag.AUTHOR_CONFLICT: ReasonCode.AUTHOR_CONFLICT,
    Flag.SHARE_ALONE: ReasonCode.SHARE_ALONE,
}
"""The flags that hold a post back from the article until the writer confirms its author, and why."""


@dataclass(frozen=True, slots=True)
class AuthorCheck:
    """One thing that the author of a post was held against."""

    aspect: str
    """Handle, link, name, root or captures: a word of ours."""
    fits: bool | None
    """None where there is nothing to compare with."""
    found: Reason


def hold_back_reason(post: Post) -> Reason | None:
    """Why the post's author has to be confirmed, or None."""
    doubts = [HELD[flag] for flag in post.flags if flag in HELD]
    if not doubts and post.author is None:
        doubts = [ReasonCode.AUTHOR_UNKNOWN]
    return Reason(ReasonCode.AUTHOR_IN_DOUBT, causes=tuple(map(Reason, doubts))) if doubts else None


def _name(post: Post) -> str | None:
    """The display name, where it is one: some fetchers put the handle there."""
    name, author = post.author_name, post.author
    return None if name is None or author is None or name.removeprefix("@") == author else name


def find_impersonations(posts: Sequence[Post], root_id: str, root_author: str | None) -> dict[str, Flag]:
    """Ids of the posts of one capture whose author is in doubt for what the others say, with the flag."""
    names: dict[str, str] = {}
    clashing: set[str] = set()
    for post in posts:
        if (name := _name(post)) is not None:
            handle = account_key(post.author or "")
            first = names.setdefault(handle, name)
            if first != name and not is_same_name(first, name):
                clashing.add(handle)
    root = next((post for post in posts if post.id == root_id), None)
    owner = account_key((root.author if root else None) or root_author or "")
    owners_name = (_name(root) if root else None) or (None if owner in clashing else names.get(owner))
    doubts = _minorities(posts, clashing - {owner} if owners_name else clashing)
    # Whom the link to the thread names.
    named = root_author if root_author and root_author.lower() not in NO_ACCOUNT else None
    if root is not None and root.author and named and not is_same_account(root.author, named):
        doubts[root_id] = Flag.AUTHOR_LINK
    if owners_name is not None:
        doubts |= _beside(posts, root_id, owner, owners_name)
    return doubts


def _minorities(posts: Sequence[Post], clashing: set[str]) -> dict[str, Flag]:
    """The posts whose display name is not the one that most posts of their handle have; all of them in a draw."""
    if not clashing:
        return {}
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    theirs = [(post, account_key(post.author), name) for post in posts if post.author and (name := _name(post))]
    for _, handle, name in theirs:
        if handle in clashing:
            written[handle][name_key(name)] += 1
    usual = {}
    for handle, counts in written.items():
        (name, most), *others = counts.most_common(2)
        usual[handle] = name if not others or most > others[0][1] else None
    return {
        post.id: Flag.AUTHOR_NAME
        for post, handle, name in theirs
        if usual.get(handle, name_key(name)) != name_key(name)
    }


def _beside(posts: Sequence[Post], root_id: str, owner: str, owners_name: str) -> dict[str, Flag]:
    """The replies with the root's handle or its author's name, and not with both."""
    found, telling, bare = {}, is_distinctive_name(owners_name), name_key(owners_name)
    # Names in ASCII, where no letter passes for another, are told from it by their first letters.
    ascii_like = re.compile("[\\W_]*" + "".join(f"{re.escape(sign)}[\\W_]*" for sign in bare), re.IGNORECASE)
    for post in posts:
        name = _name(post)
        if name is None or post.id == root_id or post.author is None:
            continue
        if account_key(post.author) == owner:
            is_odd = not is_same_name(name, owners_name)
        else:
            is_odd = telling and (ascii_like.fullmatch(name) is not None if name.isascii() else name_key(name) == bare)
        if is_odd:
            found[post.id] = Flag.AUTHOR_ROOT
    return found


def author_checks(post: Post, root: Post | None, others: Sequence[Post]) -> tuple[AuthorCheck, ...]:
    """What the author card shows of a post's author; `others` are posts of the same thread by the same handle."""
    differ = Flag.AUTHOR_CONFLICT in post.flags
    return (
        _handle_check(post),
        _link_check(post),
        _name_check(post, others),
        _root_check(post, root),
        _check("captures", not differ, ReasonCode.CAPTURES_DIFFER if differ else ReasonCode.CAPTURES_AGREE),
    )


def _check(aspect: str, fits: bool | None, code: ReasonCode, *names: str) -> AuthorCheck:
    """A check whose finding has these names."""
    return AuthorCheck(aspect, fits, Reason(code, names=names))


def _handle_check(post: Post) -> AuthorCheck:
    """Whether the post names its author's handle."""
    if post.author is None:
        return _check("handle", False, ReasonCode.HANDLE_MISSING)
    if Flag.MIXED_SCRIPT in post.flags:
        return _check("handle", None, ReasonCode.HANDLE_MIXES_SCRIPTS, post.author)
    return _check("handle", True, ReasonCode.HANDLE, post.author)


def _link_check(post: Post) -> AuthorCheck:
    """Whether the link names the same account."""
    account = linked_account(post.url)
    if account is None:
        return _check("link", None, ReasonCode.LINK_NAMES_NOBODY if post.url else ReasonCode.NOT_THERE)
    fits = post.author is not None and is_same_account(account, post.author)
    return _check("link", fits, ReasonCode.LINK_NAMES, account)


def _name_check(post: Post, others: Sequence[Post]) -> AuthorCheck:
    """Whether the handle comes with one display name throughout."""
    mine, theirs = _name(post), [name for other in others if (name := _name(other))]
    if mine is None:
        return _check("name", None, ReasonCode.NOT_THERE)
    different = [name for name in theirs if not is_same_name(name, mine)]
    if different:
        return _check("name", False, ReasonCode.NAME_ELSEWHERE_OTHER, mine, ", ".join(dict.fromkeys(different[:3])))
    if Flag.AUTHOR_NAME in post.flags:
        return _check("name", False, ReasonCode.NAME_OTHER_IN_CAPTURE, mine)
    if theirs:
        return _check("name", True, ReasonCode.NAME_ELSEWHERE_SAME, mine)
    return _check("name", None, ReasonCode.NAME_ONLY_HERE, mine)


def _root_check(post: Post, root: Post | None) -> AuthorCheck:
    """Whether the post has all or nothing of the root's author."""
    if root is None or root.author is None or post.author is None:
        return _check("root", None, ReasonCode.ROOT_AUTHOR_UNKNOWN if post.author else ReasonCode.ROOT_NOT_COMPARED)
    has_handle = is_same_account(post.author, root.author)
    mine, roots = _name(post), _name(root)
    account = f"@{root.author}" + (f" ({roots})" if roots else "")
    fits = Flag.AUTHOR_ROOT not in post.flags
    whose = ReasonCode.IS_ROOT_AUTHOR if has_handle else ReasonCode.IS_NOT_ROOT_AUTHOR
    if mine is None or roots is None:
        return _check("root", fits if has_handle or not fits else None, whose, account)
    if has_handle == is_same_name(mine, roots):
        return _check("root", fits, whose, account)
    half = ReasonCode.ROOT_HANDLE_ONLY if has_handle else ReasonCode.ROOT_NAME_ONLY
    return _check("root", None if fits else False, half, account)
