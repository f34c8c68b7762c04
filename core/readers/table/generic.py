"""Any list of posts that no other reader knows: JSON, JSON Lines or CSV, by what its columns seem to be.

What was guessed is said with each capture, and so is what was not used; `--map likes=fav_count` decides otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import PayloadError
from core.models import Post, Problem, Reading, TimePrecision
from core.readers.kit.counts import printed_count
from core.readers.kit.document import Document
from core.readers.kit.fetcher_errors import fetcher_message
from core.readers.kit.fields import NO_ID
from core.readers.kit.readings import find_post
from core.readers.kit.threads import part_posts
from core.readers.table.answered import answered_accounts
from core.readers.table.cells import Cells, id_of
from core.readers.table.column_names import NAMES, OF_ROOTS_ONLY, SEEN_AT
from core.readers.table.columns import ColumnChoice, choose_columns, listed_names
from core.readers.table.delimited import csv_rows
from core.readers.table.root_facts import facts_of_root
from core.readers.table.rows import Rows, TableRow, compact, json_rows
from core.readers.table.signs import countable, link_of
from core.readers.table.times import table_time
from core.reasons import Reason, ReasonCode
from core.text.x_posts import X_SITE, linked_id

_TOLD_BY = 200
"""Rows by which a document is told to be a list of posts."""


class GenericReader:
    """Lists of objects, and tables."""

    name = "generic"
    title = "any JSON list, JSON Lines or CSV with a column of texts (--map says which is which)"
    site = ""
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether there is a list with a column of texts, and no message of a fetcher in its place."""
        found = None if fetcher_message(document.value) else _rows(document, _TOLD_BY)
        if found is None:
            return False
        if document.mapping.get("text"):
            return True
        columns = choose_columns(found.rows, found.columns(), {})
        return columns is not None and columns.is_told

    def read(self, document: Document) -> list[Reading]:
        """One reading for each conversation that the list names, or one for the whole list."""
        found = _rows(document)
        if found is None or not found.rows:
            raise PayloadError(Reason(ReasonCode.NO_LIST, names=(document.name,)))
        names = found.columns()
        try:
            columns = choose_columns(found.rows, names, document.mapping)
        except PayloadError as error:
            raise PayloadError(Reason(ReasonCode.IN_FILE, names=(document.name,), causes=(error.reason,))) from error
        if columns is None:
            raise PayloadError(Reason(ReasonCode.NO_TEXT_COLUMN, names=(document.name, listed_names(names))))
        return _Thread(document, found, columns).readings()


def _rows(document: Document, limit: int | None = None) -> Rows | None:
    """The rows of the document, be it JSON or CSV; None where it is no list."""
    return json_rows(document, limit) or csv_rows(document, limit)


def unnamed_columns(document: Document) -> str:
    """The columns of a list in which none is told to be the text; empty for what is no list."""
    found = _rows(document, _TOLD_BY)
    return "" if found is None or isinstance(document.value, dict) else listed_names(found.columns())


@dataclass(frozen=True, slots=True)
class _Root:
    """The post that the list is under."""

    id: str
    url: str | None = None
    reason: Reason | None = None
    """Why it is only a name."""
    post: Post | None = None
    """The post itself, where it stands outside the list."""


class _Thread:
    """The posts of one list, and which post they are under."""

    def __init__(self, document: Document, rows: Rows, columns: ColumnChoice) -> None:
        self.document, self.rows = document, rows
        self.problems = list(rows.problems)
        self.of_root = [name for name in facts_of_root(columns.by_field, rows.rows) if name not in document.mapping]
        self.claimed = self._claimed(columns)
        own = {field: column for field, column in columns.by_field.items() if field not in self.of_root}
        self.columns = replace(columns, by_field=own)
        self.seen_at = self._seen_at()
        captured_at = self.seen_at or document.captured_at
        self.cells = Cells(self.columns, rows.rows, self.problems, captured_at)
        # A list that the user explains otherwise is another capture of the same bytes.
        said = [f"{field}={column}" for field, column in sorted(document.mapping.items())]
        self.format = " ".join([GenericReader.name, *(f"--map {one}" for one in said)])
        self.posts: list[Post] = []
        for number, row in enumerate(rows.rows):
            above = self.posts[row.above].id if row.above is not None else None
            self.posts.append(self.cells.post(row, number, above))
        self._answer_accounts()

    def _claimed(self, columns: ColumnChoice) -> Mapping[str, int]:
        """Root's id -> how many replies the rows say that it has."""
        column = columns.by_field.get("replies") if "replies" in self.of_root else None
        if column is None:
            return {}
        of = columns.by_field.get("root")
        found = {}
        for row in self.rows.rows:
            count = printed_count(countable(row.values.get(column))).value
            if count is not None:
                found[str(row.values.get(of)) if of else ""] = count
        return found

    def _seen_at(self) -> int | None:
        """When a tool saw the newest of the rows, where it notes that."""
        names = [name for name in self.rows.columns() if compact(name.rpartition(".")[2]) in SEEN_AT]
        moments = (table_time(row.values.get(name), None) for name in names[:1] for row in self.rows.rows)
        exact = (one.posted_at for one in moments if one.precision is TimePrecision.EXACT)
        return max((one for one in exact if one is not None), default=None)

    def _answer_accounts(self) -> None:
        """Give a post that names only the account which it answers its parent, where that can be one post alone."""
        mended, parents = answered_accounts(self.rows, self.columns, self.posts, self.cells.root)
        if parents:
            self.posts = mended
            self.problems.append(Problem("columns", Reason(ReasonCode.PARENTS_BY_ACCOUNT, (parents,))))

    def readings(self) -> list[Reading]:
        """One reading for each conversation."""
        around = self._around()
        self._say()
        given = self._given()
        threads = self._conversations() if given is None and around is None else {}
        if not threads:
            return [self._reading(given or around or self._told_by_answers() or self._common() or self._own())]
        first, *others = (self._reading(_Root(root_id), posts) for root_id, posts in threads.items())
        return [first, *(replace(one, problems=()) for one in others)]

    def _reading(self, root: _Root, posts: Sequence[Post] | None = None) -> Reading:
        """The reading of one conversation, under its root."""
        posts = self._answering(root, self.posts if posts is None else posts)
        posts = [root.post, *posts] if root.post else posts
        own = find_post(posts, root.id)
        return Reading(
            format=self.format,
            root_id=root.id,
            posts=tuple(posts),
            url=root.url or (own.url if own else None),
            root_author=own.author if own else None,
            claimed=own.replies if own and own.replies is not None else self.claimed.get(root.id, self.claimed.get("")),
            reasons=(root.reason,) if root.reason else (),
            problems=tuple(self.problems),
            captured_at=self.seen_at,
            site=X_SITE if self.cells.on_x else "",
        )

    def _answering(self, root: _Root, posts: Sequence[Post]) -> Sequence[Post]:
        """The posts, of which those that answer no other one answer the root where the list says who answers whom."""
        if root.reason or not (self.rows.nested or "parent" in self.columns.by_field):
            return posts
        return [
            post.with_changes(parent_id=root.id) if post.parent_id is None and post.id != root.id else post
            for post in posts
        ]

    def _say(self) -> None:
        """Report what was read as what, and what was not used."""
        used = set(self.columns.by_field.values())
        unused = [name for name in self.rows.columns() if name not in used]
        self.problems.append(Problem("columns", self.columns.as_reason()))
        if unused:
            self.problems.append(Problem("columns", _not_used(unused)))
        if self.of_root:
            names = (", ".join(self.of_root),)
            self.problems.append(Problem("columns", Reason(ReasonCode.SAME_IN_ALL_ROWS, names=names)))
        if self.cells.are_rounded:
            self.problems.append(Problem("columns", Reason(ReasonCode.IDS_ROUNDED, (self.cells.mended,))))
        for name in unused:
            if compact(name) in NAMES["id"] and all(id_of(row.values.get(name))[1] for row in self.rows.rows):
                self.problems.append(Problem(name, Reason(ReasonCode.ROUNDED_ID)))
        if self.columns.has_row_numbers:
            self.problems.append(Problem("columns", Reason(ReasonCode.ROW_NUMBERS)))

    def _given(self) -> _Root | None:
        """The root that the user names, by its id or its link."""
        given = self.document.root
        if not given:
            return None
        linked = next((post.id for post in self.posts if post.url == given), None)
        return _Root(linked or linked_id(given) or given, link_of(given))

    def _conversations(self) -> Mapping[str, list[Post]]:
        """The posts by the conversation that they name; empty where none does."""
        named = {post.id: self.cells.root(row) for row, post in zip(self.rows.rows, self.posts, strict=True)}
        if self._are_roots():
            named = {post.id: post.id for post in self.posts}
        roots = {root for root in named.values() if root}
        if not roots:
            return {}
        if len(roots) == 1:
            return part_posts(self.posts, dict.fromkeys(named, roots.pop()))
        return part_posts(self.posts, {post_id: root for post_id, root in named.items() if root})

    def _are_roots(self) -> bool:
        """Whether the rows are videos, notes and the like, of which none is under another."""
        own = compact(self.columns.by_field.get("id", "").rpartition(".")[2])
        is_under = self.rows.nested or {"parent", "root"} & self.columns.by_field.keys()
        has_title = "title" in self.columns.by_field
        return not is_under and (own in OF_ROOTS_ONLY or (own == "postid" and has_title))

    def _told_by_answers(self) -> _Root | None:
        """The one post that all others answer in the end, or that all answer and that is not here."""
        ids = {post.id for post in self.posts}
        tops = [post for post in self.posts if post.parent_id is None]
        missing = {post.parent_id for post in self.posts if post.parent_id is not None} - ids
        if len(tops) == 1 and not missing and len(ids) > 1 and not tops[0].id.startswith(NO_ID):
            return _Root(tops[0].id, tops[0].url)
        return _Root(missing.pop() or "") if len(missing) == 1 and not tops else None

    def _common(self) -> _Root | None:
        """The post to which a column links in every row."""
        used = set(self.columns.by_field.values())
        rows = self.rows.rows
        for name in self.rows.columns() if len(rows) > 1 else ():
            link = rows[0].values.get(name)
            found = linked_id(link)
            if found and name not in used and all(row.values.get(name) == link for row in rows):
                return _Root(found, link_of(link))
        return None

    def _own(self) -> _Root:
        """The list's own name in a root's place."""
        return _Root(self.document.name, reason=Reason(ReasonCode.ROOT_NOT_NAMED))

    def _around(self) -> _Root | None:
        """The post around or beside the list, where it is one; what else stands there is reported."""
        row = self.rows.root
        if row is None:
            return None
        columns = choose_columns([row], list(row.values), {})
        used: set[str] = set()
        root = None
        if columns and columns.is_told and {"id", "url"} & columns.by_field.keys():
            post = self._cells_around(columns, row).post(row, 0, None)
            if not post.id.startswith(NO_ID):
                root = _Root(post.id, post.url, None, post)
                used = set(columns.by_field.values())
                self.problems.append(Problem("beside the list", columns.as_reason()))
        unused = [name for name in row.values if name not in used]
        if unused:
            self.problems.append(Problem("beside the list", _not_used(unused)))
        return root

    def _cells_around(self, columns: ColumnChoice, row: TableRow) -> Cells:
        """How the post beside the list is read."""
        return Cells(columns, [row], self.problems, self.document.captured_at, self.cells.markup)


def _not_used(names: Sequence[str]) -> Reason:
    """Which columns say nothing of a post."""
    return Reason(ReasonCode.NOT_USED, names=(listed_names(names),))
