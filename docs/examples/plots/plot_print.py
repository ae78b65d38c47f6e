"""
A figure for a printed column
=============================

Sizes of a page of 3.4 inches, in the plane of V-bar and H-bar.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n = 1.13e-3
with rvd.plot.style(width=3.4):
    figure, ax = plt.subplots(layout="constrained")
    rvd.plot.vbar_rbar(ax, plane="V-H")
    for tilt in (30.0, 60.0, 89.0):
        v = rvd.guidance.natural.circumnavigation(-50.0, np.radians(tilt), n)
        r, _ = rvd.motion.cw.coast((0.0, -50.0, 0.0), v, n, np.linspace(0.0, 2 * np.pi / n, 200))
        rvd.plot.trajectory(ax, r, label=f"{tilt:g} deg")
    ax.legend()
plt.show()
