import math

import numpy as np

from rvd.campaign.progress import Meter, _time
from rvd.signals import Outcome


def counts(captured, failed):
    made = np.zeros(len(Outcome), dtype=np.int64)
    made[Outcome.CAPTURED.value], made[Outcome.SPEED.value] = captured, failed
    return made


def test_what_was_stored_before_counts_but_not_for_the_rate():
    meter = Meter(100, counts(40, 10))
    before = meter.progress()
    assert before.done == 50 and before.captured == 0.8
    assert math.isnan(before.rate) and math.isnan(before.left)
    assert before.sentence.startswith("50 of 100 runs, captured 80 % (")
    meter.count(counts(5, 0))  # the first slice starts the clock
    assert math.isnan(meter.progress().rate)
    meter.count(counts(5, 0))
    after = meter.progress()
    assert after.done == 60 and after.rate > 0.0
    assert after.left * after.rate == 40 or abs(after.left * after.rate - 40) < 1e-9
    assert "60 of 100 runs" in after.sentence and "left" in after.sentence


def test_nothing_flown_estimates_nothing():
    nothing = Meter(10, counts(0, 0)).progress()
    assert nothing.sentence == "0 of 10 runs"
    assert nothing.interval == (0.0, 1.0)


def test_times_are_in_the_unit_that_reads_best():
    assert [_time(s) for s in (3.2, 99.0, 600.0, 7200.0)] == ["3 s", "99 s", "10 min", "2.0 h"]
