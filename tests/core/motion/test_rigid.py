import math

import numpy as np
from scipy.integrate import solve_ivp

from rvd.core.algebra.mat import sym_inverse
from rvd.core.algebra.quat import multiply
from rvd.core.kernel import Quat, Vec, entry
from rvd.core.motion import rigid
from tests.core.motion.oracles import rotation

Inertia = tuple[float, float, float, float, float, float]
FULL = (7.0e4, 1.1e5, 1.0e5, 2.0e3, -1.5e3, 3.0e3)


@entry
def turn(inertia: Inertia, inverse: Inertia, q: Quat, w: Vec, torque: Vec, h: float, steps: int):
    for _ in range(steps):
        q, w = rigid.step(inertia, inverse, q, w, torque, h)
    return q, w


def tensor(inertia):
    xx, yy, zz, xy, xz, yz = inertia
    return np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])


def test_momentum_and_energy_are_kept():
    q, w = (0.1, -0.2, 0.3, 0.927361849549570), (0.02, -0.01, 0.03)
    q1, w1 = turn(FULL, sym_inverse(FULL), q, w, (0.0, 0.0, 0.0), 0.1, 20000)
    before = rotation(q) @ rigid.momentum(FULL, w)
    after = rotation(q1) @ rigid.momentum(FULL, w1)
    assert np.max(np.abs(after - before)) < 1e-9 * np.linalg.norm(before)
    assert abs(rigid.energy(FULL, w1) / rigid.energy(FULL, w) - 1.0) < 1e-9
    assert abs(math.fsum(a * a for a in q1) - 1.0) < 1e-15


def test_against_solve_ivp_with_a_torque():
    i, torque = tensor(FULL), np.array([3.0, -2.0, 5.0])

    def slope(t, y):
        x, yy, z, s = y[:4]
        w = y[4:]
        matrix = 0.5 * np.array([[s, -z, yy], [z, s, -x], [-yy, x, s], [-x, -yy, -z]])
        return np.concatenate((matrix @ w, np.linalg.solve(i, torque - np.cross(w, i @ w))))

    sol = solve_ivp(slope, (0.0, 100.0), [0, 0, 0, 1, 0.02, -0.03, 0.01], "DOP853", rtol=1e-13, atol=1e-15)
    q, w = turn(FULL, sym_inverse(FULL), (0.0, 0.0, 0.0, 1.0), (0.02, -0.03, 0.01), tuple(torque), 0.1, 1000)
    assert np.allclose(
        (*q, *w), sol.y[:, -1] / np.repeat([np.linalg.norm(sol.y[:4, -1]), 1.0], [4, 3]), atol=1e-11
    )


def test_a_steady_spin_about_a_principal_axis_is_exact_rotation():
    ball = (50.0, 50.0, 50.0, 0.0, 0.0, 0.0)
    rate = 0.05
    q, w = turn(ball, sym_inverse(ball), (0.0, 0.0, 0.0, 1.0), (0.0, 0.0, rate), (0.0, 0.0, 0.0), 0.1, 500)
    assert np.allclose(q, (0.0, 0.0, math.sin(0.5 * rate * 50.0), math.cos(0.5 * rate * 50.0)), atol=1e-12)
    assert np.allclose(w, (0.0, 0.0, rate), atol=1e-16)


def test_the_frame_the_attitude_is_told_in_does_not_matter():
    turned = (0.5, 0.5, -0.5, 0.5)
    q, w = (0.0, 0.0, 0.0, 1.0), (0.02, -0.03, 0.01)
    plain, _ = turn(FULL, sym_inverse(FULL), q, w, (1.0, 2.0, 3.0), 0.1, 300)
    seen, _ = turn(FULL, sym_inverse(FULL), multiply(turned, q), w, (1.0, 2.0, 3.0), 0.1, 300)
    assert np.allclose(seen, multiply(turned, plain), atol=1e-14)


def test_gravity_gradient_vanishes_along_principal_axes_and_restores_between():
    inertia = (100.0, 300.0, 250.0, 0.0, 0.0, 0.0)
    mu, r = 3.986e14, 6.8e6
    for axis in np.eye(3):
        assert np.allclose(rigid.gravity_gradient(tuple(r * axis), inertia, mu), 0.0)
    # x, the axis of least inertia, tilted by a from the vertical toward +y: the torque turns it back
    a = 0.1
    torque = rigid.gravity_gradient((r * math.cos(a), -r * math.sin(a), 0.0), inertia, mu)
    assert np.allclose(torque, (0.0, 0.0, -1.5 * mu / r**3 * 200.0 * math.sin(2.0 * a)), rtol=1e-12)


def test_gravity_gradient_is_that_of_point_masses():
    """Two masses on a rod: the couple of their gravity about the middle, to first order in length / radius."""
    mass, arm, mu = 10.0, np.array([1.5, 2.0, -0.7]), 3.986e14
    r = np.array([4e6, -3e6, 4.5e6])
    i = 2.0 * mass * (arm @ arm * np.eye(3) - np.outer(arm, arm))
    inertia = (i[0, 0], i[1, 1], i[2, 2], i[0, 1], i[0, 2], i[1, 2])
    couple = sum(
        np.cross(s * arm, -mu * mass * (r + s * arm) / np.linalg.norm(r + s * arm) ** 3) for s in (1.0, -1.0)
    )
    assert np.allclose(rigid.gravity_gradient(tuple(r), inertia, mu), couple, rtol=1e-6)
