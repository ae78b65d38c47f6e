"""Natural motion about a target: ellipses, safety ellipses, teardrops, circumnavigation.

Frame: hill (x outward, y along track, z normal); u is the mean argument of latitude, rad, n the target's mean motion.
`ei` are the six relative elements times the semi-major axis, m: da, dl (its mean place along track), the relative
eccentricity vector (2) and the relative inclination vector (2).
Source: S. D'Amico, Autonomous Formation Flying in Low Earth Orbit, TU Delft 2010, chapter 2; as named in each.
"""

import math

from rvd.core.algebra.allowed import MOST_ECCENTRIC, MOST_TURNED, above_zero, angle, turned
from rvd.core.algebra.elementary import acos, asin, sincos
from rvd.core.kernel import Vec, kernel
from rvd.core.motion import cw
from rvd.core.orbit.kepler import eccentric_from_mean, eccentric_from_true, true_from_eccentric

Six = tuple[float, float, float, float, float, float]


@kernel
def ellipse_velocity(x: float, y: float, centre: float, n: float) -> Vec:
    """Velocity at (x, y) on the 2:1 ellipse about (0, centre): (n (y - centre) / 2, -2 n x, 0), without drift."""
    n = above_zero(n)
    return (0.5 * n * (y - centre), -2.0 * n * x, 0.0)


@kernel
def circumnavigation(along: float, tilt: float, n: float) -> Vec:
    """Velocity on the V-bar at y = along that circles the target; z reaches tan(tilt) times x."""
    s, c = sincos(tilt)
    v = 0.5 * above_zero(n) * along
    steep = s / c if abs(tilt) < 0.5 * math.pi else math.nan
    return (v, 0.0, -v * steep)


@kernel
def from_ei(ei: Six, u: float, n: float) -> tuple[Vec, Vec]:
    """Place and velocity in hill from the six elements in metres (D'Amico 2010, eq. 2.17, 2.18)."""
    da, dl, ex, ey, ix, iy = ei
    n = above_zero(n)
    s, c = sincos(angle(u))
    near, far = ex * c + ey * s, ex * s - ey * c
    return (
        (da - near, dl + 2.0 * far, ix * s - iy * c),
        (n * far, n * (2.0 * near - 1.5 * da), n * (ix * c + iy * s)),
    )


@kernel
def to_ei(r: Vec, v: Vec, u: float, n: float) -> Six:
    """The six elements in metres from place and velocity in hill: the inverse of `from_ei`."""
    n = above_zero(n)
    s, c = sincos(angle(u))
    da = 4.0 * r[0] + 2.0 * v[1] / n
    near, far = da - r[0], v[0] / n
    lift = v[2] / n
    return (
        da,
        r[1] - 2.0 * far,
        near * c + far * s,
        near * s - far * c,
        r[2] * s + lift * c,
        lift * s - r[2] * c,
    )


@kernel
def safety_ellipse(
    radial: float, normal: float, along: float, phase: float, u: float, n: float
) -> tuple[Vec, Vec]:
    """Place and velocity on a drift-free ellipse whose eccentricity and inclination vectors are parallel.

    Where the chaser crosses the V-bar's height it is farthest across the plane, so it never comes near the V-bar.
    """
    s, c = sincos(angle(phase))
    return from_ei((0.0, along, radial * c, radial * s, normal * c, normal * s), u, n)


@kernel
def _off(ei: Six, u: float) -> Vec:
    """Square of the distance from the V-bar at u, its slope, and the slope's slope."""
    da, _, ex, ey, ix, iy = ei
    s, c = sincos(u)
    x, dx = da - ex * c - ey * s, ex * s - ey * c
    z, dz = ix * s - iy * c, ix * c + iy * s
    return x * x + z * z, 2.0 * (x * dx + z * dz), 2.0 * (dx * dx + dz * dz + x * (da - x) - z * z)


@kernel
def _root(ei: Six, low: float, high: float, which: int) -> float:
    """Where slope (1) or curvature (2) of the square of the distance changes its sign, between two u."""
    rising = _off(ei, low)[which] < 0.0
    for _ in range(50):
        middle = 0.5 * (low + high)
        before = (_off(ei, middle)[which] < 0.0) == rising
        low, high = middle if before else low, high if before else middle
    return 0.5 * (low + high)


@kernel
def _valley(ei: Six, low: float, high: float) -> float:
    """The square of the distance at the minimum between a falling slope and a rising one; else at low."""
    falls, rises = _off(ei, low)[1] < 0.0, _off(ei, high)[1] > 0.0
    return _off(ei, _root(ei, low, high, 1) if falls & rises else low)[0]


@kernel
def least_separation(ei: Six) -> float:
    """Least distance from the V-bar, that is normal to the flight path, over a revolution of `from_ei`.

    For da = 0 it is D'Amico (2010, eq. 2.22, number unverified). Each of 64 parts of a turn is cut where its curvature
    changes sign: in each piece the slope has one direction, so it holds a minimum or none, which bisection finds.
    """
    part = 2.0 * math.pi / 64.0
    best = math.inf
    for k in range(64):
        low, high = k * part, (k + 1.0) * part
        bent = (_off(ei, low)[2] < 0.0) != (_off(ei, high)[2] < 0.0)
        cut = _root(ei, low, high, 2) if bent else high
        best = min(best, min(_valley(ei, low, cut), _valley(ei, cut, high)))
    return math.sqrt(best)


@kernel
def _closing(tau: float, turn: float, burn: float) -> float:
    """y after tau from (turn, 0) with the velocity along track that leads to the height `burn`, times 2 (1 - cos)."""
    s, _ = sincos(tau)
    half, _ = sincos(0.5 * tau)
    vers = 2.0 * half * half
    return 12.0 * vers * (s - tau) * turn + (4.0 * s - 3.0 * tau) * (burn - (1.0 + 3.0 * vers) * turn)


@kernel
def teardrop(turn: float, burn: float, n: float) -> tuple[Vec, Vec, float]:
    """Velocity after each burn, the burn, and the time between two, of a teardrop on the R-bar.

    The chaser turns round at the height `turn` and burns at the height `burn`, on the R-bar both. Half of the time is
    the one root below a turn of y = 0 (Clohessy-Wiltshire). NaN where the heights are equal.
    """
    n = above_zero(n)
    sign = 1.0 if burn > turn else -1.0
    low, high = 0.0, 2.0 * math.pi
    for _ in range(60):
        tau = 0.5 * (low + high)
        before = sign * _closing(tau, turn, burn) > 0.0
        low, high = tau if before else low, high if before else tau
    tau = 0.5 * (low + high) if burn != turn else math.nan
    half, _ = sincos(0.5 * tau)
    vers = 2.0 * half * half
    along = n * (burn - (1.0 + 3.0 * vers) * turn) / (2.0 * vers)
    _, (vx, vy, _) = cw.coast((turn, 0.0, 0.0), (0.0, along, 0.0), n, tau / n)
    return (-vx, vy, 0.0), (-2.0 * vx, 0.0, 0.0), 2.0 * tau / n


@kernel
def teardrop_by_dwell(burn: float, dwell: float, n: float) -> tuple[Vec, Vec, float]:
    """Velocity after each burn, the burn, and the height of the turn, of a teardrop that takes `dwell` seconds."""
    tau = turned(n, above_zero(dwell))
    short = tau if tau < 2.0 * math.pi else math.nan
    start = (burn, 0.0, 0.0)
    vx, vy, _ = cw.velocity_to(start, start, n, short / n)
    top, _ = cw.coast(start, (vx, vy, 0.0), n, 0.5 * short / n)
    return (vx, vy, 0.0), (2.0 * vx, 0.0, 0.0), top[0]


@kernel
def circumnavigating(
    target: Six, radial: float, normal: float, along: float, drift: float, phase: float
) -> Six:
    """Elements of a chaser that circles a target on an ellipse: D. Tong, 2024, section 4.

    a - drift / (3 pi) and e + radial / a; a plane tilted by normal / a about the point `phase` after the perigee; the
    true anomaly less the turn of the node, plus 2 de sin nu, plus along / a.
    """
    a, e, i, raan, argp, mean = target
    de, di = radial / a, normal / a
    shape = e + de
    ok = (a > 0.0) & (e >= 0.0) & (e <= MOST_ECCENTRIC) & (shape >= 0.0) & (shape <= MOST_ECCENTRIC)
    good = 1.0 if ok & (abs(mean) <= MOST_TURNED) else math.nan
    e, shape, mean = e if ok else 0.0, shape if ok else 0.0, mean if good == 1.0 else 0.0
    nu = true_from_eccentric(e, eccentric_from_mean(e, mean))
    st, ct = sincos(phase + argp)
    sd, cd = sincos(di)
    si, ci = sincos(i)
    tilted = acos(cd * ci - sd * si * ct)
    sc, _ = sincos(tilted)
    node = asin(sd * st / sc)
    sn, _ = sincos(nu)
    there = nu - node * ci + 2.0 * de * sn + along / a
    sound = abs(there) <= MOST_TURNED
    around = eccentric_from_true(shape, there if sound else math.nan)
    sa, _ = sincos(around)
    return (
        good * (a - drift / (3.0 * math.pi)),
        shape,
        tilted,
        raan + node,
        argp,
        around - shape * sa,
    )
