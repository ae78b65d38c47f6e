"""
Lambert's problem
=================

The velocities that join two places, by the time of flight.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

mu = 3.986004418e14
begin, end = np.array([7.0e6, 0.0, 0.0]), np.array([-2.0e6, 8.0e6, 1.0e6])
times = np.linspace(900.0, 7200.0, 300)
leave, arrive = rvd.orbit.lambert.transfer(begin, end, times, mu)

figure, ax = plt.subplots(figsize=(6.5, 4.0), layout="constrained")
ax.plot(times / 60.0, np.linalg.norm(leave, axis=1) / 1e3, label="at the start")
ax.plot(times / 60.0, np.linalg.norm(arrive, axis=1) / 1e3, label="at the end")
ax.set(xlabel="time of flight (min)", ylabel="speed (km/s)")
ax.legend()
plt.show()
