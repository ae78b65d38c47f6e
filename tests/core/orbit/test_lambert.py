import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.constants import MU_EARTH
from rvd.core.orbit import kepler, lambert
from rvd.core.orbit.elements import from_state

component = st.floats(-1.0, 1.0)


@given(
    st.tuples(component, component, component).filter(lambda a: np.linalg.norm(a) > 0.3),
    st.tuples(component, component, component).filter(lambda a: np.linalg.norm(a) > 0.3),
    st.floats(0.8, 1.6),
    st.floats(200.0, 30000.0),
)
def test_flies_what_was_flown(where, whither, share, t):
    """From a known orbit: the velocities at both ends come back, whatever the turns."""
    r1 = tuple(8e6 * x / np.linalg.norm(where) for x in where)
    v1 = tuple(share * math.sqrt(MU_EARTH / 8e6) * x / np.linalg.norm(whither) for x in whither)
    orbit = from_state(r1, v1, MU_EARTH)
    if orbit.p / (1.0 + orbit.e) < 5e5:
        return
    turns, swept = 0, None
    if orbit.e < 1.0:
        n = math.sqrt(MU_EARTH * ((1.0 - orbit.e**2) / orbit.p) ** 3)
        end = kepler.true_from_mean(orbit.e, kepler.mean_from_true(orbit.e, orbit.nu) + n * t)
        turns, swept = divmod(end - orbit.nu, 2.0 * math.pi)
    r2, v2 = kepler.coast(r1, v1, MU_EARTH, t)
    if np.linalg.norm(np.cross(r1, r2)) < 1e-3 * 8e6 * np.linalg.norm(r2):
        return
    assert swept is None or 0.0 < swept < 2.0 * math.pi
    if abs(math.cos(orbit.i)) < 1e-9:
        return  # a polar orbit goes neither way
    prograde = bool(np.cross(r1, v1)[2] > 0.0)
    found = [lambert.transfer(r1, r2, t, MU_EARTH, prograde, int(turns), left) for left in (True, False)]
    best = min(
        np.linalg.norm(np.subtract(f.v1, v1)) + np.linalg.norm(np.subtract(f.v2, v2))
        for f in found
        if not math.isnan(f.v1[0])
    )
    assert best < 1e-4


@pytest.mark.parametrize("lam", [-0.99999, -0.9, -0.3, 0.0, 0.4, 0.95, 0.9999])
def test_time_of_flight_is_one_curve(lam):
    """Battin's series joins Lancaster's form at its edges, and the slope is that of the curve."""
    for x in (0.9, 1.1):
        near = lambert._battin(x, lam, 0.0)
        assert math.isclose(
            lambert.time_of_flight(x - 1e-9 if x < 1.0 else x + 1e-9, lam, 0.0), near, rel_tol=1e-7
        )
    for x in (-0.7, 0.2, 0.9, 1.3):
        d1, _, _ = lambert.slopes(x, lambert.time_of_flight(x, lam, 0.0), lam)
        h = 1e-5
        numeric = (lambert.time_of_flight(x + h, lam, 0.0) - lambert.time_of_flight(x - h, lam, 0.0)) / (
            2.0 * h
        )
        assert math.isclose(d1, numeric, rel_tol=1e-5, abs_tol=1e-8)


@pytest.mark.parametrize("revolutions", [1.0, 3.0, 8.0])
@pytest.mark.parametrize("lam", [-0.998, -0.5, 0.0, 0.7, 0.9999])
def test_the_shortest_time_is_the_shortest(lam, revolutions):
    _, t = lambert.shortest(lam, revolutions)
    around = [lambert.time_of_flight(float(y), lam, revolutions) for y in np.linspace(-0.5, 0.8, 501)]
    assert t <= min(around) + 1e-12
    assert math.isclose(t, min(around), rel_tol=1e-4)


def test_what_does_not_exist_is_said():
    r1, r2 = (7e6, 0.0, 0.0), (0.0, 8e6, 0.0)
    assert math.isnan(lambert.transfer(r1, r2, 3000.0, MU_EARTH, True, 3, True).v1[0])
    assert math.isnan(lambert.transfer(r1, (-8e6, 0.0, 0.0), 3000.0, MU_EARTH, True, 0, True).v1[0])
    assert math.isnan(lambert.transfer(r1, r2, 0.0, MU_EARTH, True, 0, True).v1[0])
    assert math.isnan(lambert.transfer(r1, (math.nan, 0.0, 0.0), 3000.0, MU_EARTH, True, 0, True).v1[0])
    assert not math.isnan(lambert.transfer(r1, r2, 3000.0, MU_EARTH, True, 0, True).v1[0])


def flown(r1, r2, t, prograde=True, turns=0, left=False):
    """By which part of the longer distance a transfer misses when it is flown; 1 where none was found."""
    found = lambert.transfer(tuple(r1), tuple(r2), t, MU_EARTH, prograde, turns, left)
    if math.isnan(found.v1[0]):
        return 1.0
    end, speed = kepler.coast(tuple(r1), found.v1, MU_EARTH, t)
    assert np.linalg.norm(np.subtract(speed, found.v2)) < 1e-8 * (
        np.linalg.norm(found.v1) + np.linalg.norm(found.v2)
    )
    return np.linalg.norm(np.subtract(end, r2)) / max(np.linalg.norm(r1), np.linalg.norm(r2))


def pairs(angle, alike, count=6):
    """Pairs of points an angle apart, in any plane, and half the turn of the ellipse about both."""
    rng = np.random.default_rng(1)
    for _ in range(count):
        d1 = rng.uniform(6.6e6, 4e7)
        d2 = d1 * (1.0 + alike * rng.uniform(-1.0, 1.0)) if alike < 1.0 else rng.uniform(6.6e6, 4e7)
        axes, _ = np.linalg.qr(rng.normal(size=(3, 3)))
        r2 = d2 * (axes[0] * math.cos(angle) + axes[1] * math.sin(angle))
        yield d1 * axes[0], r2, math.pi * math.sqrt((0.5 * (d1 + d2)) ** 3 / MU_EARTH)


SMALL_ANGLES = [1e-3, 1e-6, 1e-7, 1e-8, 1e-10]
ANGLES = [0.3, 1.5, 2.8, *SMALL_ANGLES, *(math.pi - x for x in SMALL_ANGLES)]


@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("alike", [0.0, 1e-7, 1e-3, 1.0])
@pytest.mark.parametrize("share", [0.03, 0.3, 1.0, 3.0])
def test_flown_back_it_arrives(angle, alike, share):
    """Hyperbolas, half turns and long ellipses, either way; points that are nearly in line with the centre among them.

    To rounding: what is left grows with the anomaly flown.
    """
    for r1, r2, half in pairs(angle, alike):
        for prograde in (True, False):
            assert flown(r1, r2, share * half, prograde) < 1e-12


@pytest.mark.parametrize("angle", [1e-6, 0.3, 2.8, math.pi - 1e-6])
@pytest.mark.parametrize("turns", [1, 2, 5, 20])
@pytest.mark.parametrize("left", [True, False])
def test_many_turns_down_to_the_shortest_time(angle, turns, left):
    for r1, r2, _ in pairs(angle, 1.0, 3):
        for prograde in (True, False):
            shortest = shortest_time(r1, r2, turns, prograde)
            for excess in (0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1.0):
                assert flown(r1, r2, shortest * (1.0 + excess), prograde, turns, left) < 1e-12
            assert flown(r1, r2, shortest * (1.0 - 1e-12), prograde, turns, left) == 1.0


def shortest_time(r1, r2, turns, prograde):
    d1, d2, chord = np.linalg.norm(r1), np.linalg.norm(r2), np.linalg.norm(np.subtract(r1, r2))
    s = 0.5 * (d1 + d2 + chord)
    h = np.cross(r1, r2)
    # sqrt(1 - chord / s) = sqrt(r1 r2) cos(angle / 2) / s, the cosine without its cancellation near half a turn
    angle = math.atan2(np.linalg.norm(h), np.dot(r1, r2))
    lam = math.sqrt(d1 * d2) * math.cos(0.5 * angle) / s * (1.0 if (h[2] >= 0.0) == prograde else -1.0)
    return lambert.shortest(lam, float(turns))[1] / math.sqrt(2.0 * MU_EARTH / s**3)
