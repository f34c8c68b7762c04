"""The sandbox in which templates run, those that ship and a writer's own, with bounds on what they may compute."""

import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, FileSystemLoader, StrictUndefined, Template, TemplateSyntaxError
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.errors import ExportError
from exports import TEMPLATE_FOLDER, TEMPLATE_PLUGS, TEMPLATES

_LARGEST_TEMPLATE = 1024 * 1024
_LARGEST_ARTICLE = 64 * 1024 * 1024
_STEPS = 1_000_000


class _Runaway(Exception):
    """A template computes more than any article needs."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that also bounds what multiplication may build."""

    intercepted_binops = frozenset(["*", "**"])

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`left` times, or to the power of, `right`, where the result is of a common size."""
        sizes = [len(side) if isinstance(side, str | list | tuple) else abs(side) for side in (left, right)]
        if max(sizes) > 64 if operator == "**" else sizes[0] * sizes[1] > _STEPS:
            raise _Runaway(f"the result of '{operator}' is too large")
        return super().call_binop(context, operator, left, right)


class _CompiledTemplates(BytecodeCache):
    """The code of templates as long as their text stays, for a preview is rendered again and again."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, where it was compiled from the same text."""
        checksum, code = self._code.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self._code[bucket.key] = bucket.checksum, bucket.code


_COMPILED = _CompiledTemplates()


def render_file(path: Path, filters: Mapping[str, Callable[..., str]], **names: object) -> str:
    """The template in a file, rendered with `names`; it can also import from those that ship.

    Raises ExportError with file, line and reason where the template is wrong.
    """
    source = _template_source(path)
    sandbox = _new_sandbox(filters)
    try:
        made = Template.from_code(sandbox, _compiled(sandbox, path, source), sandbox.make_globals(None))
        return _joined_within_bounds(made.generate(**names))
    except TemplateSyntaxError as error:
        raise ExportError(_error_message(Path(error.filename or path), error.lineno, error.message or "")) from error
    except Exception as error:
        raise ExportError(_error_message(*_error_place(error, path), _cause(error))) from error


def template_macro(file: str, macro: str, filters: Mapping[str, Callable[..., str]]) -> Callable[..., str]:
    """A macro of a template that ships."""
    found: Callable[..., str] = getattr(_new_sandbox(filters).get_template(file).module, macro)
    return found


def _compiled(sandbox: _Sandbox, path: Path, source: str) -> CodeType:
    """The code of a template's file."""
    bucket = _COMPILED.get_bucket(sandbox, path.name, str(path), source)
    if bucket.code is None:
        bucket.code = sandbox.compile(source, path.name, str(path))
        _COMPILED.set_bucket(bucket)
    return bucket.code


def _template_source(path: Path) -> str:
    """The source text of a template's file. Raises ExportError where it cannot be read."""
    try:
        if not path.is_file():
            raise ExportError(f"There is no template {path}; there are: {', '.join(TEMPLATE_PLUGS.names())}.")
        with path.open("rb") as file:
            data = file.read(_LARGEST_TEMPLATE + 1)
        if len(data) > _LARGEST_TEMPLATE:
            raise ExportError(f"The template {path} is larger than {_LARGEST_TEMPLATE:,} bytes; shorten it.")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ExportError(f"Cannot read the template {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ExportError(f"The template {path} is not in UTF-8 (byte {error.start}); save it as UTF-8.") from error


def _new_sandbox(filters: Mapping[str, Callable[..., str]]) -> _Sandbox:
    """A new sandbox, whose bounds hold for one rendering."""
    sandbox = _Sandbox(
        loader=FileSystemLoader(TEMPLATE_FOLDER),
        bytecode_cache=_COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: "" if value is None else value,
    )
    sandbox.filters.update(filters)
    sandbox.globals["range"] = _bounded_range()
    del sandbox.globals["lipsum"]
    return sandbox


def _bounded_range() -> Any:
    """A `range` that has a fixed number of steps to give, nested loops included."""
    left = _STEPS

    def counted(*bounds: int) -> range:
        nonlocal left
        steps = range(*bounds)
        left -= len(steps)
        if left < 0:
            raise _Runaway(f"the template's loops take more than {_STEPS:,} steps")
        return steps

    return counted


def _joined_within_bounds(pieces: Iterator[str]) -> str:
    """The pieces joined, as long as they stay below a size that no article reaches."""
    kept: list[str] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > _LARGEST_ARTICLE:
            raise _Runaway(f"the template writes more than {_LARGEST_ARTICLE:,} characters")
        kept.append(piece)
    return "".join(kept)


def _error_place(error: BaseException, path: Path) -> tuple[Path, int | None]:
    """The template and line where `error` arose: the innermost frame that belongs to a template."""
    ours = {str(path), *map(str, TEMPLATES.values())}
    frames = traceback.extract_tb(error.__traceback__)
    found = next((frame for frame in reversed(frames) if frame.filename in ours), None)
    return (Path(found.filename), found.lineno) if found else (path, None)


def _cause(error: BaseException) -> str:
    """What is wrong, in words; where a bound was met while another error was handled, the bound."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, MemoryError):
            return "it wants more memory than there is"
        if isinstance(cause, TimeoutError):
            return str(cause)
        cause = cause.__context__
    return str(error) or type(error).__name__


def _error_message(path: Path, line: int | None, reason: str) -> str:
    """The sentence for a template that is wrong, with file, line and reason."""
    where = f"{path}, line {line}" if line else f"{path}"
    return f"The template is wrong at {where}: {reason.rstrip('.')}. No article was written; mend the template."
