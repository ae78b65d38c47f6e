"""
Curved coordinates
==================

A chaser far behind on the target's own orbit: on straight axes it seems to lie below, along the arc it does not.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

radius = 6.788e6
angle = np.linspace(-0.02, 0.0, 100)
on_orbit = np.stack([radius * (np.cos(angle) - 1.0), radius * np.sin(angle), 0 * angle], axis=-1)
curved, _ = rvd.motion.curvilinear.curvilinear_from_hill(on_orbit, np.zeros((100, 3)), radius, 0.0)

figure, ax = plt.subplots(figsize=(6.5, 3.5), layout="constrained")
ax.plot(on_orbit[:, 1] / 1e3, on_orbit[:, 0], label="straight axes")
ax.plot(curved[:, 1] / 1e3, curved[:, 0], label="along the arc")
ax.set(xlabel="along track (km)", ylabel="radial (m)")
ax.legend()
plt.show()
