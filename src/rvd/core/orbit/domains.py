"""Where functions of orbits have an answer: what `inside` asks before it calls a kernel.

Each says of some arguments of a face what the face raises an ArgumentError for, but for its sentence.
"""

import math

from rvd.core.algebra.elementary import MOST_TURNED, cos
from rvd.core.algebra.vec import cross, norm, sub
from rvd.core.constants import GRAVITATION
from rvd.core.kernel import Vec, kernel
from rvd.core.orbit.elements import Elements, Kepler

#: Least distance of the Sun, m: a shorter vector is a direction, or in kilometres.
SUN_IS_FAR = 1e10


@kernel
def keeps_digits(angle: float) -> bool:
    """Whether sines of an angle keep their digits."""
    return abs(angle) <= MOST_TURNED


@kernel
def turns(r: Vec, v: Vec) -> bool:
    """Whether the motion has a plane: r x v is not zero."""
    x, y, z = cross(r, v)
    return (x != 0.0) | (y != 0.0) | (z != 0.0)


@kernel
def target_turns(rt: Vec, vt: Vec) -> bool:
    """`turns`, of a target."""
    return turns(rt, vt)


@kernel
def target_falls(rt: Vec, vt: Vec, mu: float) -> bool:
    """`turns`, of a target about a body that pulls."""
    return turns(rt, vt) & (mu > 0.0)


@kernel
def falls_and_turns(r: Vec, v: Vec, mu: float) -> bool:
    """`turns`, about a body that pulls."""
    return turns(r, v) & (mu > 0.0)


@kernel
def falls_on(r: Vec, v: Vec, mu: float, t: float) -> bool:
    """Off the centre, and the mean anomaly of an ellipse grows by no more than an angle of which sines keep digits."""
    distance = norm(r)
    alpha = max(2.0 / distance - (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) / mu, 0.0)
    turned = abs(math.sqrt(mu * alpha) * alpha * t)
    return (mu > 0.0) & (distance > 0.0) & (not (MOST_TURNED < turned < math.inf))


@kernel
def is_closed(r: Vec, v: Vec, mu: float) -> bool:
    """An ellipse through a state: less speed than to escape."""
    slow = 0.5 * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) < mu / norm(r)
    return (mu > 0.0) & (norm(r) > 0.0) & turns(r, v) & slow


@kernel
def has_mean(e: float, mean: float) -> bool:
    """An ellipse, and a mean anomaly on it."""
    return (e >= 0.0) & (e < 1.0) & keeps_digits(mean)


@kernel
def has_true(e: float, true: float) -> bool:
    """An ellipse, and a true anomaly on it."""
    return (e >= 0.0) & (e < 1.0) & keeps_digits(true)


@kernel
def is_reached(six: Elements, mu: float) -> bool:
    """A conic, and a true anomaly before its asymptote."""
    conic = (mu > 0.0) & (six.p > 0.0) & (six.e >= 0.0)
    angles = keeps_digits(six.i) & keeps_digits(six.raan) & keeps_digits(six.argp) & keeps_digits(six.nu)
    return conic & angles & (1.0 + six.e * cos(six.nu) > 0.0)


@kernel
def is_ellipse(kepler: Kepler) -> bool:
    """Elements of an ellipse."""
    k = kepler
    angles = keeps_digits(k.i) & keeps_digits(k.raan) & keeps_digits(k.argp) & keeps_digits(k.mean)
    return (k.a > 0.0) & (k.e >= 0.0) & (k.e < 1.0) & angles


@kernel
def is_flown(kepler: Kepler, mu: float) -> bool:
    """An ellipse about a body that pulls."""
    return is_ellipse(kepler) & (mu > 0.0)


@kernel
def is_body(mu: float, j2: float, radius: float) -> bool:
    """A central body that there can be: its density is a body's, so that metres and kilometres are not mixed.

    Without J2 the radius plays no part: one of up to a kilometre is then taken for none.
    """
    density = mu / (4.0 / 3.0 * math.pi * GRAVITATION) / radius / radius / radius
    known = (j2 == 0.0) & (radius <= 1e3) | (density > 10.0) & (density < 1e5)
    return (mu > 0.0) & (radius > 0.0) & (abs(j2) <= 1.0) & known


@kernel
def is_flown_oblate(kepler: Kepler, mu: float, j2: float, radius: float) -> bool:
    """An ellipse about a body that there can be."""
    return is_ellipse(kepler) & is_body(mu, j2, radius)


@kernel
def is_off_the_pole(r: Vec, radius: float) -> bool:
    """Off the axis through the centre, where the angle along the orbit is not defined."""
    return (radius > 0.0) & ((radius + r[0] != 0.0) | (r[1] != 0.0))


@kernel
def is_circle(radius: float) -> bool:
    """A radius."""
    return radius > 0.0


@kernel
def is_outside(r: Vec, sun: Vec, radius: float) -> bool:
    """Outside the shading body, and the Sun where a sun is."""
    return (radius > 0.0) & (norm(r) >= radius) & (norm(sun) >= SUN_IS_FAR)


@kernel
def is_shone_on(r: Vec, sun: Vec, reflect: float) -> bool:
    """Not in the Sun, which is where a sun is."""
    return (reflect >= 0.0) & (norm(sun) >= SUN_IS_FAR) & (norm(sub(sun, r)) > 0.0)


@kernel
def is_joined(t: float, mu: float, revolutions: int) -> bool:
    """A time, and whole turns."""
    return (t > 0.0) & (mu > 0.0) & (revolutions >= 0) & (revolutions <= 1000000)


@kernel
def is_share(mu: float) -> bool:
    """The smaller primary's share of the mass."""
    return (mu > 0.0) & (mu <= 0.5)


@kernel
def is_between(mu: float) -> bool:
    """A share of the mass that places two primaries."""
    return (mu > 0.0) & (mu < 1.0)


@kernel
def are_circles(r1: float, r2: float, mu: float) -> bool:
    """Two circles about a body that pulls."""
    return (r1 > 0.0) & (r2 > 0.0) & (mu > 0.0)


@kernel
def are_circles_by(r1: float, rb: float, r2: float, mu: float) -> bool:
    """Two circles, and a radius to go by."""
    return are_circles(r1, r2, mu) & (rb > 0.0)


@kernel
def is_phased(a: float, angle: float, revolutions: float, mu: float) -> bool:
    """Whole turns on an ellipse that reaches the circle: its semi-major axis is more than half of the radius."""
    whole = (revolutions > 0.0) & (revolutions == math.floor(revolutions))
    share = 1.0 + angle / (2.0 * math.pi * revolutions)
    return (a > 0.0) & (mu > 0.0) & whole & (share > LEAST_SHARE)


#: Period over that of the circle of an ellipse that ends in the centre: half of the semi-major axis, to the power 1.5.
LEAST_SHARE = 0.5 * math.sqrt(0.5)
