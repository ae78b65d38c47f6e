"""
The exact model beside the linear one
=====================================

How far Clohessy and Wiltshire's model is off after one revolution, by the distance at the start.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd
from rvd.motion.nonlinear import Environment

mu, radius, a = 3.986004418e14, 6378136.3, 6.788e6
n = np.sqrt(mu / a**3)
target = np.array([a, 0.0, 0.0]), np.array([0.0, np.sqrt(mu / a), 0.0])
round_earth = Environment(
    mu=mu, j2=0.0, radius=radius, spin=0.0, density=0.0, reference_radius=radius, scale_height=1.0
)

behind = np.geomspace(100.0, 50e3, 25)
r = np.stack([np.zeros(25), -behind, np.zeros(25)], axis=-1)
v = np.zeros((25, 3))
dr, dv = rvd.orbit.frames.eci_from_hill(*target, r, v)
period = 2 * np.pi / n
rt, vt, dr, dv = rvd.motion.nonlinear.coast(*target, dr, dv, round_earth, period, step=10.0)
exact, _ = rvd.orbit.frames.hill_from_eci(rt, vt, dr, dv)
linear, _ = rvd.motion.cw.coast(r, v, n, period)

figure, ax = plt.subplots(figsize=(6.5, 4.0), layout="constrained")
ax.loglog(behind, np.linalg.norm(linear - exact, axis=1))
ax.set(xlabel="distance behind (m)", ylabel="error after a revolution (m)")
plt.show()
