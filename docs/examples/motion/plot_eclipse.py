"""
In and out of the shadow
========================

The share of the Sun's disc that is seen over one revolution in low orbit.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

radius, sun = 6378136.3, (1.496e11, 0.0, 0.0)
angle = np.linspace(0.0, 2 * np.pi, 4000)
r = 6.788e6 * np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=-1)
seen = rvd.orbit.sunlight.lit(r, sun, radius)

figure, ax = plt.subplots(figsize=(6.5, 3.0), layout="constrained")
ax.plot(np.degrees(angle), seen)
ax.set(xlabel="angle from noon (deg)", ylabel="share of the Sun seen")
print(f"{100 * np.mean(seen == 0.0):.1f} % of the revolution is dark")
plt.show()
