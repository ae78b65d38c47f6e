import math

import numpy as np
import pytest

from rvd.core.constants import (
    AU,
    J2_EARTH,
    J3_EARTH,
    J4_EARTH,
    J5_EARTH,
    J6_EARTH,
    MU_EARTH,
    RADIUS_EARTH,
    RADIUS_SUN,
)
from rvd.core.motion import nonlinear
from rvd.core.orbit import sunlight, zonals

J = (J2_EARTH, J3_EARTH, J4_EARTH, J5_EARTH, J6_EARTH)
R = (4.1e6, -3.2e6, 4.4e6)


@pytest.mark.parametrize("degree", [2, 3, 4, 5, 6])
def test_zonals_are_the_gradient_of_the_potential(degree):
    mpmath = pytest.importorskip("mpmath")
    mpmath.mp.dps = 40
    one = tuple(j if k + 2 == degree else 0.0 for k, j in enumerate(J))

    def potential(x, y, z):
        d = mpmath.sqrt(x * x + y * y + z * z)
        return -MU_EARTH / d * one[degree - 2] * (RADIUS_EARTH / d) ** degree * mpmath.legendre(degree, z / d)

    theirs = [float(mpmath.diff(potential, R, tuple(int(k == axis) for k in range(3)))) for axis in range(3)]
    ours = zonals.acceleration(MU_EARTH, RADIUS_EARTH, one, R)
    assert np.allclose(ours, theirs, rtol=1e-12, atol=1e-20)


def test_j2_is_that_of_the_relative_model():
    environment = nonlinear.Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, 0.0, 0.0, 7e6, 6e4)
    at, ar = nonlinear.gravity(environment, R, (1e3, 2e3, -3e3))
    d = math.sqrt(sum(x * x for x in R))
    ours = np.array(zonals.acceleration(MU_EARTH, RADIUS_EARTH, (J2_EARTH, 0.0, 0.0, 0.0, 0.0), R))
    assert np.allclose(ours - MU_EARTH / d**3 * np.array(R), at, rtol=1e-14)
    only = nonlinear.gravity(environment._replace(j2=0.0), R, (1e3, 2e3, -3e3))[1]
    relative = zonals.relative(MU_EARTH, RADIUS_EARTH, (J2_EARTH, 0.0, 0.0, 0.0, 0.0), R, (1e3, 2e3, -3e3))
    assert np.allclose(np.subtract(ar, only), relative, atol=1e-16)


def test_the_shadow_on_its_axis():
    """Behind the Earth: full shadow near, a ring of Sun beyond the cone's tip, nothing shaded in front."""
    sun = (AU, 0.0, 0.0)
    tip = RADIUS_EARTH * AU / (RADIUS_SUN - RADIUS_EARTH)
    assert sunlight.lit((-7e6, 0.0, 0.0), sun, RADIUS_EARTH) == 0.0
    assert sunlight.lit((7e6, 0.0, 0.0), sun, RADIUS_EARTH) == 1.0
    assert sunlight.lit((0.0, 7e6, 0.0), sun, RADIUS_EARTH) == 1.0
    far = 2.0 * tip
    ring = 1.0 - (RADIUS_EARTH / far / (RADIUS_SUN / (AU + far))) ** 2
    assert math.isclose(sunlight.lit((-far, 0.0, 0.0), sun, RADIUS_EARTH), ring, rel_tol=1e-4)


def test_the_edge_of_the_shadow_is_smooth_and_falls():
    sun = (AU, 0.0, 0.0)
    heights = np.linspace(6.2e6, 6.6e6, 801)
    seen = np.array([sunlight.lit((-7e6, float(h), 0.0), sun, RADIUS_EARTH) for h in heights])
    assert seen[0] == 0.0
    assert seen[-1] == 1.0
    assert np.all(np.diff(seen) >= -1e-12)
    assert np.max(np.diff(seen)) < 0.02
    half = heights[np.searchsorted(seen, 0.5)]
    assert abs(half - RADIUS_EARTH) < 2e3


def test_the_umbra_is_where_nothing_of_the_sun_is_seen():
    """Across the edge of the shadow, at low and high orbits, beside the lit share of the disc."""
    sun, dark = (1.5e11, 0.0, 0.0), []
    for behind in (3e6, 7e6, 4e8):
        edge = RADIUS_EARTH - behind * (6.957e8 - RADIUS_EARTH) / 1.5e11
        for h in np.linspace(edge - 5e4, edge + 5e4, 41):
            r = (-behind, 0.6 * float(h), 0.8 * float(h))
            dark.append(sunlight.umbra(r, sun, RADIUS_EARTH))
            assert dark[-1] == (sunlight.lit(r, sun, RADIUS_EARTH) == 0.0)
    assert 30 < sum(dark) < 93
    assert not sunlight.umbra((7e6, 0.0, 0.0), sun, RADIUS_EARTH)


def test_pressure_pushes_away_and_falls_with_the_square():
    a = np.array(sunlight.pressure((0.0, 0.0, 0.0), (AU, 0.0, 0.0), 0.02))
    assert np.allclose(a, (-0.02 * 4.539e-6, 0.0, 0.0), rtol=1e-12)
    b = np.array(sunlight.pressure((0.0, 0.0, 0.0), (2.0 * AU, 0.0, 0.0), 0.02))
    assert np.allclose(b, 0.25 * a)
    both = sunlight.relative_pressure(
        (7e6, 0.0, 0.0), (1e3, 0.0, 0.0), (AU, 0.0, 0.0), 0.01, 0.03, RADIUS_EARTH
    )
    assert math.isclose(both[0], -0.02 * 4.539e-6, rel_tol=1e-3)
