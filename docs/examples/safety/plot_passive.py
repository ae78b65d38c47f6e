"""
What a loss of thrust would do
==============================

The closest approach of the free drift after each moment of a plan with burns.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n, start, rest = 1.13e-3, (0.0, -5000.0, 0.0), (0.0, 0.0, 0.0)
first, second = rvd.motion.cw.two_impulse(start, rest, (-500.0, 0.0, 0.0), n, 3780.0)
t = np.linspace(1.0, 4500.0, 150)
sweep = rvd.safety.trajectories.passive_sweep(
    start, rest, [0.0, 3780.0], np.array([first, second]), n, t, 86400.0
)
figure, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
ax.plot(t / 60.0, sweep.distance)
ax.axhline(200.0, linestyle="--", color="C3", label="keep-out sphere, 200 m")
ax.set(xlabel="thrust is lost (min)", ylabel="closest approach within a day (m)", ylim=(0.0, None))
ax.legend()
plt.show()
