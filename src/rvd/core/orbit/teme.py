"""TEME, the axes of two-line elements, and J2000: the IAU 1976 precession and the IAU 1980 nutation.

TEME is the true equator with the mean equinox of date: the true equinox turned back by the equation of the
equinoxes, so that the sidereal time of 1982 alone leads from it to the Earth. A matrix takes components, by rows.
Velocities turn with the same matrix: TEME itself moves by 8e-12 rad/s, 0.05 mm/s at low orbit, which is far below what
two-line elements hold.

Sources: D. A. Vallado, Fundamentals of Astrodynamics and Applications, 4th edition, section 3.7 (Eq. 3-88 to 3-91);
J. H. Lieske et al., Astronomy and Astrophysics 58 (1977) 1-16 (precession); P. K. Seidelmann, Celestial Mechanics
27 (1982) 79-106 (nutation: 106 terms, data/nutation1980.txt); IAU 1994 Resolution C7 (equation of the equinoxes; its
two small terms are in use since 1997: before, leave 0.06 m at low orbit).

Accuracy: without the celestial pole's offsets, which the IERS publishes, J2000 stands off GCRF by 0.02 arcsec in 2004
(0.9 m in Example 3-15), growing to some 0.05 (unverified), 2 m at low orbit, by the 2020s; with them by 1 mas.
"""

import math
from importlib import resources

import numpy as np

from rvd.core.algebra.elementary import cos, sincos
from rvd.core.algebra.mat import Mat, apply, product, transpose
from rvd.core.kernel import Vec, kernel, sweep

ARCSEC = math.pi / 648000.0
CENTURY = 36525.0 * 86400.0  # s

Five = tuple[float, float, float, float, float]

#: Delaunay's arguments l, l', F, D, and the Moon's node: arcsec at J2000, turns and arcsec a century, T2, T3
ARGUMENTS = (
    (485866.733, 1325.0, 715922.633, 31.310, 0.064),
    (1287099.804, 99.0, 1292581.224, -0.577, -0.012),
    (335778.877, 1342.0, 295263.137, -13.257, 0.011),
    (1072261.307, 1236.0, 1105601.328, -6.891, 0.019),
    (450160.280, -5.0, -482890.539, 7.455, 0.008),
)


def _terms() -> np.ndarray:
    with resources.files("rvd.core.orbit").joinpath("data/nutation1980.txt").open() as file:
        return np.loadtxt(file)


#: (106, 9): five multiples, sine of longitude and its rate, cosine of obliquity and its rate, 0.1 mas.
TERMS = _terms()


@kernel
def turn_x(angle: float) -> Mat:
    """The matrix that takes components to axes turned by `angle` about the first (Vallado's ROT1)."""
    s, c = sincos(angle)
    return ((1.0, 0.0, 0.0), (0.0, c, s), (0.0, -s, c))


@kernel
def turn_y(angle: float) -> Mat:
    """The same about the second (ROT2)."""
    s, c = sincos(angle)
    return ((c, 0.0, -s), (0.0, 1.0, 0.0), (s, 0.0, c))


@kernel
def turn_z(angle: float) -> Mat:
    """The same about the third (ROT3)."""
    s, c = sincos(angle)
    return ((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))


@kernel
def precession(tt: float) -> Mat:
    """From J2000 to mean equator and equinox of date, `tt` seconds of TT past J2000 (IAU 1976)."""
    t = tt / CENTURY
    zeta = t * (2306.2181 + t * (0.30188 + t * 0.017998)) * ARCSEC
    theta = t * (2004.3109 - t * (0.42665 + t * 0.041833)) * ARCSEC
    z = t * (2306.2181 + t * (1.09468 + t * 0.018203)) * ARCSEC
    return product(product(turn_z(-z), turn_y(theta)), turn_z(-zeta))


@kernel
def obliquity(tt: float) -> float:
    """Mean obliquity of the ecliptic, rad (IAU 1980)."""
    t = tt / CENTURY
    return (84381.448 - t * (46.8150 + t * (0.00059 - t * 0.001813))) * ARCSEC


@kernel
def argument(t: float, row: Five) -> float:
    """One of Delaunay's arguments `t` centuries past J2000, rad."""
    a, turns, b, c, d = row
    whole = turns * t
    return 2.0 * math.pi * (whole - math.floor(whole)) + (a + t * (b + t * (c + t * d))) * ARCSEC


@sweep
def nutation(tt: float) -> tuple[float, float]:
    """Nutation in longitude and in obliquity, rad (IAU 1980, 106 terms)."""
    t = tt / CENTURY
    moon, sun = argument(t, ARGUMENTS[0]), argument(t, ARGUMENTS[1])
    latitude, elongation, node = (
        argument(t, ARGUMENTS[2]),
        argument(t, ARGUMENTS[3]),
        argument(t, ARGUMENTS[4]),
    )
    longitude, tilt = 0.0, 0.0
    for k in range(TERMS.shape[0]):
        lunar = TERMS[k, 0] * moon + TERMS[k, 1] * sun + TERMS[k, 2] * latitude
        s, c = sincos(lunar + TERMS[k, 3] * elongation + TERMS[k, 4] * node)
        longitude += (TERMS[k, 5] + TERMS[k, 6] * t) * s
        tilt += (TERMS[k, 7] + TERMS[k, 8] * t) * c
    return longitude * 1e-4 * ARCSEC, tilt * 1e-4 * ARCSEC


@kernel
def equation_of_the_equinoxes(tt: float, longitude: float) -> float:
    """Apparent less mean sidereal time, rad (IAU 1994), where the nutation in longitude is this."""
    node = argument(tt / CENTURY, ARGUMENTS[4])
    once, _ = sincos(node)
    twice, _ = sincos(2.0 * node)
    return longitude * cos(obliquity(tt)) + (0.00264 * once + 0.000063 * twice) * ARCSEC


@kernel
def tod_from_j2000(tt: float, longitude: float, tilt: float) -> Mat:
    """From J2000 to the true equator and equinox of date, where the nutation is this."""
    mean = obliquity(tt)
    nutate = product(product(turn_x(-mean - tilt), turn_z(-longitude)), turn_x(mean))
    return product(nutate, precession(tt))


@sweep
def turn(tt: float, dpsi: float, deps: float) -> Mat:
    """From J2000 to TEME at `tt` seconds of TT past J2000.

    With the IERS offsets of the celestial pole (dpsi, deps, rad, of the 1980 theory) it is from GCRF's axes.
    """
    longitude, tilt = nutation(tt)
    longitude, tilt = longitude + dpsi, tilt + deps
    return product(turn_z(equation_of_the_equinoxes(tt, longitude)), tod_from_j2000(tt, longitude, tilt))


@kernel
def teme_from_gcrf(r: Vec, v: Vec, tt: float, dpsi: float, deps: float) -> tuple[Vec, Vec]:
    """(r, v) on the axes of TEME, from those of GCRF."""
    m = turn(tt, dpsi, deps)
    return apply(m, r), apply(m, v)


@kernel
def gcrf_from_teme(r: Vec, v: Vec, tt: float, dpsi: float, deps: float) -> tuple[Vec, Vec]:
    """(r, v) on the axes of GCRF, from those of TEME."""
    m = transpose(turn(tt, dpsi, deps))
    return apply(m, r), apply(m, v)


@kernel
def teme_from_j2000(r: Vec, v: Vec, tt: float) -> tuple[Vec, Vec]:
    """(r, v) on the axes of TEME, from those of J2000."""
    return teme_from_gcrf(r, v, tt, 0.0, 0.0)


@kernel
def j2000_from_teme(r: Vec, v: Vec, tt: float) -> tuple[Vec, Vec]:
    """(r, v) on the axes of J2000, from those of TEME."""
    return gcrf_from_teme(r, v, tt, 0.0, 0.0)
