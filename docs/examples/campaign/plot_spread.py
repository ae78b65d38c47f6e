"""
A campaign in one figure
========================

Twelve runs: what they cost, leg by leg.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd
from rvd.casefile.shipped import shelf

case = rvd.load(shelf() / "htv_berthing.toml").with_values({"passive": None, "require": None})
results = rvd.campaign(case, runs=12, seed=1)
print(results)
frame = results.to_pandas()

legs = [leg.name for leg in case.leg]
at = frame[[f"delta_v.{name}" for name in legs]].to_numpy()
spent = np.diff(np.column_stack([at, frame["delta_v"]]), axis=1)

figure, ax = plt.subplots(figsize=(7.0, 4.0), layout="constrained")
ax.boxplot(spent, orientation="horizontal", tick_labels=legs)
ax.set(xlabel="delta-v (m/s)")
ax.invert_yaxis()
plt.show()
