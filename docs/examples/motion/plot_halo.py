"""
A near-rectilinear halo orbit
=============================

The 9:2 orbit about L2 of the Earth and the Moon, corrected from a seed of the catalogue.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

nrho = rvd.orbit.nrho
orbit = nrho.correct(nrho.MU_EARTH_MOON, nrho.SEED_9_2)
states = rvd.orbit.cr3bp.along(orbit, np.linspace(0.0, orbit.period, 300))
moon = np.array([1.0 - orbit.mu, 0.0, 0.0])
r = (states[:, :3] - moon) * nrho.LU / 1e6

figure, ax = plt.subplots(figsize=(5.0, 5.0), layout="constrained")
ax.plot(r[:, 1], r[:, 2])
ax.plot(0.0, 0.0, "o", color="grey", label="Moon")
ax.set(
    xlabel="y (1000 km)",
    ylabel="z (1000 km)",
    aspect="equal",
    title=f"{orbit.period * nrho.TU / 86400:.2f} days",
)
ax.legend()
plt.show()
