"""Slow and plain versions: both vehicles integrated apart on inertial axes, dense matrices, SciPy's expm."""

import decimal

import numpy as np
from scipy.integrate import solve_ivp


def inertial_acceleration(environment, ballistic, sky, r, v):
    """Acceleration of one vehicle, written from the textbook with potentials and plain differences."""
    mu, j2, radius, spin, density, reference, height = environment
    d = np.linalg.norm(r)
    a = -mu * r / d**3
    z2 = (r[2] / d) ** 2
    a = a - 1.5 * j2 * mu * radius**2 / d**5 * r * (np.array([1.0, 1.0, 3.0]) - 5.0 * z2)
    wind = v - np.cross([0.0, 0.0, spin], r)
    rho = density * np.exp(-(d - reference) / height)
    a = a - 0.5 * rho * ballistic * np.linalg.norm(wind) * wind
    for mu3, s in ((sky[0], np.array(sky[1:4])), (sky[4], np.array(sky[5:8]))):
        if mu3:
            a = a + mu3 * ((s - r) / np.linalg.norm(s - r) ** 3 - s / np.linalg.norm(s) ** 3)
    return a


def fly_both(environment, ballistics, sky, rt, vt, dr, dv, push, times, rtol=1e-13):
    """Target and chaser integrated as two inertial trajectories (DOP853): rows of rt, vt, dr, dv at `times`."""

    def slope(t, y):
        return np.concatenate(
            (
                y[3:6],
                inertial_acceleration(environment, ballistics[0], sky, y[:3], y[3:6]),
                y[9:12],
                inertial_acceleration(environment, ballistics[1], sky, y[6:9], y[9:12]) + push,
            )
        )

    rt, vt, dr, dv = (np.asarray(part, float) for part in (rt, vt, dr, dv))
    start = np.concatenate((rt, vt, rt + dr, vt + dv))
    sol = solve_ivp(slope, (0.0, times[-1]), start, "DOP853", t_eval=times, rtol=rtol, atol=1e-9)
    y = sol.y.T
    return np.concatenate((y[:, :6], y[:, 6:] - y[:, :6]), axis=1)


def cw_matrix(n):
    """The system matrix of the Clohessy-Wiltshire equations in hill axes."""
    a = np.zeros((6, 6))
    a[:3, 3:] = np.eye(3)
    a[3, 0], a[3, 4], a[4, 3], a[5, 2] = 3.0 * n * n, 2.0 * n, -2.0 * n, -n * n
    return a


def rotation(q):
    """Matrix of a scalar-last quaternion, by SciPy."""
    from scipy.spatial.transform import Rotation

    return Rotation.from_quat(q).as_matrix()


def fly_in_many_digits(environment, rt, vt, separations, t, step=60.0):
    """Target and several chasers under central gravity and J2 in 34 decimal digits, by Gragg's extrapolation.

    `separations`: list of (dr, dv). Returns arrays (chasers, 3) of dr and dv after `t`, good to 1e-15 m.
    """
    decimal.getcontext().prec = 34
    exact = np.vectorize(decimal.Decimal, otypes=[object])
    mu = decimal.Decimal(environment.mu)
    oblate = (
        decimal.Decimal("1.5") * decimal.Decimal(environment.j2) * decimal.Decimal(environment.radius) ** 2
    )
    parts = exact(np.array([(np.zeros(3), np.zeros(3)), *separations], float))
    r, v = parts[:, 0] + exact(np.array(rt)), parts[:, 1] + exact(np.array(vt))
    weights = exact(np.array((1, 1, 3)))

    def pull(r):
        d2 = np.sum(r * r, axis=1)[:, None]
        z2 = 5 * r[:, 2:] ** 2 / d2
        return -mu / (d2 * np.sqrt(d2)) * r * (1 + oblate / d2 * (weights - z2))

    steps = int(np.ceil(t / step))
    h, counts = decimal.Decimal(t) / steps, [2 * k for k in range(1, 9)]
    for _ in range(steps):
        last = []
        for i, n in enumerate(counts):
            s = h / n
            # leapfrog: an even expansion in s, so each column of the table gains two orders
            v1, r1 = v + s / 2 * pull(r), r
            for k in range(n):
                r1 = r1 + s * v1
                v1 = v1 + (s if k < n - 1 else s / 2) * pull(r1)
            row = [np.stack((r1, v1))]
            for j in range(1, i + 1):
                ratio = (decimal.Decimal(n) / counts[i - j]) ** 2
                row.append(row[-1] + (row[-1] - last[j - 1]) / (ratio - 1))
            last = row
        r, v = last[-1]
    return (r[1:] - r[0]).astype(float), (v[1:] - v[0]).astype(float)
