"""Kepler's problem for every conic: ellipse, parabola, hyperbola and the straight line, in universal variables.

Source: R. H. Battin, An Introduction to the Mathematics and Methods of Astrodynamics, 1999, section 4.5 (the
functions U0 to U3), solved by the iteration of Laguerre and Conway (B. A. Conway, Celestial Mechanics 39, 1986)
inside a bracket: time is a rising function of the universal anomaly, so the root cannot be lost.
"""

import math

from rvd.core.algebra.elementary import atan2, cos, exp, log, sin
from rvd.core.algebra.vec import add, cross, dot, scale, sub
from rvd.core.kernel import Vec, kernel


@kernel
def stumpff(z: float) -> tuple[float, float]:
    """c2(z) = (1 - cos sqrt z) / z and c3(z) = (sqrt z - sin sqrt z) / sqrt(z)3, for any sign of z."""
    if abs(z) < 1.0:
        c2, c3, term = 0.0, 0.0, 0.5
        for k in range(11):
            c2 += term
            c3 += term / (2 * k + 3)
            term *= -z / ((2 * k + 3) * (2 * k + 4))
        return c2, c3
    if z > 0.0:
        s = math.sqrt(z)
        half = sin(0.5 * s)
        return 2.0 * half * half / z, (s - sin(s)) / (z * s)
    s = math.sqrt(-z)
    up = exp(s)
    down = 1.0 / up
    return (0.5 * (up + down) - 1.0) / -z, (0.5 * (up - down) - s) / (-z * s)


@kernel
def universal(alpha: float, chi: float) -> tuple[float, float, float, float]:
    """Battin's U0, U1, U2, U3 of the universal anomaly `chi` (m^0.5); `alpha` = 1 / semi-major axis."""
    z = alpha * chi * chi
    c2, c3 = stumpff(z)
    return 1.0 - z * c2, chi * (1.0 - z * c3), chi * chi * c2, chi * chi * chi * c3


@kernel
def hyperbolic_guess(goal: float, distance: float, sigma: float, alpha: float) -> float:
    """Where the exponential part alone would reach `goal` (Vallado, algorithm 8), if that is nearer than a line."""
    chi = goal / distance
    unit = math.sqrt(-1.0 / alpha)
    way = 1.0 if goal > 0.0 else -1.0
    ratio = -2.0 * alpha * goal / (sigma + way * unit * (1.0 - distance * alpha))
    if ratio > 2.718281828459045:
        far = unit * log(ratio)
        chi = way * min(abs(chi), far)
    return chi


@kernel
def anomaly_after(mu: float, t: float, distance: float, sigma: float, alpha: float) -> float:
    """Universal anomaly reached after `t`; `sigma` = r.v / sqrt(mu). NaN if anything is not finite."""
    goal = math.sqrt(mu) * t
    low, high = (0.0, math.inf) if t > 0.0 else (-math.inf, 0.0)
    chi = goal / distance
    if alpha > 0.0:
        whole = 2.0 * math.pi / math.sqrt(alpha)
        low, high = (0.0, whole) if t > 0.0 else (-whole, 0.0)
        chi = alpha * goal
    if alpha < 0.0:
        chi = hyperbolic_guess(goal, distance, sigma, alpha)
    for _ in range(100):
        _, u1, u2, u3 = universal(alpha, chi)
        f = distance * u1 + sigma * u2 + u3 - goal
        if f == 0.0:
            return chi
        if f < 0.0:
            low = chi
        else:
            high = chi
        slope = distance + sigma * u1 + (1.0 - alpha * distance) * u2
        bend = sigma * (1.0 - alpha * u2) + (1.0 - alpha * distance) * u1
        root = math.sqrt(abs(16.0 * slope * slope - 20.0 * f * bend))
        following = chi - 5.0 * f / (slope + root)
        # Laguerre's step errs by the third power of the last: after one of 1e-8 nothing is left
        enough = 1e-8
        if not (low <= following <= high):
            enough = 2e-16
            following = 0.5 * (low + high)
            if math.isinf(following):
                following = 2.0 * chi
        if abs(following - chi) <= enough * abs(chi) or math.isnan(following):
            return following
        chi = following
    return chi


@kernel
def by_periapsis(mu: float, t: float, r: Vec, v: Vec, alpha: float) -> tuple[Vec, Vec, float]:
    """(r, v, t) of the same hyperbola from its periapsis, where it comes from afar and `t` leads towards it.

    alpha: 1 / semi-major axis.

    From afar f r and g v grow as exp of the anomaly flown and cancel; from the periapsis they stand at right angles.
    Every other state is given back as it is. Source: Battin, section 4.3 (eccentricity vector), 4.4 (hyperbola).
    """
    distance = math.sqrt(dot(r, r))
    sigma = dot(r, v) / math.sqrt(mu)
    h = cross(r, v)
    p = dot(h, h) / mu
    if not (alpha < 0.0 and sigma * t < 0.0 and p > 0.0):
        return r, v, t
    e = math.sqrt(1.0 - alpha * p)
    sine = sigma * math.sqrt(-alpha) / e  # sinh of the hyperbolic anomaly
    size = log(abs(sine) + math.sqrt(sine * sine + 1.0))
    if size < 2.0:
        return r, v, t
    anomaly = size if sine > 0.0 else -size
    since = (e * sine - anomaly) / (math.sqrt(-alpha * mu) * -alpha)
    toward = sub(scale(1.0 / mu, cross(v, h)), scale(1.0 / distance, r))
    axis = scale(1.0 / math.sqrt(dot(toward, toward)), toward)
    speed = mu * (1.0 + e) / dot(h, h)
    return scale(p / (1.0 + e), axis), scale(speed, cross(h, axis)), since + t


@kernel
def coast(r: Vec, v: Vec, mu: float, t: float) -> tuple[Vec, Vec]:
    """State (r, v) after `t` seconds (any sign) of two-body motion, for every conic; inertial axes.

    Whole revolutions are taken off first. Limit: a fall through the centre (r = 0) has no continuation.
    """
    alpha = 2.0 / math.sqrt(dot(r, r)) - dot(v, v) / mu
    r, v, t = by_periapsis(mu, t, r, v, alpha)
    distance = math.sqrt(dot(r, r))
    root = math.sqrt(mu)
    sigma = dot(r, v) / root
    rest = t
    if alpha > 0.0:
        period = 2.0 * math.pi / (root * alpha * math.sqrt(alpha))
        rest = t - period * math.floor(t / period + 0.5)
    chi = anomaly_after(mu, rest, distance, sigma, alpha)
    u0, u1, u2, _ = universal(alpha, chi)
    reached = distance * u0 + sigma * u1 + u2
    f = 1.0 - u2 / distance
    g = (distance * u1 + sigma * u2) / root
    f_dot = -root * u1 / (reached * distance)
    g_dot = 1.0 - u2 / reached
    return add(scale(f, r), scale(g, v)), add(scale(f_dot, r), scale(g_dot, v))


@kernel
def sine_deficit(x: float) -> float:
    """x - sin x without its cancellation near zero."""
    _, c3 = stumpff(x * x)
    return x * x * x * c3


@kernel
def eccentric_from_mean(e: float, mean: float) -> float:
    """Eccentric anomaly (rad) of an ellipse, 0 <= e < 1, on the same revolution as `mean`."""
    turns = math.floor(mean / (2.0 * math.pi) + 0.5)
    m = mean - 2.0 * math.pi * turns
    low, high = -math.pi, math.pi
    x = m + e * sin(m)
    for _ in range(60):
        # (1 - e) x + e (x - sin x): keeps its digits at e near one
        f = (1.0 - e) * x + e * sine_deficit(x) - m
        if f == 0.0:
            break
        if f < 0.0:
            low = x
        else:
            high = x
        slope = 1.0 - e * cos(x)
        following = x - f / (slope - 0.5 * f * e * sin(x) / slope)
        enough = 1e-8  # Halley's step errs by the third power of the last
        if not (low <= following <= high):
            enough = 2e-16
            following = 0.5 * (low + high)
        done = abs(following - x) <= enough * abs(x)
        x = following
        if done:
            break
    return x + 2.0 * math.pi * turns


@kernel
def mean_from_eccentric(e: float, eccentric: float) -> float:
    """Kepler's equation, e < 1."""
    return (1.0 - e) * eccentric + e * sine_deficit(eccentric)


@kernel
def true_from_eccentric(e: float, eccentric: float) -> float:
    """True anomaly on the same revolution, e < 1 (the form without tangents)."""
    beta = e / (1.0 + math.sqrt((1.0 - e) * (1.0 + e)))
    return eccentric + 2.0 * atan2(beta * sin(eccentric), 1.0 - beta * cos(eccentric))


@kernel
def eccentric_from_true(e: float, true: float) -> float:
    """Eccentric anomaly on the same revolution, e < 1."""
    beta = e / (1.0 + math.sqrt((1.0 - e) * (1.0 + e)))
    return true - 2.0 * atan2(beta * sin(true), 1.0 + beta * cos(true))


@kernel
def true_from_mean(e: float, mean: float) -> float:
    """True anomaly on the same revolution, e < 1."""
    return true_from_eccentric(e, eccentric_from_mean(e, mean))


@kernel
def mean_from_true(e: float, true: float) -> float:
    """Mean anomaly on the same revolution, e < 1."""
    return mean_from_eccentric(e, eccentric_from_true(e, true))
