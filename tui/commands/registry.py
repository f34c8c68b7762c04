"""All commands of the thread's screen, a file for each feature; footer and help list them in this order."""

from tui.commands import (
    author,
    browse,
    captures,
    copy,
    duplicates,
    facts,
    help,
    move,
    program,
    publish,
    read,
    select,
    tags,
    translate,
    tree,
    triage,
    undo,
    write,
)
from tui.commands.command import Command
from tui.thread.bench import Bench

THREAD: tuple[Command[Bench], ...] = (
    *triage.COMMANDS,
    *author.COMMANDS,
    *undo.COMMANDS,
    *tags.COMMANDS,
    *browse.COMMANDS,
    *select.COMMANDS,
    *move.COMMANDS,
    *read.COMMANDS,
    *write.COMMANDS,
    *translate.COMMANDS,
    *copy.COMMANDS,
    *publish.COMMANDS,
    *captures.COMMANDS,
    *facts.COMMANDS,
    *tree.COMMANDS,
    *duplicates.COMMANDS,
    *help.COMMANDS,
    *program.COMMANDS,
)
