"""The HTV case, built once for all tests of flights."""

import functools
from pathlib import Path

import numpy as np

from rvd.casefile import Case, load
from rvd.montecarlo.mission import Mission

ROOT = Path(__file__).parents[3]


@functools.cache
def case() -> Case:
    """The case of the repository."""
    return load(ROOT / "cases" / "htv_berthing.toml")


@functools.cache
def mission() -> Mission:
    """The case made ready."""
    return Mission(case())


@functools.cache
def nominal():
    """The nominal flight, a line of history a second."""
    return mission().flight(None, 2013)


def rows(count: int, seed: int = 2013) -> np.ndarray:
    """Rows of the first runs of the campaign."""
    return np.array([mission().row(run, seed) for run in range(count)])
