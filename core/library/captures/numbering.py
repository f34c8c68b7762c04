"""A capture's posts under the ids by which their thread knows them.

Two servers number one thread each in its own way: posts are told by their addresses there, and what only the other
server has keeps its number with that server's name. A post that came without an id is known again when it has one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection

from core.models import Post
from core.text.links_in_text import LINK
from core.text.names import account_key
from core.text.sites import address_key
from core.text.spelling import names_end

MADE = "h:"
"""Begins an id that was made of author, text and parent."""


@dataclass(slots=True)
class Numbering:
    """How the ids of one capture become those of its thread."""

    connection: Connection
    thread_id: int
    site: str
    """That of the capture."""
    root_id: str
    """The root's id as the capture has it."""
    address: str
    """The root's address, as addresses are compared; empty where the capture does not know it."""
    _kept: dict[str, str] = field(default_factory=dict)
    """A kept post's address -> its id."""

    def is_own(self) -> bool:
        """Whether the capture's ids are the thread's."""
        site, root_id, is_list, address = self._thread()
        if is_list or (site == self.site and root_id == self.root_id):
            return True
        if site and self.site and site != self.site:
            return False
        return root_id == self.root_id or not address or address != self.address

    def is_plain(self) -> bool:
        """Whether no post of the capture can be one that the thread has under another id."""
        return self.is_own() and not self._has_others() and not self._stub_authors()

    def own_posts(self, posts: Sequence[Post]) -> Sequence[Post]:
        """`posts` under the ids that the thread has for them, each once."""
        self._bring_home(posts)
        posts = self.with_own_handles(posts)
        names = self.own_names(posts)
        if not names:
            return posts
        found: dict[str, Post] = {}
        for post in posts:
            post_id = names.get(post.id, post.id)
            parent = names.get(post.parent_id, post.parent_id) if post.parent_id else None
            found.setdefault(post_id, post.with_changes(id=post_id, parent_id=parent))
        return list(found.values())

    def with_own_handles(self, posts: Sequence[Post]) -> Sequence[Post]:
        """`posts` by handles as the thread's server writes them: its own without a host, others with theirs."""
        site = self._thread()[0]
        if self.is_own() or site == self.site:
            return posts
        return [
            post.with_changes(author=_handle(post.author, self.site, site)) if post.author else post for post in posts
        ]

    def own_names(self, posts: Sequence[Post]) -> dict[str, str]:
        """An id of the capture -> the one that the thread has for that post, where it is another.

        Kept posts whose ids were only provisional get those of the capture.
        """
        if self.is_own():
            self._settle_addresses(posts)
            return self._stubs(posts)
        return self._stubs(posts) | self._names(posts)

    def _bring_home(self, posts: Sequence[Post]) -> None:
        """Number the thread as the server on which it was begun does, now that this one speaks; others saw copies."""
        site, root_id, _, address = self._thread()
        if self.is_own() or site == self.site or address.partition("/")[0] != self.site:
            return
        ids = {address_key(post.url): post.id for post in posts if post.url}
        kept = self.connection.execute(
            "SELECT seq, id, url, author FROM post WHERE thread_id = ?", (self.thread_id,)
        ).fetchall()
        names = {
            post_id: ids.get(address_key(url)) or f"{site or 'elsewhere'}:{post_id}"
            for _, post_id, url, _ in kept
            if not post_id.startswith(MADE)
        }
        renumber(self.connection, self.thread_id, names | {root_id: self.root_id})
        self.connection.executemany(
            "UPDATE post SET author = ? WHERE seq = ?",
            ((_handle(author, site, self.site), seq) for seq, _, _, author in kept if author),
        )
        (author,) = self.connection.execute("SELECT root_author FROM thread WHERE id = ?", (self.thread_id,)).fetchone()
        self.connection.execute(
            "UPDATE thread SET site = ?, root_id = ?, root_author = ? WHERE id = ?",
            (self.site, self.root_id, author and _handle(author, site, self.site), self.thread_id),
        )
        self._kept.clear()

    def _thread(self) -> tuple[str, str, bool, str]:
        """The thread's site, its root's id, whether it is a list without a root, and its address."""
        site, root_id, is_list, address = self.connection.execute(
            "SELECT site, root_id, is_list, address FROM thread WHERE id = ?", (self.thread_id,)
        ).fetchone()
        return site, root_id, bool(is_list), address

    def _names(self, posts: Sequence[Post]) -> dict[str, str]:
        """An id of the capture -> that of the thread, where it is another."""
        site, root_id, _, _ = self._thread()
        is_other_site = not self.site or (bool(site) and site != self.site)
        kept = self._addresses()
        names = {
            name: f"{self.site or 'elsewhere'}:{name}"
            for post in posts
            for name in (post.id, post.parent_id)
            if name and is_other_site and not name.startswith(MADE)
        }
        names |= {post.id: kept[key] for post in posts if (key := address_key(post.url)) in kept and key}
        return names | {self.root_id: root_id}

    def _addresses(self) -> dict[str, str]:
        """The addresses of the kept posts, each with the post's id."""
        if not self._kept:
            rows = self.connection.execute(
                "SELECT url, id FROM post WHERE thread_id = ? AND url NOT NULL", (self.thread_id,)
            )
            self._kept = {address_key(url): post_id for url, post_id in rows}
        return self._kept

    def _settle_addresses(self, posts: Sequence[Post]) -> None:
        """Give posts that another server has brought the ids that the thread's own server has for them."""
        if not self._has_others():
            return
        others = self.connection.execute(
            "SELECT id, url FROM post WHERE thread_id = ? AND url NOT NULL AND instr(id, ':')", (self.thread_id,)
        ).fetchall()
        ids = {address_key(post.url): post.id for post in posts if post.url} if others else {}
        names = {old: ids[key] for old, url in others if (key := address_key(url)) in ids and ids[key] != old}
        renumber(self.connection, self.thread_id, names)

    def _has_others(self) -> bool:
        """Whether captures of another server have brought posts of the thread."""
        row = self.connection.execute(
            "SELECT 1 FROM capture c JOIN thread t ON t.id = c.thread_id WHERE t.id = ? AND c.site != t.site LIMIT 1",
            (self.thread_id,),
        ).fetchone()
        return row is not None

    def _stub_authors(self) -> list[str | None]:
        """The authors of the kept posts that came without an id."""
        rows = self.connection.execute(
            "SELECT author FROM post WHERE thread_id = ? AND id >= ? AND id < 'h;'", (self.thread_id, MADE)
        )
        return [author for (author,) in rows]

    def _stubs(self, posts: Sequence[Post]) -> dict[str, str]:
        """The ids under which the thread has posts that came without one; kept ones get the id that has come now."""
        coming = [post.author for post in posts if post.id.startswith(MADE)]
        authors = {account_key(author) for author in (*coming, *self._stub_authors()) if author}
        if not authors:
            return {}
        groups: defaultdict[tuple[str, str], _SameWords] = defaultdict(_SameWords)
        for post in posts:
            if (key := _key(post.author, post.text)) and key[0] in authors:
                groups[key].coming.add(post.id)
        for post_id, author, text in self.connection.execute(
            "SELECT id, author, text FROM post WHERE thread_id = ? AND author NOT NULL", (self.thread_id,)
        ):
            if account_key(author) in authors and (key := _key(author, text)) in groups and key:
                groups[key].kept.add(post_id)
        old, new = dict[str, str](), dict[str, str]()
        for group in groups.values():
            group.decide(old, new)
        renumber(self.connection, self.thread_id, old)
        return new


def _handle(handle: str, seen_from: str, site: str) -> str:
    """A handle that one server shows, as another one writes it."""
    name, has_host, host = handle.partition("@")
    if not has_host:
        return f"{name}@{seen_from}" if seen_from else handle
    return name if host.lower() == site else handle


@dataclass(slots=True)
class _SameWords:
    """The ids of posts that have one author and the same words."""

    kept: set[str] = field(default_factory=set)
    coming: set[str] = field(default_factory=set)

    def decide(self, old: dict[str, str], new: dict[str, str]) -> None:
        """Note which kept id becomes another, or which coming one: only where there is one of each."""
        if len(self.kept) != 1 or len(self.coming) != 1 or self.kept == self.coming:
            return
        (kept,), (coming,) = self.kept, self.coming
        if coming.startswith(MADE):
            new[coming] = kept
        elif kept.startswith(MADE):
            old[kept] = coming


def _key(author: str | None, text: str) -> tuple[str, str] | None:
    """What posts by one account in the same words have in common, but for links, signs and the names in front."""
    words = "".join(filter(str.isalnum, LINK.sub("", text[names_end(text) :]).casefold()))
    return (account_key(author), words) if author and words else None


def renumber(connection: Connection, thread_id: int, names: Mapping[str, str]) -> None:
    """Give kept posts other ids; marks and all that was captured stay with them. An id that is taken is not given."""
    if not names:
        return
    rows = connection.execute("SELECT seq, id, parent_id FROM post WHERE thread_id = ?", (thread_id,)).fetchall()
    taken = {post_id for _, post_id, _ in rows if post_id not in names}
    given = dict[str, str]()
    for old, new in names.items():
        if new not in taken:
            taken.add(new)
            given[old] = new
    stays = names.keys() - given.keys()
    given = {old: new for old, new in given.items() if new not in stays}
    # One post may get the id that another one has until then.
    renamed = ((seq,) for seq, post_id, _ in rows if post_id in given)
    connection.executemany("UPDATE post SET id = char(0) || id WHERE seq = ?", renamed)
    connection.executemany(
        "UPDATE post SET id = ?, parent_id = ? WHERE seq = ?",
        (
            (given.get(post_id, post_id), given.get(parent, parent), seq)
            for seq, post_id, parent in rows
            if post_id in given or parent in given
        ),
    )
