"""A kernel over arrays: one call for many rows, with the checks and the sentences of the array faces."""

import functools
import inspect
import math
import typing
from collections.abc import Callable
from typing import Any

import numpy as np

from rvd.array_arguments import NUMBERS, finite, numbers, rows
from rvd.core.kernel import Sheet, Table, entry, inside, plain
from rvd.first_calls import in_python

Check = Callable[[str, Any], np.ndarray]


def _shape(kind: Any) -> tuple[int, ...]:
    """The shape of an annotation: of `float` (), of `Vec` (3,), of a tuple of five `Vec` (5, 3)."""
    parts = typing.get_args(kind)
    return (len(parts), *_shape(parts[0])) if parts else ()


def _leaves(value: str, shape: tuple[int, ...]) -> list[str]:
    """Source of each number of a nested tuple."""
    if not shape:
        return [value]
    return [leaf for k in range(shape[0]) for leaf in _leaves(f"{value}[{k}]", shape[1:])]


def _loop(
    kernel: Callable, takes: list[tuple[int, ...]], gives: list[tuple[int, ...]], single: bool
) -> Callable:
    """The entry that calls a kernel row by row; it is kept on disk with the file of the kernel."""
    at, told = 0, []
    for shape in takes:
        items = ", ".join(f"given[i, {at + k}]" for k in range(math.prod(shape)))
        told.append(f"({items})" if shape else items)
        at += math.prod(shape)
    lines = ["def each(given, out):", "    for i in range(given.shape[0]):"]
    lines.append(f"        a = kernel({', '.join(told)})")
    names = [leaf for k, shape in enumerate(gives) for leaf in _leaves("a" if single else f"a[{k}]", shape)]
    lines += [f"        out[i, {k}] = {name}" for k, name in enumerate(names)]
    plain = getattr(kernel, "py_func", kernel)
    code, space = plain.__code__, {"kernel": kernel}
    source = "\n" * (code.co_firstlineno - 1) + "\n".join(lines) + "\n"
    exec(compile(source, code.co_filename, "exec"), space)
    each: Any = space["each"]
    each.__module__, each.__qualname__ = plain.__module__, f"{plain.__qualname__}.by_rows"
    each.__annotations__ = {"given": Table, "out": Sheet, "return": None}
    return entry(each)


def _row(kernel: Callable, takes: list[tuple[int, ...]], table: np.ndarray, out: np.ndarray, i: int) -> None:
    """One row in plain Python: what the loop does with it."""
    numbers_of, at, given = table[i].tolist(), 0, []
    for shape in takes:
        given.append(tuple(numbers_of[at : at + shape[0]]) if shape else numbers_of[at])
        at += math.prod(shape)
    out[i] = _flat(plain(kernel)(*given))


def _flat(answer: Any) -> list[float]:
    """The numbers of nested tuples in order."""
    return [one for part in answer for one in _flat(part)] if isinstance(answer, tuple) else [answer]


def by_rows(
    kernel: Callable, why: str = NUMBERS, *, parts: bool = False, at_once: bool = False, **checks: Check
) -> Callable[..., Any]:
    """The function over arrays of a kernel of floats and tuples: the same arguments in the same order.

    Tuples of k floats are arrays (..., k), floats are (...); all leading axes broadcast. An answer of floats alone is
    one array (..., k), or with `parts` k arrays. `checks` refuse bad values by the name of their argument. A row that
    is NaN is refused with the sentence `why`. `at_once` compiles before the first row, of which any may take long.
    """
    plain = getattr(kernel, "py_func", kernel)
    hints = typing.get_type_hints(plain)
    answer = hints["return"]
    names = tuple(inspect.signature(plain).parameters)
    takes = {name: _shape(hints[name]) for name in names}
    single = not parts and all(part is float for part in typing.get_args(answer))
    gives = [_shape(part) for part in ([answer] if single else typing.get_args(answer))]
    loop = _loop(kernel, list(takes.values()), gives, single)

    @functools.wraps(plain)
    def over(*values: Any) -> Any:
        given = {n: checks.get(n, numbers)(n, value) for n, value in zip(names, values, strict=True)}
        vectors = {n: value for n, value in given.items() if takes[n]}
        scalars = {n: value for n, value in given.items() if not takes[n]}
        lead, flat = rows(vectors, scalars, **{n: takes[n][0] for n in vectors})
        found = dict(zip((*vectors, *scalars), flat))
        table = np.concatenate([found[n].reshape(len(found[n]), math.prod(takes[n])) for n in names], axis=1)
        out = np.empty((len(table), sum(map(math.prod, gives))))
        with np.errstate(all="ignore"):  # without the compiler NumPy would warn where compiled code gives NaN
            row = functools.partial(_row, kernel, list(takes.values()), table, out)
            if at_once or not in_python(loop, len(table), row):
                loop(np.ascontiguousarray(table), out)
        return _parted(finite(out, why), lead, gives, single)

    return over


def all_inside(faces: dict[str, Any], kernels: Any) -> None:
    """Gives compiled code the kernels of a module where it calls the functions of a face's `__all__`, by name."""
    for name in faces["__all__"]:
        inside(faces[name], getattr(kernels, name))


def _parted(out: np.ndarray, lead: tuple[int, ...], gives: list[tuple[int, ...]], single: bool) -> Any:
    """The columns of a result as its parts, each on the leading axes."""
    at, parts = 0, []
    for shape in gives:
        columns = out[:, at : at + math.prod(shape)]
        parts.append(np.ascontiguousarray(columns).reshape((*lead, *shape)))
        at += math.prod(shape)
    return parts[0] if single else tuple(parts)
