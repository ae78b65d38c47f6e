import math

import pytest

from rvd.core import constants

# EGM2008, tide-free, fully normalised C_n0 (Pavlis et al. 2012; NGA, EGM2008_to2190_TideFree)
NORMALISED = {
    2: -0.484165143790815e-3,
    3: 0.957161207093473e-6,
    4: 0.539965866638991e-6,
    5: 0.686702913736681e-7,
    6: -0.149953927978527e-6,
}


@pytest.mark.parametrize("degree", NORMALISED)
def test_zonals_are_the_published_coefficients(degree):
    ours = getattr(constants, f"J{degree}_EARTH")
    assert math.isclose(ours, -math.sqrt(2 * degree + 1) * NORMALISED[degree], rel_tol=1e-10)


def test_the_sidereal_day_and_the_year():
    assert abs(2.0 * math.pi / constants.SPIN_EARTH - 86164.1) < 0.1
    year = 2.0 * math.pi * math.sqrt(constants.AU**3 / constants.MU_SUN) / 86400.0
    assert abs(year - 365.2569) < 1e-3  # the Gaussian year


def test_the_moon_is_to_the_earth_as_published():
    """DE440: the Earth is 81.3005682 Moons heavy."""
    assert abs(constants.MU_EARTH / constants.MU_MOON - 81.3005682) < 2e-6


def test_solar_pressure_is_flux_over_the_speed_of_light():
    assert math.isclose(constants.SOLAR_PRESSURE, 1360.8 / constants.SPEED_OF_LIGHT, rel_tol=1e-4)
