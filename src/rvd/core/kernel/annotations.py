"""What a kernel's annotations mean: to Numba as types, to Python as casts."""

import enum
import functools
import operator
import typing
from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
from numba import types

Vec = tuple[float, float, float]
Quat = tuple[float, float, float, float]


class Written:
    """Marks an array that an entry writes to: it is never copied."""


Row = Annotated[np.ndarray, types.Array(types.float64, 1, "C")]
Table = Annotated[np.ndarray, types.Array(types.float64, 2, "C")]
Stack = Annotated[np.ndarray, types.Array(types.float64, 3, "C")]
Marks = Annotated[np.ndarray, types.Array(types.int64, 1, "C")]
Block = Annotated[np.ndarray, types.Array(types.float64, 1, "C"), Written]
Sheet = Annotated[np.ndarray, types.Array(types.float64, 2, "C"), Written]
Pile = Annotated[np.ndarray, types.Array(types.float64, 3, "C"), Written]

SCALARS: dict[types.Type, Callable] = {types.float64: float, types.int64: operator.index, types.boolean: bool}


def is_record(annotation: Any) -> bool:
    """Whether an annotation is a NamedTuple."""
    return isinstance(annotation, type) and hasattr(annotation, "_fields")


def holds_record(answer: Any) -> bool:
    """Whether an annotation, or a Numba type, is a NamedTuple or a tuple that holds one."""
    if isinstance(answer, types.Type):
        return isinstance(answer, types.BaseNamedTuple) or any(
            map(holds_record, getattr(answer, "types", ()))
        )
    return is_record(answer) or any(map(holds_record, typing.get_args(answer)))


def bare(annotation: Any) -> Any:
    """An annotation without the marks that are not for kernels; an array keeps its Numba type."""
    marks = getattr(annotation, "__metadata__", ())
    kept = not marks or any(isinstance(mark, types.Type) for mark in marks)
    return annotation if kept else annotation.__origin__


@functools.cache
def members(annotation: Any) -> dict[str, Any]:
    """Name and annotation of each member of a NamedTuple, or of a tuple (named "0", "1", ...)."""
    if is_record(annotation):
        hints = typing.get_type_hints(annotation, include_extras=True)
        return {name: bare(hints[name]) for name in annotation._fields}
    if typing.get_origin(annotation) is tuple:
        return {str(i): bare(item) for i, item in enumerate(typing.get_args(annotation))}
    return {}


@functools.cache
def numba_type(annotation: Any) -> types.Type:
    """The one Numba type of an annotation: float, int, bool, tuple[...], a NamedTuple, Row, Block, ...

    An IntEnum travels as an integer; any other Numba type can be given as Annotated[object, type].
    Raises TypeError for what no kernel takes.
    """
    if isinstance(annotation, types.Type):
        return annotation
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, types.Type):
            return mark
    parts = tuple(numba_type(member) for member in members(annotation).values())
    if is_record(annotation):
        return types.BaseTuple.from_types(parts, annotation)
    if parts:
        return types.Tuple(parts)
    scalars = {float: types.float64, int: types.int64, bool: types.boolean}
    if isinstance(annotation, type) and issubclass(annotation, enum.IntEnum):
        return types.int64
    if annotation not in scalars:
        raise TypeError(f"a kernel cannot take {annotation!r}")
    return scalars[annotation]


def cast(annotation: Any, value: Any, name: str = "value") -> Any:
    """`value` as its annotation says, so that no caller's int, stride or dtype costs a second compile.

    An array is copied when its dtype, order or read-only flag do not fit; one marked Written is refused.
    Raises TypeError with the dotted name of what does not fit.
    """
    inside = members(annotation)
    if inside:
        if len(inside) != len(value):
            raise TypeError(f"{name} has {len(inside)} members, not {len(value)}")
        parts = (cast(kind, part, f"{name}.{key}") for (key, kind), part in zip(inside.items(), value))
        return annotation(*parts) if is_record(annotation) else tuple(parts)
    kind = numba_type(annotation)
    if isinstance(kind, types.Array):
        return _cast_array(kind, value, Written in getattr(annotation, "__metadata__", ()), name)
    if kind not in SCALARS:
        return value
    try:
        return SCALARS[kind](value)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be a number of type {kind}, not {value!r}") from None


def _cast_array(kind: types.Array, value: Any, written: bool, name: str) -> np.ndarray:
    dtype = np.dtype(str(kind.dtype))
    array = np.asarray(value)
    if array.ndim != kind.ndim or not np.can_cast(array.dtype, dtype, "safe"):
        raise TypeError(
            f"{name} must be a {kind.ndim}-D array of {dtype}, not {array.ndim}-D of {array.dtype}"
        )
    fitting = np.require(array, dtype, ["C", "W", "A"])
    if written and fitting is not value:
        raise TypeError(f"{name} is written to: it must be a writeable C-contiguous array of {dtype}")
    return fitting
