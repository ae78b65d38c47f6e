import math

import numpy as np

from rvd.core.constants import J2_EARTH, MU_EARTH, MU_MOON, MU_SUN, RADIUS_EARTH, SPIN_EARTH
from rvd.core.motion import tangent
from rvd.core.motion.nonlinear import Environment
from tests.core.motion.oracles import fly_both

R = RADIUS_EARTH + 410e3
V = math.sqrt(MU_EARTH / R)
RT, VT = (R, 0.0, 0.0), (0.0, 0.6 * V, 0.8 * V)
FULL = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 4e-12, R, 60e3)
SKY = (MU_MOON, 3.1e8, 2.0e8, 1.0e8, MU_SUN, -1.0e11, 1.0e11, 0.4e11)


def test_against_differences_of_integrated_trajectories():
    """Central differences of two independent inertial integrations, 100 m either way, with all forces."""
    t = 3000.0
    matrix, r, _ = tangent.transition(RT, VT, FULL, t, step=2.0, ballistic=0.008, sky=SKY)
    columns = []
    for k, size in enumerate((100.0, 100.0, 100.0, 0.1, 0.1, 0.1)):
        ends = []
        for way in (1.0, -1.0):
            dr, dv = np.zeros(3), np.zeros(3)
            (dr if k < 3 else dv)[k % 3] = way * size
            ends.append(fly_both(FULL, (0.008, 0.008), SKY, RT, VT, dr, dv, np.zeros(3), [t])[-1])
        columns.append((ends[0][6:] - ends[1][6:]) / (2.0 * size))
        assert np.max(np.abs(ends[0][:3] - r)) < 1e-4
    n = V / R
    scale = np.array((1.0, 1.0, 1.0, n, n, n))
    difference = (matrix - np.array(columns).T) * scale[None, :] / scale[:, None]
    assert np.max(np.abs(difference)) < 1e-7  # third order: the square of 100 m over 7,000 km, some 400 times


def test_along_an_arc_about_the_moon():
    """The point-mass flow keeps the symplectic form whatever the third bodies do."""
    moon = Environment(MU_MOON, 0.0, 1.7374e6, 0.0, 0.0, 1.8e6, 1e4)
    rt, vt = (1.5e7, 2e6, -6e7), (10.0, 90.0, -30.0)
    matrix, _, _ = tangent.transition(rt, vt, moon, 86400.0, step=60.0, epoch=8e8, about="moon")
    scale = np.array((1.0, 1.0, 1.0, 1e-5, 1e-5, 1e-5))
    m = matrix * scale[None, :] / scale[:, None]
    j = np.block([[np.zeros((3, 3)), np.eye(3)], [-np.eye(3), np.zeros((3, 3))]])
    assert np.max(np.abs(m.T @ j @ m - j)) < 1e-9


def test_two_halves_make_the_whole_under_a_moving_sky():
    args, t = (FULL._replace(density=0.0),), 2000.0
    whole, r, _ = tangent.transition(RT, VT, *args, 2.0 * t, step=10.0, epoch=8e8)
    first, r1, v1 = tangent.transition(RT, VT, *args, t, step=10.0, epoch=8e8)
    second, r2, _ = tangent.transition(r1, v1, *args, t, step=10.0, epoch=8e8 + t)
    n = V / R
    scale = np.array((1.0, 1.0, 1.0, n, n, n))
    assert np.max(np.abs((second @ first - whole) * scale[None, :] / scale[:, None])) < 1e-9
    assert np.max(np.abs(r - r2)) < 1e-5
