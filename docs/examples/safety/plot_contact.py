"""
First contact against the standard
==================================

A thousand contacts and the limits of the International Docking System Standard: which of the seven binds.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

random, k = np.random.default_rng(1), 1000
r = np.stack([0 * np.ones(k), random.normal(0, 0.03, k), random.normal(0, 0.03, k)], axis=-1)
v = np.stack([random.normal(-0.07, 0.008, k), random.normal(0, 0.01, k), random.normal(0, 0.01, k)], axis=-1)
facing = rvd.attitude.quat_from_euler(random.normal(0.0, np.radians(1.0), (k, 3)) + [np.pi, 0, 0], (3, 2, 1))
margins = rvd.safety.contact.idss(r, v, facing, random.normal(0.0, 5e-4, (k, 3)))

names = ["closing", "lateral rate", "pitch, yaw rate", "roll rate", "lateral", "pitch, yaw", "roll"]
figure, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
ax.barh(names, 100.0 * np.mean(margins < 0.0, axis=0))
ax.set(xlabel="contacts beyond the limit (%)")
print(f"{100 * np.mean((margins > 0).all(axis=1)):.1f} % are within the standard")
plt.show()
