"""Kernels as plain Python: for what a set-up computes a few times, where compiling would take longer than computing."""

import functools
import types
import typing
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable)

IN_PYTHON: dict[Any, Callable] = {}
"""What only compiled code can call, and the Python function that gives the same there."""


class _Plain:
    """A module of ours as the text of a kernel finds it: its kernels are plain Python."""

    def __init__(self, module: types.ModuleType) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._module, name)
        return plain(value) if hasattr(value, "py_func") else value


@functools.cache
def plain(function: F) -> F:
    """A kernel as the Python it was written in, and so every kernel that its text names; it gives the same bits.

    Python raises where a kernel gives infinity or NaN: on a division by zero, and on the root of a negative number.
    """
    python = getattr(function, "py_func", function)
    known = dict(python.__globals__)
    for name in python.__code__.co_names:
        value = known.get(name)
        if hasattr(value, "py_func"):
            known[name] = plain(value)
        elif isinstance(value, types.ModuleType) and value.__name__.startswith("rvd."):
            known[name] = _Plain(value)
        elif isinstance(value, typing.Hashable) and value in IN_PYTHON:
            known[name] = IN_PYTHON[value]
    return typing.cast(F, types.FunctionType(python.__code__, known, python.__name__, python.__defaults__))
