"""
Two heights and a Hohmann transfer
==================================

A chaser drifts toward the target on a lower orbit and rises to another one.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n, low, high, behind = 1.13e-3, -3000.0, -1000.0, -30e3
velocity = rvd.guidance.coelliptic.velocity
first, second, time, advance = rvd.guidance.coelliptic.hohmann(low, high, n)
wait = rvd.guidance.coelliptic.drift_time(low, 12e3, n)

t = np.linspace(0.0, 9000.0, 500)
burns = [float(wait), float(wait) + float(time)]
r, v = rvd.safety.trajectories.after_burns(
    (low, behind, 0.0), velocity(low, n), burns, np.array([first, second]), n, t
)
figure, ax = plt.subplots(figsize=(7.5, 3.5), layout="constrained")
rvd.plot.vbar_rbar(ax, unit="km", equal=False)
rvd.plot.trajectory(ax, r, t, burns=(burns, np.array([first, second])), every=1800.0)
plt.show()
