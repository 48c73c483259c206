"""JMESPath, bounded: a path that a form gives may not take all time or memory."""

from __future__ import annotations

from typing import Any, Final

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.visitor import TreeInterpreter

from ingest.errors import ParseError

LONGEST_PATH: Final = 500
"""Characters; every path of a real source is shorter by far."""

MOST_STEPS: Final = 5_000_000
"""Steps and values on the way of one search."""

_LONGEST_TEXT: Final = 64_000_000


class PathError(ValueError):
    """A text is no JMESPath; the message says why in words."""


class _TooMuch(Exception):
    """A search has taken more steps than any table needs."""


class _Bounded(TreeInterpreter):
    """Walks a path and counts what it does."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0

    def visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
        result = super().visit(node, *args, **kwargs)
        self.steps += 1 + (len(result) if isinstance(result, (list, dict)) else 0)
        if self.steps > MOST_STEPS or (isinstance(result, str) and len(result) > _LONGEST_TEXT):
            raise _TooMuch
        return result


def checked_path(path: str) -> None:
    """Raise PathError where a text is no JMESPath, or one of a length or depth that nobody needs."""
    if len(path) > LONGEST_PATH:
        raise PathError(f"it is longer than {LONGEST_PATH} characters")
    try:
        jmespath.compile(path)
    except JMESPathError as error:
        raise PathError(" ".join(str(error).split())) from error
    except RecursionError as error:
        raise PathError("it is nested too deeply") from error


def found_at(path: str, value: Any, where: str) -> Any:
    """What a valid path finds, None for nothing; ParseError where it fails on these data or never ends."""
    try:
        return _Bounded().visit(jmespath.compile(path).parsed, value)
    except JMESPathError as error:
        raise ParseError(f"the path {path!r} fails on {where}: {' '.join(str(error).split())}") from error
    except (_TooMuch, RecursionError) as error:
        raise ParseError(
            f"the path {path!r} finds too much in {where}; name the rows more exactly"
        ) from error
