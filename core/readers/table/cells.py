"""A row of a list as a post: what tables, spreadsheets and scripts make of ids, names and times undone."""

import re
from collections.abc import Mapping, Sequence

from core.counts import COUNT_NAMES
from core.models import Flag, Post, PostStatus, Problem
from core.readers.kit.entities import unescaped
from core.readers.kit.fields import NO_ID, JsonObject, identifier
from core.readers.table.columns import NO_PARENT, countable, is_empty, link_of
from core.readers.table.rows import TableRow
from core.readers.table.times import table_time
from core.text.language_tags import language_tag
from core.text.x_posts import best_time, is_coarse, is_on_x, is_post_id, linked_id, post_link

_SAMPLE = 200
"""Rows by which the network is told."""
_COUNTS = {name: name for name in COUNT_NAMES}
_TEXTS = ("text", "author", "name")
_GONE = frozenset(("[deleted]", "[removed]", "[已删除]"))
_HANDLE_LAST = re.compile(r"(?P<name>.*\S)\s*[(（]@(?P<handle>[^()（）\s]+)[)）]")
_PROFILE = re.compile(r"https?://[^/\s]+/@?(?P<handle>[^/?#\s]+)/?")
_OF_X = ("tweet", "status", "screen_name", "favorite", "conversation")
"""Words in the names of columns that hold ids of X."""
_FEWEST_DIGITS = 15
"""Digits of an id of X since late 2010."""
_AS_TEXT = re.compile(r"""(?:="|')(\d{5,40})"?""")
_AS_FLOAT = re.compile(r"(\d{1,15})\.0")


class Cells:
    """How the rows of one list are read."""

    def __init__(
        self, column: Mapping[str, str], rows: Sequence[TableRow], problems: list[Problem], captured_at: int | None
    ) -> None:
        """`column` names the column of each field."""
        self.column, self.problems, self.captured_at = column, problems, captured_at
        sample = rows[:_SAMPLE]
        self.on_x = self._is_on_x(sample)
        self.prefix = self._prefix(sample)

    def cell(self, row: TableRow, field: str) -> object:
        """What a row says of a field; None where that is nothing."""
        name = self.column.get(field)
        value = row.values.get(name) if name is not None else None
        # People also write "None", and may be called so.
        nothing = value in (None, "") if field in _TEXTS else is_empty(value)
        return None if nothing else value

    def root(self, row: TableRow) -> str:
        """The post that began the conversation; empty where the row does not say."""
        found = id_of(self.cell(row, "root"))[0]
        return "" if found in NO_PARENT else found

    def post(self, row: TableRow, number: int, above: str | None) -> Post:
        """A row as a post; `above` is the post that it is nested in."""
        flags: list[Flag] = []
        post_id, url = self._post_id(row, flags), link_of(self.cell(row, "url"))
        author, name = self._author(row)
        item = JsonObject({key: countable(self.cell(row, key)) for key in _COUNTS}, row.place, self.problems, None)
        text, lang, time = (
            self.cell(row, "text"),
            self.cell(row, "lang"),
            table_time(self.cell(row, "time"), self.captured_at),
        )
        posted_at, precision = time.posted_at, time.precision
        if self.on_x and not (Flag.DAMAGED_ID in flags and is_coarse(post_id)):
            posted_at, precision = best_time(post_id, posted_at, precision)
        if self.on_x:
            url = url or (post_link(author, post_id) if author else None)
        # An account may be gone while what it said is still there.
        is_gone = str(text) in _GONE or (author in _GONE and text is None)
        return Post(
            id=post_id or f"{NO_ID}{number}",
            text=self._text(text),
            author=None if author in _GONE else author,
            author_name=name,
            parent_id=self._parent(row) or above,
            posted_at=posted_at,
            time_precision=precision,
            time_given=time.given,
            **item.counts(_COUNTS, flags),
            lang=language_tag(lang) if isinstance(lang, str) else None,
            url=url,
            status=PostStatus.DELETED if is_gone else PostStatus.LIVE,
            flags=tuple(flags),
        )

    def _text(self, value: object) -> str:
        """A text to the letter, but that X's is decoded."""
        text = value if isinstance(value, str) else "" if value is None else str(value)
        return unescaped(text) if self.on_x else text

    def _post_id(self, row: TableRow, flags: list[Flag]) -> str:
        """The post's id, or that in its link; empty where neither is known."""
        found, flag = id_of(self.cell(row, "id"))
        linked = linked_id(self.cell(row, "url")) if self.on_x else None
        if flag and linked:
            return linked
        if flag:
            flags.append(flag)
        return f"{self.prefix}{found}" if found else linked or ""

    def _parent(self, row: TableRow) -> str | None:
        """The post that the row says it answers."""
        named = id_of(self.cell(row, "parent"))[0]
        return None if named in NO_PARENT else named

    def _author(self, row: TableRow) -> tuple[str | None, str | None]:
        """The author's handle and display name, of which either may be unknown."""
        given, name = self.cell(row, "author"), self.cell(row, "name")
        handle = "" if given is None else str(given).strip()
        shown = None if name is None else str(name)
        if both := _HANDLE_LAST.fullmatch(handle):
            return both["handle"], shown or both["name"]
        if profile := _PROFILE.fullmatch(handle):
            handle = profile["handle"]
        return handle.lstrip("@＠").strip() or None, shown

    def _prefix(self, sample: Sequence[TableRow]) -> str:
        """What Reddit's ids begin with where only those of the parents say so."""
        parents = [str(value) for row in sample if (value := self.cell(row, "parent")) is not None]
        ids = [str(value) for row in sample if (value := self.cell(row, "id")) is not None]
        is_reddit = bool(parents) and all(re.fullmatch(r"t[13]_\w+", one) for one in parents)
        return "t1_" if is_reddit and not any(one.startswith(("t1_", "t3_")) for one in ids) else ""

    def _is_on_x(self, sample: Sequence[TableRow]) -> bool:
        """Whether these are posts of X: by their links, or by ids of X under X's own names."""
        links = [value for row in sample if isinstance(value := self.cell(row, "url"), str)]
        if links:
            return all(map(is_on_x, links))
        names = " ".join(self.column.values()).lower()
        ids = [id_of(self.cell(row, "id"))[0] for row in sample]
        is_named = any(word in names for word in _OF_X)
        return is_named and bool(ids) and all(len(one) >= _FEWEST_DIGITS and is_post_id(one) for one in ids)


def id_of(value: object) -> tuple[str, Flag | None]:
    """A cell as an id: spreadsheets mark it as text, and tables with gaps give numbers a point."""
    if isinstance(value, str):
        text = value.strip()
        match = _AS_TEXT.fullmatch(text) or _AS_FLOAT.fullmatch(text)
        value = match[1] if match else text
    return ("", None) if is_empty(value) else identifier(value)
