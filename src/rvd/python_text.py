"""Python's own parser, one thread at a time."""

from __future__ import annotations

import ast
import threading

_ONE_AT_A_TIME = threading.Lock()


def parsed(source: str | bytes) -> ast.Module:
    """A source text as a tree.

    Until 3.11.8 and 3.12.2 Python counts the depth of a tree in one place for all threads: of two that
    parse at once, one may get a SystemError (https://github.com/python/cpython/issues/106905).

    Raises:
        SyntaxError: The text is not Python.
        ValueError: The text holds a null byte.
        RecursionError, MemoryError: It is nested too deeply.
    """
    with _ONE_AT_A_TIME:
        return ast.parse(source)
