"""
A turn about one axis
=====================

The shorter way from one attitude to another, at a largest rate and a largest acceleration.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

begin, end = (0.0, 0.0, 0.0, 1.0), rvd.attitude.quat_from_euler((2.0, 0.4, -0.3), (3, 2, 1))
turn = begin, end, np.radians(0.5), np.radians(0.02)
time = float(rvd.guidance.pointing.slew_time(*turn))
t = np.linspace(0.0, time, 300)
q, w, _ = rvd.guidance.pointing.slew(*turn, t)

figure, (angles, rates) = plt.subplots(1, 2, figsize=(9.0, 3.6), layout="constrained")
angles.plot(t, np.degrees(rvd.attitude.euler_from_quat(q, (3, 2, 1))), label=["yaw", "pitch", "roll"])
angles.set(xlabel="time (s)", ylabel="Euler angles (deg)")
angles.legend()
rates.plot(t, np.degrees(np.linalg.norm(w, axis=1)))
rates.set(xlabel="time (s)", ylabel="rate (deg/s)")
plt.show()
