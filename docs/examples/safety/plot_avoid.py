"""
The burn that avoids an encounter
=================================

How much it takes to miss by a kilometre, by how early it is done.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n = 1.06e-3
before = np.linspace(300.0, 3 * 2 * np.pi / n, 300)
dv = rvd.safety.drifting.avoiding_burn((20.0, -30.0, 10.0), (100.0, -7000.0, 9000.0), 1000.0, n, before)

figure, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
ax.semilogy(before * n / (2 * np.pi), np.linalg.norm(dv, axis=1))
ax.set(xlabel="revolutions before the encounter", ylabel="least burn (m/s)")
plt.show()
