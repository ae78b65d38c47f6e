"""
Two impulses to a place
=======================

From five kilometres behind the target to 500 m below it, in times from half an hour to an hour and a half.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

n, start, rest, to = 1.13e-3, (0.0, -5000.0, 0.0), (0.0, 0.0, 0.0), (-500.0, 0.0, 0.0)

figure, (path, cost) = plt.subplots(1, 2, figsize=(9.0, 4.0), layout="constrained")
rvd.plot.vbar_rbar(path, unit="km", equal=False)
for minutes in (30.0, 47.0, 63.0):
    first, second = rvd.motion.cw.two_impulse(start, rest, to, n, 60.0 * minutes)
    r, _ = rvd.motion.cw.coast(start, first, n, np.linspace(0.0, 60.0 * minutes, 200))
    rvd.plot.trajectory(path, r, label=f"{minutes:g} min")
path.legend()

# %%
# All times at once: the functions broadcast.
times = np.linspace(1500.0, 5000.0, 300)
first, second = rvd.motion.cw.two_impulse(start, rest, to, n, times)
cost.plot(times / 60.0, np.linalg.norm(first, axis=1) + np.linalg.norm(second, axis=1))
cost.set(xlabel="time (min)", ylabel="both impulses (m/s)", ylim=(0.0, None))
plt.show()
