"""Libraries of earlier formats, opened by this program."""

import sqlite3
from contextlib import closing
from pathlib import Path

from core.library import open_library, rows, threads
from core.library.captures import visits
from core.library.captures.visits import VisitSummary
from core.library.page import quote_rows
from core.library.schema import APPLICATION_ID, MIGRATIONS
from core.models import Flag, LangFrom
from tests.kit.shelf import capture, root, said, shelf


def test_a_library_of_the_first_format_keeps_its_posts_marks_and_tags(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        for statement in MIGRATIONS[0].split(";\n"):
            old.execute(statement)
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("PRAGMA user_version = 1")
        old.execute("INSERT INTO thread (id, root_id, verdict) VALUES (1, '100', 'unknown')")
        old.execute("INSERT INTO payload VALUES (1, 'abc', 'a.json', x'7b7d')")
        old.execute(
            "INSERT INTO capture (id, thread_id, payload_id, name, read_at, format, verdict, reasons, problems, found) "
            "VALUES (1, 1, 1, 'a.json', 0, 'invented', 'unknown', '[]', '[]', 2)"
        )
        for seq, text in ((1, "ours"), (2, "a kettle")):
            old.execute(
                "INSERT INTO post (seq, thread_id, id, position, depth, is_root, text, time_precision, status, "
                "capture_id, likes) VALUES (?, 1, ?, ?, ?, ?, ?, 'unknown', 'live', 1, ?)",
                (seq, str(99 + seq), seq - 1, seq - 1, seq == 1, text, seq * 10),
            )
        old.execute("INSERT INTO mark (post, state) VALUES (2, 'starred')")
    library = open_library(path)
    (thread,) = threads.threads(library)
    assert (thread.replies, thread.starred) == (1, 1)
    assert [(one.post.text, one.post.likes) for one in rows.quotes(library, (1, 2), "zh")] == [
        ("ours", 10),
        ("a kettle", 20),
    ]
    assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    library.close()


def test_a_library_without_visits_has_no_news_until_the_next_capture(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        for script in MIGRATIONS[:2]:
            for statement in script.split(";\n"):
                old.execute(statement)
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("PRAGMA user_version = 2")
        old.execute("INSERT INTO thread (id, root_id, verdict, posts) VALUES (1, '100', 'unknown', 2)")
        old.execute("INSERT INTO payload VALUES (1, 'abc', 'a.json', x'7b7d')")
        old.executemany(
            "INSERT INTO capture (id, thread_id, payload_id, name, read_at, captured_at, format, verdict, reasons, "
            "problems, found) VALUES (?, 1, 1, 'a.json', 0, ?, 'invented', 'unknown', '[]', '[]', 2)",
            ((1, 1_771_891_200), (2, 1_771_977_600)),
        )
        # The program of that format let a post point to the last capture that differed.
        for seq, newest in ((1, 1), (2, 2)):
            old.execute(
                "INSERT INTO post (seq, thread_id, id, position, depth, is_root, text, time_precision, status, "
                "capture_id, likes) VALUES (?, 1, ?, ?, ?, 0, 'a kettle', 'unknown', 'live', ?, 290)",
                (seq, str(100 + seq), 1, 1, newest),
            )
        old.executemany(
            "INSERT INTO observation (post, capture_id, text, likes, status) VALUES (2, ?, 'a kettle', ?, 'live')",
            ((1, 251), (2, 290)),
        )
    library = open_library(path)
    assert visits.visit_summary(library, 1) is None
    (row,) = quote_rows(library, (2,), "zh")
    assert row.history is not None
    assert row.history.observations[0].likes == 251
    assert {one.added for one in threads.captures(library, 1)} == {None}
    capture(library, (said("102", "a kettle", likes=290), said("103")), captured_at=1_772_064_000)
    assert visits.visit_summary(library, 1) == VisitSummary(1_771_977_600, 1, 0, 0, 0)
    assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    library.close()


def test_a_fetch_that_an_older_program_had_broken_off_goes_on_without_tallies(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(), said("101")))
    capture(here.library, (said("102"),), "b.json")
    here.library.connection.execute("UPDATE capture SET added = NULL, changed = NULL, edited = NULL, gone = NULL")
    here.library.connection.execute("UPDATE thread SET visit_before = 1")
    with here.library.transaction() as connection:
        assert visits.finish_visit(connection, here.thread_id, 2).edited == 0
    assert visits.visit_summary(here.library, here.thread_id) is not None
    here.library.close()


def test_a_library_of_the_second_format_has_languages_of_its_sources_and_doubts_by_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        for statement in ";\n".join(MIGRATIONS[:2]).split(";\n"):
            old.execute(statement)
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("PRAGMA user_version = 2")
        old.execute("INSERT INTO thread (id, root_id, verdict) VALUES (1, '100', 'unknown')")
        old.execute("INSERT INTO payload VALUES (1, 'abc', 'a.json', x'7b7d')")
        old.execute(
            "INSERT INTO capture (id, thread_id, payload_id, name, read_at, format, verdict, reasons, problems, found) "
            "VALUES (1, 1, 1, 'a.json', 0, 'invented', 'unknown', '[]', '[]', 2)"
        )
        rest = "1, 'live', 'unknown', 'hello', 0, 1, 0"
        for seq, author, lang, flags in (
            (1, "ada", "en", "bidi author-unknown"),
            (2, None, "und", "author-unknown"),
            (3, "cy", "qme", ""),
        ):
            old.execute(
                "INSERT INTO post (seq, id, author, lang, flags, thread_id, status, time_precision, text, position, "
                f"capture_id, depth, is_root) VALUES (?, ?, ?, ?, ?, {rest}, 0)",
                (seq, str(seq), author, lang, flags),
            )
    library = open_library(path)
    posts = [one.post for one in rows.quotes(library, (1, 2, 3), "zh")]
    assert [(post.lang, post.lang_from) for post in posts] == [("en", LangFrom.SOURCE), (None, None), (None, None)]
    assert [post.flags for post in posts] == [(Flag.BIDI, Flag.AUTHOR_LINK), (Flag.AUTHOR_UNKNOWN,), ()]
    library.close()
