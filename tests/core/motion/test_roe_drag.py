"""Differential drag on relative elements: against the exact model with drag, and the matrix against its own plant."""

import math

import numpy as np
import pytest

from rvd import motion
from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH, SPIN_EARTH
from rvd.core.motion import roe, roe_drag
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import mean
from rvd.core.orbit.elements import Kepler, kepler_from_state, state_from_kepler

EARTH = (MU_EARTH, J2_EARTH, RADIUS_EARTH)
AIR = Environment(*EARTH, SPIN_EARTH, 4e-12, RADIUS_EARTH + 410e3, 60e3)
STATION, FREIGHTER = 1.0 / 130.0, 1.0 / 174.0
#: (eccentricity, perigee's height, whole revolutions from the apogee, step of the exact model)
ORBITS = [
    (0.0005, 410e3, 16, 10.0),
    (0.05, 410e3, 14, 10.0),
    (0.3, 350e3, 9, 5.0),
    (0.7, 300e3, 3, 2.0),
]


def start(e, perigee):
    k = Kepler((RADIUS_EARTH + perigee) / (1.0 - e), e, 0.9, 0.3, 1.2, math.pi)
    return k, tuple(x / k.a for x in (0.0, -5000.0, 0.0, 300.0, 0.0, 200.0))


def revolution(k):
    return 2.0 * math.pi / roe.secular_rates(*EARTH, k)[2]


def exact(k, six, ballistic_chaser, t, step):
    """Mean relative elements after `t` seconds of the exact model with J2 and drag on both craft."""
    both = (mean.osculating_from_mean(x, *EARTH) for x in (k, roe.elements_from_roe(six, k)))
    (r, v), (rc, vc) = (state_from_kepler(x, MU_EARTH) for x in both)
    air = {"ballistic_target": STATION, "ballistic_chaser": ballistic_chaser, "step": step}
    rt, vt, dr, dv = motion.nonlinear.coast(r, v, np.subtract(rc, r), np.subtract(vc, v), AIR, t, **air)
    ends = ((rt, vt), (rt + dr, vt + dv))
    elements = (kepler_from_state(*(tuple(map(float, x)) for x in state), MU_EARTH) for state in ends)
    return np.array(roe.roe_from_elements(*(mean.mean_from_osculating(x, *EARTH) for x in elements)))


@pytest.mark.parametrize(("e", "perigee", "turns", "step"), ORBITS)
def test_a_day_of_differential_drag(e, perigee, turns, step):
    """What drag adds in a day, hundreds of metres along the track, to 0.2 % from a model of the air alone.

    What is left: the station's fall (200 m of 60 km), drag's square, and 0.4 m of inclination by the wind, which
    the theory neglects.
    """
    k, six = start(e, perigee)
    t = turns * revolution(k)
    alike, unlike = (exact(k, six, b, t, step) for b in (STATION, FREIGHTER))
    ours = [
        np.array(roe_drag.coast(six, k, t, *EARTH, 0.0, roe_drag.drag_rates(six, k, AIR, STATION, b)))
        for b in (STATION, FREIGHTER)
    ]
    effect, found = (unlike - alike) * k.a, (ours[1] - ours[0]) * k.a
    assert abs(effect[1]) > 300.0
    assert abs(found[1] / effect[1] - 1.0) < 2e-3
    assert abs(found[0] / effect[0] - 1.0) < 3e-3
    assert np.max(np.abs(found[2:4] - effect[2:4])) < 0.03
    assert np.max(np.abs(found[4:] - effect[4:])) < 0.5
    # all of it, drag and J2: 5 km apart, a day
    assert np.max(np.abs(ours[1] - unlike)) * k.a < 5.0


@pytest.mark.parametrize(("e", "perigee", "turns", "step"), ORBITS[:3])
def test_rates_seen_in_flight_foretell(e, perigee, turns, step):
    """Density-model-free: the rates of the first revolutions, estimated from elements, carry to the end."""
    k, six = start(e, perigee)
    part = (turns // 3) * revolution(k)
    middle, end = (exact(k, six, FREIGHTER, t, step) for t in (part, 3.0 * part))
    seen = roe_drag.rates_between(six, tuple(middle), k, part, *EARTH)
    foretold = np.array(roe_drag.coast(six, k, 3.0 * part, *EARTH, 0.0, seen))
    without = np.array(roe.coast(six, k, 3.0 * part, *EARTH))
    assert abs(without[1] - end[1]) * k.a > 200.0
    assert abs(foretold[1] - end[1]) < 0.01 * abs(without[1] - end[1])


@pytest.mark.parametrize("e", [0.05, 0.3, 0.7])
def test_on_an_eccentric_orbit_one_rate_is_enough(e):
    """Drag at the perigee circularizes; what the width of the dense arc leaves of Eq. 69 is 10 % at e = 0.05."""
    k, six = start(e, 350e3)
    found = roe_drag.drag_rates(six, k, AIR, STATION, FREIGHTER)
    one = roe_drag.circularizing(e, found.da)
    assert abs(found.along / one.along - 1.0) < (0.1 if e < 0.1 else 0.02)
    assert abs(found.across) < 0.01 * abs(found.along)


@pytest.mark.parametrize("e", [0.0, 0.001, 0.3])
def test_the_columns_are_the_sum_of_many_small_kicks(e):
    """The closed form against the J2 matrix applied to many small changes on the way."""
    k = Kepler(7e6 / (1.0 - e), e, 0.9, 0.3, 1.2, 2.4)
    t, steps = 43200.0, 400
    total = np.zeros((6, 3))
    for i in range(steps):
        s = (i + 0.5) * t / steps
        here = roe.drift(k, s, *EARTH)
        c, d = math.cos(here.argp), math.sin(here.argp)
        kicks = np.array([(1.0, 0, 0, 0, 0, 0), (0, 0, c, d, 0, 0), (0, 0, -d, c, 0, 0)]).T
        total += t / steps * np.array(roe.transition(here, t - s, *EARTH)) @ kicks
    ours = np.array(roe_drag.columns(k, t, *EARTH)).T
    # the midpoint rule's error in dlambda, 1 / (8 steps2), and in the turning of the perigee
    assert np.allclose(ours, total, rtol=1e-5, atol=1e-5 * t * 1e-2)


def test_rates_come_back_from_what_they_do():
    k, six = start(0.1, 400e3)
    rates = roe_drag.Rates(3e-11, 2e-11, -1e-12)
    after = roe_drag.coast(six, k, 5e4, *EARTH, 0.0, rates)
    assert np.allclose(roe_drag.rates_between(six, after, k, 5e4, *EARTH), rates, rtol=1e-9)


def test_no_air_and_no_time():
    k, six = start(0.1, 400e3)
    still = AIR._replace(density=0.0)
    assert roe_drag.drag_rates(six, k, still, STATION, FREIGHTER) == (0.0, 0.0, 0.0)
    rates = roe_drag.Rates(3e-11, 2e-11, -1e-12)
    assert np.allclose(roe_drag.coast(six, k, 0.0, *EARTH, 0.0, rates), six, rtol=1e-14)
    whole = roe_drag.coast(six, k, 9e4, *EARTH, 0.0, rates)
    first = roe_drag.coast(six, k, 4e4, *EARTH, 0.0, rates)
    halves = roe_drag.coast(first, roe.drift(k, 4e4, *EARTH), 5e4, *EARTH, 0.0, rates)
    assert np.allclose(whole, halves, rtol=0.0, atol=1e-15)
