"""The first minutes of the case's flight, for a comparison between processes.

`python -m tests.core.stages.whole FILE` writes its history (.npy).
"""

import sys
from pathlib import Path

import numpy as np

from rvd.assembly.build import build
from rvd.assembly.flyer import Flyer
from rvd.casefile import load

SECONDS = 300
CASE = Path(__file__).parents[3] / "cases" / "htv_berthing.toml"


def history() -> np.ndarray:
    """All columns of the history (seconds, columns), run 3 of seed 1."""
    built = build(load(CASE))
    setup = built.setup._replace(seconds=SECONDS)
    flight = Flyer(setup, built.leg_names).flight(built.row, 1, 3)
    return np.stack(list(flight.history.values()), axis=1)


if __name__ == "__main__":
    np.save(sys.argv[1], history())
