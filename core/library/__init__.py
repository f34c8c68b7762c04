"""The library: payloads as evidence, posts, marks and the journal, in one SQLite file.

The only room that knows SQL. `Library` is the open file; the modules beside it ask and change it.
"""

from core.library.database import Library, open_library

__all__ = ["Library", "open_library"]
