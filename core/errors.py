"""What can go wrong, as one family.

Every message says what was asked, what is there, and the next step; it may hold text from outside, so whoever
shows it cleans it first.

    PullquoteError
    ├── UsageError            the command line asks for what there is not (exit 2)
    ├── InputError            the input is at fault (exit 1)
    │   ├── PayloadError      a file or page cannot be read as a thread
    │   ├── FetcherSaid       the payload is its fetcher's own error message
    │   ├── FetchError        a source cannot be asked, refuses, or answers with what is no thread
    │   │   ├── Unreachable   it may do so later, or go on from where it stopped
    │   │   └── NotAsked      it leads to where nobody is asked, and nothing was sent there
    │   ├── QueryError        a filter does not parse, or names what is not there
    │   ├── NoSuchThread      a thread's id, link or beginning fits none, or several
    │   ├── NoSuchPost        a post's id, link or beginning fits none, or several
    │   ├── PlugError         a source, reader, engine, exporter or template is not there, or does not work
    │   ├── MarkError         a mark cannot be made as asked
    │   └── ExportError       an article cannot be rendered or written
    │       └── FileChanged   the file was changed by someone else since our last write
    ├── LibraryError          the library cannot be opened or written (exit 1)
    └── TranslationError      an engine refused, failed or answered nonsense (exit 1)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.reasons import Reason


class PullquoteError(Exception):
    """Anything that this program says to its user about a failure.

    Where it may be kept or looked at it is made of a reason; printed like any exception it is a sentence in English.
    """

    def __init__(self, said: "str | Reason") -> None:
        super().__init__(said)
        self._said = said

    @property
    def reason(self) -> "Reason":
        """Why, as a record; a sentence is one that is written."""
        from core.reasons import Reason

        return Reason.written(self._said) if isinstance(self._said, str) else self._said

    def __str__(self) -> str:
        if isinstance(self._said, str):
            return self._said
        # The one place below the screen that makes words: whoever prints an exception has no language to ask for.
        from core.words import words

        return words(self._said)


class UsageError(PullquoteError):
    """The command line asks for what there is not; nothing was done."""


class InputError(PullquoteError):
    """The input is at fault; what was there before is unchanged."""


class PayloadError(InputError):
    """A payload cannot be read as a thread; the message names place and reason."""


class FetcherSaid(PayloadError):
    """The payload holds its fetcher's own error message and no thread."""


class FetchError(InputError):
    """A source cannot be asked, refuses, or answers with what is no thread.

    `status` is the HTTP status where that is why.
    """

    def __init__(self, said: "str | Reason", status: int | None = None) -> None:
        super().__init__(said)
        self.status = status


class Unreachable(FetchError):
    """A source that may answer later; what has come is kept, and the same fetch goes on from there."""


class NotAsked(FetchError):
    """A page leads to an address that is not of the server which was asked; nothing was sent there."""


class QueryError(InputError):
    """A filter that does not parse. `column` counts characters from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(f"{message} (column {column})")
        self.column = column


class NoSuchThread(InputError):
    """A name fits no thread of the library, or more than one."""


class NoSuchPost(InputError):
    """A name fits no post of the thread, or more than one."""


class PlugError(InputError):
    """A source, reader, engine, exporter or template is not there, or the package that adds it is broken."""


class MarkError(InputError):
    """A mark cannot be made as asked."""


class ExportError(InputError):
    """An article cannot be rendered or written."""


class FileChanged(ExportError):
    """The file on disk is not the one that we wrote last; writing needs consent."""


class LibraryError(PullquoteError):
    """The library cannot be opened, read or written."""


class TranslationError(PullquoteError):
    """A translation engine refused, failed, or answered with what is no translation."""
