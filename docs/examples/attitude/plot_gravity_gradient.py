"""
The pull that turns a body
==========================

A long body that stands at an angle to the vertical swings about it.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

mu, a, inertia = 3.986004418e14, 6.788e6, (1000.0, 1000.0, 200.0, 0.0, 0.0, 0.0)
angle = np.linspace(-np.pi, np.pi, 300)
down = a * np.stack([np.sin(angle), 0 * angle, np.cos(angle)], axis=-1)  # the place on body axes
torque = rvd.attitude.gravity_gradient(down, inertia, mu)

figure, ax = plt.subplots(figsize=(6.5, 3.4), layout="constrained")
ax.plot(np.degrees(angle), 1e3 * torque[:, 1])
ax.set(xlabel="angle of the long axis from the vertical (deg)", ylabel="torque (mN m)")
plt.show()
