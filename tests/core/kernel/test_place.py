"""Functions given to entries by the place of their machine code."""

import os
import subprocess
import sys
from typing import Annotated

import numba
import pytest
from numba import types

from rvd.core.kernel import Place, argument, entry, function_at, place_of

SIGNATURE = types.float64(types.float64, types.int64)

called_at = function_at(SIGNATURE)


@entry
def asked(own: Place, x: float, n: int) -> float:
    """What the function at this place gives."""
    return called_at(own)(x, n)


def scaled(x, n):
    return x * n


def raised(x, n):
    return x**n


def test_the_function_at_a_place_is_called():
    one, other = argument(scaled, SIGNATURE), argument(raised, SIGNATURE)
    assert asked(place_of(one, SIGNATURE), 3, 4) == 12.0
    assert asked(place_of(other, SIGNATURE), 3, 4) == 81.0
    assert len(asked.dispatcher.signatures) == 1  # another function is no other code


def test_without_the_compiler_a_place_is_the_function():
    code = (
        "from tests.core.kernel.test_place import *\n"
        "print(asked(place_of(argument(scaled, SIGNATURE), SIGNATURE), 3, 4))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "12.0\n", done.stderr


def test_an_entry_that_takes_a_function_by_itself_is_refused():
    def given(own, x: float) -> float:
        return own(x, 1)

    given.__annotations__["own"] = Annotated[object, types.FunctionType(SIGNATURE)]
    with pytest.raises(TypeError, match="given takes the function own: an entry takes its Place"):
        entry(given)


def test_what_numba_calls_back_for_at_each_call_is_named_here():
    """Of its dispatchers Numba asks the type in Python: why no entry takes one."""
    assert isinstance(vars(numba.core.dispatcher.Dispatcher)["_numba_type_"], property)
