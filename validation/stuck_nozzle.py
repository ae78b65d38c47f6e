"""What becomes of a docking when one nozzle is stuck on near the end: every run has another nozzle and another moment.

    python -m validation.stuck_nozzle --runs 200

The drawn rows of the case's own campaign, each with one nozzle that is stuck on from a moment on, for good. The nozzle
is any of the vehicle's, the moment any at which the undisturbed flight is within `--within` metres of the port; both
are drawn evenly. Printed are the outcomes, the alarms, and the least clearance of the hulls over the whole flight, its
abort included.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

import rvd
from rvd.case.paths import FAULTS
from rvd.case.table import FOREVER
from rvd.core.signals import Alarm, Outcome
from rvd.montecarlo.draws import draw_rows
from rvd.montecarlo.mission import Mission
from validation.stored import CASES, counts, ready


def moments(mission: Mission, seed: int, within: float) -> tuple[float, float]:
    """The first and the last time (s) at which the undisturbed flight is so near to the port (m)."""
    h = mission.flyer.flight(mission.built.row, seed, 0, 1).history
    away = np.sqrt(h["fixture_vbar"] ** 2 + h["fixture_rbar"] ** 2 + h["fixture_hbar"] ** 2)
    near = h["t"][away < within]
    return float(near[0]), float(near[-1])


def stuck_rows(mission: Mission, runs: int, seed: int, span: tuple[float, float]) -> np.ndarray:
    """The rows of the first runs, a nozzle stuck on in each from a moment of the span (s) on."""
    plan, names = mission.plan, mission.built.names
    rows = draw_rows(plan.draws, plan.nominal, seed, np.arange(runs), plan.sampler(runs))
    chance = np.random.default_rng(seed)
    nozzles = chance.choice(np.array(mission.flyer.nozzles), runs)
    for row, nozzle, since in zip(rows, nozzles, chance.uniform(*span, runs), strict=True):
        told = {"fault": float(FAULTS.index("stuck-on")), "fault_since": since, "fault_until": FOREVER}
        for word, value in told.items():
            row[names.index(f"chaser.thrusters.{word}.{nozzle}")] = value
    return rows


def main(words: list[str] | None = None) -> int:
    """Flies the runs and prints what became of them."""
    parser = argparse.ArgumentParser(
        prog="python -m validation.stuck_nozzle", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("case", nargs="?", default="crew_dragon_docking", help="a shipped case, or a file")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", type=float, default=30.0)
    given = parser.parse_args(words)
    path = Path(given.case) if given.case.endswith(".toml") else CASES / f"{given.case}.toml"
    mission = ready(rvd.load(path))
    rows = stuck_rows(mission, given.runs, given.seed, moments(mission, given.seed, given.within))
    print(f"flying {given.runs} runs of {path.stem}", file=sys.stderr, flush=True)
    results = mission.flyer.fly(rows, given.seed, np.arange(given.runs))
    found = dict(zip([name for name, _ in mission.flyer.columns], results.T, strict=True))
    clearance = found["clearance"]
    print(f"outcomes: {counts([Outcome(int(x)).word for x in found['outcome']], ())}")
    print(f"alarms: {counts([Alarm(int(x)).name.lower() for x in found['alarm']], ('none',))}")
    least, low, middle = np.nanquantile(clearance, [0.0, 0.05, 0.5])
    met = int((clearance < 0.0).sum())
    print(
        f"the hulls met in {met} runs; clearance at least {least:.2f} m, 5 % {low:.2f} m, median {middle:.2f} m"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
