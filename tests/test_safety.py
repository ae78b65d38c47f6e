"""What `rvd.safety` owes: an example that runs, a sentence for bad arguments, and an independent check of each."""

import pytest

from tests import owed
from tests.safety.calls import CALLS, TRAJECTORIES

ALL = CALLS | TRAJECTORIES


def test_every_function_is_here():
    assert owed.public("safety") == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_the_example_runs(name):
    owed.run_example("safety", name)


@pytest.mark.parametrize("name", ALL)
def test_what_cannot_be_gets_a_sentence(name):
    owed.refuse("safety", name, ALL[name])


@pytest.mark.parametrize("name", ALL)
def test_there_is_an_independent_check(name):
    owed.is_checked("safety", name, ALL[name])
