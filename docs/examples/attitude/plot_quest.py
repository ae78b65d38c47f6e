"""
Attitude from directions
========================

Three directions seen with noise: the error of the attitude against the noise.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

random = np.random.default_rng(2)
q = rvd.attitude.quat_from_euler((0.3, -0.2, 0.9), (3, 2, 1))
known = np.eye(3)
x, y, z, w = q
matrix = np.array([
    [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
    [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
    [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
])  # fmt: skip
noise = np.repeat(np.geomspace(1e-5, 1e-2, 12), 40)
seen = known @ matrix + noise[:, None, None] * random.normal(size=(480, 3, 3))  # in body axes
seen /= np.linalg.norm(seen, axis=-1, keepdims=True)
found = rvd.attitude.quest(seen, np.broadcast_to(known, seen.shape))
error = rvd.attitude.angle_between(found, q)

figure, ax = plt.subplots(figsize=(6.0, 3.6), layout="constrained")
ax.loglog(np.degrees(noise), np.degrees(error), ".", alpha=0.4)
ax.set(xlabel="noise of a direction (deg)", ylabel="error of the attitude (deg)")
plt.show()
