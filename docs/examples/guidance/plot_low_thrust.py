"""
A spiral to a stationary orbit
==============================

A small thrust raises a low orbit and turns its plane by 28.5 degrees: most of the turn is left for the slow end.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

low_thrust, mu = rvd.guidance.low_thrust, 3.986004418e14
orbits = 7000e3, 42166e3, np.radians(28.5)
dv = float(low_thrust.cost(*orbits, mu))
spent = np.linspace(0.0, dv, 60)
r, turned, yaw = low_thrust.after(*orbits, spent, mu)
days = low_thrust.burning(spent, 3.5e-4, 1e-8) / 86400.0

figure, axes = plt.subplots(3, 1, figsize=(7.0, 5.5), sharex=True, layout="constrained")
for ax, values, label in zip(
    axes, (r / 1e6, np.degrees(turned), np.degrees(yaw)), ("radius (1000 km)", "turned (deg)", "yaw (deg)")
):
    ax.plot(days, values)
    ax.set_ylabel(label)
axes[0].set_title(f"{dv:.0f} m/s in {days[-1]:.0f} days at 0.35 mm/s2 and growing")
axes[-1].set_xlabel("days")
plt.show()
