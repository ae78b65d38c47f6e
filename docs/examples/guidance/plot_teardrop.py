"""
Hovering on a teardrop
======================

One burn a loop keeps a chaser below the target.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n = 1.13e-3
figure, ax = plt.subplots(figsize=(5.5, 4.5), layout="constrained")
rvd.plot.vbar_rbar(ax)
for turn, low in ((-100.0, -150.0), (-100.0, -250.0)):
    v, dv, dwell = rvd.guidance.natural.teardrop(turn, low, n)
    r, _ = rvd.motion.cw.coast((low, 0.0, 0.0), v, n, np.linspace(0.0, float(dwell), 200))
    rvd.plot.trajectory(
        ax, r, label=f"{float(dwell) / 60:.0f} min, {1e3 * np.linalg.norm(dv):.0f} mm/s a loop"
    )
ax.legend()
plt.show()
