"""The exact relative model: the target about its central body, and the chaser relative to it, on inertial axes.

Both bodies feel central gravity, J2, two third bodies and the drag of a co-rotating exponential atmosphere.
No differential acceleration is the difference of two large numbers: point masses enter with Battin's f(q)
(R. H. Battin, An Introduction to the Mathematics and Methods of Astrodynamics, 1999, section 8.4), J2 with the
differences of the powers of distance expanded the same way. Differencing two float64 trajectories instead floors
at 0.04 to 5 micrometres, whatever the integrator.

The pole of J2 and of the spin is +z of the inertial axes. With j2 = density = 0 and third bodies, the same model
serves lunar orbits. `eci` in a name means "the inertial axes of the central body".
"""

import math
from typing import NamedTuple

import numpy as np

from rvd.core.algebra.elementary import exp
from rvd.core.algebra.vec import add, axpy, dot, scale, sub
from rvd.core.kernel import Vec, kernel

Sky = tuple[float, float, float, float, float, float, float, float]

#: The largest power of e that `drag` forms.
MOST = 300.0


class Environment(NamedTuple):
    """The central body and its atmosphere; density = rho at `reference_radius`, falling by 1/e a scale height."""

    #: Gravitational parameter of the central body, m3/s2.
    mu: float
    #: Its second zonal harmonic, a number.
    j2: float
    #: The radius that J2 is told for, m.
    radius: float
    #: Rate at which the air turns about +z of the inertial axes, rad/s.
    spin: float
    #: Density of the air at `reference_radius`, kg/m3; 0: no drag.
    density: float
    #: Distance from the centre at which the density is told, m.
    reference_radius: float
    #: Height over which the density falls by 1/e, m; not zero.
    scale_height: float


class Forces(NamedTuple):
    """What acts on both craft at one instant."""

    #: The central body and its air.
    environment: Environment
    #: Cd A / m of the target, m2/kg.
    ballistic_target: float
    #: Cd A / m of the chaser, m2/kg.
    ballistic_chaser: float
    #: (mu, x, y, z) of two third bodies, m3/s2 and m from the central body, inertial axes.
    sky: Sky
    #: Acceleration of the chaser alone, m/s2, inertial axes.
    push_eci: Vec


@kernel
def compress(q: float) -> tuple[float, float, float]:
    """1 - (1+q)^(-3/2), 1 - (1+q)^(-5/2), 1 - (1+q)^(-7/2) to full relative accuracy for any q > -1."""
    root = math.sqrt(1.0 + q)
    cube = root * (1.0 + q)
    f3 = q * (3.0 + q * (3.0 + q)) / ((1.0 + cube) * cube)
    p = q / (1.0 + q)
    f5 = f3 + p * (1.0 - f3)
    return f3, f5, f5 + p * (1.0 - f5)


@kernel
def gravity(environment: Environment, rt: Vec, dr: Vec) -> tuple[Vec, Vec]:
    """Central gravity and J2: acceleration of the target, and of the chaser relative to it (m/s2)."""
    x, y, z = rt
    dx, dy, dz = dr
    r2 = x * x + y * y + z * z
    i2 = 1.0 / r2
    i3 = i2 * math.sqrt(i2)
    q = (dx * (dx + x + x) + dy * (dy + y + y) + dz * (dz + z + z)) * i2
    f3, f5, f7 = compress(q)
    g = environment.mu * i3
    oblate = 1.5 * environment.j2 * environment.radius * environment.radius * g * i2
    tilt = 5.0 * oblate * i2
    level = tilt * z * z
    a = level - oblate - g
    at = (a * x, a * y, (a - 2.0 * oblate) * z)
    xc, yc, zc = x + dx, y + dy, z + dz
    # each line is (value at the chaser) - (value at the target) of one factor, times the chaser's position
    d = tilt * (dz * (z + zc) - f7 * zc * zc) + oblate * f5 + g * f3
    e = d + 2.0 * oblate * f5
    return at, (a * dx + d * xc, a * dy + d * yc, (a - 2.0 * oblate) * dz + e * zc)


@kernel
def third_body(mu: float, s: Vec, rt: Vec, dr: Vec) -> tuple[Vec, Vec]:
    """A third body at `s` from the central body: acceleration of the target, and relative; mu = 0 gives zero."""
    pad = 1.0 if mu == 0.0 else 0.0
    d = sub(s, rt)
    d2 = dot(d, d) + pad
    s2 = dot(s, s) + pad
    near = mu / (d2 * math.sqrt(d2))
    far = mu / (s2 * math.sqrt(s2))
    q = dot(dr, sub(sub(dr, d), d)) / d2
    cube = (1.0 + q) * math.sqrt(1.0 + q)
    f = q * (3.0 + q * (3.0 + q)) / (1.0 + cube)
    return sub(scale(near, d), scale(far, s)), scale(-near / cube, axpy(f, d, dr))


@kernel
def drag(
    environment: Environment,
    ballistic_target: float,
    ballistic_chaser: float,
    rt: Vec,
    vt: Vec,
    dr: Vec,
    dv: Vec,
) -> tuple[Vec, Vec]:
    """Drag on the target and on the chaser relative to it (m/s2); `ballistic` is Cd A / m in m2/kg."""
    x, y, z = rt
    dx, dy, dz = dr
    r2 = x * x + y * y + z * z
    r = math.sqrt(r2)
    q = (dx * (dx + x + x) + dy * (dy + y + y) + dz * (dz + z + z)) / r2
    rise = r * q / (1.0 + math.sqrt(1.0 + q))
    # far below the reference exp would overflow, and no air times infinity is no number
    rho = environment.density * exp(min((environment.reference_radius - r) / environment.scale_height, MOST))
    rho_c = rho * exp(min(-rise / environment.scale_height, MOST))
    w = environment.spin
    u = (vt[0] + w * y, vt[1] - w * x, vt[2])
    e = (dv[0] + w * dy, dv[1] - w * dx, dv[2])
    c = add(u, e)
    kt = -0.5 * ballistic_target * rho * math.sqrt(dot(u, u))
    kc = -0.5 * ballistic_chaser * rho_c * math.sqrt(dot(c, c))
    return scale(kt, u), axpy(kc - kt, u, scale(kc, e))


@kernel
def acceleration(forces: Forces, rt: Vec, vt: Vec, dr: Vec, dv: Vec) -> tuple[Vec, Vec]:
    """Acceleration of the target, and of the chaser relative to it, on inertial axes (m/s2)."""
    sky = forces.sky
    at, ar = gravity(forces.environment, rt, dr)
    ad, rd = drag(
        forces.environment,
        ballistic_target=forces.ballistic_target,
        ballistic_chaser=forces.ballistic_chaser,
        rt=rt,
        vt=vt,
        dr=dr,
        dv=dv,
    )
    a1, r1 = third_body(sky[0], (sky[1], sky[2], sky[3]), rt, dr)
    a2, r2 = third_body(sky[4], (sky[5], sky[6], sky[7]), rt, dr)
    return add(add(at, ad), add(a1, a2)), add(add(add(ar, rd), add(r1, r2)), forces.push_eci)


@kernel
def step(
    environment: Environment,
    ballistic_target: float,
    ballistic_chaser: float,
    sky_begin: Sky,
    sky_middle: Sky,
    sky_end: Sky,
    rt: Vec,
    vt: Vec,
    dr: Vec,
    dv: Vec,
    push_eci: Vec,
    h: float,
):
    """One classical Runge-Kutta step of `h` seconds: (rt, vt, dr, dv). `push_eci` is constant over the step."""
    begin = Forces(environment, ballistic_target, ballistic_chaser, sky_begin, push_eci)
    middle, end = begin._replace(sky=sky_middle), begin._replace(sky=sky_end)
    k = 0.5 * h
    a1, b1 = acceleration(begin, rt, vt, dr, dv)
    v2 = axpy(k, a1, vt)
    w2 = axpy(k, b1, dv)
    a2, b2 = acceleration(middle, axpy(k, vt, rt), v2, axpy(k, dv, dr), w2)
    v3 = axpy(k, a2, vt)
    w3 = axpy(k, b2, dv)
    a3, b3 = acceleration(middle, axpy(k, v2, rt), v3, axpy(k, w2, dr), w3)
    v4 = axpy(h, a3, vt)
    w4 = axpy(h, b3, dv)
    a4, b4 = acceleration(end, axpy(h, v3, rt), v4, axpy(h, w3, dr), w4)
    return (
        axpy(h, weigh(vt, v2, v3, v4), rt),
        axpy(h, weigh(a1, a2, a3, a4), vt),
        axpy(h, weigh(dv, w2, w3, w4), dr),
        axpy(h, weigh(b1, b2, b3, b4), dv),
    )


#: Most that a craft may turn about the centre in a `step`, rad: in a revolution that errs by 1e-5 of the separation.
MOST_TURN = 0.05


def too_long(h: float, mu: float, nearest: float, most: float = MOST_TURN) -> str:
    """What is wrong with steps of `h` seconds where the craft come to `nearest` m of the centre; "" if nothing is."""
    if h == 0.0:
        return ""
    rate = math.sqrt(mu / nearest) / nearest if nearest > 0.0 else math.inf
    if abs(h) * rate <= most:
        return ""
    return (
        f"a step of {abs(h):.6g} s is too long {nearest:.6g} m from the centre, where a craft turns by "
        f"{abs(h) * rate:.2g} rad in it: give steps of at most {most / rate:.3g} s"
    )


@kernel
def fall(environment: Environment, rt: Vec, vt: Vec, dr: Vec, dv: Vec, h: float):
    """`step` without air, third bodies or thrust, in a third of its time and with its bits: (rt, vt, dr, dv)."""
    k = 0.5 * h
    a1, b1 = gravity(environment, rt, dr)
    v2, w2 = axpy(k, a1, vt), axpy(k, b1, dv)
    a2, b2 = gravity(environment, axpy(k, vt, rt), axpy(k, dv, dr))
    v3, w3 = axpy(k, a2, vt), axpy(k, b2, dv)
    a3, b3 = gravity(environment, axpy(k, v2, rt), axpy(k, w2, dr))
    v4, w4 = axpy(h, a3, vt), axpy(h, b3, dv)
    a4, b4 = gravity(environment, axpy(h, v3, rt), axpy(h, w3, dr))
    return (
        axpy(h, weigh(vt, v2, v3, v4), rt),
        axpy(h, weigh(a1, a2, a3, a4), vt),
        axpy(h, weigh(dv, w2, w3, w4), dr),
        axpy(h, weigh(b1, b2, b3, b4), dv),
    )


@kernel
def sky_of(skies: np.ndarray, k: int) -> tuple[float, float, float, float, float, float, float, float]:
    """Row k of a table (n, 8) of third bodies, or its last."""
    k = min(k, skies.shape[0] - 1)
    return (
        skies[k, 0], skies[k, 1], skies[k, 2], skies[k, 3], skies[k, 4], skies[k, 5], skies[k, 6], skies[k, 7]
    )  # fmt: skip


@kernel
def weigh(a: Vec, b: Vec, c: Vec, d: Vec) -> Vec:
    """The Runge-Kutta mean (a + 2 b + 2 c + d) / 6."""
    return scale(1.0 / 6.0, add(add(a, d), scale(2.0, add(b, c))))


@kernel
def pulse(dr: Vec, dv: Vec, impulse_eci: Vec, time_left: float) -> tuple[Vec, Vec]:
    """A thrust pulse shorter than a step, applied to the state at the end of it: (dr, dv).

    `impulse_eci` is force times time over mass (m/s); `time_left` runs from the pulse's centroid to the end of
    the step. What it leaves out, the bend of gravity on the pulse itself, is impulse n2 time_left3: 1e-6 of dr.
    """
    return axpy(time_left, impulse_eci, dr), add(dv, impulse_eci)
