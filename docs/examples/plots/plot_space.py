"""
In space
========

The same calls draw on 3-D axes.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n = 1.13e-3
r0, v0 = rvd.guidance.natural.safety_ellipse(100.0, 80.0, 0.0, np.pi / 2, 0.0, n)
r, _ = rvd.motion.cw.coast(r0, v0 + (0.0, -0.01, 0.0), n, np.linspace(0.0, 4 * 2 * np.pi / n, 500))

figure = plt.figure(figsize=(6.0, 5.0))
ax = figure.add_subplot(projection="3d")
rvd.plot.vbar_rbar(ax)
rvd.plot.trajectory(ax, r)
rvd.plot.sphere(ax, (0.0, 0.0, 0.0), 50.0)
plt.show()
