"""
About an ellipse
================

The same start about a circle and about an ellipse: Clohessy and Wiltshire's model and Yamanaka and Ankersen's.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

mu, a = 3.986004418e14, 7.2e6
start, speed = (-100.0, -1000.0, 0.0), (0.0, 0.17, 0.0)
t = np.linspace(0.0, 2 * np.pi * np.sqrt(a**3 / mu), 300)

figure, ax = plt.subplots(figsize=(7.0, 4.0), layout="constrained")
rvd.plot.vbar_rbar(ax, equal=False)
r, _ = rvd.motion.cw.coast(start, speed, np.sqrt(mu / a**3), t)
rvd.plot.trajectory(ax, r, label="circle")
for e in (0.01, 0.05):
    r, _ = rvd.motion.yamanaka_ankersen.coast(start, speed, mu, a * (1.0 - e * e), e, 0.0, t)
    rvd.plot.trajectory(ax, r, label=f"e = {e:g}, from perigee")
ax.legend()
plt.show()
