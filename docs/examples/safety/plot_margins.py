"""
Cone, sphere and ellipsoid
==========================

How far a path stays inside a corridor and outside what it must not enter.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n = 1.13e-3
t = np.linspace(0.0, 1800.0, 200)
first, _ = rvd.motion.cw.two_impulse((0.0, -1000.0, 0.0), (0.0, 0.0, 0.0), (0.0, -50.0, 0.0), n, 1800.0)
r, v = rvd.motion.cw.coast((0.0, -1000.0, 0.0), first, n, t)
cone = rvd.safety.margins.cone(r, (0.0, 0.0, 0.0), (0.0, -1.0, 0.0), np.radians(15.0))
sphere = rvd.safety.margins.sphere(r, (0.0, 0.0, 0.0), 200.0)

figure, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
ax.plot(t / 60.0, cone, label="inside the cone of 15 deg")
ax.plot(t / 60.0, sphere, label="outside the sphere of 200 m")
ax.axhline(0.0, color="C3", linestyle="--")
ax.set(xlabel="time (min)", ylabel="margin (m)")
ax.legend()
least, when = rvd.safety.trajectories.least_margin("sphere", t, r, v, (0.0, 0.0, 0.0), 200.0)
print(f"least: {least:.1f} m at {when:.0f} s, between the samples too")
plt.show()
