"""
The probability of a collision
==============================

By three methods, against the size of the uncertainty: a poorly known orbit looks safe.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

sigma = np.geomspace(10.0, 1000.0, 100)
miss, radius = 100.0, 10.0
figure, ax = plt.subplots(figsize=(6.5, 3.8), layout="constrained")
for name, style in (("foster", "-"), ("alfano", "--"), ("chan", ":")):
    method = getattr(rvd.safety.collision, name)
    ax.loglog(sigma, method(miss, 0.0, sigma, 2.0 * sigma, radius), style, label=name)
ax.set(xlabel="smaller sigma (m)", ylabel="probability", ylim=(1e-8, 1.0))
ax.legend()
plt.show()
