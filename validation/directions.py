"""Whether the filter is right along each direction, not on average alone: `python -m validation.directions`.

NEES is the mean square of six errors in sigmas. One direction may hold far too little and another too much, and NEES
says nothing; the eigenvalues of their second moments do (each 1 of a filter that knows itself). The program flies
`cases/htv_berthing.toml`, prints both on entering each leg, and ends with 1 if an eigenvalue lies outside `ALLOWED`.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from rvd.casefile import load
from rvd.montecarlo.mission import Mission
from validation.not_free import CASE, UNSEEN

ALLOWED = (0.7, 1.4)
"""Of variance along any direction (assumed): 18 % of a sigma either way; sampling alone spreads 0.85 to 1.16."""


def errors_of(runs: int, seed: int) -> tuple[tuple[str, ...], np.ndarray]:
    """Names of the legs, and the errors in sigmas (runs, legs, 6) as each was entered; NaN where a run never did."""
    mission = Mission(load(CASE).with_values({"passive": None, "require": []}))

    def one(run: int) -> np.ndarray:
        legs = mission.flight(run, seed, every=3600, runs=runs).legs
        return np.stack([legs[f"error_{k}"] for k in range(6)], axis=1)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        errors = np.array(list(pool.map(one, range(runs))))
    return mission.built.leg_names, errors


def directions(errors: np.ndarray) -> np.ndarray:
    """Eigenvalues (6,), ascending, of the second moments of errors (n, 6)."""
    return np.linalg.eigvalsh(errors.T @ errors / len(errors))


def say(names: tuple[str, ...], errors: np.ndarray) -> bool:
    """Prints a line a leg that most runs entered; whether all eigenvalues are allowed."""
    held = True
    for k, name in enumerate(names):
        entered = errors[~np.isnan(errors[:, k, 0]), k]
        if len(entered) < len(errors) // 2:
            continue
        found = directions(entered)
        good = ALLOWED[0] <= found[0] and found[-1] <= ALLOWED[1]
        held &= good
        values = " ".join(f"{value:.3f}" for value in found)
        print(f"  {'ok  ' if good else 'MISS'} {name:24s} NEES {np.mean(entered**2):.3f} a number; {values}")
    return held


def main() -> int:
    """Runs the program; gives its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=UNSEEN)
    told = parser.parse_args()
    names, errors = errors_of(told.runs, told.seed)
    held = say(names, errors)
    print(f"every direction within {ALLOWED[0]} to {ALLOWED[1]}: {'yes' if held else 'no'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
