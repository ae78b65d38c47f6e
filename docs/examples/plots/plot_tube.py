"""
Where the runs will be
======================

Two hundred starts that differ, and the tube of three sigmas about them.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

random, n = np.random.default_rng(1), 1.13e-3
t = np.linspace(0.0, 2700.0, 100)
first, _ = rvd.motion.cw.two_impulse((0.0, -1500.0, 0.0), (0.0, 0.0, 0.0), (-250.0, 0.0, 0.0), n, 2700.0)
start = np.array([0.0, -1500.0, 0.0]) + random.normal(0.0, 10.0, (200, 1, 3))
speed = first + random.normal(0.0, 0.01, (200, 1, 3))
r, _ = rvd.motion.cw.coast(start, speed, n, t)

figure, ax = plt.subplots(figsize=(7.0, 4.0), layout="constrained")
rvd.plot.vbar_rbar(ax)
rvd.plot.tube(ax, r, label="3 sigma")
rvd.plot.ellipses(ax, r[:, ::25])
rvd.plot.trajectory(ax, r[:20])
ax.legend()
plt.show()
