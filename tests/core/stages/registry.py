"""Every stage that a flight calls, with arguments of the size they have in flight."""

from rvd.core.algebra import elementary, mat, quat, random, triangular6, vec
from rvd.core.motion import cw, nonlinear, rigid
from rvd.core.orbit import frames, sunlight
from tests.core.stages import flight
from tests.core.stages.harness import stage

A, B, C = (1.1, -0.7, 0.4), (0.3, 2.1, -1.4), (-0.2, 0.6, 0.9)
Q = (0.1, -0.2, 0.3, 0.927)
M = (A, B, C)
INERTIA = (51.3, 48.7, 39.1, 1.3, -2.1, 0.7)


def triangle(size):
    """A covariance with variances between 1 and 2 and small correlations."""
    return tuple(tuple(1.37 if i == j else 0.031 for j in range(i, size)) for i in range(size))


def rows(pattern):
    """A transition matrix near the identity, row by row."""
    return tuple(tuple(0.97 if c == i else 0.11 for c in row) for i, row in enumerate(pattern))


def column(size):
    return tuple(0.1 + 0.01 * i for i in range(size))


def covariances():
    P, h, pattern = triangle(6), column(6), triangular6.PATTERN
    return [
        stage(triangular6.diagonal, (h,)),
        stage(triangular6.diag_of, (P,)),
        stage(triangular6.column, (P, h)),
        stage(triangular6.quadratic, (h, h)),
        stage(triangular6.predict, (P, rows(pattern), h)),
        stage(triangular6.downdate, (P, h, 0.71)),
        stage(triangular6.whitened, (h, P)),
    ]


ALGEBRA = [
    stage(elementary.sincos, (0.37,), (1.9e4 + 0.1,), (-2.3,), (4.1,), (-1.0e5,), (0.0,)),
    stage(elementary.exp, (0.37,), (-700.3,), (-744.1,), (710.5,), (0.0,)),
    stage(elementary.log, (0.37,), (1.7e300,), (4.1e-310,), (0.0,), (-0.5,)),
    stage(elementary.atan2, (0.3, 0.4), (-0.3, 4.1), (3.3, -0.1), (-1.3, -1.1), (0.0, 0.0), (0.0, -2.5)),
    stage(elementary.asin, (0.3,), (-0.97,), (1.1,)),
    stage(elementary.acos, (0.3,), (-0.97,), (-1.1,)),
    stage(random.uniform4, (12, 3, 77, 1000), (13, 2**33, 2**32 - 1, 5)),
    stage(random.normal4, (12, 3, 77, 1000), (13, 2**33, 2**32 - 1, 5)),
    stage(vec.unit, (A,), ((0.0, 0.0, 0.0),)),
    stage(vec.clip, (0.3, 0.2), (-0.3, 0.2), (0.1, 0.2)),
    stage(vec.cross, (A, B)),
    stage(vec.axpy, (0.3, A, B)),
    stage(vec.times, (A, B)),
    stage(vec.select, (True, A, B), (False, A, B)),
    stage(mat.apply, (M, A)),
    stage(mat.product, (M, M)),
    stage(mat.sym_apply, (INERTIA, A)),
    stage(mat.sym_inverse, (INERTIA,)),
    stage(quat.multiply, (Q, Q)),
    stage(quat.normalize, (Q,)),
    stage(quat.rotate, (Q, A)),
    stage(quat.unrotate, (Q, A)),
    stage(quat.from_rotvec, (A,), ((0.0, 0.0, 0.0),), ((1.1e-9, 0.0, 2.1e-200),)),
    stage(quat.to_rotvec, (Q,), ((0.0, 0.0, 0.0, -1.0),), ((0.1, 0.7, 0.1, -0.3),)),
    stage(quat.from_axes, M[:3], (C, A, B), (B, C, A)),
    *covariances(),
]

R, V = (-6.1e6, 2.9e6 + 0.1, 1.1e5 + 0.1), (-3.1e3 - 0.1, -6.3e3 - 0.1, 2.9e3 + 0.1)
D, E = (-249.7, 31.3, -1.7), (0.31, -0.17, 0.07)
N = 1.13e-3

ORBIT = [
    stage(frames.hill_axes, (R, V)),
    stage(frames.lvlh_axes, (R, V)),
    stage(frames.ntw_axes, (R, V)),
    stage(frames.hill_from_eci, (R, V, D, E)),
    stage(frames.eci_from_hill, (R, V, D, E)),
    stage(frames.hill_rates, (R, V, (-7.3, 3.1, 0.3))),
    stage(frames.hill_from_eci_turning, (R, V, (1e-7, 0.0, N), D, E)),
    # in the light, in half of it, in the shadow
    stage(
        sunlight.lit,
        ((7e6, 1e5, 2e5), (1.4e11, 3e10, 1e10), 6.378e6),
        ((-2.6e6, 6.37e6, 0.0), (1.5e11, 0.0, 0.0), 6.378e6),
        ((-7e6, 1e5, 2e5), (1.4e11, 3e10, 1e10), 6.378e6),
    ),
    stage(frames.q_eci_hill, (R, V), (V, R)),
    stage(frames.q_eci_lvlh, (R, V), (V, R)),
]
MOTION = [
    stage(cw.coast, (D, E, N, 611.3), (D, E, N, -5000.3)),
    stage(cw.transition, (N, 0.5)),
    stage(cw.two_impulse, (D, E, (-30.1, 0.0, 0.3), N, 1800.3), (D, E, (-30.1, 0.0, 0.3), N, 2780.4)),
    stage(
        nonlinear.step,
        (flight.ENVIRONMENT, 0.0031, 0.0047, flight.SKY, flight.SKY, flight.SKY, R, V, D, E, A, 0.5),
    ),
    stage(nonlinear.pulse, (D, E, (0.01, 0.02, 0.03), 0.31)),
    stage(rigid.step, (INERTIA, (0.02, 0.02, 0.03, 1e-3, 1e-3, 1e-3), Q, A, B, 0.5)),
    stage(rigid.gravity_gradient, (R, INERTIA, 3.986e14)),
    stage(rigid.momentum, (INERTIA, A)),
    stage(rigid.energy, (INERTIA, A)),
]

STAGES = [
    *ALGEBRA, *ORBIT, *MOTION, *flight.VEHICLE, *flight.NAVIGATION, *flight.GUIDANCE, *flight.CONTROL, *flight.SAFETY,
    *flight.FLIGHT,
]  # fmt: skip
