"""Capture is not free: the berthing case beside variants of it, on the same numbers: `python -m validation.not_free`.

Each variant changes one thing of `cases/htv_berthing.toml` and flies the same run numbers. What the change must do is
said beforehand; the program ends with 1 if it does not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from rvd.casefile import load
from rvd.core.signals import Outcome
from rvd.montecarlo.consistent import epochs
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.run import run_campaign
from rvd.statistics.paired import mean_difference
from rvd.store import arrays_of

CASE = Path(__file__).parents[1] / "cases" / "htv_berthing.toml"
CONFIDENCE = 0.95
UNSEEN = 201
"""A seed that no choice of the case's `[navigation]` has seen: 1, 7, 11, 101, 102, 2013, 5001 and 6001 were read."""

Table = Mapping[str, np.ndarray]


class Variant(NamedTuple):
    """A change of the case, by dotted path."""

    name: str
    change: dict[str, Any]


SLOW_ARM = {"disperse.capture.time": {"normal": "12 s"}}
BASE = Variant("as it is", {})
CORRIDOR = Variant("corridor of 1 degree", {"rules.corridor.half_angle": "1 deg"})
THRUST = Variant(
    "thrust errors tripled",
    {
        "disperse.chaser.thrusters.force": {"normal": "4.5 %"},
        "disperse.chaser.thrusters.tilt": {"normal": "0.75 deg"},
    },
)
SLOW = Variant("slow arm", SLOW_ARM)
NO_RETREAT = Variant("slow arm, no retreat", {**SLOW_ARM, "leg.free drift.fallback": None})
NOISY = Variant("twice the noise that the filter is told", {"sensors.noise": 2.0})


def fly(variant: Variant, runs: int, seed: int, jobs: int) -> Table:
    """The rows of a variant."""
    case = load(CASE).with_values({"passive": None, "require": [], **variant.change})
    mission = Mission(case)
    table = arrays_of(run_campaign(mission.plan, mission.flyer, seed, runs, jobs).store.table())
    ends = np.unique(table["outcome"], return_counts=True)
    said = ", ".join(f"{Outcome(int(o)).name.lower()} {n}" for o, n in zip(*ends, strict=True))
    print(f"{variant.name}: {said}", flush=True)
    return table


def captured(table: Table) -> int:
    """Runs captured."""
    return int(np.sum(table["captured"]))


def fewer(first: Table, second: Table, what: str) -> bool:
    """Says whether the second captures fewer than the first."""
    a, b = captured(first), captured(second)
    print(f"  {'ok  ' if b < a else 'MISS'} {what}: {a} captured, then {b}")
    return b < a


def worse(first: Table, second: Table, column: str) -> bool:
    """Says whether the mean of a column, over the runs that both captured, rose beyond its paired interval."""
    both = (first["captured"] > 0) & (second["captured"] > 0)
    found = mean_difference(first[column][both], second[column][both], CONFIDENCE)
    tails = [float(np.quantile(table[column][both], 0.99)) for table in (first, second)]
    held = found.interval.low > 0.0 and tails[1] > tails[0]
    low, high = found.interval
    print(
        f"  {'ok  ' if held else 'MISS'} {column}: mean {found.estimate:+.4g} ({low:+.4g} to {high:+.4g}), "
        f"99 % quantile {tails[0]:.4g}, then {tails[1]:.4g}"
    )
    return held


def consistent(table: Table, legs: tuple[str, ...], wanted: bool) -> bool:
    """Says where NEES and NIS lie; `wanted`: inside all their bands, or outside some.

    As the requirements ask it: the bands of all legs hold together with 95 % confidence. A star marks a leg that is
    outside the band of its own, as one in twenty is of a filter that knows itself.
    """
    held = True
    for what in ("nees_consistent", "nis_consistent"):
        alone = epochs(table, what, legs, CONFIDENCE)
        together = epochs(table, what, legs, 1.0 - (1.0 - CONFIDENCE) / len(alone))
        inside = sum(epoch.found.inside for epoch in together)
        good = inside == len(together) if wanted else inside < len(together)
        held &= good
        print(f"  {'ok  ' if good else 'MISS'} {what}: {inside} of {len(together)} legs inside their bands")
        for (leg, one), (_, own) in zip(together, alone, strict=True):
            mark = ("" if one.inside else "  outside") + ("" if own.inside else " *")
            print(
                f"       {leg:24s} {one.mean:6.3f} a number ({one.band.low:.3f} to {one.band.high:.3f}){mark}"
            )
    return held


def corridor_used(table: Table, half_angle: float) -> None:
    """Says how far from its axis the chaser flies in the corridor (deg), at the worst of each run that came there."""
    used = np.degrees(half_angle - table["corridor_margin"])
    used = used[~np.isnan(used)]
    worst = ", ".join(
        f"{share:.1%} of runs within {np.quantile(used, share):.2f}" for share in (0.5, 0.9, 0.99)
    )
    print(f"  of the corridor {worst}, all within {used.max():.2f} deg")


def main() -> int:
    """Flies every variant and says what each did; 1 if one did not do what was said beforehand."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=UNSEEN)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    flights = (asked.runs, asked.seed, asked.jobs)
    legs = tuple(leg.name for leg in load(CASE).leg)
    base = fly(BASE, *flights)
    held = [consistent(base, legs, True)]
    corridor_used(base, load(CASE).rules["corridor"].half_angle)
    held.append(fewer(base, fly(CORRIDOR, *flights), CORRIDOR.name))
    tripled = fly(THRUST, *flights)
    held += [worse(base, tripled, column) for column in ("propellant_used", "box_distance")]
    held.append(
        fewer(fly(SLOW, *flights), fly(NO_RETREAT, *flights), "no retreat allowed, while the arm is slow")
    )
    held.append(consistent(fly(NOISY, *flights), legs, False))
    print(f"{sum(held)} of {len(held)} as said beforehand")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
