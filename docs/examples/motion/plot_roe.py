"""
Relative elements over a day
============================

Under the Earth's oblateness the six relative elements drift slowly: a day of a formation in 500 points.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

mu, j2, radius = 3.986004418e14, 1.0826e-3, 6378136.3
target = (7.0e6, 0.002, np.radians(98.0), 0.4, 0.3, 0.0)  # a, e, i, raan, argp, mean anomaly
six = np.array([0.0, 0.0, 300.0, 0.0, 300.0, 200.0]) / target[0]
t = np.linspace(0.0, 86400.0, 500)
later = rvd.motion.roe.coast(six, target, t, mu, j2, radius) * target[0]

figure, ax = plt.subplots(figsize=(6.5, 4.0), layout="constrained")
for k, name in enumerate(("da", "dlambda", "dex", "dey", "dix", "diy")):
    ax.plot(t / 3600.0, later[:, k], label=name)
ax.set(xlabel="time (h)", ylabel="a times the element (m)")
ax.legend(ncols=3)
plt.show()
