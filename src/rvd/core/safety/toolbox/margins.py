"""Margins of a state to a limit: positive where it is kept, in the unit of what is limited."""

import math

from rvd.core.algebra.allowed import above_zero, not_negative
from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.vec import dot, norm, sub
from rvd.core.kernel import Vec, kernel


@kernel
def cone(r: Vec, apex: Vec, axis: Vec, half_angle: float) -> float:
    """Distance inside the surface of a cone, normal to it; negative outside, and behind the apex."""
    size = above_zero(norm(axis))
    d = sub(r, apex)
    along = dot(d, axis) / size
    across = math.sqrt(max(dot(d, d) - along * along, 0.0))
    s, c = sincos(half_angle)
    good = 0.0 if (half_angle > 0.0) & (half_angle < 0.5 * math.pi) else math.nan
    return along * s - across * c + good


@kernel
def sphere(r: Vec, centre: Vec, radius: float) -> float:
    """Distance outside a sphere; negative within."""
    return norm(sub(r, centre)) - above_zero(radius)


@kernel
def ellipsoid(r: Vec, centre: Vec, half_axes: Vec) -> float:
    """Distance outside an ellipsoid; negative within.

    The nearest point is a2 y / (t + a2) in each axis, with the one t above the negative of the least a2 that puts it
    onto the surface (D. Eberly, Distance from a Point to an Ellipsoid, 2013), by bisection.
    """
    a, b, c = above_zero(half_axes[0]), above_zero(half_axes[1]), above_zero(half_axes[2])
    least = min(a, min(b, c))
    d = sub(r, centre)
    # a point in the plane of symmetry that the shortest axis pierces is moved off it, by less than its digits
    tiny = 1e-15 * least
    x, y, z = max(abs(d[0]), tiny), max(abs(d[1]), tiny), max(abs(d[2]), tiny)
    u, v, w = a * x, b * y, c * z
    # t is counted from the negative of the least a2, where it may be tiny
    f, g, h = (a - least) * (a + least), (b - least) * (b + least), (c - least) * (c + least)
    low, high = 0.0, math.sqrt(u * u + v * v + w * w)
    for _ in range(120):
        t = 0.5 * (low + high)
        p, q, s = u / (t + f), v / (t + g), w / (t + h)
        beyond = p * p + q * q + s * s > 1.0
        low, high = t if beyond else low, high if beyond else t
    t = 0.5 * (low + high)
    p, q, s = a * u / (t + f) - x, b * v / (t + g) - y, c * w / (t + h) - z
    distance = math.sqrt(p * p + q * q + s * s)
    p, q, s = x / a, y / b, z / c
    return distance if p * p + q * q + s * s > 1.0 else -distance


@kernel
def speed(r: Vec, v: Vec, at_contact: float, slope: float, most: float) -> float:
    """The limit of the speed at this distance, less the speed: at_contact + slope times the distance, up to `most`."""
    limit = not_negative(at_contact) + not_negative(slope) * norm(r)
    top = not_negative(most)
    return (top if top < limit else limit) - norm(v) + 0.0 * top
