"""Calls every registered stage, compiled or as plain Python, and writes what came of it.

`python -m tests.core.stages.harness FILE` writes the outputs of each stage (.npz) and prints a JSON report.  Run under
NUMBA_DISABLE_JIT=1 it does the same in plain Python.
"""

import json
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

SAMPLES = 32


class Stage(NamedTuple):
    """A kernel and some arguments for it, taken in turn, numbers slightly shaken, all at least once."""

    name: str
    function: Callable
    samples: tuple[tuple, ...]


def stage(function: Callable, *samples: tuple) -> Stage:
    """The stage of a kernel, named after its module and itself."""
    plain = getattr(function, "py_func", function)
    return Stage(f"{plain.__module__.removeprefix('rvd.core.')}.{plain.__name__}", function, samples)


def holds_array(value: Any) -> bool:
    """Whether an argument is an array or holds one: it is passed as it is."""
    return isinstance(value, np.ndarray) or (isinstance(value, tuple) and any(map(holds_array, value)))


def flat(value: Any) -> list[float]:
    """The numbers of a nested value in their order."""
    return [x for part in value for x in flat(part)] if isinstance(value, tuple) else [float(value)]


def shaken(value: Any, rng: np.random.Generator) -> Any:
    """The value with every number that is not whole moved by up to a thousandth; flags and counts stay."""
    if holds_array(value):
        return value
    if isinstance(value, tuple):
        parts = [shaken(part, rng) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    whole = not isinstance(value, float) or value == np.floor(value)
    return value if whole else value * (1.0 + 1e-3 * rng.uniform(-1.0, 1.0))


def arguments(given: Stage) -> list[tuple]:
    """The arguments of every call, the same in every process."""
    rng = np.random.default_rng(7)
    count = max(SAMPLES, len(given.samples))
    return [tuple(shaken(a, rng) for a in given.samples[k % len(given.samples)]) for k in range(count)]


def called(given: Stage) -> np.ndarray:
    """The outputs of every call, one row each."""
    return np.array([flat(given.function(*a)) for a in arguments(given)])


def same(a: Any, b: Any) -> bool:
    """Equal to the bit (any NaN counts as any other)."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    return bool(np.all((a.view(np.int64) == b.view(np.int64)) | (np.isnan(a) & np.isnan(b))))


def main(file: str) -> None:
    """Calls every stage of the registry."""
    from tests.core.stages.registry import STAGES

    errors, outputs = {}, {}
    for given in STAGES:
        try:
            outputs[given.name] = called(given)
        except Exception as error:
            errors[given.name] = f"{type(error).__name__}: {error}"[:600]
    np.savez(file, **outputs)
    json.dump(errors, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
