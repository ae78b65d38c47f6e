"""What a leg in the frame of a port is worth: ATV to first contact, its legs led by the port, by hill, and untold.

    python -m validation.port_frames --runs 200

Three campaigns of `cases/atv_docking.toml` with the same rows and the same errors:

    port     as the case flies: the last legs follow the port as navigation believes it
    hill     the same legs in the frame of the orbit: they lead to where the port of a level station would be
    untold   as the case flies, but the filter is not told how the station swings

Counted is a first touch within 0.10 m of the axis, whatever became of the run. Intervals are at 90 %: Clopper and
Pearson's for shares, McNemar's for differences, as `rvd.statistics` has them.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

import rvd
from rvd.casefile import Case
from rvd.montecarlo.draws import draw_rows
from rvd.montecarlo.mission import Mission
from rvd.statistics.binomial import clopper_pearson
from rvd.statistics.paired import share_difference

CASE = Path(__file__).parents[1] / "cases" / "atv_docking.toml"
HEAD = "{:8}{:>8}{:>24}{:>11}{:>10}{:>26}"
NEAR = 0.10
CONFIDENCE = 0.90


def in_hill(case: Case) -> Case:
    """The case with every leg of a port in the frame of the orbit, to the same places of a level station."""
    changes: dict[str, Any] = {}
    for k, leg in enumerate(case.leg):
        if leg.port is not None:
            places = {"vbar": -leg.to.out, "hbar": 0.0, "rbar": leg.to.down}
            changes |= {
                f"leg.{k}.frame": None,
                f"leg.{k}.axes": None,
                f"leg.{k}.mated": None,
                f"leg.{k}.to": places,
            }
    return case.with_values(changes)


def untold(mission: Mission) -> Any:
    """The set-up of a mission whose filter expects no swing of the target."""
    setup = mission.built.setup
    filters = setup.onboard.filters
    still = filters.relative._replace(swing=(0.0, 0.0, 0.0))
    return setup._replace(onboard=setup.onboard._replace(filters=filters._replace(relative=still)))


def offsets(mission: Mission, runs: int, seed: int) -> np.ndarray:
    """The distance (m) of each run's first touch from the axis; NaN where nothing touched."""
    plan, numbers = mission.plan, np.arange(runs)
    rows = draw_rows(plan.draws, plan.nominal, seed, numbers, plan.sampler(runs))
    results = mission.flyer.fly(rows, seed, numbers)
    return np.asarray(results[:, [name for name, _ in mission.flyer.columns].index("lateral_offset")])


def flown(runs: int, seed: int) -> Iterator[tuple[str, np.ndarray]]:
    """Each way to fly it, with its offsets."""
    case = rvd.load(CASE)
    mission = Mission(case)
    yield "port", offsets(mission, runs, seed)
    yield "hill", offsets(Mission(in_hill(case)), runs, seed)
    mission.flyer.setup = untold(mission)
    yield "untold", offsets(mission, runs, seed)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    near: dict[str, np.ndarray] = {}
    print(HEAD.format("legs", "touched", "within 0.10 m", "median, m", "95 %, m", "less than port, points"))
    for name, found in flown(given.runs, given.seed):
        near[name] = found < NEAR  # of what never touched: not
        share = clopper_pearson(int(near[name].sum()), given.runs, CONFIDENCE, "two-sided")
        less = share_difference(near[name], near["port"], CONFIDENCE)
        touched = found[~np.isnan(found)]
        middle, high = np.quantile(touched, [0.5, 0.95]) if touched.size else (np.nan, np.nan)
        print(
            HEAD.format(
                name,
                touched.size,
                f"{percent(near[name].mean())} ({percent(share.low)} to {percent(share.high)})",
                f"{middle:.3f}",
                f"{high:.3f}",
                f"{percent(less.estimate)} ({percent(less.interval.low)} to {percent(less.interval.high)})",
            ),
            flush=True,
        )


def percent(share: float) -> str:
    """A share in per cent."""
    return f"{100.0 * share:.1f}"


if __name__ == "__main__":
    main()
