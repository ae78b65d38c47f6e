"""
Asked and given
===============

Force asked of the nozzles and given by them, and how long they were on, over the last climb.
"""

import matplotlib.pyplot as plt

import rvd
from rvd.casefile.shipped import shelf

case = rvd.load(shelf() / "htv_berthing.toml").with_values({"passive": None, "require": None})
flight = rvd.fly(case)
frame = flight.history.to_pandas()
climb = frame[frame["leg_word"] == "climb to the box"]

figure, (top, below) = plt.subplots(2, 1, figsize=(7.0, 5.0), sharex=True, layout="constrained")
top.plot(climb["t"], climb["asked_force_down"], linewidth=0.7, label="asked")
top.plot(climb["t"], climb["given_force_down"], linewidth=0.7, label="given")
top.set(ylabel="force, down (N)")
top.legend()
on = climb[[name for name in climb if name.startswith("on.")]].sum()
below.remove()
ax = figure.add_subplot(2, 1, 2)
used = on[on > 0.0].sort_values()
ax.bar([name.removeprefix("on.") for name in used.index], used)
ax.set(ylabel="on in the logged steps (s)")
plt.show()
