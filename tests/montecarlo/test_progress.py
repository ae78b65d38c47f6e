import math

import numpy as np
import pytest

from rvd.core.signals import Outcome
from rvd.montecarlo.progress import Meter, _time


def counts(captured, failed):
    made = np.zeros(len(Outcome), dtype=np.int64)
    made[Outcome.CAPTURED.value], made[Outcome.LEFT_BOX.value] = captured, failed
    return made


def test_what_was_stored_before_counts_but_not_for_the_rate():
    meter = Meter(100, counts(40, 10))
    before = meter.progress()
    assert before.done == 50 and before.share == 0.8
    assert math.isnan(before.rate) and math.isnan(before.left)
    assert before.sentence.startswith("50 of 100 runs, captured 80 % (")
    meter.count(counts(5, 0), 100.0)  # with what a process does once
    assert meter.progress().sentence.startswith("55 of 100 runs, captured")
    meter.count(counts(5, 0), 2.5)
    after = meter.progress()
    assert (after.done, after.rate, after.left) == (60, 2.0, 20.0)
    assert after.sentence.startswith("60 of 100 runs, 2 runs/s, 20 s left")


def test_the_rate_is_that_of_all_workers_from_its_first_line_on():
    """Two of them fly a run in 0.5 s: four runs a second, whether one has reported or both."""
    meter = Meter(202, counts(0, 0), workers=2)
    for first in (5.0, 7.0):
        meter.count(counts(1, 0), first)
        assert math.isnan(meter.progress().rate)
    for _ in range(3):
        meter.count(counts(1, 0), 0.5)
        assert meter.progress().rate == 4.0
    meter.count(counts(0, 1))  # lost, not flown
    assert meter.progress().rate == 4.0 and meter.progress().left == 49.0


def test_the_word_is_that_of_the_goal():
    made = np.zeros(len(Outcome), dtype=np.int64)
    made[Outcome.DOCKED.value], made[Outcome.MISSED.value] = 30, 10
    now = Meter(100, made, word="docked").progress()
    assert now.share == 0.75 and now.sentence.startswith("40 of 100 runs, docked 75 % (")


def test_nothing_flown_estimates_nothing():
    nothing = Meter(10, counts(0, 0)).progress()
    assert nothing.sentence == "0 of 10 runs"
    assert nothing.interval == (0.0, 1.0)


@pytest.mark.parametrize(("done", "said"), [(2, False), (19, False), (20, True)])
def test_an_interval_is_said_from_twenty_runs_on(done, said):
    meter = Meter(100, counts(0, 0))
    meter.count(counts(done, 0), 1.0)
    assert ("captured" in meter.progress().sentence) == said


def test_what_compiles_is_said_to_compile():
    now = Meter(10, counts(0, 0)).progress()._replace(compiling=83.0)
    assert now.sentence == "compiling the flight, once for this version: 1:23"


def test_times_are_in_the_unit_that_reads_best():
    assert [_time(s) for s in (3.2, 99.0, 600.0, 7200.0)] == ["3 s", "99 s", "10 min", "2.0 h"]
