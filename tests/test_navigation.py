"""What `rvd.navigation` owes: an example that runs, a sentence for bad arguments, and an independent check of each."""

import pytest

from tests import owed
from tests.navigation.calls import CALLS


def test_every_function_is_here():
    assert owed.public("navigation") == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_the_example_runs(name):
    owed.run_example("navigation", name)


@pytest.mark.parametrize("name", CALLS)
def test_what_cannot_be_gets_a_sentence(name):
    owed.refuse("navigation", name, CALLS[name])


@pytest.mark.parametrize("name", CALLS)
def test_there_is_an_independent_check(name):
    owed.is_checked("navigation", name, CALLS[name])
