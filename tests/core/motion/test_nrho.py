"""The exact model about the Moon, with the Earth and the Sun of DE440, along a near-rectilinear halo orbit.

The orbit starts at the apolune of the 9:2 orbit of the circular problem, mapped into the Moon's inertial axes at an
epoch. What is approximate is that map, not the flight: under the ephemeris the orbit is not periodic, and its perilune
is lower than the 2,931 km of the circular problem.
"""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from rvd import motion
from rvd.core.constants import MU_EARTH, MU_MOON, MU_SUN, RADIUS_MOON
from rvd.core.motion import tangent
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import synodic, timescales
from rvd.core.orbit.ephemeris import de440, earth_from_moon, sun_from_moon
from rvd.orbit import nrho

TABLE, DAY = de440(), 86400.0
EPOCH = timescales.tdb_from_utc("2026-03-01T12:00:00Z")
START = np.array(synodic.mci_from_synodic(nrho.SEED_9_2, EPOCH, nrho.MU_EARTH_MOON, TABLE))
MOON = Environment(MU_MOON, 0.0, RADIUS_MOON, 0.0, 0.0, RADIUS_MOON, 1.0)
DR, DV = np.array((300.0, -800.0, 500.0)), np.array((2e-3, 1e-3, -1e-3))


def pull(t, r):
    """Moon, Earth and Sun as points, by plain differences."""
    a = -MU_MOON * r / np.linalg.norm(r) ** 3
    for mu, s in (
        (MU_EARTH, np.array(earth_from_moon(EPOCH + t, TABLE)[0])),
        (MU_SUN, np.array(sun_from_moon(EPOCH + t, TABLE)[0])),
    ):
        a = a + mu * ((s - r) / np.linalg.norm(s - r) ** 3 - s / np.linalg.norm(s) ** 3)
    return a


def fly(state, times):
    """States (n, 6) of one craft on inertial axes, by SciPy's DOP853."""

    def slope(t, y):
        return np.concatenate((y[3:], pull(t, y[:3])))

    return solve_ivp(slope, (0.0, times[-1]), state, "DOP853", times, rtol=1e-13, atol=1e-7).y.T


def fly_both(times):
    """Rows of (r, dr): target and chaser in one integration, then differenced."""

    def slope(t, y):
        return np.concatenate((y[3:6], pull(t, y[:3]), y[9:], pull(t, y[6:9])))

    start = np.concatenate((START, START + np.concatenate((DR, DV))))
    y = solve_ivp(slope, (0.0, times[-1]), start, "DOP853", times, rtol=1e-13, atol=1e-7).y.T
    return np.hstack((y[:, :3], y[:, 6:9] - y[:, :3]))


def test_the_mapped_orbit_is_a_halo_orbit():
    """Apolune near 70,000 km south of the Moon, perilune within a few hundred km of the circular problem's."""
    path = fly(START, np.linspace(0.0, 6.56 * DAY, 1500))
    far = np.linalg.norm(path[:, :3], axis=1)
    assert 68e6 < far[0] < 72e6
    assert 2.3e6 < far.min() < 3.3e6
    half = np.argmin(far) * 6.56 / 1499
    assert abs(half - 3.28) < 0.2
    south = [np.dot(synodic.synodic(EPOCH, TABLE).axes[2], r) for r in path[:, :3]]
    assert np.mean(np.less(south, 0.0)) > 0.9


@pytest.mark.parametrize(
    ("days", "step", "near", "path"),
    [
        # differences of two float64 states of 7e7 m: 1e-8 m, grown by half a thousand steps and the perilune
        (1.0, 60.0, 2e-7, 2e-5),
        (3.0, 20.0, 5e-7, 2e-4),
        (6.56, 5.0, 2e-5, 2e-3),
    ],
)
def test_relative_motion_along_it(days, step, near, path):
    """A kilometre apart for up to a revolution, the perilune between."""
    theirs = fly_both([days * DAY])[-1]
    rt, _, dr, _ = motion.nonlinear.coast(
        START[:3], START[3:], DR, DV, MOON, days * DAY, step=step, epoch=EPOCH, about="moon"
    )
    assert np.max(np.abs(rt - theirs[:3])) < path
    assert np.max(np.abs(dr - theirs[3:])) < near


@pytest.mark.parametrize(
    ("days", "sizes", "allowed", "linear"), [(1.0, (1e3, 1e-2), 1e-8, 1e-5), (4.0, (10.0, 1e-4), 1e-6, 1e-4)]
)
def test_the_transition_matrix_along_it(days, sizes, allowed, linear):
    """Against central differences of inertial flights; beyond the perilune they are as good as 1e-5 m over 10 m.

    Scaled by 1e5 s, the orbit's size over its speed. `linear`: what is left of a kilometre's true motion, which is the
    separation over the distance to the Moon, 1e-5 far from it and 1e-3 at the perilune, for the part of the time there.
    """
    matrix, _, _ = tangent.transition(
        START[:3], START[3:], MOON, days * DAY, step=10.0, epoch=EPOCH, about="moon"
    )
    sizes = np.repeat(sizes, 3)
    columns = np.empty((6, 6))
    for k in range(6):
        ends = [fly(START + way * sizes * np.eye(6)[k], [days * DAY])[-1] for way in (1.0, -1.0)]
        columns[:, k] = (ends[0] - ends[1]) / (2.0 * sizes[k])
    unit = np.repeat((1.0, 1e-5), 3)
    scaled, theirs = (m * unit[None, :] / unit[:, None] for m in (matrix, columns))
    assert np.max(np.abs(scaled - theirs)) < allowed * np.max(np.abs(theirs))
    assert abs(np.linalg.det(scaled) - 1.0) < 1e-10
    dr = matrix[:3, :3] @ DR + matrix[:3, 3:] @ DV
    exact = fly_both([days * DAY])[-1][3:]
    assert np.linalg.norm(dr - exact) < linear * np.linalg.norm(exact)
