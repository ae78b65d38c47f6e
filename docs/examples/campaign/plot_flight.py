"""
One flight
==========

The nominal flight of the berthing case: where it is believed to be, and how sure that is.
"""

import matplotlib.pyplot as plt

import rvd
from rvd.casefile.shipped import shelf

case = rvd.load(shelf() / "htv_berthing.toml").with_values({"passive": None, "require": None})
flight = rvd.fly(case, every=5)
print(flight)

# %%
# Errors of the belief, within three of its own sigmas.
h = flight.history
figure, axes = plt.subplots(3, 1, figsize=(7.0, 5.0), sharex=True, layout="constrained")
for ax, axis in zip(axes, ("vbar", "rbar", "hbar")):
    sigma = h[f"sigma_{axis}"]
    ax.fill_between(h["t"] / 60.0, -3 * sigma, 3 * sigma, alpha=0.2)
    ax.plot(h["t"] / 60.0, h[f"believed_{axis}"] - h[axis], linewidth=0.8)
    ax.set(ylabel=f"{axis} (m)", yscale="symlog")
    ax.set_yscale("symlog", linthresh=0.1)
axes[-1].set(xlabel="time (min)")
plt.show()
