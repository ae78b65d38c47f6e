"""What `rvd.guidance` owes: an example that runs, a sentence for bad arguments, and an independent check of each."""

import numba
import pytest

from rvd import guidance
from tests import owed
from tests.guidance.calls import CALLS


def test_its_functions_are_called_by_a_law_in_compiled_code():
    @guidance.own_law(speed="m/s")
    def outward(leg, now, speed=0.1):
        return guidance.track((now, 0.0, 0.0), (speed, 0.0, 0.0), over=now > 600.0)

    asked = numba.njit(lambda now: outward(0, now, 0.5))(700.0)
    assert asked.translate == 1.0 and asked.r_leg == (700.0, 0.0, 0.0) and asked.over == 1.0
    assert guidance.coast().translate == 0.0 and guidance.gain((1.0, 0.0, 0.0)).dv_leg == (1.0, 0.0, 0.0)


def test_every_function_is_here():
    assert owed.public("guidance") == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_the_example_runs(name):
    owed.run_example("guidance", name)


@pytest.mark.parametrize("name", CALLS)
def test_what_cannot_be_gets_a_sentence(name):
    owed.refuse("guidance", name, CALLS[name])


@pytest.mark.parametrize("name", CALLS)
def test_there_is_an_independent_check(name):
    owed.is_checked("guidance", name, CALLS[name])
