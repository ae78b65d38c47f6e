"""Natural motion against Hill's equations, integrated by SciPy, and published orbits."""

import numpy as np
import pytest

from rvd.core.constants import MU_EARTH
from rvd.guidance import natural
from rvd.orbit import kepler
from tests.guidance.oracles import fly, relative

N = 0.0011569
PERIOD = 2.0 * np.pi / N


def test_the_ellipse_closes_about_its_centre():
    v = natural.ellipse_velocity(-40.0, 130.0, 30.0, N)
    r, u = fly((-40.0, 130.0, 0.0), v, N, PERIOD)
    assert np.allclose((*r, *u), (-40.0, 130.0, 0.0, *v), atol=1e-7)
    across, _ = fly((-40.0, 130.0, 0.0), v, N, 0.5 * PERIOD)
    assert np.allclose(0.5 * (across + r), (0.0, 30.0, 0.0), atol=1e-7)


def test_the_published_circumnavigation():
    """Tilted by 60 degrees from 50 m behind: digits of Orekit's RPOModelTest (QSW axes)."""
    v = natural.circumnavigation(-50.0, np.radians(60.0), N)
    assert np.allclose(v, (-0.0289225, 0.0, 0.05009523948), rtol=0.0, atol=1e-10)
    for t in (0.1 * PERIOD, 0.3 * PERIOD):
        r, _ = fly((0.0, -50.0, 0.0), v, N, t)
        assert np.isclose(np.linalg.norm(r), 50.0)  # at 60 degrees it is a circle
    r, _ = fly((0.0, -50.0, 0.0), v, N, PERIOD)
    assert np.allclose(r, (0.0, -50.0, 0.0), atol=1e-7)


def test_the_elements_are_those_that_do_not_change():
    ei = np.array((20.0, -300.0, 80.0, -50.0, 30.0, 60.0))
    r, v = natural.from_ei(ei, 0.4, N)
    assert np.allclose(natural.to_ei(r, v, 0.4, N), ei)
    t = 4000.0
    after = natural.to_ei(*fly(r, v, N, t), 0.4 + N * t, N)
    drifted = ei + np.array((0.0, -1.5 * 20.0 * N * t, 0.0, 0.0, 0.0, 0.0))
    assert np.allclose(after, drifted, atol=1e-6)


def test_a_safety_ellipse_keeps_off_the_vbar():
    r, v = natural.safety_ellipse(100.0, 80.0, 25.0, 0.9, 2.0, N)
    off = []
    for t in np.linspace(0.0, PERIOD, 60):
        here, _ = fly(r, v, N, t) if t else (r, v)
        off.append(np.hypot(here[0], here[2]))
    assert 80.0 - 1e-6 <= min(off) < 80.5 and 99.5 < max(off) <= 100.0 + 1e-6
    end, speed = fly(r, v, N, PERIOD)
    assert np.allclose((*end, *speed), (*r, *v), atol=1e-7)


def test_the_least_separation():
    """Without drift D'Amico's closed form (2010, eq. 2.22), with it the least of many samples."""
    rng = np.random.default_rng(3)
    for ei in rng.normal(size=(20, 6)) * 100.0:
        still = ei * (0.0, 1.0, 1.0, 1.0, 1.0, 1.0)
        e, i = ei[2:4], ei[4:]
        closed = (
            np.sqrt(2.0) * abs(e @ i) / np.sqrt(e @ e + i @ i + np.linalg.norm(e + i) * np.linalg.norm(e - i))
        )
        assert np.isclose(natural.least_separation(still), closed)
        r, _ = natural.from_ei(ei, np.linspace(0.0, 2.0 * np.pi, 20001), N)
        assert np.isclose(natural.least_separation(ei), np.min(np.hypot(r[:, 0], r[:, 2])), atol=0.05)


@pytest.mark.parametrize(("turn", "burn"), [(-100.0, -150.0), (200.0, 150.0), (-20.0, 60.0), (0.0, 40.0)])
def test_a_teardrop_comes_back(turn, burn):
    v, dv, dwell = natural.teardrop(turn, burn, N)
    r, u = fly((burn, 0.0, 0.0), v, N, dwell)
    assert np.allclose(r, (burn, 0.0, 0.0), atol=1e-7) and np.allclose(u + dv, v, atol=1e-10)
    top, rate = fly((burn, 0.0, 0.0), v, N, 0.5 * dwell)
    assert np.allclose(top, (turn, 0.0, 0.0), atol=1e-7) and np.isclose(rate[0], 0.0, atol=1e-10)
    assert dv[1] == 0.0 and 0.0 < dwell < 2.0 * PERIOD
    if dwell < PERIOD:
        ours = natural.teardrop_by_dwell(burn, dwell, N)
        assert np.allclose(ours[0], v) and np.allclose(ours[1], dv) and np.isclose(ours[2], turn, atol=1e-6)


#: Target (argp, nu = 0) and phase, rad; chaser's i, raan and nu: Orekit's CoellipticOrbitTest after D. Tong 2024.
TONG = [
    (0.0, 0.5, 0.20125483918262432, 0.3034262039009563, -0.0019293365036251503),
    (0.5, 1.2, 0.19982089120131044, 0.30713712790199454, -0.005566289089951616),
    (1.5, 2.5, 0.19906912003085314, 0.2945329274085395, 0.006786666554093778),
    (2.3, 3.5, 0.20126610762652408, 0.29667991467832944, 0.004682476087922024),
]


@pytest.mark.parametrize(("argp", "phase", "i", "raan", "nu"), TONG)
def test_the_published_orbits_that_circle_an_ellipse(argp, phase, i, raan, nu):
    chaser = natural.circumnavigating((7000.0, 0.1, 0.2, 0.3, argp, 0.0), 50.0, 10.0, 10.0, 50.0, phase)
    found = (*chaser[:4], kepler.true_from_mean(chaser[1], chaser[5]))
    assert np.allclose(found, (6994.69483523027, 0.10714285714285715, i, raan, nu), rtol=0.0, atol=1e-9)


def test_a_chaser_circles_an_ellipse():
    """100 m below at the perigee of e = 0.1, 100 m above half a period later, and back (Orekit's round trip)."""
    from rvd.orbit import elements

    a = (MU_EARTH / N**2) ** (1.0 / 3.0)
    target = (a, 0.1, 0.4, 0.3, 0.2, 0.0)
    chaser = natural.circumnavigating(target, 100.0, 0.0, 0.0, 0.0, 0.0)
    for t, x in ((0.0, -100.0), (0.5 * PERIOD, 100.0), (PERIOD, -100.0)):
        states = [
            kepler.coast(*elements.state_from_kepler(one, MU_EARTH), MU_EARTH, t) for one in (target, chaser)
        ]
        r, _ = relative(*states[0], *states[1])
        assert np.allclose(r, (x, 0.0, 0.0), atol=1e-5)


def test_the_least_separation_of_thin_and_of_many_ellipses():
    """A dense search finds nothing nearer, of ellipses with two valleys side by side too."""
    thin = [
        (996.676, 0.0, 705.2106, -708.9979, 5.7736, -6.8407),
        (681.6453, 0, -15.8998, 684.492, -1.0566, 36.3756),
    ]
    many = np.random.default_rng(1).normal(size=(1000, 6)) * [300.0, 0.0, 300.0, 300.0, 30.0, 30.0]
    u = np.linspace(0.0, 2.0 * np.pi, 20001)
    for ei, found in zip([*thin, *many], natural.least_separation([*thin, *many])):
        x = ei[0] - ei[2] * np.cos(u) - ei[3] * np.sin(u)
        z = ei[4] * np.sin(u) - ei[5] * np.cos(u)
        nearest = np.sqrt((x * x + z * z).min())
        assert nearest - 0.5 < found <= nearest + 1e-9
