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

from rvd.campaign.draws import draw_rows
from rvd.campaign.mission import Mission
from rvd.case import load

BUDGET = 25.0
"""Microseconds a simulated second a core may take at the most, filter and allocation included."""


def timed(mission: Mission, runs: int, seed: int) -> tuple[float, float]:
    """Wall-clock and simulated seconds of runs 0 to runs - 1 on this thread, results only."""
    numbers = np.arange(runs)
    rows = draw_rows(mission.plan.draws, mission.plan.nominal, seed, numbers)
    end = [name for name, _ in mission.flyer.columns].index("t_end")
    begin = time.perf_counter()
    results = mission.flyer.fly(rows, seed, numbers)
    return time.perf_counter() - begin, float(results[:, end].sum())


def nominal(mission: Mission, seed: int, times: int = 5) -> tuple[float, float]:
    """The quickest of several nominal flights: wall-clock and simulated seconds."""
    best, simulated = float("inf"), 0.0
    end = [name for name, _ in mission.flyer.columns].index("t_end")
    for _ in range(times):
        begin = time.perf_counter()
        results = mission.flyer.fly(mission.plan.nominal[None, :], seed, np.zeros(1, dtype=int))
        best, simulated = min(best, time.perf_counter() - begin), float(results[0, end])
    return best, simulated


def rates(mission: Mission, seed: int) -> list[tuple[str, float, float]]:
    """Name, rate (Hz) and seconds of each leg of the nominal flight."""
    flight = mission.flight(None, seed, 60)
    entered = [*flight.legs["t"][: len(mission.case.leg)], flight.result["t_end"]]
    spans = itertools.pairwise(entered)
    return [(leg.name, leg.rate, float(b - a)) for leg, (a, b) in zip(mission.case.leg, spans, strict=True)]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="?", type=Path, default=Path("cases/htv_berthing.toml"))
    parser.add_argument("--runs", type=int, default=40)
    given = parser.parse_args()
    mission = Mission(load(given.case))
    seed = mission.case.campaign.seed
    begin = time.perf_counter()
    timed(mission, 1, seed)
    print(f"first run, compiling or reading the cache: {time.perf_counter() - begin:.1f} s")
    legs = rates(mission, seed)
    for name, rate, seconds in legs:
        print(f"  {name:28} {rate:3.0f} Hz {seconds:8.0f} s")
    ticks = sum(rate * seconds for _, rate, seconds in legs)
    wall, simulated = nominal(mission, seed)
    print(f"nominal flight: {1e3 * wall:.1f} ms for {simulated:.0f} simulated s and {ticks:.0f} ticks")
    cost = 1e6 * wall / simulated
    print(f"  {1e6 * wall / ticks:.2f} us a tick, {simulated / wall:.0f} times real time")
    print(f"  {cost:.2f} us a simulated second, {BUDGET / cost:.1f} times below {BUDGET:g} us")
    wall, simulated = timed(mission, given.runs, seed)
    minute = 60.0 * given.runs / wall
    print(
        f"{given.runs} dispersed runs: {1e6 * wall / simulated:.2f} us a simulated second, {minute:.0f} runs/min a core"
    )


if __name__ == "__main__":
    main()
