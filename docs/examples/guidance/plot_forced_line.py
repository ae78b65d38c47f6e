"""
A straight line and what it costs
=================================

The push that a straight V-bar approach needs, moment by moment.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

line = (0.0, -200.0, 0.0), (0.0, -20.0, 0.0), 0.3, 0.01, 0.005
time = float(rvd.guidance.forced.line_time(*line))
t = np.linspace(0.0, time, 500)
r, v, change = rvd.guidance.forced.line(*line, t)
push = rvd.guidance.forced.push(r, v, change, 3.986004418e14, 6.788e6, 0.0, 0.0)

figure, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
for k, name in enumerate(("radial", "along track")):
    ax.plot(t, 1e3 * push[:, k], label=name)
ax.set(xlabel="time (s)", ylabel="push (mm/s²)")
ax.legend()
print(f"{np.sum(np.abs(push)) * t[1]:.2f} m/s over {time:.0f} s")
plt.show()
