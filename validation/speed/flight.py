"""Cost of the flights themselves: `python -m validation.speed.flight [CASE] [--runs N]`.

Flies the nominal case and a few runs of its campaign on one core, after compiling, and prints microseconds a
simulated second with the rates at which the legs are flown, the ratio to real time, and runs a minute.
"""

from __future__ import annotations

import argparse
import itertools
import time
from pathlib import Path

import numpy as np

from rvd.assembly.flyer import Flyer
from rvd.casefile import load
from rvd.montecarlo.draws import draw_rows
from rvd.montecarlo.mission import Mission
from rvd.reporting.scene import scene_of
from rvd.reporting.timeline import visits

BUDGET = 25.0
"""Microseconds a simulated second a core may take at the most, filter and allocation included."""


def flown(mission: Mission, flyer: Flyer, runs: int, seed: int) -> tuple[float, float]:
    """Wall-clock and simulated seconds of runs 0 to runs - 1 on this thread, results only."""
    numbers = np.arange(runs)
    rows = draw_rows(mission.plan.draws, mission.plan.nominal, seed, numbers)
    return timed(flyer, rows, seed, numbers)


def timed(flyer: Flyer, rows: np.ndarray, seed: int, numbers: np.ndarray) -> tuple[float, float]:
    """Wall-clock and simulated seconds of these rows."""
    end = [name for name, _ in flyer.columns].index("t_end")
    begin = time.perf_counter()
    results = flyer.fly(rows, seed, numbers)
    return time.perf_counter() - begin, float(results[:, end].sum())


def rates(mission: Mission, seed: int) -> list[tuple[str, float, float]]:
    """Name, rate (Hz) and seconds of each leg of the nominal flight, in the order flown."""
    flight = mission.flight(None, seed, 60)
    legs = [visit for visit in visits(scene_of(mission.built), flight) if visit.leg < len(mission.case.leg)]
    spans = itertools.pairwise([*(visit.t for visit in legs), flight.result["t_end"]])
    return [
        (leg.name, mission.case.leg[leg.leg].rate, float(b - a))
        for leg, (a, b) in zip(legs, spans, strict=True)
    ]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="?", type=Path, default=Path("cases/htv_berthing.toml"))
    parser.add_argument("--runs", type=int, default=40)
    given = parser.parse_args()
    mission = Mission(load(given.case))
    seed, built = mission.case.campaign.seed, mission.built
    bare = Flyer(built.setup, built.leg_names, built.names)
    begin = time.perf_counter()
    flown(mission, mission.flyer, 1, seed)
    print(f"first run, compiling or reading the cache: {time.perf_counter() - begin:.1f} s")
    legs = rates(mission, seed)
    for name, rate, seconds in legs:
        print(f"  {name:28} {rate:3.0f} Hz {seconds:8.0f} s")
    ticks = sum(rate * seconds for _, rate, seconds in legs)
    row = mission.plan.nominal[None, :]
    wall, simulated = min(timed(bare, row, seed, np.zeros(1, dtype=int)) for _ in range(5))
    cost = 1e6 * wall / simulated
    print(f"nominal flight: {1e3 * wall:.1f} ms for {simulated:.0f} simulated s and {ticks:.0f} ticks")
    print(f"  {1e6 * wall / ticks:.2f} us a tick, {simulated / wall:.0f} times real time")
    print(f"  {cost:.2f} us a simulated second, {BUDGET / cost:.1f} times below {BUDGET:g} us")
    for words, flyer in (
        ("dispersed runs", bare),
        ("the same with their drifts after lost thrust", mission.flyer),
    ):
        wall, simulated = flown(mission, flyer, given.runs, seed)
        minute = 60.0 * given.runs / wall
        print(
            f"{given.runs} {words}: {1e6 * wall / simulated:.2f} us a simulated second, {minute:.0f} runs/min a core"
        )


if __name__ == "__main__":
    main()
