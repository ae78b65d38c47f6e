"""A kernel over arrays: one call for many rows, with the checks and the sentences of the array faces."""

import functools
import inspect
import math
import typing
from collections.abc import Callable
from typing import Any

import numpy as np

from rvd.array_arguments import NUMBERS, ArgumentError, finite, numbers, rows
from rvd.core.kernel import Sheet, Table, entry, inside, plain
from rvd.first_calls import in_python

Check = Callable[[str, Any], np.ndarray]


def _shape(kind: Any) -> tuple[int, ...]:
    """The shape of an annotation: of `float` (), of `Vec` (3,), of a matrix of five `Vec` (5, 3)."""
    parts = typing.get_args(kind)
    return (len(parts), *_shape(parts[0])) if parts else ()


def _leaves(value: str, shape: tuple[int, ...]) -> list[str]:
    """Source of each number of a nested tuple."""
    if not shape:
        return [value]
    return [leaf for k in range(shape[0]) for leaf in _leaves(f"{value}[{k}]", shape[1:])]


def _nested(shape: tuple[int, ...], at: int) -> str:
    """Source of a nested tuple of the numbers of a row from `at` on."""
    if not shape:
        return f"given[i, {at}]"
    step = math.prod(shape[1:])
    return f"({', '.join(_nested(shape[1:], at + k * step) for k in range(shape[0]))},)"


def _rowed(name: str, value: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Matrices (..., k, m) as vectors (..., k m)."""
    if len(shape) < 2:
        return value
    if value.shape[-len(shape) :] != shape:
        told = " x ".join(map(str, shape))
        raise ArgumentError(f"{name} has shape {value.shape}; its last axes hold {told} components")
    return value.reshape(*value.shape[: -len(shape)], math.prod(shape))


def _loop(
    kernel: Callable, takes: list[tuple[int, ...]], gives: list[tuple[int, ...]], single: bool
) -> Callable:
    """The entry that calls a kernel row by row; it is kept on disk with the file of the kernel."""
    at, told = 0, []
    for shape in takes:
        told.append(_nested(shape, at))
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
    at, given = 0, []
    for shape in takes:
        part = table[i, at : at + math.prod(shape)].reshape(shape).tolist()
        given.append(_tupled(part))
        at += math.prod(shape)
    out[i] = _flat(plain(kernel)(*given))


def _tupled(value: Any) -> Any:
    """Lists within lists as tuples."""
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def _flat(answer: Any) -> list[float]:
    """The numbers of nested tuples in order."""
    return [one for part in answer for one in _flat(part)] if isinstance(answer, tuple) else [answer]


def by_rows(
    kernel: Callable,
    why: str = NUMBERS,
    *,
    parts: bool = False,
    matrix: bool = False,
    at_once: bool = False,
    **checks: Check,
) -> Callable[..., Any]:
    """The function over arrays of a kernel of floats and tuples: the same arguments in the same order.

    Tuples of k floats are arrays (..., k), tuples of m such (..., m, k), floats (...); leading axes broadcast. An
    answer of floats alone is one array (..., k), or with `parts` k arrays; one of m tuples is m arrays, or with
    `matrix` one (..., m, k). `checks` refuse bad values by the name of their argument. A row that is NaN is refused
    with the sentence `why`. `at_once` compiles before the first row, of which any may take long.
    """
    plain = getattr(kernel, "py_func", kernel)
    hints = typing.get_type_hints(plain)
    answer = hints["return"]
    names = tuple(inspect.signature(plain).parameters)
    takes = {name: _shape(hints[name]) for name in names}
    single = matrix or (not parts and all(part is float for part in typing.get_args(answer)))
    gives = [_shape(part) for part in ([answer] if single else typing.get_args(answer))]
    loop = _loop(kernel, list(takes.values()), gives, single)

    @functools.wraps(plain)
    def over(*values: Any) -> Any:
        given = {n: checks.get(n, numbers)(n, value) for n, value in zip(names, values, strict=True)}
        given = {n: _rowed(n, value, takes[n]) for n, value in given.items()}
        vectors = {n: value for n, value in given.items() if takes[n]}
        scalars = {n: value for n, value in given.items() if not takes[n]}
        lead, flat = rows(vectors, scalars, **{n: math.prod(takes[n]) for n in vectors})
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
