"""The decorators: one signature for an entry, whatever it is called with; the same results as plain Python."""

import os
import subprocess
import sys
import threading
from typing import NamedTuple

import numba
import numpy as np
import pytest

from rvd.core.kernel import Block, Row, Vec, cache, entry, kernel, sweep


class Gains(NamedTuple):
    pull: float
    r: Vec
    table: Row


@kernel
def stretched(k, r):
    """k r."""
    return (k * r[0], k * r[1], k * r[2])


@sweep
def doubled(block):
    """Doubles a block."""
    for i in range(block.size):
        block[i] = 2.0 * block[i]


@entry
def pulled(gains: Gains, n: int, block: Block) -> Vec:
    """n times the pull on r; doubles the block."""
    doubled(block)
    return stretched(n * gains.pull * gains.table[0], gains.r)


def signatures(function):
    return len(function.dispatcher.signatures)


def test_one_signature_serves_every_caller():
    table = np.array([3.0, 0.0])
    frozen = table.copy()
    frozen.flags.writeable = False
    block = np.ones(2)
    for gains in (
        Gains(2.0, (1.0, 2.0, 3.0), table),
        Gains(2, (1, 2, 3), [3, 0]),
        Gains(np.float32(2), (np.int64(1), 2.0, np.float64(3.0)), np.array([3.0, 9.0, 0.0])[::2]),
        ((2.0), [1.0, 2.0, 3.0], frozen),
    ):
        assert pulled(gains, np.int32(5), block) == (30.0, 60.0, 90.0)
    assert signatures(pulled) == 1
    assert block.tolist() == [16.0, 16.0]


def test_nothing_recompiles_an_entry_that_has_compiled():
    pulled.compile()
    with pytest.raises(TypeError):
        pulled.dispatcher("text", 1, np.zeros(1))
    assert signatures(pulled) == 1


def test_a_wrong_call_names_the_arguments():
    with pytest.raises(TypeError, match="pulled takes gains, n, block; got 1 arguments"):
        pulled(1.0)
    with pytest.raises(TypeError, match=r"gains\.table must be a 1-D array"):
        pulled(Gains(1.0, (1.0, 1.0, 1.0), np.zeros((1, 1))), 1, np.zeros(1))


def test_threads_may_make_the_first_call_together():
    @entry
    def tripled(x: float) -> float:
        return 3.0 * x

    got = []
    threads = [threading.Thread(target=lambda: got.append(tripled(2))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [6.0] * 4 and signatures(tripled) == 1


def test_a_kernel_is_inlined(monkeypatch):
    monkeypatch.setattr(cache.KernelCache, "load_overload", lambda *_: None)  # what is loaded shows no code
    fresh = entry(pulled.__wrapped__)
    fresh.compile()
    (code,) = fresh.dispatcher.inspect_llvm().values()
    assert "define" in code
    assert not [line for line in code.splitlines() if " call " in line and "stretched" in line]


def test_kernels_divide_as_numpy_does():
    @kernel
    def inverse(x):
        return 1.0 / x

    assert inverse(0.0) == np.inf


def test_the_numba_settings_of_others_are_left_alone():
    assert os.environ.get("NUMBA_CACHE_DIR", "") == numba.config.CACHE_DIR


def test_without_the_compiler_the_same_functions_run():
    code = (
        "import numpy as np; from tests.core.kernel.test_decorators import *; block = np.ones(2);"
        "r = pulled(Gains(2, (1, 2, 3), [3]), 5, block); print(*map(float, r), block, type(stretched).__name__)"
    )
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "30.0 60.0 90.0 [2. 2.] function"


class Answer(NamedTuple):
    x: float
    r: Vec


@pytest.mark.parametrize("answer", [Answer, tuple[float, Answer], tuple[tuple[Answer, int], float]])
def test_an_entry_that_says_it_returns_a_record_is_refused_where_it_is_decorated(answer):
    def told(x: float):
        return x

    told.__annotations__["return"] = answer
    with pytest.raises(TypeError, match=r"told returns .*Answer.*: an entry returns plain tuples"):
        entry(told)


def test_an_entry_that_does_not_say_so_is_refused_where_it_is_compiled():
    @entry
    def silent(x: float):
        return (x, Answer(x, (x, x, x)))

    with pytest.raises(TypeError, match=r"silent returns .*Answer"):
        silent(1.0)


def test_the_members_of_a_record_are_a_plain_tuple():
    @entry
    def listed(x: float) -> tuple[float, Vec]:
        return Answer(x, (x, x, x))[:]

    assert listed(2) == (2.0, (2.0, 2.0, 2.0)) and type(listed(2)) is tuple
