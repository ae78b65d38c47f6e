"""Rendezvous between circular orbits of different radius: waiting, plane changes, phasing at the node.

Source: D. A. Vallado, Fundamentals of Astrodynamics, 2013, sections 6.5 and 6.6. Two-body motion, impulses.
"""

import math

from rvd.core.algebra.allowed import above_zero, angle
from rvd.core.algebra.elementary import exp, log, sincos
from rvd.core.kernel import kernel

TURN = 2.0 * math.pi
COUNTABLE = 1e15
"""An angle (rad) beyond which a turn is lost in rounding."""


@kernel
def _speed(r: float, size: float, mu: float) -> float:
    """Speed at the distance r on an orbit of semi-major axis `size` (vis-viva)."""
    return math.sqrt(mu * (2.0 / r - 1.0 / size))


@kernel
def _turn_rate(r: float, mu: float) -> float:
    """Mean motion at the semi-major axis r."""
    return math.sqrt(mu / r) / r


@kernel
def wait(r_from: float, r_to: float, ahead: float, mu: float) -> tuple[float, float, float, float]:
    """Wait, both burns and time of flight of a Hohmann transfer that meets a target `ahead` rad ahead now.

    The target has to be pi less its own way ahead when the chaser burns; the wait is the first from now on, of those
    that come back with the synodic period.
    """
    mu, a, b = above_zero(mu), above_zero(r_from), above_zero(r_to)
    half = 0.5 * (a + b)
    flight = math.pi / _turn_rate(half, mu)
    slip = _turn_rate(b, mu) - _turn_rate(a, mu)
    needed = math.pi - _turn_rate(b, mu) * flight - angle(ahead)
    # of so many turns no whole ones can be told
    needed = needed if abs(needed) < COUNTABLE else math.nan
    # the turns are taken off toward a wait from zero on
    turns = needed / TURN
    over = needed - TURN * math.floor(turns) if slip > 0.0 else needed - TURN * math.ceil(turns)
    first = _speed(a, half, mu) - _speed(a, a, mu)
    second = _speed(b, b, mu) - _speed(b, half, mu)
    return over / slip, first, second, flight


@kernel
def tilted(v: float, w: float, apart: float) -> float:
    """Length of the difference of two velocities v and w, `apart` rad from one another, without its cancellation."""
    s, _ = sincos(0.5 * apart)
    return math.sqrt((v - w) * (v - w) + 4.0 * v * w * s * s)


@kernel
def split_plane_change(r_from: float, r_to: float, tilt: float, mu: float) -> tuple[float, float, float]:
    """How much of a plane change the first burn of a Hohmann transfer takes (rad), and both burns, at the least sum.

    Where the slopes of both burns are equal: v w sin / dv (Vallado 2013, section 6.5.3), by bisection.
    """
    mu, a, b = above_zero(mu), above_zero(r_from), above_zero(r_to)
    half = 0.5 * (a + b)
    v1, w1 = _speed(a, a, mu), _speed(a, half, mu)
    v2, w2 = _speed(b, b, mu), _speed(b, half, mu)
    whole = tilt if (tilt >= 0.0) & (tilt <= math.pi) else math.nan
    low, high = 0.0, whole
    for _ in range(60):
        part = 0.5 * (low + high)
        s1, _ = sincos(part)
        s2, _ = sincos(whole - part)
        dv1, dv2 = tilted(v1, w1, part), tilted(v2, w2, whole - part)
        under = v1 * w1 * s1 * dv2 < v2 * w2 * s2 * dv1
        low, high = part if under else low, high if under else part
    part = 0.5 * (low + high)
    return part, tilted(v1, w1, part), tilted(v2, w2, whole - part)


@kernel
def at_the_node(
    r_from: float,
    r_to: float,
    to_node: float,
    target_place: float,
    tilt: float,
    turns: float,
    turns_target: float,
    mu: float,
) -> tuple[float, float, float, float, float, float]:
    """Times of the three burns' intervals and the burns of a rendezvous out of plane by phasing at the node.

    Source: Vallado 2013, section 6.6.3. (wait to the node, time of the phasing turns, time of flight, phasing burn,
    first burn of the transfer, last burn with the plane change). NaN where the phasing ellipse would have no time or
    reach the centre.
    """
    mu, a, b = above_zero(mu), above_zero(r_from), above_zero(r_to)
    half = 0.5 * (a + b)
    whole = (turns == math.floor(turns)) & (turns >= 1.0) & (turns_target == math.floor(turns_target))
    count = turns if whole & (to_node >= 0.0) & (tilt >= 0.0) & (tilt <= math.pi) else math.nan
    first = to_node / _turn_rate(a, mu)
    flight = math.pi / _turn_rate(half, mu)
    lap = ((math.pi + TURN * turns_target - target_place) / _turn_rate(b, mu) - first - flight) / count
    n = TURN / above_zero(lap)
    size = exp(log(mu / (n * n)) / 3.0)
    phasing = _speed(a, size if 2.0 * size > a else math.nan, mu)
    return (
        first,
        lap * count,
        flight,
        phasing - _speed(a, a, mu),
        _speed(a, half, mu) - phasing,
        tilted(_speed(b, half, mu), _speed(b, b, mu), tilt),
    )
