"""Integrations that checks share: our accelerations under SciPy's DOP853."""

import numpy as np
from scipy.integrate import solve_ivp

from rvd.core.orbit import zonals


def cowell(mu, radius, j, state, times, rtol=1e-13):
    """Rows (t, 6) of one craft about a body with zonals j (J2 to J6)."""

    def slope(_, y):
        r = tuple(map(float, y[:3]))
        pull = np.array(zonals.acceleration(mu, radius, tuple(j), r))
        return np.concatenate((y[3:], pull - mu * y[:3] / np.linalg.norm(y[:3]) ** 3))

    times = np.asarray(times, float)
    sol = solve_ivp(slope, (0.0, times[-1]), np.asarray(state, float), "DOP853", times, rtol=rtol, atol=1e-9)
    return sol.y.T
