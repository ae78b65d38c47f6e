"""
Three burns for a formation
===========================

Relative eccentricity changed by three burns along the track.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n = 1.13e-3
begin, end = np.array([0.0, 500.0, 0.0, 100.0, 0.0, 0.0]), np.array([0.0, 0.0, 0.0, 300.0, 0.0, 0.0])
u, burns = rvd.guidance.roe_burns.three_burns(begin, end, 2, n)
print("burns (mm/s):", np.round(1e3 * burns, 2), f"from u = {np.degrees(float(u)):.0f} deg")

figure, ax = plt.subplots(figsize=(6.5, 3.8), layout="constrained")
rvd.plot.vbar_rbar(ax)
angles = np.linspace(0.0, 2 * np.pi, 200)
for name, six in (("before", begin), ("after", end)):
    r, _ = rvd.guidance.natural.from_ei(six, angles, n)
    rvd.plot.trajectory(ax, r, label=name)
ax.legend()
plt.show()
