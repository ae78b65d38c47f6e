"""
A glideslope with pulses
========================

From 500 m below to 30 m: the speed falls with the distance, in twelve pulses.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n, start, rest, hold = 1.13e-3, (-500.0, 0.0, 0.0), (0.0, 0.0, 0.0), (-30.0, 0.0, 0.0)
t, places, burns = rvd.guidance.forced.glideslope_pulse(start, rest, hold, 0.8, 0.1, 12, np.arange(13), n)
times = np.linspace(0.0, t[-1], 600)
r, v = rvd.safety.trajectories.after_burns(start, rest, t, burns, n, times)

figure, (path, pace) = plt.subplots(1, 2, figsize=(9.0, 4.2), layout="constrained")
rvd.plot.vbar_rbar(path, equal=False)
rvd.plot.trajectory(path, r)
rvd.plot.cone(path, (0.0, 0.0, 0.0), "+R", np.radians(10.0), 500.0)
rvd.plot.speed(pace, r, v)
pace.set(xlabel="range (m)", ylabel="speed (m/s)")
plt.show()
