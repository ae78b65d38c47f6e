"""Pressure of sunlight, and the shadow of a round body.

Source: Montenbruck & Gill, Satellite Orbits, 2000, sections 3.4 (pressure) and 3.4.2 (cone of shadow).
"""

import math

from rvd.core.algebra.elementary import acos, asin
from rvd.core.algebra.vec import dot, scale, sub
from rvd.core.constants import AU, RADIUS_SUN, SOLAR_PRESSURE
from rvd.core.kernel import Vec, kernel


@kernel
def lit(r: Vec, sun: Vec, radius: float) -> float:
    """Share of the Sun's disc seen from `r`, 0 to 1; `sun` and `r` from the centre of the shading body of `radius`."""
    toward = sub(sun, r)
    far = math.sqrt(dot(toward, toward))
    near = math.sqrt(dot(r, r))
    a = asin(RADIUS_SUN / far)
    b = asin(radius / near)
    c = acos(-dot(r, toward) / (near * far))
    # all is computed and one is chosen, so that lanes side by side stay side by side
    x = (c * c + a * a - b * b) / (2.0 * c)
    y = math.sqrt(max(a * a - x * x, 0.0))
    area = a * a * acos(x / a) + b * b * acos((c - x) / b) - c * y
    partly = 1.0 - area / (math.pi * a * a)
    ring = 1.0 - (b / a) * (b / a)
    seen = ring if c <= a - b else partly
    seen = 0.0 if c <= b - a else seen
    return 1.0 if c >= a + b else seen


@kernel
def umbra(r: Vec, sun: Vec, radius: float) -> bool:
    """Whether no part of the Sun's disc is seen from `r`: where `lit` is zero, without its angles."""
    toward = sub(sun, r)
    far2, near2 = dot(toward, toward), dot(r, r)
    a, b = RADIUS_SUN / math.sqrt(far2), radius / math.sqrt(near2)
    covered = math.sqrt((1.0 - a * a) * (1.0 - b * b)) + a * b
    return (b >= a) & (-dot(r, toward) >= covered * math.sqrt(near2 * far2))


@kernel
def pressure(r: Vec, sun: Vec, reflect: float) -> Vec:
    """Acceleration (m/s2) by sunlight of a body with `reflect` = Cr A / m (m2/kg), not shaded; away from the Sun."""
    away = sub(r, sun)
    d2 = dot(away, away)
    return scale(SOLAR_PRESSURE * AU * AU * reflect / (d2 * math.sqrt(d2)), away)


@kernel
def relative_pressure(
    rt: Vec, dr: Vec, sun: Vec, reflect_target: float, reflect_chaser: float, radius: float
) -> Vec:
    """Acceleration of the chaser relative to the target by sunlight; the body of `radius` shades each where it is.

    A plain difference: each term is about 1e-7 m/s2, so it errs by 1e-23. One shade for both would cost 3 mm in two
    revolutions 5 km apart (the shadow's edge crosses 1 km in 0.13 s).
    """
    c = (rt[0] + dr[0], rt[1] + dr[1], rt[2] + dr[2])
    a, b = pressure(rt, sun, reflect_target), pressure(c, sun, reflect_chaser)
    return sub(scale(lit(c, sun, radius), b), scale(lit(rt, sun, radius), a))
