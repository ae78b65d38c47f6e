import threading

import numba
import pytest

from rvd.compiling import Compiling


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_lies_within_another_counts_once():
    clock = Clock()
    compiling = Compiling(clock)
    compiling.begun()
    clock.now = 2.0
    compiling.begun()
    clock.now = 5.0
    compiling.ended()
    assert compiling.now and compiling.seconds == 5.0
    clock.now = 6.0
    compiling.ended()
    clock.now = 9.0
    assert not compiling.now and compiling.seconds == 6.0 and compiling.functions == 2


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_numba_is_heard_in_every_thread_and_no_longer_than_asked():
    def half(x):
        return 0.5 * x

    with Compiling() as compiling:
        numba.njit(half)(3.0)
        thread = threading.Thread(target=lambda: numba.njit(half)(3))
        thread.start()
        thread.join()
    assert compiling.functions >= 2 and compiling.seconds > 0.0 and not compiling.now
    functions = compiling.functions
    numba.njit(half)(1j)
    assert compiling.functions == functions


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_what_fails_to_compile_is_over_too():
    def wrong(x):
        return x.nothing

    with Compiling() as compiling:
        with pytest.raises(numba.TypingError):
            numba.njit(wrong)(3.0)
        assert not compiling.now
