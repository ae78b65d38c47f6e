"""Nested NamedTuples in a flat float64 array: slot after slot, each slot `stride` lanes wide."""

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numba.core import cgutils, types
from numba.core.imputils import impl_ret_untracked
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import lower_builtin

from rvd.core.kernel.annotations import is_record, members, numba_type

LANES = 32

# How a scalar leaves a block.
_READ: dict[types.Type, Callable] = {types.float64: float, types.int64: int, types.boolean: bool}


@functools.cache
def leaves(cls: Any) -> tuple[str, ...]:
    """Dotted names of the scalar slots of a NamedTuple in the order of a block, as `gps.bias.0`."""
    names: list[str] = []
    for name, kind in members(cls).items():
        names += [f"{name}.{leaf}" for leaf in leaves(kind)] if members(kind) else [name]
    return tuple(names)


@functools.cache
def size(cls: Any) -> int:
    """How many slots of a block a NamedTuple takes."""
    return len(leaves(cls))


def load(cls: Any, block: np.ndarray, slot: int, lane: int, stride: int) -> Any:
    """The `cls` that starts at `slot` of a block, of one lane; slot after slot lies `stride` numbers on."""
    return _built(cls, iter(block[_places(cls, slot, lane, stride)].tolist()))


def store(cls: Any, block: np.ndarray, slot: int, lane: int, stride: int, value: Any) -> None:
    """Writes a `cls` to a block from `slot` on, in one lane; slot after slot lies `stride` numbers on."""
    block[_places(cls, slot, lane, stride)] = list(_scalars(cls, value))


def _places(cls: Any, slot: int, lane: int, stride: int) -> slice:
    first = int(slot) * stride + lane
    return slice(first, first + (size(cls) - 1) * stride + 1, stride)


def _scalar(kind: Any) -> types.Type:
    scalar = numba_type(kind)
    if scalar not in _READ:
        raise TypeError(f"a block holds numbers only, not {kind!r}")
    return scalar


def _built(kind: Any, numbers: Iterator[float]) -> Any:
    """The value of this kind from the next of the numbers."""
    parts = members(kind)
    if not parts:
        return _READ[_scalar(kind)](next(numbers))
    values = [_built(part, numbers) for part in parts.values()]
    return kind(*values) if is_record(kind) else tuple(values)


def _scalars(kind: Any, value: Any) -> Iterator[float]:
    """The numbers of a value of this kind, in the order of a block."""
    parts = members(kind)
    if not parts:
        _scalar(kind)
        yield float(value)
        return
    for part, inner in zip(parts.values(), value, strict=True):
        yield from _scalars(part, inner)


# ---- the same in compiled code: loads and stores at once, with no Python in between to be compiled


@infer_global(load)
class _Load(AbstractTemplate):
    def generic(self, args: tuple, kws: dict) -> Any:
        return _typed(load, args, kws)


@infer_global(store)
class _Store(AbstractTemplate):
    def generic(self, args: tuple, kws: dict) -> Any:
        return _typed(store, args, kws)


def _typed(function: Callable, args: tuple, kws: dict) -> Any:
    """The types of a call: whole numbers for the places, and the record that is read or written."""
    names = inspect.signature(function)
    given = names.bind(*args, **kws).arguments
    record = numba_type(given["cls"].instance_class)
    places = (given["cls"], given["block"], types.intp, types.intp, types.intp)
    written = "value" in given
    answer = signature(types.none, *places, record) if written else signature(record, *places)
    return answer.replace(pysig=names)


_PLACES = (types.NamedTupleClass, types.Array, types.Integer, types.Integer, types.Integer)


class _Walk:
    """A block in compiled code, from one slot of one lane on."""

    def __init__(self, context: Any, builder: Any, kind: types.Array, args: Any) -> None:
        _, block, slot, lane, stride = args[:5]
        self.context, self.builder, self.kind, self.stride = context, builder, kind, stride
        self.array = context.make_array(kind)(context, builder, block)
        self.at = builder.add(builder.mul(slot, stride), lane)

    def step(self) -> Any:
        """Where the number at this slot stands; the next is that of the next slot."""
        place = cgutils.get_item_pointer(
            self.context, self.builder, self.kind, self.array, [self.at], wraparound=False
        )
        self.at = self.builder.add(self.at, self.stride)
        return place

    def read(self, kind: types.Type) -> Any:
        """The value of this type from the next slots."""
        if isinstance(kind, types.BaseTuple):
            return self.context.make_tuple(self.builder, kind, [self.read(part) for part in kind])
        number = self.builder.load(self.step())
        return self.context.cast(self.builder, number, types.float64, kind)

    def write(self, kind: types.Type, value: Any) -> None:
        """Puts a value of this type into the next slots."""
        if isinstance(kind, types.BaseTuple):
            for k, part in enumerate(kind):
                self.write(part, self.builder.extract_value(value, k))
            return
        number = self.context.cast(self.builder, value, kind, types.float64)
        self.builder.store(number, self.step())


@lower_builtin(load, *_PLACES)
def _lower_load(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    value = _Walk(context, builder, sig.args[1], args).read(sig.return_type)
    return impl_ret_untracked(context, builder, sig.return_type, value)


@lower_builtin(store, *_PLACES, types.Any)
def _lower_store(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    _Walk(context, builder, sig.args[1], args).write(sig.args[5], args[5])
    return context.get_dummy_value()
