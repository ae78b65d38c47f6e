import math

import pytest

from rvd.assembly.build import build
from rvd.assembly.orbit import orbit_rate
from rvd.assembly.transfers import refuse_transfers
from rvd.casefile import load
from rvd.errors import CaseError
from tests.casefile.small import HTV, small


def told(case):
    with pytest.raises(CaseError) as caught:
        refuse_transfers(case)
    return caught.value


def leg(case, turns, midcourse=0.0, **more):
    """The small case whose transfer takes so many turns of the target, or has so many left at its midcourse."""
    period = 2.0 * math.pi / orbit_rate(case)
    time = (turns + midcourse) * period
    values = {"leg.transfer.time": time, "leg.transfer.midcourse": midcourse * period}
    values |= {"leg.transfer.at_most": time + 600.0, "limit": 86400.0}
    values |= {} if midcourse else {"leg.transfer.aim": None}
    return case.with_values(values | more)


def test_the_shipped_transfers_exist():
    refuse_transfers(load(HTV))


@pytest.mark.parametrize("turns", [0.02, 0.25, 0.5, 0.75, 0.99, 1.01, 1.25, 1.4, 1.42, 1.5, 2.4])
def test_a_transfer_in_the_plane_exists_between_the_times_without_one(tmp_path, turns):
    refuse_transfers(leg(small(tmp_path), turns))


@pytest.mark.parametrize("turns", [1.0, 0.998, 1.002, 1.4067, 1.406, 2.0, 2.4453, 3.0])
@pytest.mark.parametrize("midcourse", [0.0, 0.3])
def test_a_transfer_that_does_not_exist_is_refused_at_its_time(tmp_path, turns, midcourse):
    case = leg(small(tmp_path), turns, midcourse)
    error = told(case)
    key = "midcourse" if midcourse else "time"
    assert error.key == f"leg.transfer.{key}"
    assert "no impulse chooses the place in the orbit's plane" in error.what and '"transfer"' in error.what
    assert f"after {turns:.4g} turns of the target" in error.what
    less, more = (int(word) for word in error.remedy.split() if word.isdigit())
    now = case.leg[1].time if key == "time" else case.leg[1].midcourse
    for other in (now - less, now + more):
        refuse_transfers(case.with_values({f"leg.transfer.{key}": other}))


@pytest.mark.parametrize("turns", [0.5, 0.4985, 1.5])
def test_half_a_turn_takes_the_chaser_to_the_other_side_of_the_plane(tmp_path, turns):
    """From 10 m to port to the plane it does not exist; to 10 m to starboard, and within the plane, it does."""
    at_port = {"leg.wait.to.hbar": -10.0, "leg.transfer.attitude": {}}
    error = told(leg(small(tmp_path), turns, **at_port))
    assert error.key == "leg.transfer.time" and "across the orbit: 10 m are missed" in error.what
    refuse_transfers(leg(small(tmp_path), turns, **at_port, **{"leg.transfer.to.hbar": 9.9995}))
    refuse_transfers(leg(small(tmp_path), turns + 0.01, **at_port))


def test_the_midcourse_is_what_has_to_reach_the_plane(tmp_path):
    """Half a turn before the end it is too late for a first burn that aimed beside the plane; sooner it is not."""
    beside = {"leg.transfer.aim.hbar": -10.0}
    error = told(leg(small(tmp_path), 0.5, 0.2, **beside))
    assert error.key == "leg.transfer.midcourse" and "m are missed" in error.what
    refuse_transfers(leg(small(tmp_path), 0.2, 0.5, **beside))
    # a path that ends in the plane crosses it half a turn before, too
    refuse_transfers(leg(small(tmp_path), 0.5, 0.2, **{"leg.wait.to.hbar": -10.0}))


def test_a_case_with_such_a_transfer_is_not_built(tmp_path):
    with pytest.raises(CaseError, match=r"leg\.transfer\.time: .* no impulse chooses the place"):
        build(leg(small(tmp_path), 1.4067))
