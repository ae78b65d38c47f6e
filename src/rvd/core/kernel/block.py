"""Nested NamedTuples in a flat float64 array: slot after slot, each slot `stride` lanes wide."""

import functools
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba import types
from numba.extending import overload

from rvd.core.kernel.annotations import is_record, members, numba_type

LANES = 32

# How a scalar leaves a block and enters it.
_READ = {types.float64: "float({})", types.int64: "int({})", types.boolean: "(float({}) != 0.0)"}
_WRITE = {types.float64: "float({})", types.int64: "float({})", types.boolean: "(1.0 if {} else 0.0)"}


@functools.cache
def leaves(cls: Any) -> tuple[str, ...]:
    """Dotted names of the scalar slots of a NamedTuple in the order of a block, as `gps.bias.0`."""
    names: list[str] = []
    for name, kind in members(cls).items():
        names += [f"{name}.{leaf}" for leaf in leaves(kind)] if members(kind) else [name]
    return tuple(names)


def size(cls: Any) -> int:
    """How many slots of a block a NamedTuple takes."""
    return len(leaves(cls))


def _scalar(kind: Any) -> types.Type:
    scalar = numba_type(kind)
    if scalar not in _READ:
        raise TypeError(f"a block holds numbers only, not {kind!r}")
    return scalar


def _reading(kind: Any, at: int, stride: int, names: dict[str, Any]) -> tuple[str, int]:
    """Source of the expression that reads `kind` from slot `at` on, and the slot after it."""
    parts = members(kind)
    if not parts:
        return _READ[_scalar(kind)].format(f"block[at + u64({at * stride})]"), at + 1
    values = []
    for part in parts.values():
        value, at = _reading(part, at, stride, names)
        values.append(value)
    # Numba on Python 3.11 fails on a tuple literal, or a call, of more than 30 items.
    chunks = [", ".join(values[i : i + 24]) for i in range(0, len(values), 24)]
    items = " + ".join(f"({chunk},)" for chunk in chunks)
    if not is_record(kind):
        return f"({items})", at
    names[f"T{len(names)}"] = kind
    arguments = chunks[0] if len(chunks) == 1 else f"*({items})"
    return f"T{len(names) - 1}({arguments})", at


def _writing(kind: Any, value: str, at: int, stride: int, lines: list[str]) -> int:
    """Appends the statements that write `value` from slot `at` on; gives the slot after it."""
    parts = members(kind)
    if not parts:
        lines.append(f"    block[at + u64({at * stride})] = {_WRITE[_scalar(kind)].format(value)}")
        return at + 1
    for name, part in parts.items():
        inner = f"{value}.{name}" if is_record(kind) else f"{value}[{name}]"
        at = _writing(part, inner, at, stride, lines)
    return at


def _defined(name: str, lines: list[str], names: dict[str, Any]) -> Callable:
    # An unsigned index spares the test for indices that count from the end, which stops the vectoriser.
    names["u64"] = int if numba.config.DISABLE_JIT else types.uint64
    exec("\n".join(lines) + "\n", names)
    return names[name]


@functools.cache
def _loader(cls: Any, stride: int) -> Callable:
    names: dict[str, Any] = {}
    value, _ = _reading(cls, 0, stride, names)
    head = "def loaded(cls, block, slot, lane, stride):"
    return _defined("loaded", [head, f"    at = u64(slot * {stride} + lane)", f"    return {value}"], names)


@functools.cache
def _storer(cls: Any, stride: int) -> Callable:
    lines = [
        "def stored(cls, block, slot, lane, stride, value):",
        f"    at = u64(slot * {stride} + lane)",
    ]
    _writing(cls, "value", 0, stride, lines)
    return _defined("stored", lines, {})


def load(cls: Any, block: np.ndarray, slot: int, lane: int, stride: int) -> Any:
    """The `cls` that starts at `slot` of a block, of one lane; `stride` is a literal (1 or LANES)."""
    return _loader(cls, stride)(cls, block, slot, lane, stride)


def store(cls: Any, block: np.ndarray, slot: int, lane: int, stride: int, value: Any) -> None:
    """Writes a `cls` to a block from `slot` on, in one lane; `stride` is a literal (1 or LANES)."""
    _storer(cls, stride)(cls, block, slot, lane, stride, value=value)


_INLINED = {"forceinline": True, "error_model": "numpy"}


@overload(load, jit_options=_INLINED, prefer_literal=True)
def _load(cls, block, slot, lane, stride):
    if isinstance(stride, types.IntegerLiteral):
        return _loader(cls.instance_class, stride.literal_value)
    return None


@overload(store, jit_options=_INLINED, prefer_literal=True)
def _store(cls, block, slot, lane, stride, value):
    if isinstance(stride, types.IntegerLiteral):
        return _storer(cls.instance_class, stride.literal_value)
    return None
