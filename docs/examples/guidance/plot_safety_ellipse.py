"""
A safety ellipse
================

A chaser that circles the V-bar never meets the target, however far it drifts along it.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n = 1.13e-3
r0, v0 = rvd.guidance.natural.safety_ellipse(100.0, 80.0, 0.0, np.pi / 2, 0.0, n)
v0 = v0 + np.array([0.0, -2e-3, 0.0])  # a drift of 2 mm/s along track
t = np.linspace(0.0, 8 * 2 * np.pi / n, 1500)
r, _ = rvd.motion.cw.coast(r0, v0, n, t)

figure, (side, front) = plt.subplots(1, 2, figsize=(9.0, 4.0), layout="constrained")
rvd.plot.vbar_rbar(side)
rvd.plot.vbar_rbar(front, plane="R-H")
for ax in (side, front):
    rvd.plot.trajectory(ax, r)
    rvd.plot.sphere(ax, (0.0, 0.0, 0.0), 50.0)
plt.show()
