import pytest

from rvd.core.rules.speed import Step, speed_limit

LIMITS = (Step(250.0, 1.0 / 6.0), Step(1000.0, 2.0), Step(0.0, 0.0), Step(0.0, 0.0))


def test_the_smallest_limit_in_reach_holds():
    assert speed_limit(LIMITS, 100.0) == pytest.approx(1.0 / 6.0)
    assert speed_limit(LIMITS, 500.0) == 2.0
    assert speed_limit(LIMITS, 5000.0) > 1e20
