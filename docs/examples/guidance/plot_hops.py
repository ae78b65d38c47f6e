"""
Hops along the V-bar and the R-bar
==================================

Four hops by two burns each, from rest to rest.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n, hops = 1.13e-3, rvd.guidance.hops
plans = {
    "V-bar, radial burns": ((0.0, -1000.0, 0.0), hops.vbar_radial(700.0, n)),
    "V-bar, burns along track": ((0.0, -1000.0, 0.0), hops.vbar_tangential(700.0, n)),
    "R-bar, radial burn": ((-500.0, 0.0, 0.0), hops.rbar_radial(-500.0, -250.0, n)),
}

figure, ax = plt.subplots(figsize=(7.5, 4.5), layout="constrained")
rvd.plot.vbar_rbar(ax)
for name, (start, (first, _, time)) in plans.items():
    r, _ = rvd.motion.cw.coast(start, first, n, np.linspace(0.0, float(time), 200))
    rvd.plot.trajectory(
        ax, r, label=f"{name}: {1e3 * np.linalg.norm(first):.0f} mm/s, {float(time) / 60:.0f} min"
    )
ax.legend(loc="upper center", fontsize="small")
plt.show()
