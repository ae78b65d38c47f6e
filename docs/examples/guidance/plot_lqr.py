"""
A loop on the position
======================

A gain from the linear-quadratic regulator pulls a chaser to its place.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n, h = 1.13e-3, 20.0
figure, ax = plt.subplots(figsize=(6.5, 3.8), layout="constrained")
for burn in (0.003, 0.01, 0.03):
    gain = rvd.guidance.lqr.pulsed(1.0, 0.1, burn, h, n)
    r, v, far = np.array([20.0, -30.0, 5.0]), np.zeros(3), []
    for _ in range(60):
        far.append(np.linalg.norm(r))
        r, v = rvd.motion.cw.coast(r, v - gain @ np.concatenate([r, v]), n, h)
    ax.semilogy(h * np.arange(60), far, label=f"burns weighed by {burn:g} m/s")
ax.set(xlabel="time (s)", ylabel="distance (m)")
ax.legend()
plt.show()
