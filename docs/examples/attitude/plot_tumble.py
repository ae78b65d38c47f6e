"""
A body that tumbles
===================

Free of torque, about the axis of the middle moment of inertia: it flips over and back.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

inertia = (100.0, 200.0, 300.0, 0.0, 0.0, 0.0)  # xx, yy, zz, xy, xz, yz
q, w, rates = np.array([0.0, 0.0, 0.0, 1.0]), np.array([1e-3, 0.1, 0.0]), []
for _ in range(400):
    rates.append(w)
    q, w = rvd.attitude.coast(q, w, inertia, 1.0)

figure, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
ax.plot(np.degrees(rates), label=["x", "y", "z"])
ax.set(xlabel="time (s)", ylabel="rate (deg/s)")
ax.legend()
plt.show()
