"""A row of a list as a post: what tables, spreadsheets and scripts make of ids, names, texts and times undone."""

import re
from collections.abc import Iterable, Mapping, Sequence

from core.counts import COUNT_NAMES, COUNTS
from core.models import Flag, Post, PostStatus, Problem, TextLoss
from core.readers.kit.entities import unescaped
from core.readers.kit.fields import NO_ID, JsonObject, identifier
from core.readers.kit.forums import with_title
from core.readers.kit.html_text import HtmlText
from core.readers.table.column_names import NET_SCORES
from core.readers.table.columns import ColumnChoice
from core.readers.table.cut_texts import cut_length
from core.readers.table.markup import Markup, decoded, is_doubtful, markup_of
from core.readers.table.rounded_ids import looks_rounded, whole_ids
from core.readers.table.rows import TableRow, compact
from core.readers.table.signs import NO_PARENT, countable, is_empty, link_of, media_links
from core.readers.table.times import table_time
from core.readers.x.shares import is_shares_text, share_alone
from core.text.language_tags import language_tag
from core.text.x_posts import best_time, is_coarse, is_on_x, is_post_id, linked_id, post_link

_SAMPLE = 200
"""Rows by which the network is told."""
_COUNTS = {name: name for name in COUNT_NAMES}
_TEXTS = ("text", "author", "name", "title")
_GONE = frozenset(("[deleted]", "[removed]", "[已删除]"))
_HANDLE_LAST = re.compile(r"(?P<name>.*\S)\s*[(（]@(?P<handle>[^()（）\s]+)[)）]")
_PROFILE = re.compile(r"https?://[^/\s]+/@?(?P<handle>[^/?#\s]+)/?")
_BELOW_ZERO = re.compile(r"[-−]\d{1,15}(?:\.0)?")
_OF_X = ("tweet", "status", "screen_name", "favorite", "conversation")
"""Words in the names of columns that hold ids of X."""
_MOST_DIGITS = 40
_FEWEST_DIGITS = 15
"""Digits of an id of X since late 2010."""
_ALL_ROUNDED = 3
"""Rows from which on it is no chance that all ids end in zeros."""
_AS_TEXT = re.compile(r"""(?:="|')(\d{5,40})"?""")
_AS_FLOAT = re.compile(r"(\d{1,15})\.0")


class Cells:
    """How the rows of one list are read."""

    def __init__(
        self,
        columns: ColumnChoice,
        rows: Sequence[TableRow],
        problems: list[Problem],
        captured_at: int | None,
        markup: Markup | None = None,
    ) -> None:
        """`markup` is that of another list which the rows go with."""
        self.column, self.problems, self.captured_at = columns.by_field, problems, captured_at
        self.has_row_numbers = columns.has_row_numbers
        self.net_scores = [
            count.name
            for count in COUNTS
            if count.can_be_negative and compact(self.column.get(count.name, "").rpartition(".")[2]) in NET_SCORES
        ]
        sample = rows[:_SAMPLE]
        self.on_x = self._is_on_x(sample)
        self.prefix = self._prefix(sample)
        texts = [str(value) for row in rows if (value := self.cell(row, "text")) is not None]
        self.cut_length = cut_length(texts)
        self.markup = markup or self._markup(texts)
        self.are_rounded = False
        self.whole: Mapping[str, str] = {}
        self.mended = 0
        """Rows whose ids are those of their links."""
        if self.on_x:
            told = [id_of(self.cell(row, "id")) for row in rows]
            given = [one for one, _ in told]
            linked = [linked_id(self.cell(row, "url")) or "" for row in rows]
            self.whole = whole_ids((one, bool(flag), link) for (one, flag), link in zip(told, linked, strict=True))
            self.mended = sum(bool(link) and one in self.whole for one, link in zip(given, linked, strict=True))
            self.are_rounded = bool(self.whole) or (
                len(set(given)) >= _ALL_ROUNDED and not any(linked) and all(map(looks_rounded, given))
            )

    def cell(self, row: TableRow, field: str) -> object:
        """What a row says of a field; None where that is nothing."""
        name = self.column.get(field)
        value = None if name is None else row.values.get(name)
        if value is None:
            return None
        if field == "url":
            value = link_of(value) or value
        # People also write "None", and may be called so.
        nothing = value in (None, "") if field in _TEXTS else is_empty(value)
        return None if nothing else value

    def root(self, row: TableRow) -> str:
        """The post that began the conversation; empty where the row does not say, or what it says is rounded."""
        return self._named_post(row, "root") or ""

    def post(self, row: TableRow, number: int, above: str | None) -> Post:
        """A row as a post; `above` is the post that it is nested in."""
        flags: list[Flag] = []
        post_id, url = self._post_id(row, flags), link_of(self.cell(row, "url"))
        author, name = self._author(row)
        account = id_of(self.cell(row, "author_id"))[0] or None
        if author is not None and author == account and author.isdecimal():
            # Where a handle is wanted stands the account's number once more.
            author = None
        values = {key: countable(self.cell(row, key)) for key in _COUNTS}
        counts = JsonObject(values, row.place, self.problems, None).counts(_COUNTS, flags)
        lang, time = self.cell(row, "lang"), table_time(self.cell(row, "time"), self.captured_at)
        posted_at, precision = time.posted_at, time.precision
        if self.on_x and not (Flag.DAMAGED_ID in flags and is_coarse(post_id)):
            posted_at, precision = best_time(post_id, posted_at, precision)
        if self.on_x and Flag.DAMAGED_ID not in flags:
            url = url or (post_link(author, post_id) if author else None)
        text, is_gone = self._text(row, author, flags)
        post = Post(
            id=post_id or f"{NO_ID}{number}",
            text=text.text,
            author=None if author in _GONE else author,
            author_name=name,
            author_id=account,
            parent_id=self._parent(row, post_id) or above,
            posted_at=posted_at,
            time_precision=precision,
            time_given=time.given,
            utc_offset=time.utc_offset,
            **counts | self._below_zero(row, flags),
            lang=language_tag(lang) if isinstance(lang, str) else None,
            url=url,
            links=text.links,
            media=tuple(dict.fromkeys((*text.images, *media_links(self.cell(row, "media"))))),
            status=PostStatus.DELETED if is_gone else PostStatus.LIVE,
            losses=_losses(flags),
            flags=tuple(flags),
        )
        # What a list has of a share are another's words, under counts that are not theirs.
        is_share = self.on_x and post.parent_id is None and is_shares_text(post.text)
        return share_alone(post) if is_share else post

    def _markup(self, texts: Iterable[str]) -> Markup:
        """What stands in the texts; X's are escaped wherever they show it."""
        found = markup_of(texts)
        return Markup.NONE if self.on_x and found in (Markup.ENTITIES, Markup.IN_DOUBT) else found

    def _text(self, row: TableRow, author: str | None, flags: list[Flag]) -> tuple[HtmlText, bool]:
        """The text under its title, and whether the post is gone."""
        value = self.cell(row, "text")
        given = value if isinstance(value, str) else "" if value is None else str(value)
        # An account may be gone while what it said is still there.
        is_gone = given in _GONE or (author in _GONE and value is None)
        found = decoded(unescaped(given), self.markup) if self.on_x else decoded(given, self.markup)
        if self.cut_length and len(given) == self.cut_length:
            flags.append(Flag.CUT_BY_SOURCE)
        if self.markup is Markup.IN_DOUBT and is_doubtful(given):
            flags.append(Flag.MARKUP)
        title = self.cell(row, "title") if "title" in self.column else None
        if isinstance(title, str) and not is_gone:
            words = decoded(title, Markup.ENTITIES if self.markup is Markup.HTML else self.markup).text
            found = found if words.strip() == found.text.strip() else found._replace(text=with_title(words, found.text))
        # A tool's word for what is gone is none of the author's.
        return (found._replace(text="") if is_gone else found), is_gone

    def _below_zero(self, row: TableRow, flags: list[Flag]) -> dict[str, int]:
        """The scores below zero: votes for less those against, as Reddit and Lemmy count them."""
        found: dict[str, int] = {}
        for name in self.net_scores:
            value = str(self.cell(row, name)).strip()
            if _BELOW_ZERO.fullmatch(value):
                found[name] = -int(value[1:].removesuffix(".0"))
        if found:
            flags[:] = [flag for flag in flags if flag is not Flag.ODD_COUNTS]
        return found

    def _post_id(self, row: TableRow, flags: list[Flag]) -> str:
        """The post's id, or that in its link; empty where neither is known, or where it only counts the rows."""
        found, flag = id_of(self.cell(row, "id"))
        linked = linked_id(self.cell(row, "url")) if self.on_x else None
        if linked and (flag or self.whole.get(found) is not None or not found):
            return linked
        if self.has_row_numbers:
            return linked or ""
        if flag or (found and self.are_rounded and looks_rounded(found)):
            flags.append(Flag.DAMAGED_ID)
        return f"{self.prefix}{found}" if found else ""

    def _parent(self, row: TableRow, post_id: str) -> str | None:
        """The post that the row says it answers."""
        found = self._named_post(row, "parent")
        # Weibo names a comment that answers none as its own.
        return None if found == post_id else found

    def _named_post(self, row: TableRow, field: str) -> str | None:
        """The post that a row names; None where its id was rounded, and no link gives it whole."""
        named, flag = id_of(self.cell(row, field))
        if named in NO_PARENT:
            return None
        if whole := self.whole.get(named):
            return whole
        return None if flag or (self.are_rounded and looks_rounded(named)) else named

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


def _losses(flags: Sequence[Flag]) -> TextLoss:
    """What is wrong with a text, by the flags of its post."""
    cut = TextLoss.CUT if Flag.CUT_BY_SOURCE in flags else TextLoss.NONE
    return cut | TextLoss.ENTITIES if Flag.MARKUP in flags else cut


def id_of(value: object) -> tuple[str, Flag | None]:
    """A cell as an id: spreadsheets mark it as text, and tables with gaps give numbers a point."""
    if isinstance(value, str):
        if value.isdecimal() and value.isascii() and len(value) <= _MOST_DIGITS:
            return value, None
        text = value.strip()
        match = _AS_TEXT.fullmatch(text) or _AS_FLOAT.fullmatch(text)
        value = match[1] if match else text
    return ("", None) if is_empty(value) else identifier(value)
