"""Slow and plain: the equations of motion, integrated by SciPy."""

import numpy as np
from scipy.integrate import solve_ivp

HARD = {"method": "DOP853", "rtol": 1e-12, "atol": 1e-11}


def fly(r, v, n, t, push=lambda s: (0.0, 0.0, 0.0)):
    """(r, v) after `t` seconds by the equations of Hill, with an acceleration `push(s)` in hill."""

    def rate(s, state):
        x, _, z, vx, vy, vz = state
        a, b, c = push(s)
        return (
            vx,
            vy,
            vz,
            3.0 * n * n * x + 2.0 * n * vy + a,
            -2.0 * n * vx + b,
            -n * n * z + c,
        )

    end = solve_ivp(rate, (0.0, float(t)), np.concatenate((r, v)), **HARD).y[:, -1]
    return end[:3], end[3:]


def fly_inertial(r, v, mu, t, push=lambda s, r, v: (0.0, 0.0, 0.0)):
    """(r, v) after `t` seconds about a point mass, with an inertial acceleration `push(s, r, v)`."""

    def rate(s, state):
        r, v = state[:3], state[3:]
        return np.concatenate((v, -mu / np.linalg.norm(r) ** 3 * r + push(s, r, v)))

    end = solve_ivp(rate, (0.0, float(t)), np.concatenate((r, v)), method="DOP853", rtol=1e-13, atol=1e-9).y[
        :, -1
    ]
    return end[:3], end[3:]


def hill(rt, vt):
    """(axes of hill as rows, angular velocity) from a target's inertial state."""
    h = np.cross(rt, vt)
    x, z = rt / np.linalg.norm(rt), h / np.linalg.norm(h)
    return np.array([x, np.cross(z, x), z]), h / np.dot(rt, rt)


def relative(rt, vt, r, v):
    """(r, v) of a chaser in the target's hill, the rate seen there, from both inertial states."""
    axes, w = hill(rt, vt)
    d = np.subtract(r, rt)
    return axes @ d, axes @ (np.subtract(v, vt) - np.cross(w, d))


def inertial(rt, vt, r, v):
    """The inverse of `relative`."""
    axes, w = hill(rt, vt)
    d = axes.T @ r
    return rt + d, vt + axes.T @ v + np.cross(w, d)


def fly_about_ellipse(r, v, mu, p, e, nu, t, push=lambda s: (0.0, 0.0, 0.0)):
    """(r, v) after `t` seconds by the linear equations about an ellipse, with an acceleration `push(s)` in hill."""

    def rate(s, state):
        x, y, z, vx, vy, vz, f = state
        far = p / (1.0 + e * np.cos(f))
        w, g = np.sqrt(mu * p) / far**2, mu / far**3
        slowing = -2.0 * w * np.sqrt(mu / p) * e * np.sin(f) / far
        a, b, c = push(s)
        return (
            vx,
            vy,
            vz,
            2.0 * w * vy + slowing * y + (w * w + 2.0 * g) * x + a,
            -2.0 * w * vx - slowing * x + (w * w - g) * y + b,
            -g * z + c,
            w,
        )

    end = solve_ivp(rate, (0.0, float(t)), np.concatenate((r, v, [nu])), **HARD).y[:, -1]
    return end[:3], end[3:6]
