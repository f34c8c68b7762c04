"""A thread that is still on its way: what has come can be read and marked, and the rest is told of as it comes."""

from dataclasses import replace

from core.library import orders, thread_posts, threads
from core.library.captures import visits
from core.library.view_results import ViewResult
from core.query.view import View
from core.words import words
from tui.incoming import ImportNews, Incoming
from tui.thread.bench import Bench
from tui.widgets.bars import Meter

AS_THEY_COME = View(sort="thread", descending=False)
"""The view in which replies can be added behind the others."""


def follow_import(bench: Bench, incoming: Incoming, then: View) -> None:
    """Follow an import or a fetch to its end; then show the view `then`."""
    bench.incoming = incoming
    bench.screen.run_worker(_follow_import(bench, incoming, then), name="incoming", group="incoming")


async def _follow_import(bench: Bench, incoming: Incoming, then: View) -> None:
    """Show the news until the import has ended."""
    meter = bench.screen.query_one(Meter)
    news = ImportNews()
    while news.outcome is None:
        news = await incoming.next()
        meter.show(news.part, f"Esc stops · {news.told or f'{news.posts:,} replies so far'}")
    if bench.incoming is incoming:
        bench.incoming = None
        _show_all(bench, news, then)


def _show_all(bench: Bench, news: ImportNews, then: View) -> None:
    """Show the whole thread, in the view that the writer has asked for meanwhile, if any."""
    bench.screen.query_one(Meter).hide()
    read_thread_again(bench)
    bench.show_view(then if bench.views.wanted == AS_THEY_COME else bench.views.wanted)
    bench.visit = visits.newest_visit(bench.library, bench.thread.id)
    is_new = news.part == 1.0 and visits.previous_visit_at(bench.library, bench.thread.id) is not None
    bench.say((news.outcome or "") + (f"; {visits.SHOWS_NEW}" if is_new else ""))


def follow_others(bench: Bench) -> None:
    """Show what another program has changed in the library."""
    bench.read_decided()
    bench.table.forget_all()
    replies = bench.thread.replies
    if bench.incoming is not None:
        _add_arrived(bench)
    else:
        read_thread_again(bench)
        if bench.thread.replies != replies:
            bench.show_view(bench.view)
    bench.refresh_tags()
    bench.refresh_header()
    bench.refresh_pane()
    visit = visits.newest_visit(bench.library, bench.thread.id)
    if bench.incoming is None and visit != bench.visit:
        bench.visit = visit
        _say_news(bench)


def _add_arrived(bench: Bench) -> None:
    """Put the posts that have come since the last look behind the others; other views wait for the end."""
    read_thread_again(bench)
    if bench.view == AS_THEY_COME:
        order = bench.result.order[:]
        # Ascending, but for the root, which stands first.
        newest = max(order[:1] + order[-1:], default=0)
        order.extend(thread_posts.posts_after(bench.library, bench.thread.id, newest))
        result = ViewResult(orders.root_first(order, bench.root_seq), whole=True)
        bench.views.take(bench.view, result, bench.table.seq)


def _say_news(bench: Bench) -> None:
    """Say what the newest visit brought, where an earlier one can be compared with it."""
    brought = visits.visit_summary(bench.library, bench.thread.id)
    if brought is not None:
        bench.say(f"{words(brought.reason)}; {visits.SHOWS_NEW}")


def read_thread_again(bench: Bench) -> None:
    """Learn what the library now says of the thread, which may have become part of another one."""
    bench.thread = threads.thread(bench.library, bench.thread.id)
    if bench.desk.thread_id != bench.thread.id:
        bench.desk = replace(bench.desk, thread_id=bench.thread.id)
    bench.root_seq = thread_posts.seq_of(bench.library, bench.thread.id, bench.thread.root_id)


def stop_import(bench: Bench) -> bool:
    """End the import, where one goes on; what has come is kept."""
    if bench.incoming is None:
        return False
    bench.incoming.stop()
    return True
