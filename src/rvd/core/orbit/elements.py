"""Classical elements from a state and back, for every conic that turns (r x v is not zero).

`p`, the semi-latus rectum, stands in for the semi-major axis: it exists for the parabola too.
Singular cases, decided by e < 1e-14 and sin i < 1e-14:
    circular    argp = 0, and nu counts from the node (argument of latitude)
    equatorial  raan = 0, and argp counts from the inertial x axis (also when retrograde)
    both        nu is the angle from the x axis
Source: Vallado, Fundamentals of Astrodynamics, section 2.5; angles by atan2, so no quadrant is lost.
"""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import atan2, sincos
from rvd.core.algebra.vec import cross, dot
from rvd.core.kernel import Vec, kernel
from rvd.core.orbit.kepler import mean_from_true, true_from_mean

SINGULAR = 1e-14


class Elements(NamedTuple):
    """Osculating classical elements of any conic."""

    #: Semi-latus rectum, m.
    p: float
    #: Eccentricity, from 0.
    e: float
    #: Inclination to the inertial x-y plane, rad, 0 to pi.
    i: float
    #: Right ascension of the ascending node from the inertial x axis, rad, 0 to 2 pi.
    raan: float
    #: Argument of the perigee from the node, rad, 0 to 2 pi.
    argp: float
    #: True anomaly, from the perigee, rad, 0 to 2 pi.
    nu: float


class Kepler(NamedTuple):
    """Elements of an ellipse with its mean anomaly."""

    #: Semi-major axis, m.
    a: float
    #: Eccentricity, 0 to below 1.
    e: float
    #: Inclination to the inertial x-y plane, rad.
    i: float
    #: Right ascension of the ascending node from the inertial x axis, rad.
    raan: float
    #: Argument of the perigee from the node, rad.
    argp: float
    #: Mean anomaly, from the perigee, rad.
    mean: float


@kernel
def turn(angle: float) -> float:
    """The angle in [0, 2 pi)."""
    x = angle - 2.0 * math.pi * math.floor(angle / (2.0 * math.pi))
    return 0.0 if x < 0.0 or x >= 2.0 * math.pi else x


@kernel
def from_state(r: Vec, v: Vec, mu: float) -> Elements:
    """Elements of a position and velocity on inertial axes."""
    h = cross(r, v)
    h2 = dot(h, h)
    size = math.sqrt(h2)
    distance = math.sqrt(dot(r, r))
    p = h2 / mu
    e_cos = p / distance - 1.0
    e_sin = size * dot(r, v) / (mu * distance)
    e = math.sqrt(e_cos * e_cos + e_sin * e_sin)
    equator = math.sqrt(h[0] * h[0] + h[1] * h[1])
    i = atan2(equator, h[2])
    flat = equator < SINGULAR * size
    scale = 1.0 / (1.0 if flat else equator)
    node = (1.0 if flat else -h[1] * scale, 0.0 if flat else h[0] * scale, 0.0)
    raan = atan2(node[1], node[0])
    ahead = cross(h, node)
    latitude = atan2(dot(r, ahead) / size, dot(r, node))
    nu = latitude if e < SINGULAR else atan2(e_sin, e_cos)
    return Elements(p=p, e=e, i=i, raan=turn(raan), argp=turn(latitude - nu), nu=turn(nu))


@kernel
def to_state(six: Elements, mu: float) -> tuple[Vec, Vec]:
    """Position and velocity on inertial axes. Beyond a hyperbola's asymptote (1 + e cos nu <= 0): not meaningful."""
    p, e, i, raan, argp, nu = six
    s, c = sincos(nu)
    so, co = sincos(raan)
    sw, cw = sincos(argp)
    si, ci = sincos(i)
    toward = (co * cw - so * sw * ci, so * cw + co * sw * ci, sw * si)
    ahead = (-co * sw - so * cw * ci, -so * sw + co * cw * ci, cw * si)
    distance = p / (1.0 + e * c)
    x, y = distance * c, distance * s
    k = math.sqrt(mu / p)
    u, w = -k * s, k * (e + c)
    return (
        (x * toward[0] + y * ahead[0], x * toward[1] + y * ahead[1], x * toward[2] + y * ahead[2]),
        (u * toward[0] + w * ahead[0], u * toward[1] + w * ahead[1], u * toward[2] + w * ahead[2]),
    )


@kernel
def semi_major_axis(elements: Elements) -> float:
    """p / (1 - e2): infinite for the parabola, negative for the hyperbola."""
    return elements.p / ((1.0 - elements.e) * (1.0 + elements.e))


@kernel
def kepler_from_state(r: Vec, v: Vec, mu: float) -> Kepler:
    """Elements with the mean anomaly in [0, 2 pi), of an ellipse (e < 1)."""
    elements = from_state(r, v, mu)
    return Kepler(
        a=semi_major_axis(elements),
        e=elements.e,
        i=elements.i,
        raan=elements.raan,
        argp=elements.argp,
        mean=turn(mean_from_true(elements.e, elements.nu)),
    )


@kernel
def state_from_kepler(kepler: Kepler, mu: float) -> tuple[Vec, Vec]:
    """Position and velocity on inertial axes of an ellipse."""
    k = kepler
    p = k.a * (1.0 - k.e) * (1.0 + k.e)
    nu = true_from_mean(k.e, k.mean)
    return to_state(Elements(p=p, e=k.e, i=k.i, raan=k.raan, argp=k.argp, nu=nu), mu)
