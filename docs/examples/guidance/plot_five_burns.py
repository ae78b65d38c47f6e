"""
Five burns from far away
========================

NC, NH, NSR, TPI and the braking, from 1200 km behind and 30 km below.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n = 1.13e-3
times, burns = rvd.guidance.approach.five_burns(
    -30e3, -1200e3, -10e3, 0.4712, 3, 24000.0, 2000.0, (0.0, -500.0, 0.0), n
)
t = np.linspace(0.0, times[-1], 1000)
start = (-30e3, -1200e3, 0.0), rvd.guidance.coelliptic.velocity(-30e3, n)
r, _ = rvd.safety.trajectories.after_burns(*start, times, burns, n, t)

figure, ax = plt.subplots(figsize=(7.5, 3.5), layout="constrained")
rvd.plot.vbar_rbar(ax, unit="km", equal=False)
rvd.plot.trajectory(ax, r)
at = np.array([np.interp(times, t, r[:, k]) for k in range(3)]).T
rvd.plot.burns(ax, at, burns, names=["NC", "NH", "NSR", "TPI", "brake"])
plt.show()
