"""TEME, the axes of two-line elements, and J2000: the IAU 1976 precession and the IAU 1980 nutation.

TEME is the true equator with the mean equinox of date: the true equinox turned back by the equation of the
equinoxes, so that the sidereal time of 1982 alone leads from it to the Earth. `a_from_b` is a matrix (3, 3) that takes
components: `r_j2000 = j2000_from_teme(tt) @ r_teme`. Velocities turn with the same matrix: TEME itself moves by 8e-12
rad/s, 0.05 mm/s at low orbit, which is far below what two-line elements hold.

Sources: D. A. Vallado, Fundamentals of Astrodynamics and Applications, 4th edition, section 3.7 (Eq. 3-88 to 3-91);
J. H. Lieske et al., Astronomy and Astrophysics 58 (1977) 1-16 (precession); P. K. Seidelmann, Celestial Mechanics
27 (1982) 79-106 (nutation: 106 terms, data/nutation1980.txt); IAU 1994 Resolution C7 (equation of the equinoxes; its
two small terms are in use since 1997: before, leave 0.06 m at low orbit).

Accuracy: without the celestial pole's offsets, which the IERS publishes, J2000 stands off GCRF by 0.02 arcsec in 2004
(0.9 m in Example 3-15), growing to some 0.05 (unverified), 2 m at low orbit, by the 2020s; with them by 1 mas.
"""

import functools
import math
from importlib import resources

import numpy as np

ARCSEC = math.pi / 648000.0
CENTURY = 36525.0 * 86400.0  # s

#: Delaunay's arguments l, l', F, D, and the Moon's node: arcsec at J2000, turns and arcsec a century, T2, T3
ARGUMENTS = (
    (485866.733, 1325.0, 715922.633, 31.310, 0.064),
    (1287099.804, 99.0, 1292581.224, -0.577, -0.012),
    (335778.877, 1342.0, 295263.137, -13.257, 0.011),
    (1072261.307, 1236.0, 1105601.328, -6.891, 0.019),
    (450160.280, -5.0, -482890.539, 7.455, 0.008),
)


@functools.cache
def _terms() -> np.ndarray:
    """(106, 9): five multiples, sine of longitude and its rate, cosine of obliquity and its rate, 0.1 mas."""
    with resources.files("rvd.core.orbit").joinpath("data/nutation1980.txt").open() as file:
        return np.loadtxt(file)


def _turn(axis: int, angle: float) -> np.ndarray:
    """The matrix that takes components to axes turned by `angle` about one of them (Vallado's ROT1 to ROT3)."""
    c, s = math.cos(angle), math.sin(angle)
    i, j = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.eye(3)
    matrix[i, i] = matrix[j, j] = c
    matrix[i, j], matrix[j, i] = s, -s
    return matrix


def precession(tt: float) -> np.ndarray:
    """mod_from_j2000 (3, 3): mean equator and equinox of date, `tt` seconds of TT past J2000 (IAU 1976)."""
    t = tt / CENTURY
    zeta = t * (2306.2181 + t * (0.30188 + t * 0.017998)) * ARCSEC
    theta = t * (2004.3109 - t * (0.42665 + t * 0.041833)) * ARCSEC
    z = t * (2306.2181 + t * (1.09468 + t * 0.018203)) * ARCSEC
    return _turn(2, -z) @ _turn(1, theta) @ _turn(2, -zeta)


def obliquity(tt: float) -> float:
    """Mean obliquity of the ecliptic, rad (IAU 1980)."""
    t = tt / CENTURY
    return (84381.448 - t * (46.8150 + t * (0.00059 - t * 0.001813))) * ARCSEC


def nutation(tt: float) -> tuple[float, float]:
    """Nutation in longitude and in obliquity, rad (IAU 1980, 106 terms)."""
    t, angles, terms = tt / CENTURY, _arguments(tt), _terms()
    phase = terms[:, :5] @ angles
    longitude = np.sum((terms[:, 5] + terms[:, 6] * t) * np.sin(phase))
    tilt = np.sum((terms[:, 7] + terms[:, 8] * t) * np.cos(phase))
    return float(longitude) * 1e-4 * ARCSEC, float(tilt) * 1e-4 * ARCSEC


def _arguments(tt: float) -> list[float]:
    """Delaunay's arguments and the node, rad."""
    t = tt / CENTURY
    return [
        2.0 * math.pi * math.fmod(turns * t, 1.0) + (a + t * (b + t * (c + t * d))) * ARCSEC
        for a, turns, b, c, d in ARGUMENTS
    ]


def equation_of_the_equinoxes(tt: float, dpsi: float = 0.0) -> float:
    """Apparent less mean sidereal time, rad (IAU 1994); dpsi as in `j2000_from_teme`."""
    node = _arguments(tt)[4]
    small = (0.00264 * math.sin(node) + 0.000063 * math.sin(2.0 * node)) * ARCSEC
    return (nutation(tt)[0] + dpsi) * math.cos(obliquity(tt)) + small


def tod_from_j2000(tt: float, dpsi: float = 0.0, deps: float = 0.0) -> np.ndarray:
    """Matrix (3, 3) to the true equator and equinox of date; dpsi, deps as in `j2000_from_teme`."""
    longitude, tilt = nutation(tt)
    mean = obliquity(tt)
    nutate = _turn(0, -mean - tilt - deps) @ _turn(2, -longitude - dpsi) @ _turn(0, mean)
    return nutate @ precession(tt)


def j2000_from_teme(tt: float, dpsi: float = 0.0, deps: float = 0.0) -> np.ndarray:
    """Matrix (3, 3) from TEME to J2000 at `tt` seconds of TT past J2000.

    With the IERS offsets of the celestial pole (dpsi, deps, rad, of the 1980 theory) the result is on GCRF's axes.
    """
    equinoxes = equation_of_the_equinoxes(tt, dpsi)
    return (_turn(2, equinoxes) @ tod_from_j2000(tt, dpsi, deps)).T


def teme_from_j2000(tt: float, dpsi: float = 0.0, deps: float = 0.0) -> np.ndarray:
    """The inverse of `j2000_from_teme`."""
    return j2000_from_teme(tt, dpsi, deps).T
