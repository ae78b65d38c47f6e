"""Drifts sampled finely with events found by SciPy; burns by a constrained minimum of SciPy."""

import numpy as np
import pytest
from scipy.optimize import minimize

from rvd.errors import ArgumentError
from rvd.motion import cw
from rvd.safety import drifting
from tests.guidance.oracles import fly

N = 0.00113


@pytest.mark.parametrize(
    ("r", "v"),
    [
        ((-200.0, -1000.0, 30.0), (0.1, 0.3, -0.02)),
        ((0.0, -300.0, 0.0), (0.0, 0.05, 0.1)),
        ((5.0, 2.0, -1.0), (0.3, -0.4, 0.2)),
        ((-100.0, -5e3, 0.0), (0.0, 0.1695, 0.0)),
    ],
)
def test_the_closest_approach(r, v):
    distance, t = drifting.closest_approach(r, v, N, 20000.0)
    times = np.linspace(0.0, 20000.0, 200001)
    there, _ = cw.coast(r, v, N, times)
    far = np.linalg.norm(there, axis=1)
    k = np.argmin(far)
    assert distance <= far[k] + 1e-9 and np.isclose(distance, far[k], atol=0.05)
    end, rate = fly(r, v, N, t) if t > 0.0 else (np.array(r), np.array(v))
    assert np.isclose(np.linalg.norm(end), distance, atol=1e-6)
    assert t in (0.0, 20000.0) or abs(end @ rate) < 1e-5 * max(1.0, distance)


def test_a_hold_on_the_vbar_is_closest_at_once():
    assert drifting.closest_approach((0.0, -50.0, 0.0), (0.0, 0.0, 0.0), N, 1e5)[0] == 50.0


@pytest.mark.parametrize("t", [600.0, 3000.0, 9000.0])
def test_the_least_burn(t):
    """SciPy's constrained minimum from many starts finds no smaller burn, and the encounter flown has the miss."""
    r, v, miss = np.array((20.0, -30.0, 10.0)), np.array((100.0, -7000.0, 9000.0)), 1000.0
    dv = drifting.avoiding_burn(r, v, miss, N, t)
    moved, _ = fly((0.0, 0.0, 0.0), dv, N, t)
    along = v / np.linalg.norm(v)

    def across(burn):
        shift = r + cw.transition(N, t)[:3, 3:] @ burn
        return np.linalg.norm(shift - (shift @ along) * along)

    shift = r + moved
    assert np.isclose(np.linalg.norm(shift - (shift @ along) * along), miss, rtol=1e-6)
    limit = {"type": "eq", "fun": lambda burn: across(burn) / miss - 1.0}
    found = [
        minimize(lambda burn: burn @ burn, start, constraints=limit, tol=1e-14)
        for start in np.random.default_rng(4).normal(size=(20, 3))
    ]
    least = min(np.sqrt(one.fun) for one in found if one.success)
    assert np.isclose(np.linalg.norm(dv), least, rtol=1e-5)


def test_what_passes_far_enough_needs_no_burn():
    assert not np.any(drifting.avoiding_burn((2000.0, 0.0, 0.0), (0.0, 7000.0, 0.0), 1000.0, N, 600.0))


@pytest.mark.parametrize("turns", [0.5, 1.0, 1.0 + 1e-9, 1.0 + 1e-6, 2.0])
@pytest.mark.parametrize("v", [(100.0, -7000.0, 9000.0), (0.0, 0.0, 7000.0)])
def test_after_whole_and_half_turns_one_axis_hardly_moves(turns, v):
    """Two directions across v, of which a burn may move one only: the miss is had by the other, at a few cm/s."""
    t, r = turns * 2.0 * np.pi / N, np.array((20.0, -30.0, 10.0))
    dv = drifting.avoiding_burn(r, v, 1000.0, N, t)
    along = np.array(v) / np.linalg.norm(v)
    shift = r + cw.coast((0.0, 0.0, 0.0), dv, N, t)[0]
    assert np.linalg.norm(shift - (shift @ along) * along) == pytest.approx(1000.0, abs=1e-6)
    assert np.linalg.norm(dv) < 0.15


def test_where_a_burn_moves_nothing_across_it_is_refused():
    """After a whole turn a burn moves the place along track alone, which is the way of this encounter."""
    with pytest.raises(ArgumentError, match="no burn moves the place"):
        drifting.avoiding_burn((20.0, 0.0, 10.0), (0.0, 7000.0, 0.0), 1000.0, N, 2.0 * np.pi / N)
