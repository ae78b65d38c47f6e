"""Kernels that are lowered once and optimised where they are inlined."""

import numba
import numpy as np
import pytest

from rvd.core.kernel import entry, kernel, njit, sweep
from rvd.core.kernel.linking import LinkedLibrary

pytestmark = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="there is no compiler")

TABLE = np.array([3.0, 1.0, 4.0])


@kernel
def _third(x: float) -> float:
    return x + TABLE[2]


@sweep
def _second(x: float) -> float:
    return 2.0 * _third(x)


@kernel
def _first(x: float) -> float:
    return _second(x) + _third(x) + _quotient(x, 2.0)


@kernel
def _quotient(x: float, y: float) -> float:
    return x / y


@entry
def _driver(x: float) -> float:
    return _first(x)


@entry
def _other(x: float) -> float:
    return _second(x) - _quotient(x, 0.0)


def expected(x):
    return 2.0 * (x + 4.0) + (x + 4.0) + x / 2.0


def test_an_entry_has_all_that_its_kernels_call():
    assert _driver(1.5) == expected(1.5)


def test_two_entries_share_what_was_lowered():
    _driver(1.0)
    assert np.isneginf(_other(2.0))
    (result,) = _second.inner.overloads.values()
    assert isinstance(result.library, LinkedLibrary)


def test_a_call_from_python_and_one_of_a_users_function_have_it_too():
    @numba.njit
    def user(x):
        return _first(x) + 1.0

    @njit
    def ours(x):
        return _second(x) + 1.0

    assert _first(0.5) == expected(0.5)
    assert user(0.5) == expected(0.5) + 1.0
    assert ours(0.5) == 2.0 * 4.5 + 1.0


def test_nothing_of_a_kernel_is_machine_code():
    _driver(1.0)
    for one in (_first, _second, _third):
        for result in one.inner.overloads.values():
            assert result.library.get_pointer_to_function(result.fndesc.llvm_func_name) == 0
