import math

import numpy as np
import pytest

from rvd.core.orbit import ephemeris
from rvd.errors import RvdError

# seconds of TDB past J2000, then the Moon's state from the Earth and the Sun's, m and m/s, J2000 axes:
# SPICE (spiceypy 8.3.0) with DE440
SPICE = [
    (
        631152000.5,
        398673094.6577465,
        -38480548.6988228,
        -55662627.26191231,
        143.89148711381938,
        887.0580700418926,
        356.57723276877573,
        26173447615.519093,
        -132807683801.32806,
        -57572483284.205345,
        29801.66895801619,
        4976.2773077747515,
        2156.788081170828,
    ),
    (
        700000000.0,
        231847661.36503136,
        298971736.92586404,
        129627175.45106475,
        -772.4783418879209,
        511.6073331899232,
        316.2085970033307,
        144929027942.02274,
        -29623567039.566326,
        -12842497378.798168,
        6953.367563228578,
        26787.579015257517,
        11613.35975282703,
    ),
    (
        775000123.25,
        307522767.4526883,
        -171488137.2834708,
        -97465097.36292093,
        571.3597595052315,
        806.919468405598,
        428.4093871930055,
        -77585259060.48427,
        119893246808.30365,
        51972274342.44355,
        -25122.578968074184,
        -13840.767612862533,
        -5998.674952251585,
    ),
    (
        1000000000.0,
        27291120.601806328,
        376419657.21612877,
        140717767.0403772,
        -963.7605324038367,
        110.0856171948779,
        -30.270605947168104,
        -146378739297.62286,
        32851886724.328598,
        14241055833.703936,
        -6603.183440687371,
        -26444.27949336177,
        -11463.636946174804,
    ),
    (
        1300000000.0,
        -181392258.03091344,
        317172777.758166,
        174355800.71186528,
        -871.1995832852502,
        -398.74828270898087,
        -139.7439342795785,
        147221850971.37372,
        -18964627384.805786,
        -8221302395.750902,
        4615.788196054516,
        27163.96918849128,
        11774.348440704138,
    ),
    (
        1419000000.0,
        -39667433.9706782,
        -354253672.2146018,
        -189634603.57289076,
        970.9148617495649,
        -120.72626288596248,
        -20.99189804452436,
        -7170375495.194144,
        -134895040866.29955,
        -58468225521.68956,
        30250.01248920915,
        -1229.368045350899,
        -532.7337842674751,
    ),
]


@pytest.mark.parametrize("row", SPICE)
def test_against_spice(row):
    table = ephemeris.de440()
    t, moon, sun = row[0], np.array(row[1:7]), np.array(row[7:])
    ours = np.concatenate(ephemeris.moon_from_earth(t, table))
    assert np.max(np.abs(ours - moon)[:3]) < 2e-4
    assert np.max(np.abs(ours - moon)[3:]) < 1e-7
    ours = np.concatenate(ephemeris.sun_from_earth(t, table))
    assert np.max(np.abs(ours - sun)[:3]) < 5e-3
    assert np.max(np.abs(ours - sun)[3:]) < 1e-6
    assert np.allclose(np.concatenate(ephemeris.earth_from_moon(t, table)), -moon, rtol=0.0, atol=2e-4)
    assert np.allclose(np.concatenate(ephemeris.sun_from_moon(t, table)), sun - moon, rtol=0.0, atol=1e-2)


def test_velocity_is_the_slope_of_position_across_pieces():
    table = ephemeris.de440()
    t = table.start + 5.0 * table.moon_length
    before, after = (np.array(ephemeris.moon_from_earth(t + way, table)[0]) for way in (-30.0, 30.0))
    assert np.allclose((after - before) / 60.0, ephemeris.moon_from_earth(t, table)[1], atol=1e-3)


def test_the_first_and_the_last_instant_are_inside():
    """Where the Moon goes on as it moved before; nothing lies a digit beyond."""
    table = ephemeris.de440()
    first, last = ephemeris.span(table)
    for edge, way in ((first, 1.0), (last, -1.0)):
        for law in (ephemeris.moon_from_earth, ephemeris.sun_from_earth, ephemeris.sun_from_moon):
            (here, speed), (near, _) = law(edge, table), law(edge + way * 10.0, table)
            assert np.allclose(np.subtract(near, here), way * 10.0 * np.array(speed), atol=1.0)
            assert np.all(np.isnan(law(np.nextafter(edge, edge - way * 1e10), table)[0]))
    sky = ephemeris.sky_table(table, "earth", last - 600.0, 60.0, 10)
    assert np.all(np.isfinite(sky))


def test_outside_of_the_tables():
    table = ephemeris.de440()
    first, last = ephemeris.span(table)
    assert math.isnan(ephemeris.moon_from_earth(first - 1.0, table)[0][0])
    assert math.isnan(ephemeris.sun_from_earth(last + 1e7, table)[0][0])
    ephemeris.check_covered(table, first, last)
    with pytest.raises(RvdError, match="2020 to 2044"):
        ephemeris.check_covered(table, first - 1.0, last)
