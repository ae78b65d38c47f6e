"""
Runs on your own axes
=====================

Flights of a campaign drawn with `rvd.plot`.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd
from rvd.casefile.shipped import shelf

case = rvd.load(shelf() / "htv_berthing.toml").with_values({"passive": None, "require": None})

figure, ax = plt.subplots(figsize=(7.0, 4.5), layout="constrained")
rvd.plot.vbar_rbar(ax, unit="km", origin="berthing point")
for run in range(4):
    h = rvd.fly(case, run=run, seed=1, every=20).history
    r = np.stack([-h["fixture_rbar"], h["fixture_vbar"], -h["fixture_hbar"]], axis=-1)
    rvd.plot.trajectory(ax, r, label=f"run {run}")
rvd.plot.ellipsoid(ax, (0.0, 0.0, 0.0), (1000.0, 2000.0, 1000.0))
ax.legend()
plt.show()
