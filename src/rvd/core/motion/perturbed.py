"""The exact relative model with the lesser forces too: zonals J3 to J6 and the pressure of sunlight.

These are small enough to be subtracted plainly (orbit.zonals, orbit.sunlight). The Sun is the second body of the sky,
whatever its mu; the central body, of `environment.radius`, shades each craft where it is.
"""

from typing import NamedTuple

from rvd.core.algebra.vec import add, axpy, scale
from rvd.core.kernel import Vec, kernel
from rvd.core.motion import nonlinear
from rvd.core.motion.nonlinear import Environment, Sky, weigh
from rvd.core.orbit import sunlight, zonals


class Surface(NamedTuple):
    """What air and sunlight push on, of both craft."""

    #: Cd A / m of the target, m2/kg.
    ballistic_target: float
    #: Cd A / m of the chaser, m2/kg.
    ballistic_chaser: float
    #: Cr A / m of the target, m2/kg.
    reflect_target: float
    #: Cr A / m of the chaser, m2/kg.
    reflect_chaser: float


class Forces(NamedTuple):
    """What acts on both craft at one instant."""

    #: The central body and its air.
    environment: Environment
    #: J2 to J6; the first is 0, since J2 is the environment's.
    j: zonals.Zonals
    #: What air and sunlight push on.
    surface: Surface
    #: (mu, x, y, z) of two third bodies, m3/s2 and m from the central body, inertial axes; the second is the Sun.
    sky: Sky


@kernel
def acceleration(forces: Forces, rt: Vec, vt: Vec, dr: Vec, dv: Vec) -> tuple[Vec, Vec]:
    """Acceleration of the target, and of the chaser relative to it, on inertial axes (m/s2)."""
    environment, j, surface, sky = forces
    bt, bc, st, sc = surface
    main = nonlinear.Forces(environment, bt, bc, sky, push_eci=(0.0, 0.0, 0.0))
    at, ar = nonlinear.acceleration(main, rt, vt, dr, dv)
    zt = zonals.acceleration(environment.mu, environment.radius, j, rt)
    zr = zonals.relative(environment.mu, environment.radius, j, rt, dr)
    sun = (sky[5], sky[6], sky[7])
    lt = scale(sunlight.lit(rt, sun, environment.radius), sunlight.pressure(rt, sun, st))
    lr = sunlight.relative_pressure(
        rt, dr, sun, reflect_target=st, reflect_chaser=sc, radius=environment.radius
    )
    return add(at, add(zt, lt)), add(ar, add(zr, lr))


@kernel
def step(
    environment: Environment, j: zonals.Zonals, surface: Surface, sky_begin: Sky, sky_middle: Sky, sky_end: Sky,
    rt: Vec, vt: Vec, dr: Vec, dv: Vec, h: float,
):  # fmt: skip
    """One classical Runge-Kutta step of `h` seconds: (rt, vt, dr, dv)."""
    begin = Forces(environment, j, surface, sky_begin)
    middle, end = begin._replace(sky=sky_middle), begin._replace(sky=sky_end)
    k = 0.5 * h
    a1, b1 = acceleration(begin, rt, vt, dr, dv)
    v2, w2 = axpy(k, a1, vt), axpy(k, b1, dv)
    a2, b2 = acceleration(middle, axpy(k, vt, rt), v2, axpy(k, dv, dr), w2)
    v3, w3 = axpy(k, a2, vt), axpy(k, b2, dv)
    a3, b3 = acceleration(middle, axpy(k, v2, rt), v3, axpy(k, w2, dr), w3)
    v4, w4 = axpy(h, a3, vt), axpy(h, b3, dv)
    a4, b4 = acceleration(end, axpy(h, v3, rt), v4, axpy(h, w3, dr), w4)
    return (
        axpy(h, weigh(vt, v2, v3, v4), rt),
        axpy(h, weigh(a1, a2, a3, a4), vt),
        axpy(h, weigh(dv, w2, w3, w4), dr),
        axpy(h, weigh(b1, b2, b3, b4), dv),
    )
