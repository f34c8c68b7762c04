"""The library's tables, as numbered migrations; one that has shipped is never edited."""

import sqlite3
from collections.abc import Callable
from inspect import signature

from core.errors import LibraryError

APPLICATION_ID = 0x70756C71
"""Marks a SQLite file as a pullquote library ("pulq")."""

_TABLES = """
CREATE TABLE thread (
    id INTEGER PRIMARY KEY,
    root_id TEXT NOT NULL UNIQUE,
    url TEXT,
    root_author TEXT,
    claimed INTEGER,
    verdict TEXT NOT NULL,
    reasons TEXT NOT NULL DEFAULT '[]',
    title TEXT NOT NULL DEFAULT '',
    closing INTEGER REFERENCES post(seq),
    place TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE payload (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER REFERENCES thread(id),
    payload_id INTEGER NOT NULL REFERENCES payload(id),
    name TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    captured_at INTEGER,
    format TEXT NOT NULL,
    tool TEXT,
    verdict TEXT NOT NULL,
    reasons TEXT NOT NULL,
    problems TEXT NOT NULL,
    claimed INTEGER,
    found INTEGER NOT NULL
);
CREATE TABLE post (
    seq INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES thread(id),
    id TEXT NOT NULL,
    parent_id TEXT,
    position INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    is_root INTEGER NOT NULL,
    author TEXT,
    author_name TEXT,
    text TEXT NOT NULL,
    folded TEXT,
    folded_name TEXT,
    posted_at INTEGER,
    time_precision TEXT NOT NULL,
    time_given TEXT,
    likes INTEGER,
    replies INTEGER,
    views INTEGER,
    reposts INTEGER,
    lang TEXT,
    url TEXT,
    media TEXT,
    links TEXT,
    status TEXT NOT NULL,
    flags TEXT NOT NULL DEFAULT '',
    capture_id INTEGER NOT NULL REFERENCES capture(id),
    UNIQUE (thread_id, id)
);
CREATE INDEX post_by_position ON post (thread_id, position);
CREATE INDEX post_by_likes ON post (thread_id, likes DESC, position);
CREATE INDEX post_by_replies ON post (thread_id, replies DESC, position);
CREATE INDEX post_by_views ON post (thread_id, views DESC, position);
CREATE INDEX post_by_time ON post (thread_id, posted_at, position);
CREATE INDEX post_by_author ON post (thread_id, author COLLATE NOCASE, position);
CREATE INDEX post_by_text ON post (thread_id, substr(coalesce(folded, text), 1, 32) COLLATE NOCASE, position);
CREATE TABLE observation (
    post INTEGER NOT NULL REFERENCES post(seq),
    capture_id INTEGER NOT NULL REFERENCES capture(id),
    text TEXT,
    likes INTEGER,
    replies INTEGER,
    views INTEGER,
    reposts INTEGER,
    status TEXT NOT NULL,
    PRIMARY KEY (post, capture_id)
) WITHOUT ROWID;
CREATE TABLE mark (
    post INTEGER PRIMARY KEY REFERENCES post(seq),
    state TEXT NOT NULL DEFAULT 'new',
    note TEXT NOT NULL DEFAULT '',
    lead_in TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT '',
    excerpt TEXT NOT NULL DEFAULT '[]',
    rating INTEGER NOT NULL DEFAULT 0,
    review INTEGER NOT NULL DEFAULT 0,
    confirmed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX mark_by_state ON mark (state);
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES thread(id),
    name TEXT NOT NULL,
    slot INTEGER,
    position INTEGER NOT NULL,
    introduction TEXT NOT NULL DEFAULT '',
    UNIQUE (thread_id, name)
);
CREATE TABLE post_tag (
    post INTEGER NOT NULL REFERENCES post(seq),
    tag_id INTEGER NOT NULL REFERENCES tag(id),
    position INTEGER NOT NULL,
    PRIMARY KEY (post, tag_id)
) WITHOUT ROWID;
CREATE INDEX post_tag_by_tag ON post_tag (tag_id, post);
CREATE TABLE translation (
    post INTEGER NOT NULL REFERENCES post(seq),
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    folded TEXT,
    state TEXT NOT NULL,
    engine TEXT,
    PRIMARY KEY (post, lang)
) WITHOUT ROWID;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES thread(id),
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    changes TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'done'
);
CREATE INDEX journal_by_thread ON journal (thread_id, state, id);
CREATE TABLE export (
    path TEXT PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES thread(id),
    sha256 TEXT NOT NULL,
    at INTEGER NOT NULL
);
"""

_ORDERINGS = """
CREATE TABLE new_post (
    seq INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES thread(id),
    id TEXT NOT NULL,
    parent_id TEXT,
    position INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    is_root INTEGER NOT NULL,
    author TEXT,
    author_name TEXT,
    folded_name TEXT,
    posted_at INTEGER,
    time_precision TEXT NOT NULL,
    time_given TEXT,
    likes INTEGER,
    replies INTEGER,
    views INTEGER,
    reposts INTEGER,
    lang TEXT,
    url TEXT,
    media TEXT,
    links TEXT,
    status TEXT NOT NULL,
    flags TEXT NOT NULL DEFAULT '',
    capture_id INTEGER NOT NULL REFERENCES capture(id),
    text TEXT NOT NULL,
    folded TEXT,
    UNIQUE (thread_id, id)
);
INSERT INTO new_post (seq, thread_id, id, parent_id, position, depth, is_root, author, author_name, folded_name,
    posted_at, time_precision, time_given, likes, replies, views, reposts, lang, url, media, links, status, flags,
    capture_id, text, folded)
    SELECT seq, thread_id, id, parent_id, position, depth, is_root, author, author_name, folded_name,
    posted_at, time_precision, time_given, likes, replies, views, reposts, lang, url, media, links, status, flags,
    capture_id, text, folded FROM post ORDER BY seq;
DROP TABLE post;
ALTER TABLE new_post RENAME TO post;
CREATE INDEX post_by_thread ON post (thread_id);
CREATE INDEX tag_by_slot ON tag (thread_id, slot) WHERE slot IS NOT NULL;
CREATE TABLE ordering (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES thread(id),
    sort TEXT NOT NULL,
    descending INTEGER NOT NULL,
    seqs BLOB NOT NULL,
    UNIQUE (thread_id, sort, descending)
);
ALTER TABLE thread ADD COLUMN posts INTEGER NOT NULL DEFAULT 0;
UPDATE thread SET posts = (SELECT count(*) FROM post p WHERE p.thread_id = thread.id);
ALTER TABLE capture ADD COLUMN finished INTEGER NOT NULL DEFAULT 1;
ALTER TABLE capture ADD COLUMN slices INTEGER NOT NULL DEFAULT 0;
CREATE TABLE payload_part (
    payload_id INTEGER NOT NULL REFERENCES payload(id),
    place INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (payload_id, place)
);
"""
"""Texts last in a post's row, so that its other columns are read without them; orders kept ready, for large threads."""

_FETCHES = """
ALTER TABLE capture ADD COLUMN source TEXT;
ALTER TABLE capture ADD COLUMN asked TEXT NOT NULL DEFAULT '{}';
CREATE TABLE capture_payload (
    capture_id INTEGER NOT NULL REFERENCES capture(id),
    place INTEGER NOT NULL,
    payload_id INTEGER NOT NULL REFERENCES payload(id),
    captured_at INTEGER,
    PRIMARY KEY (capture_id, place)
) WITHOUT ROWID;
"""
"""Captures that a source has fetched, of several payloads, with what is still to be asked."""

_VISITS = """
ALTER TABLE capture ADD COLUMN visit INTEGER;
ALTER TABLE capture ADD COLUMN added INTEGER;
ALTER TABLE capture ADD COLUMN changed INTEGER;
ALTER TABLE capture ADD COLUMN edited INTEGER;
ALTER TABLE capture ADD COLUMN gone INTEGER;
UPDATE capture SET visit = id;
ALTER TABLE thread ADD COLUMN visit INTEGER;
ALTER TABLE thread ADD COLUMN visit_before INTEGER;
UPDATE thread SET visit = (SELECT max(c.id) FROM capture c WHERE c.thread_id = thread.id AND c.found > 0)
    WHERE EXISTS (SELECT 1 FROM post p WHERE p.thread_id = thread.id AND NOT p.is_root);
ALTER TABLE post ADD COLUMN observed INTEGER REFERENCES capture(id);
ALTER TABLE post ADD COLUMN gone INTEGER REFERENCES capture(id);
UPDATE post SET observed = (SELECT max(o.capture_id) FROM observation o WHERE o.post = post.seq),
    capture_id = (SELECT min(o.capture_id) FROM observation o WHERE o.post = post.seq)
    WHERE seq IN (SELECT o.post FROM observation o);
CREATE INDEX post_gone ON post (thread_id) WHERE gone IS NOT NULL;
ALTER TABLE observation ADD COLUMN author TEXT;
ALTER TABLE observation ADD COLUMN author_name TEXT;
CREATE TABLE held (
    id INTEGER PRIMARY KEY,
    capture_id INTEGER NOT NULL REFERENCES capture(id),
    seqs BLOB NOT NULL
);
CREATE INDEX held_by_capture ON held (capture_id);
"""
"""What each capture held, brought, changed and missed; `post.capture_id` is the capture that brought the post.

A capture's visit is the number of the first capture that the same command made; a thread's are the last two that
brought replies. Of captures before this script it is not known which came together, so nothing counts as news yet.
In an observation NULL stands for the text, author and name that the post shows.
"""

_RECHECKS = """
CREATE TABLE recheck (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL REFERENCES post(seq),
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    payload_id INTEGER REFERENCES payload(id)
);
CREATE INDEX recheck_by_post ON recheck (post);
"""
"""What later looks at the source found of posts."""

_LIKENESS = """
CREATE TABLE alike (
    post INTEGER PRIMARY KEY REFERENCES post(seq),
    thread_id INTEGER NOT NULL REFERENCES thread(id),
    head INTEGER NOT NULL,
    posts INTEGER NOT NULL,
    accounts INTEGER NOT NULL
);
CREATE INDEX alike_by_thread ON alike (thread_id, head);
CREATE INDEX alike_by_head ON alike (head);
ALTER TABLE thread ADD COLUMN compared INTEGER;
"""
"""Replies that are alike; `thread.compared` is the newest post that was compared."""

_LANGUAGES = """
ALTER TABLE post ADD COLUMN lang_from TEXT;
UPDATE post SET lang = NULL
    WHERE lang IN ('', 'und', 'zxx', 'mis', 'mul', 'art', 'qam', 'qct', 'qht', 'qme', 'qst');
UPDATE post SET flags = replace(flags, 'author-unknown', 'author-link')
    WHERE author IS NOT NULL AND instr(flags, 'author-unknown') > 0;
"""
"""How a post's language was guessed, and nothing where its source named it; codes that name none are no language.

The one doubt about authors that there was becomes the one that it stood for where an author is named.
"""

_RECORDS = """
UPDATE thread SET reasons = reasons_column_of_sentences(reasons) WHERE reasons != '[]';
UPDATE capture SET reasons = reasons_column_of_sentences(reasons) WHERE reasons != '[]';
UPDATE capture SET problems = problems_column_of_sentences(problems) WHERE problems != '[]';
UPDATE journal SET name = change_column_of_sentence(name);
"""
"""Reasons as codes with numbers and names, and changes as verbs with them, where they had been sentences.

See `core.library.sentences`.
"""

_NAMES = """
ALTER TABLE held RENAME TO known_before;
DROP INDEX held_by_capture;
CREATE INDEX known_before_by_capture ON known_before (capture_id);
"""
"""The posts of a capture that were known before it, under the name that says so."""

_TRUTH = """
ALTER TABLE post ADD COLUMN losses INTEGER;
ALTER TABLE post ADD COLUMN details TEXT;
ALTER TABLE post ADD COLUMN utc_offset INTEGER;
ALTER TABLE post ADD COLUMN shared_by TEXT;
ALTER TABLE post ADD COLUMN author_id TEXT;
ALTER TABLE observation ADD COLUMN losses INTEGER;
ALTER TABLE capture ADD COLUMN captured_from TEXT;
UPDATE capture SET captured_from = 'fetch' WHERE source NOT NULL;
"""
"""How true a text is (NULL: an older program kept it), what stands beside it, what says when a capture was made."""

_SITES = """
CREATE TABLE new_thread (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL DEFAULT '',
    root_id TEXT NOT NULL,
    url TEXT,
    address TEXT NOT NULL DEFAULT '',
    answers TEXT,
    is_list INTEGER NOT NULL DEFAULT 0,
    root_author TEXT,
    claimed INTEGER,
    verdict TEXT NOT NULL,
    reasons TEXT NOT NULL DEFAULT '[]',
    title TEXT NOT NULL DEFAULT '',
    closing INTEGER REFERENCES post(seq),
    place TEXT NOT NULL DEFAULT '{}',
    posts INTEGER NOT NULL DEFAULT 0,
    visit INTEGER,
    visit_before INTEGER,
    compared INTEGER,
    mixed INTEGER NOT NULL DEFAULT 0,
    removed INTEGER
);
INSERT INTO new_thread (id, root_id, url, root_author, claimed, verdict, reasons, title, closing, place, posts, visit,
    visit_before, compared)
    SELECT id, root_id, url, root_author, claimed, verdict, reasons, title, closing, place, posts, visit,
    visit_before, compared FROM thread;
DROP TABLE thread;
ALTER TABLE new_thread RENAME TO thread;
CREATE INDEX thread_by_root ON thread (root_id);
CREATE INDEX thread_by_address ON thread (address);
CREATE INDEX thread_by_answered ON thread (answers) WHERE answers NOT NULL;
CREATE TABLE joined_thread (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES thread(id)
);
ALTER TABLE capture ADD COLUMN site TEXT;
ALTER TABLE capture ADD COLUMN root_id TEXT;
ALTER TABLE capture ADD COLUMN address TEXT;
UPDATE capture SET site = site_of_format(format);
UPDATE thread SET address = address_of_link(url),
    answers = (SELECT p.parent_id FROM post p WHERE p.thread_id = thread.id AND p.id = thread.root_id),
    is_list = EXISTS (SELECT 1 FROM capture c WHERE c.thread_id = thread.id AND instr(c.reasons, '"root-not-named"'))
        AND NOT EXISTS (SELECT 1 FROM post p WHERE p.thread_id = thread.id AND p.id = thread.root_id);
UPDATE thread SET site = coalesce(
    (SELECT c.site FROM capture c WHERE c.thread_id = thread.id AND c.found AND c.site != '' ORDER BY c.id LIMIT 1),
    (SELECT of FROM (SELECT site_of_post(p.id, p.url) AS of FROM post p WHERE p.thread_id = thread.id AND p.url NOT NULL
        ORDER BY p.is_root DESC, p.seq LIMIT 400) WHERE of != '' GROUP BY of ORDER BY count(*) DESC LIMIT 1), '');
UPDATE thread SET mixed = 1 WHERE
    (SELECT count(DISTINCT c.site) FROM capture c WHERE c.thread_id = thread.id AND c.found AND c.site != '') > 1
    OR (NOT EXISTS (SELECT 1 FROM capture c WHERE c.thread_id = thread.id AND c.site != '')
        AND (SELECT count(DISTINCT site_of_post(p.id, p.url)) FROM post p WHERE p.thread_id = thread.id
            AND p.url NOT NULL AND site_of_post(p.id, p.url) != '') > 1)
    OR EXISTS (SELECT 1 FROM post p WHERE p.thread_id = thread.id AND p.is_root
        AND instr(p.flags, 'author-conflict') AND instr(p.flags, 'edited'));
"""
"""A thread is named by its site and its root's id; `address` is its link as addresses are compared.

`answers` is the post that its root answers; `is_list` says that nothing names the post above it; `mixed` that an older
program may have put two threads into it, and `removed` when the writer took it from the list. A thread that has become
part of another one is found by its number there. A capture keeps the site, the root and the address that it named.
"""

MIGRATIONS: tuple[str, ...] = (
    _TABLES,
    _ORDERINGS,
    _FETCHES,
    _VISITS,
    _RECHECKS,
    _LIKENESS,
    _LANGUAGES,
    _RECORDS,
    _NAMES,
    _TRUTH,
    _SITES,
)
"""Scripts in order; the file's `user_version` counts those that have run."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest version, all in one transaction; foreign keys must be off.

    Raises LibraryError where the file is no library, or one from a newer program.
    """
    version = _version(connection)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application not in (0, APPLICATION_ID) or (tables and application == 0):
        raise LibraryError("The file is a SQLite database of another program; name another with --library.")
    if version > len(MIGRATIONS):
        raise LibraryError(
            f"The library was written by a newer pullquote (format {version}, this program knows "
            f"{len(MIGRATIONS)}). Nothing was changed; update pullquote to open it."
        )
    if version < len(MIGRATIONS):
        _run_those_missing(connection)


def _version(connection: sqlite3.Connection) -> int:
    """How many migrations the file has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _run_those_missing(connection: sqlite3.Connection) -> None:
    """Run the migrations that no process has run yet; one wait for the disk, where a new library would have many."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(_version(connection), len(MIGRATIONS)):
            _add_functions(connection, MIGRATIONS[number])
            for statement in MIGRATIONS[number].split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _add_functions(connection: sqlite3.Connection, script: str) -> None:
    """What a script calls, under the names by which it does: from sentences to records, from links to sites."""
    if script is _RECORDS:
        from core.library import sentences

        functions: tuple[Callable[..., str], ...] = (
            sentences.reasons_column_of_sentences,
            sentences.problems_column_of_sentences,
            sentences.change_column_of_sentence,
        )
    elif script is _SITES:
        from core.library import old_sites

        functions = (old_sites.site_of_format, old_sites.site_of_post, old_sites.address_of_link)
    else:
        return
    for function in functions:
        parameters = len(signature(function).parameters)
        connection.create_function(function.__name__, parameters, function, deterministic=True)
