"""
An approach with its corridor
=============================

Directions, a corridor, a sphere to keep out of, hold points and a port in a few calls.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n = 1.13e-3
first, _ = rvd.motion.cw.two_impulse((0.0, -1500.0, 0.0), (0.0, 0.0, 0.0), (-250.0, 0.0, 0.0), n, 2700.0)
t = np.linspace(0.0, 2700.0, 300)
r, _ = rvd.motion.cw.coast((0.0, -1500.0, 0.0), first, n, t)

figure, ax = plt.subplots(figsize=(7.0, 4.5), layout="constrained")
rvd.plot.vbar_rbar(ax, origin="berthing point")
rvd.plot.trajectory(ax, r, t, every=600.0, label="transfer")
rvd.plot.cone(ax, (0.0, 0.0, 0.0), "+R", np.radians(10.0), 250.0, label="corridor")
rvd.plot.sphere(ax, (0.0, 0.0, 0.0), 200.0, label="keep out")
rvd.plot.holds(ax, [(0.0, -1500.0, 0.0), (-250.0, 0.0, 0.0)], ["start", "hold"])
rvd.plot.port(ax, (0.0, 0.0, 0.0), "+R")
ax.legend()
plt.show()
