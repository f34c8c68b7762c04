"""The reply table alone: what it asks for, what it draws, and how it keeps its cursor."""

from array import array
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from core.models import Flag, Mark, Post, PostStatus, Quote, State, TimePrecision, Translation, TranslationState
from tests.kit.examples import examples
from tui.widgets.lines import end_of_change
from tui.widgets.reply_row import post_line, title_line
from tui.widgets.reply_table import ReplyTable
from tui.widgets.table_rows import TableRows

_PIECES = st.sampled_from(
    [
        "plain words ",
        "鱼香肉丝",
        "ｆｕｌｌ",
        "👩‍👩‍👧‍👦",
        "👍🏽",
        "🇩🇪",
        "1️⃣",
        "☂️",
        "عربي ",
        "\u202eevil\u202c",
        "z" + "\u0301" * 40,
        "\x1b]52;c;Y2FuYXJ5\x07",
        "\x9b2J",
        "\u200b\u00ad",
        "\t\r\n",
        "\x00\x08",
        "[/b]",
        "[link=x]",
        "ก็",
        "한글",
        "\ud800",
    ]
)
_TEXT = st.lists(_PIECES | st.text(max_size=5), max_size=12).map("".join)
_COUNT = st.none() | st.integers(-5, 10**19)


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """A quote with anything in it that a payload or a writer can put there."""
    post = Post(
        id="1",
        text=draw(_TEXT),
        author=draw(st.none() | _TEXT),
        author_name=draw(st.none() | _TEXT),
        posted_at=draw(st.none() | st.integers(-(10**12), 10**12)),
        time_precision=draw(st.sampled_from(TimePrecision)),
        time_given=draw(st.none() | _TEXT),
        likes=draw(_COUNT),
        replies=draw(_COUNT),
        views=draw(_COUNT),
        media=draw(st.sampled_from([(), ("a.jpg",)])),
        status=draw(st.sampled_from(PostStatus)),
        flags=draw(st.sampled_from([(), (Flag.BIDI,)])),
    )
    mark = Mark(draw(st.sampled_from(State)), tuple(draw(st.lists(_TEXT, max_size=3))), review=draw(st.booleans()))
    translation = draw(st.none() | st.sampled_from(TranslationState).map(lambda state: Translation("zh", "x", state)))
    return Quote(1, post, mark, translation, draw(st.integers(0, 3)), draw(st.booleans()), 0)


class Alone(App[None]):
    """A table without a thread."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.asked: list[tuple[int, ...]] = []
        self.table = ReplyTable(self.fetch)
        self.order = array("q", range(1, count + 1))

    def fetch(self, seqs: Sequence[int]) -> list[Quote]:
        self.asked.append(tuple(seqs))
        return [Quote(seq, Post(str(seq), f"post {seq}"), Mark(), None, 1, False, seq) for seq in seqs]

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.focus()
        self.table.show(TableRows(self.order), ("likes", True))


async def test_every_row_is_exactly_as_wide_as_the_screen_whatever_is_in_it() -> None:
    app = Alone(1)
    async with app.run_test(size=(80, 10)):

        @given(quotes(), st.integers(60, 200), st.booleans())
        @settings(max_examples=examples(120))
        def check(quote: Quote, width: int, at_cursor: bool) -> None:
            strip = post_line(quote, width, None, "row", app.table._look, at_cursor=at_cursor, selected=False)
            assert strip.cell_length == width
            assert sum(cell_len(segment.text) for segment in strip) == width
            assert not any(char < " " or "\x7f" <= char < "\xa0" for char in strip.text), "a control character is drawn"

        check()


async def test_the_titles_are_exactly_as_wide_as_the_screen() -> None:
    app = Alone(1)
    async with app.run_test(size=(80, 10)):
        for width in range(60, 201):
            assert cell_len(title_line(width, app.table.sorted_by, 1, app.table._look).text) == width


async def test_of_a_hundred_thousand_rows_only_the_visible_ones_are_asked_for() -> None:
    app = Alone(100_000)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = app.table.page_rows
        assert {seq for asked in app.asked for seq in asked} <= set(range(1, rows + 2))
        app.asked.clear()
        app.table.action_move_to(-1)
        await pilot.pause()
        asked = {seq for asked in app.asked for seq in asked}
        assert asked == set(range(100_001 - rows, 100_001))


async def test_what_was_drawn_once_is_not_asked_for_again() -> None:
    app = Alone(50)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.asked.clear()
        await pilot.press("j", "j", "k")
        assert app.asked == []


async def test_a_forgotten_post_is_asked_for_again_and_no_other() -> None:
    app = Alone(50)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.asked.clear()
        app.table.forget([3])
        assert app.table.quotes((3, 4))[0].seq == 3
        assert app.asked == [(3,)]


async def test_the_cursor_stays_on_its_post_in_another_order_and_in_sight() -> None:
    app = Alone(1000)
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.go(700)
        app.table.show(TableRows(array("q", reversed(app.order))), ("time", False))
        await pilot.pause()
        assert app.table.seq == 701
        assert app.table.top <= app.table.cursor < app.table.top + app.table.page_rows


async def test_a_post_that_the_new_order_lacks_leaves_the_cursor_where_it_was() -> None:
    app = Alone(10)
    async with app.run_test(size=(80, 24)):
        app.table.go(4)
        app.table.show(TableRows(array("q", [1, 2, 9])), ("likes", True))
        assert app.table.cursor == 2
        app.table.show(TableRows(array("q")), ("likes", True))
        assert (app.table.cursor, app.table.seq, app.table.quote) == (0, None, None)


async def test_a_smaller_terminal_keeps_the_cursor_in_sight() -> None:
    app = Alone(100)
    async with app.run_test(size=(80, 40)) as pilot:
        app.table.go(35)
        await pilot.resize_terminal(80, 10)
        await pilot.pause()
        assert app.table.top <= 35 < app.table.top + app.table.page_rows


async def test_the_row_under_the_cursor_and_each_selected_row_have_a_sign() -> None:
    app = Alone(5)
    async with app.run_test(size=(80, 24)):
        app.table.select([2])
        assert [app.table.render_line(y).text[:2] for y in (1, 2, 3)] == ["› ", " +", "  "]


async def test_the_cursor_changes_no_cell_of_the_text() -> None:
    app = Alone(5)
    async with app.run_test(size=(80, 24)):
        quote = app.table.quotes((2,))[0]
        with_cursor, without = (
            post_line(quote, 80, None, "row", app.table._look, at_cursor=at_cursor, selected=False)
            for at_cursor in (True, False)
        )
        end = end_of_change(without, with_cursor)
        assert with_cursor.crop(0, end).text.strip(" ·–›") == ""
        assert with_cursor.crop(end) == without.crop(end)


async def test_the_title_of_the_sorted_column_carries_an_arrow() -> None:
    app = Alone(5)
    async with app.run_test(size=(80, 24)):
        assert "likes↓" in app.table.line(0).text
        app.table.show(TableRows(app.order), ("author", False))
        assert "author↑" in app.table.line(0).text


async def test_a_click_goes_to_the_row() -> None:
    app = Alone(50)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(ReplyTable, offset=(30, 6))
        assert app.table.cursor == 5


async def test_a_click_below_the_last_row_goes_nowhere_beyond_it() -> None:
    app = Alone(3)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(ReplyTable, offset=(30, 15))
        assert app.table.cursor == 2
