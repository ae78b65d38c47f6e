"""Flies every registered stage in a loop over lanes, and reports what became of it.

`python -m tests.lanes.harness FILE compiled` compiles each loop, reads from LLVM's optimised code whether it works on
vectors, and compares the lanes with scalar calls bit for bit; `... FILE plain` computes the same arguments as
plain Python (under NUMBA_DISABLE_JIT=1).  FILE (.npz) gets the outputs, standard output a JSON report.
"""

import json
import re
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import llvmlite.binding as llvm
import numba
import numpy as np

from rvd.kernel import LANES, load, size, store

# What LLVM may call inside a vector body: instructions of the processor, not a library's scalar function.
INSTRUCTIONS = {
    "abs", "assume", "ceil", "copysign", "fabs", "floor", "fshl", "lifetime", "masked", "maximum", "maxnum",
    "minimum", "minnum", "rint", "roundeven", "smax", "smin", "sqrt", "trunc", "umax", "umin", "vector", "experimental",
}  # fmt: skip


class Stage(NamedTuple):
    """A kernel and some arguments for it; the lanes take them in turn, numbers slightly shaken, all at least once."""

    name: str
    function: Callable
    samples: tuple[tuple, ...]


def stage(function: Callable, *samples: tuple) -> Stage:
    """The stage of a kernel, named after its module and itself."""
    plain = getattr(function, "py_func", function)
    return Stage(f"{plain.__module__.removeprefix('rvd.')}.{plain.__name__}", function, samples)


def is_shared(value: Any) -> bool:
    """Whether an argument holds an array: all lanes share it, it does not travel in the block."""
    return isinstance(value, np.ndarray) or (isinstance(value, tuple) and any(map(is_shared, value)))


def kind_of(value: Any) -> Any:
    """The annotation of a value."""
    if isinstance(value, tuple):
        return type(value) if hasattr(value, "_fields") else tuple[tuple(map(kind_of, value))]
    if isinstance(value, bool | np.bool_):
        return bool
    return int if isinstance(value, int) else float


def flat(value: Any) -> list[float]:
    """The numbers of a nested value in the order of its slots."""
    return [x for part in value for x in flat(part)] if isinstance(value, tuple) else [float(value)]


def shaken(value: Any, rng: np.random.Generator) -> Any:
    """The value with every number that is not whole moved by up to a thousandth; flags and counts stay."""
    if is_shared(value):
        return value
    if isinstance(value, tuple):
        parts = [shaken(part, rng) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    whole = not isinstance(value, float) or value == np.floor(value)
    return value if whole else value * (1.0 + 1e-3 * rng.uniform(-1.0, 1.0))


def arguments(given: Stage) -> list[tuple]:
    """The arguments of every lane, the same in every process."""
    rng = np.random.default_rng(7)
    samples = given.samples
    blocks = -(-len(samples) // LANES)
    return [tuple(shaken(a, rng) for a in samples[k % len(samples)]) for k in range(blocks * LANES)]


def record(name: str, kinds: list) -> Any:
    """A NamedTuple of these annotations."""
    return NamedTuple(name, [(f"a{i}", kind) for i, kind in enumerate(kinds)])


def lane_loop(given: Stage, result: Any) -> tuple[Any, Any, Any]:
    """The loop over lanes around a stage, compiled, and the records it reads and writes."""
    first = given.samples[0]
    lanes = [i for i, a in enumerate(first) if not is_shared(a)]
    Given, Got = record("Given", [kind_of(first[i]) for i in lanes]), record("Got", [kind_of(result)])
    place = {i: f"given.a{k}" for k, i in enumerate(lanes)}
    shared = [f"s{i}" for i in range(len(first)) if i not in place]
    passed = ", ".join(place.get(i, f"s{i}") for i in range(len(first)))
    source = (
        f"def loop({', '.join(['block', 'count', *shared])}):\n"
        f"    for lane in range(count):\n"
        f"        given = load(Given, block, 0, lane, LANES)\n"
        f"        store(Got, block, {size(Given)}, lane, LANES, Got(stage({passed})))\n"
    )
    names = {
        "load": load,
        "store": store,
        "LANES": LANES,
        "Given": Given,
        "Got": Got,
        "stage": given.function,
    }
    exec(source, names)
    return numba.njit(error_model="numpy", nogil=True)(names["loop"]), Given, Got


def judge(code: str) -> str:
    """What is wrong with the optimised code of a lane loop; empty where it works on vectors and calls nothing."""
    bodies = re.findall(r"^vector\.body[\w.]*:.*?(?=^[\w.]+:|^})", code, re.S | re.M)
    text = "\n".join(bodies)
    if not re.search(r"<\d+ x double>", text):
        return "the loop over lanes is not vectorised"
    # A body of several blocks (a loop inside) ends after the last of them: look at all of the function's calls.
    called = set(re.findall(r"call [^@\n]*@\"?([\w.]+)", code))
    # `sqrt` is left in the scalar remainder of a loop only: the vector body has the instruction.
    scalar = [f for f in called - {"sqrt"} if not (f.startswith("llvm.") and f.split(".")[1] in INSTRUCTIONS)]
    return f"calls {', '.join(sorted(scalar))}" if scalar else ""


def fly_compiled(given: Stage) -> tuple[dict, np.ndarray]:
    """The report on one stage, and its outputs (lanes, slots) as the lane loop gave them."""
    lanes = arguments(given)
    scalar = [given.function(*a) for a in lanes]
    loop, Given, Got = lane_loop(given, scalar[0])
    shared = [x for x in lanes[0] if is_shared(x)]
    outputs = []
    for first in range(0, len(lanes), LANES):
        block = np.zeros((size(Given) + size(Got)) * LANES)
        for lane, a in enumerate(lanes[first : first + LANES]):
            store(Given, block, 0, lane, LANES, Given(*(x for x in a if not is_shared(x))))
        loop(block, LANES, *shared)
        outputs += list(block.reshape(-1, LANES)[size(Given) :].T)
    (code,) = loop.inspect_llvm().values()
    inner = code[code.index("define ") :]
    wrong = judge(inner[: inner.index("\n}\n") + 2])
    different = [lane for lane, value in enumerate(scalar) if not same(outputs[lane], flat(value))]
    report = {"name": given.name, "wrong": wrong, "different": different}
    return report, np.array(outputs)


def same(a: Any, b: Any) -> bool:
    """Equal to the bit (any NaN counts as any other)."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    return bool(np.all((a.view(np.int64) == b.view(np.int64)) | (np.isnan(a) & np.isnan(b))))


def fly_plain(given: Stage) -> tuple[dict, np.ndarray]:
    """The same outputs from plain Python."""
    outputs = np.array([flat(given.function(*a)) for a in arguments(given)])
    return {"name": given.name}, outputs


def hold_to_legality() -> None:
    """Where the processor has no AVX-512, vectors of four are forced: what is tested is that they are possible.

    AVX2 has no conversion between float64 and int64, for which LLVM gives up a few short stages as not worth it.
    """
    features = numba.config.CPU_FEATURES or llvm.get_host_cpu_features().flatten()
    if "+avx512dq" not in features:
        llvm.set_option("", "-force-vector-width=4")


def main(file: str, plain: bool) -> None:
    """Flies every stage of the registry."""
    from tests.lanes.stages import STAGES

    hold_to_legality()
    reports, outputs = [], {}
    for given in STAGES:
        try:
            report, outputs[given.name] = (fly_plain if plain else fly_compiled)(given)
        except Exception as error:
            report = {"name": given.name, "error": f"{type(error).__name__}: {error}"[:600]}
        reports.append(report)
    np.savez(file, **outputs)
    json.dump(reports, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] == ["plain"])
