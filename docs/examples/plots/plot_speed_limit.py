"""
Speed against range
===================

A path under a limit that falls in steps.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

line = (0.0, -1500.0, 0.0), (0.0, -20.0, 0.0), 0.9, 0.005, 0.002
t = np.linspace(0.0, float(rvd.guidance.forced.line_time(*line)), 400)
r, v, _ = rvd.guidance.forced.line(*line, t)

figure, ax = plt.subplots(figsize=(6.5, 3.8), layout="constrained")
rvd.plot.speed(ax, r, v, label="line")
rvd.plot.envelope(ax, (100.0, 250.0, 2000.0), (0.6, 1.0, 1.2), label="limit")
ax.legend()
plt.show()
