"""
Free drift about a circle
=========================

From 100 m below the target with three velocities, for two revolutions: at rest the chaser runs ahead in loops, on a
co-elliptic orbit it passes at its height, on an ellipse of two to one it stays.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n = 1.13e-3  # rad/s, the target's mean motion
t = np.linspace(0.0, 2 * 2 * np.pi / n, 400)
below = (-100.0, 0.0, 0.0)
starts = {
    "at rest": (0.0, 0.0, 0.0),
    "co-elliptic": rvd.guidance.coelliptic.velocity(-100.0, n),
    "ellipse": (0.0, 2.0 * n * 100.0, 0.0),
}

figure, ax = plt.subplots(figsize=(7.0, 4.0), layout="constrained")
rvd.plot.vbar_rbar(ax, equal=False)
for name, velocity in starts.items():
    r, _ = rvd.motion.cw.coast(below, velocity, n, t)
    rvd.plot.trajectory(ax, r, label=name)
ax.legend()
plt.show()
