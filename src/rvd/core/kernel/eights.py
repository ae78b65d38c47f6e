"""Eight numbers at a time in kernels: vectors of LLVM, which it makes of whatever vectors the processor has.

A loop over a short row gains little from LLVM's own vectoriser: it tests at every start whether arrays overlap, and
does what is left over one by one.  Rows of a multiple of eight numbers in these vectors have neither.  Each element is
computed as by itself, with the same bits; without the compiler the vectors are NumPy arrays.

A place is an index of a row, or (row, index) of a table; nothing tests it, and negative ones do not count from the end.
"""

from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

from rvd.core.kernel.interpreted import IN_PYTHON

EIGHT = 8
"""How many numbers a vector holds."""

Place = Any
"""An index, or (row, index)."""

_VECTOR = ir.VectorType(ir.DoubleType(), EIGHT)


class Eight(types.Type):
    """The type of a vector."""

    def __init__(self) -> None:
        super().__init__(name="Eight")


_eight = Eight()


@register_model(Eight)
class _EightModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _VECTOR)


def padded(count: int) -> int:
    """The least multiple of eight that is not less.

    >>> padded(37)
    40
    """
    return -(-count // EIGHT) * EIGHT


def _part(at: Place) -> tuple:
    *row, index = at if isinstance(at, tuple) else (at,)
    return (*row, slice(index, index + EIGHT))


def _load8(a: np.ndarray, at: Place) -> np.ndarray:
    return a[_part(at)].copy()


def _store8(a: np.ndarray, at: Place, v: np.ndarray) -> None:
    a[_part(at)] = v


def _splat8(x: float) -> np.ndarray:
    return np.full(EIGHT, x)


def _address(context: Any, builder: Any, kinds: tuple, values: tuple) -> Any:
    """The pointer to the vector at a place of an array: the types of the two, and their values."""
    data = context.make_array(kinds[0])(context, builder, values[0])
    parts = [values[1]]
    if isinstance(kinds[1], types.BaseTuple):
        parts = cgutils.unpack_tuple(builder, values[1])
    index = parts[-1]
    if len(parts) > 1:
        width = cgutils.unpack_tuple(builder, data.shape)[1]
        index = builder.add(builder.mul(parts[0], width), index)
    return builder.bitcast(builder.gep(data.data, [index]), _VECTOR.as_pointer())


def _compiled_load8(typing: Any, a: Any, at: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.load(_address(context, builder, kinds=(a, at), values=values), align=8)

    return _eight(a, at), code


def _compiled_store8(typing: Any, a: Any, at: Any, v: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        builder.store(values[2], _address(context, builder, kinds=(a, at), values=values), align=8)
        return context.get_dummy_value()

    return types.void(a, at, _eight), code


def _compiled_splat8(typing: Any, x: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        lane = ir.IntType(32)
        empty = ir.Constant(_VECTOR, ir.Undefined)
        one = builder.insert_element(empty, values[0], ir.Constant(lane, 0))
        return builder.shuffle_vector(one, empty, ir.Constant(ir.VectorType(lane, EIGHT), [0] * EIGHT))

    return _eight(types.float64), code


def _compiled_operation(name: str) -> Any:
    def operation(typing: Any, a: Any, b: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            return getattr(builder, name)(values[0], values[1])

        return _eight(_eight, _eight), code

    return operation


def _made(python: Any, compiled: Any) -> Any:
    """A function of vectors: compiled where there is a compiler."""
    if numba.config.DISABLE_JIT:
        return python
    function = intrinsic(compiled)
    IN_PYTHON[function] = python
    return function


load8 = _made(_load8, _compiled_load8)
"""load8(a, at): the eight numbers of an array from a place on."""

store8 = _made(_store8, _compiled_store8)
"""store8(a, at, v): writes eight numbers to an array from a place on."""

splat8 = _made(_splat8, _compiled_splat8)
"""splat8(x): one number eight times."""

mul8 = _made(lambda a, b: a * b, _compiled_operation("fmul"))
"""mul8(a, b): the products."""

add8 = _made(lambda a, b: a + b, _compiled_operation("fadd"))
"""add8(a, b): the sums."""

sub8 = _made(lambda a, b: a - b, _compiled_operation("fsub"))
"""sub8(a, b): the differences."""
