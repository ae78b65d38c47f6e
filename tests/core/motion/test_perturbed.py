"""Zonals J3 to J6 and sunlight in the relative model, against both craft integrated apart by other formulas."""

import math

import numpy as np
import pytest
from numpy.polynomial.legendre import Legendre
from scipy.integrate import solve_ivp

from rvd import motion
from rvd.core.constants import (
    AU,
    J2_EARTH,
    J3_EARTH,
    J4_EARTH,
    J5_EARTH,
    J6_EARTH,
    MU_EARTH,
    MU_MOON,
    MU_SUN,
    RADIUS_EARTH,
    RADIUS_SUN,
    SOLAR_PRESSURE,
    SPIN_EARTH,
)
from rvd.core.motion import nonlinear, perturbed
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit.ephemeris import de440, moon_from_earth, sun_from_earth
from rvd.core.orbit.frames import eci_from_hill
from tests.core.motion.oracles import inertial_acceleration

R = RADIUS_EARTH + 410e3
V = math.sqrt(MU_EARTH / R)
RT, VT = (R, 0.0, 0.0), (0.0, 0.62 * V, 0.7846 * V)
AIR = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 4e-12, R, 60e3)
LESSER = (J3_EARTH, J4_EARTH, J5_EARTH, J6_EARTH)
EPOCH = 825638469.0
BALLISTIC, REFLECT = (1 / 130, 1 / 174), (0.004, 0.03)
NO_SKY = (0.0,) * 8


def zonal(j, r):
    """The gradient of mu / r J_n (R / r)^n P_n(u), by NumPy's Legendre series."""
    d = np.linalg.norm(r)
    radial, u = r / d, r[2] / d
    a = np.zeros(3)
    for n, jn in zip((3, 4, 5, 6), j):
        size = -MU_EARTH / d**2 * jn * (RADIUS_EARTH / d) ** n
        p = Legendre.basis(n)
        a += size * (-(n + 1) * p(u) * radial + p.deriv()(u) * (np.array((0.0, 0.0, 1.0)) - u * radial))
    return a


def sunlight(r, sun, reflect):
    """Pressure times the share of the Sun's disc that the Earth leaves, from the areas of two circles."""
    away = r - sun
    d = np.linalg.norm(away)
    earth, star = math.asin(RADIUS_EARTH / np.linalg.norm(r)), math.asin(RADIUS_SUN / d)
    apart = math.atan2(np.linalg.norm(np.cross(r, away)), r @ away)
    share = 1.0
    if apart < earth - star:
        share = 0.0
    elif apart < earth + star:
        half_e = math.acos((apart**2 + earth**2 - star**2) / (2 * apart * earth))
        half_s = math.acos((apart**2 + star**2 - earth**2) / (2 * apart * star))
        lens = earth**2 * (half_e - math.sin(2 * half_e) / 2) + star**2 * (half_s - math.sin(2 * half_s) / 2)
        share = 1.0 - lens / (math.pi * star**2)
    return share * SOLAR_PRESSURE * AU**2 * reflect / d**3 * away


def independent(t, dr, dv, environment, j, reflect, epoch, longest):
    """(dr, dv) after `t`: each craft under all of it, by SciPy."""

    def pull(now, r, v, ballistic, shine):
        sky = NO_SKY
        a = np.zeros(3)
        if epoch is not None:
            sun = sun_from_earth(epoch + now, de440())[0]
            sky = (MU_MOON, *moon_from_earth(epoch + now, de440())[0], MU_SUN, *sun)
            a = a + sunlight(r, np.array(sun), shine)
        return a + zonal(j, r) + inertial_acceleration(environment, ballistic, sky, r, v)

    def slope(now, y):
        a = pull(now, y[:3], y[3:6], BALLISTIC[0], reflect[0])
        c = pull(now, y[6:9], y[9:], BALLISTIC[1], reflect[1])
        return np.concatenate((y[3:6], a, y[9:], c))

    start = np.concatenate((RT, VT, np.add(RT, dr), np.add(VT, dv)))
    y = solve_ivp(slope, (0.0, t), start, "DOP853", rtol=1e-12, atol=1e-8, max_step=longest).y[:, -1]
    return y[6:9] - y[:3], y[9:] - y[3:6]


@pytest.mark.parametrize(
    ("j", "reflect", "epoch", "longest", "least", "most"),
    [
        # forces; the oracle's longest step, s; what they move the chaser by, what the two may differ by, m
        (LESSER, (0.0, 0.0), None, 60.0, 0.1, 1e-5),
        ((0.0,) * 4, (0.0, 0.0), EPOCH, 60.0, 5e-3, 1e-5),
        ((0.0,) * 4, REFLECT, EPOCH, 10.0, 4.0, 5e-4),
        (LESSER, REFLECT, EPOCH, 5.0, 4.0, 1e-4),
    ],
    ids=["zonals", "third bodies", "sunlight", "all"],
)
def test_two_revolutions_with_and_without(j, reflect, epoch, longest, least, most):
    """Float64 leaves a few micrometres of two inertial integrations. The oracle errs where it steps over the edges of
    the shadow, which take 8 s each: with steps of 30 s by 5 mm, of 10 s by 0.3 mm, of 5 s by 0.05 mm, of 3 s by a
    micrometre.
    """
    t = 11000.0
    dr, dv = eci_from_hill(RT, VT, (50.0, -2000.0, 300.0), (0.0, 0.0, 0.0))
    both = {"ballistic_target": BALLISTIC[0], "ballistic_chaser": BALLISTIC[1], "step": 1.0}
    extra = {"reflect_target": reflect[0], "reflect_chaser": reflect[1], "zonals": j, "epoch": epoch}
    ours = motion.nonlinear.coast(RT, VT, dr, dv, AIR, t, **both, **extra)
    plain = motion.nonlinear.coast(RT, VT, dr, dv, AIR, t, **both)
    theirs = independent(t, dr, dv, AIR, j, reflect, epoch, longest)
    assert np.max(np.abs(ours[2] - theirs[0])) < most
    assert np.linalg.norm(ours[2] - plain[2]) > least


def test_what_is_off_changes_no_bit():
    """Nothing lesser: the exact model; no air and no sky: its fall."""
    surface = perturbed.Surface(*BALLISTIC, 0.0, 0.0)
    dr, dv = eci_from_hill(RT, VT, (50.0, -2000.0, 300.0), (0.1, 0.0, 0.2))
    sky, zero = (MU_MOON, 3.1e8, 2e8, 1e8, MU_SUN, -1e11, 1e11, 4e10), (0.0, 0.0, 0.0)
    ours = perturbed.acceleration(perturbed.Forces(AIR, (0.0,) * 5, surface, sky), RT, VT, dr, dv)
    assert ours == nonlinear.acceleration(nonlinear.Forces(AIR, *BALLISTIC, sky, zero), RT, VT, dr, dv)
    quiet = AIR._replace(density=0.0)
    fallen = motion.nonlinear.coast(RT, VT, dr, dv, quiet, 600.0)
    far = (
        1e-300,
        1e12,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
    )  # a body of no weight: the way that reckons with the sky
    for a, b in zip(fallen, motion.nonlinear.coast(RT, VT, dr, dv, quiet, 600.0, sky=far)):
        assert np.array_equal(a, b)
