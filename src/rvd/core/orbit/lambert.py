"""Lambert's problem, single and multi-revolution: the velocities that join two points in a given time.

Source: D. Izzo, Revisiting Lambert's problem, Celestial Mechanics and Dynamical Astronomy 121 (2015) 1-15;
equation numbers below are his. `revolutions` whole turns are flown first; with revolutions > 0 two orbits exist,
told apart by `left`: Izzo's left root has the smaller x, that is the smaller eccentric anomaly swept per turn.
Limits: r1 and r2 in line with the centre (within 1e-14 rad) leave the plane undefined: a transfer of pi or of zero.
Nearer to it than that the plane is as uncertain as rounding makes the points, and the orbit still joins them.
"""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import acos, atan2, exp, log
from rvd.core.algebra.vec import add, cross, dot, norm, scale, sub
from rvd.core.kernel import Vec, kernel


class Transfer(NamedTuple):
    """Velocities at both ends; NaN where no such orbit exists or the plane is undefined."""

    #: At the first place, m/s, inertial axes.
    v1: Vec
    #: At the second place, m/s, inertial axes.
    v2: Vec


@kernel
def time_of_flight(x: float, lam: float, revolutions: float) -> float:
    """Non-dimensional time of flight T(x) (9); Battin's series near x = 1 (20), Lancaster's form elsewhere (18)."""
    distance = abs(x - 1.0)
    if distance < 0.1:
        return _battin(x, lam, revolutions)
    e = x * x - 1.0
    y = math.sqrt(1.0 + lam * lam * e)
    g = x * y - lam * e
    # y - lam x and x - lam y without their cancellation as lam and x near one
    rest = (1.0 - lam) * (1.0 + lam)
    gap = rest / (y + lam * x) if lam * x > 0.0 else y - lam * x
    width = rest * (x * x * (1.0 + lam * lam) - lam * lam) / (x + lam * y) if lam * x > 0.0 else x - lam * y
    root = math.sqrt(abs(e))
    d = atan2(root * gap, g) + revolutions * math.pi if e < 0.0 else log(root * gap + g)
    return (width - d / root) / e


@kernel
def _battin(x: float, lam: float, revolutions: float) -> float:
    y = math.sqrt(1.0 - lam * lam * (1.0 - x * x))
    eta = y - lam * x
    s1 = 0.5 * (1.0 - lam - x * eta)
    q, term = 1.0, 1.0
    # the hypergeometric function 2F1(3, 1; 5/2; s1)
    for k in range(60):
        term *= (3.0 + k) / (2.5 + k) * s1
        q += term
        if abs(term) < 1e-17 * abs(q):
            break
    q *= 4.0 / 3.0
    t = 0.5 * (eta * eta * eta * q + 4.0 * lam * eta)
    under = abs(1.0 - x * x)
    return t + (revolutions * math.pi / (under * math.sqrt(under)) if revolutions > 0.0 else 0.0)


@kernel
def slopes(x: float, t: float, lam: float) -> tuple[float, float, float]:
    """First three derivatives of T(x) (22)."""
    u = 1.0 - x * x
    y = math.sqrt(1.0 - lam * lam * u)
    l2 = lam * lam
    l3 = l2 * lam
    d1 = (3.0 * t * x - 2.0 + 2.0 * l3 * x / y) / u
    d2 = (3.0 * t + 5.0 * x * d1 + 2.0 * (1.0 - l2) * l3 / (y * y * y)) / u
    y5 = y * y * y * y * y
    d3 = (7.0 * x * d2 + 8.0 * d1 - 6.0 * (1.0 - l2) * l2 * l3 * x / y5) / u
    return d1, d2, d3


@kernel
def shortest(lam: float, revolutions: float) -> tuple[float, float]:
    """(x, T) of the least time of flight with this many revolutions, by Halley's iteration on (22), bracketed."""
    low, high = -1.0, 1.0
    x = 0.0
    t = time_of_flight(x, lam, revolutions)
    for _ in range(80):
        d1, d2, d3 = slopes(x, t, lam)
        if d1 < 0.0:
            low = x
        else:
            high = x
        following = x - 2.0 * d1 * d2 / (2.0 * d2 * d2 - d1 * d3)
        if not low < following < high:
            following = 0.5 * (low + high)
        done = abs(following - x) < 1e-13
        x = following
        t = time_of_flight(x, lam, revolutions)
        if done:
            break
    return x, t


@kernel
def first_guess(lam: float, t: float, revolutions: float, left: bool) -> float:
    """Starting x (30, 31)."""
    if revolutions > 0.0:
        k = (revolutions + 1.0) * math.pi if left else 8.0 * t
        k = k / (8.0 * t) if left else k / (revolutions * math.pi)
        k = exp(2.0 / 3.0 * log(k))
        return (k - 1.0) / (k + 1.0)
    t0 = acos(lam) + lam * math.sqrt(1.0 - lam * lam)
    t1 = 2.0 / 3.0 * (1.0 - lam * lam * lam)
    if t >= t0:
        return exp(2.0 / 3.0 * log(t0 / t)) - 1.0
    if t < t1:
        l5 = lam * lam * lam * lam * lam
        return 2.5 * t1 * (t1 - t) / (t * (1.0 - l5)) + 1.0
    return exp(log(2.0) * log(t / t0) / log(t1 / t0)) - 1.0


@kernel
def solve(lam: float, t: float, revolutions: float, left: bool, turning: float) -> float:
    """x of time of flight `t` by Householder's iteration of third order, kept inside a bracket.

    `turning` is the x of the shortest time, where revolutions > 0; `left` asks for the root below it.
    """
    falls = revolutions == 0.0 or left
    low = -1.0 if falls else turning
    high = turning if left else 1.0
    if revolutions == 0.0:
        high = math.inf
    x = first_guess(lam, t, revolutions, left)
    if not low < x < high:
        x = 0.0 if revolutions == 0.0 else 0.5 * (low + high)
    for _ in range(200):
        now = time_of_flight(x, lam, revolutions)
        f = now - t
        if (f > 0.0) == falls:
            low = x
        else:
            high = x
        d1, d2, d3 = slopes(x, now, lam)
        step = f * (d1 * d1 - 0.5 * f * d2) / (d1 * (d1 * d1 - f * d2) + d3 * f * f / 6.0)
        following = x - step
        if not low <= following <= high:
            following = 0.5 * (low + high) if high < math.inf else 2.0 * abs(x) + 1.0
        done = abs(following - x) <= 1e-15 * max(1.0, abs(x))
        x = following
        if done:
            break
    return x


@kernel
def transfer(r1: Vec, r2: Vec, t: float, mu: float, prograde: bool, revolutions: int, left: bool) -> Transfer:
    """Velocities at r1 and r2 of the orbit that joins them in `t` seconds.

    prograde = angular momentum along +z; of a polar orbit it means the short way.

    With revolutions > 0 there are two such orbits or none; `left` chooses the one of smaller x.
    """
    none = (math.nan, math.nan, math.nan)
    d1, d2 = norm(r1), norm(r2)
    chord = norm(sub(r2, r1))
    s = 0.5 * (d1 + d2 + chord)
    along = dot(r1, r2)
    # r1 x r2, from the shorter of r2 - r1 and r2 + r1: that keeps the digits of points nearly in line
    h = cross(r1, sub(r2, r1) if along >= 0.0 else add(r2, r1))
    size = norm(h)
    if not (size > 1e-14 * d1 * d2) or not t > 0.0:
        return Transfer(none, none)
    # d1 d2 + r1.r2 and d1 d2 - r1.r2 are each without cancellation on one side; their product is |r1 x r2|2
    if along >= 0.0:
        together = d1 * d2 + along
        apart = size * size / together
    else:
        apart = d1 * d2 - along
        together = size * size / apart
    u1, u2, normal = scale(1.0 / d1, r1), scale(1.0 / d2, r2), scale(1.0 / size, h)
    short = (normal[2] >= 0.0) == prograde
    sign = 1.0 if short else -1.0
    lam = sign * math.sqrt(0.5 * together) / s  # lam2 = 1 - chord / s
    # of length one however far rounding tilts the normal of points nearly in line
    w1, w2 = cross(normal, u1), cross(normal, u2)
    t1, t2 = scale(sign / norm(w1), w1), scale(sign / norm(w2), w2)
    nondim = math.sqrt(2.0 * mu / (s * s * s)) * t
    turns = float(revolutions)
    turning = 0.0
    if revolutions > 0:
        turning, least = shortest(lam, turns)
        if nondim < least * (1.0 - 1e-14):  # the shortest time itself, to rounding, is taken
            return Transfer(none, none)
    x = solve(lam, nondim, turns, left, turning)
    y = math.sqrt(1.0 - lam * lam * (1.0 - x * x))
    gamma = math.sqrt(0.5 * mu * s)
    rho = dot(sub(r1, r2), add(r1, r2)) / ((d1 + d2) * chord)  # (d1 - d2) / chord
    sigma = math.sqrt(2.0 * apart) / chord  # sqrt(1 - rho2)
    a, b = lam * y - x, lam * y + x
    radial1, radial2 = gamma * (a - rho * b) / d1, -gamma * (a + rho * b) / d2
    around = gamma * sigma * (y + lam * x)
    v1 = add(scale(radial1, u1), scale(around / d1, t1))
    v2 = add(scale(radial2, u2), scale(around / d2, t2))
    return Transfer(v1, v2)
