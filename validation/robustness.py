"""What becomes of a case where the truth errs more than the case disperses: one campaign for each way to err.

    python -m validation.robustness htv_berthing atv_docking --runs 200 --jobs 2
    python -m validation.robustness htv_berthing --print       # what is stored, flying nothing

A row of the table is a cell: the drawn rows of the case's own campaign, changed in one group of numbers. `3x` means
that each number of the group lies three times as far from its nominal value as it was drawn. What then lies outside
the limits of a case file is moved to the limit, and counted as clipped. The flight software is that of the case: it is
told nothing of this. There is no pass mark.

Every cell is stored run by run in `validation/measured/`, and a stored run is not flown again unless the sources, the
case, the seed or the rows have changed. Ctrl-C keeps what was flown. The share of runs that reached the goal has the
interval of Clopper and Pearson at 90 %.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from rvd.case.bounds import span_of
from rvd.case.paths import PATHS, known_as
from rvd.core.signals import SUCCESSES, Alarm, Outcome
from rvd.montecarlo.distributions import TruncatedNormal, Uniform
from rvd.montecarlo.draws import AnyDraw, Draw, How, draw_rows
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.plan import software
from rvd.statistics.binomial import clopper_pearson
from validation.stored import Command, Numbers, Stored, counts, identity_of, percent, table

CONFIDENCE = 0.90
CHUNK = 10
"""Runs that are flown between two savings."""

NEVER_OPEN = 0.01
"""A number that must lie above its limit is moved to this share of its nominal value."""

GROUPS: dict[str, tuple[str, ...]] = {
    "GPS": ("sensors.gps.",),
    "laser": ("sensors.laser.",),
    "tracker": ("sensors.star_tracker.",),
    "gyro": ("sensors.gyro.",),
    "accelerometer": ("sensors.accelerometer.",),
    "thrust": ("chaser.thrusters.force.", "chaser.thrusters.tilt_"),
    "bits": ("chaser.thrusters.bit.", "chaser.thrusters.repeatability."),
    "mass": ("chaser.mass", "chaser.propellant", "chaser.com.", "chaser.tank.", "chaser.inertia."),
    "station": (
        "target.bias.", "target.deadband.", "target.period.", "target.phase.", "target.rms.",
        "target.momentum.", "target.mass", "target.inertia.",
    ),
    "air": ("atmosphere.", "target.drag.", "chaser.drag."),
    "orbit": ("target.altitude", "target.inclination", "target.eccentricity"),
    "start": ("start.", "knowledge."),
}  # fmt: skip
"""What of a row belongs together, by the beginnings of the names of its slots."""

MOST_BIT = 0.8
"""An engine's bit errs by at most this share of the least impulse: published of small bipropellants are 30 % from
engine to engine, cut there (unverified)."""

TURN = 2.0 * np.pi
DEGREE = np.pi / 180.0


class Cell(NamedTuple):
    """One way to err: a group that lies farther out than drawn, or slots that are changed in every row."""

    name: str
    group: str = ""
    factor: float = 1.0
    #: Beginnings of names, and the number that is put there.
    put: tuple[tuple[str, float], ...] = ()
    #: Names, and what the number there is multiplied by.
    times: tuple[tuple[str, float], ...] = ()
    #: What is drawn anew.
    draws: tuple[AnyDraw, ...] = ()


class Rows(NamedTuple):
    """The rows (k, m) of a cell, and how many of their numbers were moved to a limit."""

    rows: np.ndarray
    clipped: int


def slots_from(names: Sequence[str], *beginnings: str) -> list[int]:
    """The slots of a row whose names begin so."""
    return [k for k, name in enumerate(names) if name.startswith(beginnings)]


def drawn_anew(names: Sequence[str], beginning: str, distribution: Any, how: How) -> tuple[AnyDraw, ...]:
    """A draw of every slot that begins so; none where the row has no such slot."""
    slots = tuple(slots_from(names, beginning))
    return (Draw(f"robustness.{beginning}", slots, distribution, how),) if slots else ()


def cells_of(mission: Mission) -> Iterator[Cell]:
    """The cells of a case: those whose slots it has, and of groups those of which it disperses a number."""
    names = mission.built.names
    drawn = {slot for draw in mission.plan.draws for slot in draw.slots}
    yield Cell("as dispersed")
    for group, beginnings in GROUPS.items():
        if drawn.intersection(slots_from(names, *beginnings)):
            yield Cell(f"{group} 3x", group, 3.0)
    yield Cell("start and knowledge 5x", "start", 5.0)
    for share in (0.1, 0.3, 0.5):
        yield Cell(f"pulses vary by {percent(share)} %", put=(("chaser.thrusters.repeatability.", share),))
    for share in (0.1, 0.3, 0.5):
        spread = TruncatedNormal(share, -MOST_BIT, MOST_BIT)
        draws = drawn_anew(names, "chaser.thrusters.bit.", spread, How.ADD)
        if draws:
            yield Cell(f"bits of engines {percent(share)} %", draws=draws)
    for degrees in (0.3, 0.7, 1.0):
        if slots_from(names, "target.rms."):
            yield Cell(f"station wanders by {degrees:g} deg", put=(("target.rms.", degrees * DEGREE),))
    yield momentum_held(0.3)
    yield momentum_held(0.7)
    yield Cell("white noise of sensors 3x", times=tuple((slot, 3.0) for slot in noises(names)))
    yield Cell("limit cycle of the station 3x", times=tuple((f"target.deadband.{k}", 3.0) for k in range(3)))
    yield Cell("its period 1.5x", times=tuple((f"target.period.{k}", 1.5) for k in range(3)))
    anywhere = Uniform(0.0, TURN)
    yield Cell(
        "any node and latitude",
        draws=drawn_anew(names, "target.raan", anywhere, How.PUT)
        + drawn_anew(names, "target.latitude", anywhere, How.PUT),
    )


def momentum_held(degrees: float) -> Cell:
    """A target without jets: no limit cycle, but so many degrees at the orbital rate, by a loop as fast as that."""
    loop = (("target.momentum.amplitude.", degrees * DEGREE), ("target.momentum.bandwidth.", 1.0))
    return Cell(f"momentum-held, {degrees:g} deg", put=(("target.deadband.", 0.0), *loop))


def noises(names: Sequence[str]) -> list[str]:
    """The slots that hold a sensor's white noise."""
    return [name for name in names if name.startswith("sensors.") and PATHS[known_as(name).key].mark.noise]


def rows_of(mission: Mission, cell: Cell, seed: int, runs: int) -> Rows:
    """The rows of the first runs of a cell."""
    plan, names = mission.plan, mission.built.names
    numbers = np.arange(runs)
    rows = draw_rows(plan.draws, plan.nominal, seed, numbers, plan.sampler(runs))
    for beginning, value in cell.put:
        rows[:, slots_from(names, beginning)] = value
    for name, factor in cell.times:
        rows[:, names.index(name)] *= factor
    if cell.draws:
        rows = draw_rows_over(cell.draws, rows, plan.nominal, seed)
    wide = rows.copy()
    slots = slots_from(names, *GROUPS[cell.group]) if cell.group else []
    wide[:, slots] = plan.nominal[slots] + cell.factor * (rows[:, slots] - plan.nominal[slots])
    return within_limits(mission, rows, wide)


def draw_rows_over(draws: Sequence[AnyDraw], rows: np.ndarray, nominal: np.ndarray, seed: int) -> np.ndarray:
    """The rows with some of their slots drawn anew from their nominal values."""
    fresh = draw_rows(draws, nominal, seed, np.arange(len(rows)))
    mine = sorted({slot for draw in draws for slot in draw.slots})
    rows = rows.copy()
    rows[:, mine] = fresh[:, mine]
    return rows


def within_limits(mission: Mission, rows: np.ndarray, wide: np.ndarray) -> Rows:
    """The widened rows, what lies outside the limits of a case moved to them, and how many numbers were.

    Numbers that only together are no vehicle's (moments of inertia) stay as they were drawn.
    """
    names, nominal, clipped = mission.built.names, mission.plan.nominal, 0
    held = wide.copy()
    for k in range(len(names)):
        span = span_of(mission.case, names[k])
        low = max(span.low, NEVER_OPEN * nominal[k]) if span.open else span.low
        held[:, k] = np.clip(wide[:, k], low, span.high)
        clipped += int(np.count_nonzero(held[:, k] != wide[:, k]))
    for several in mission.plan.limits.together if mission.plan.limits else ():
        bad, slots = ~several.fits(held[:, list(several.slots)]), list(several.slots)
        held[np.ix_(bad, slots)] = rows[np.ix_(bad, slots)]
        clipped += int(np.count_nonzero(bad)) * len(slots)
    return Rows(held, clipped)


def fly_cell(mission: Mission, kept: Numbers, rows: np.ndarray, seed: int, jobs: int) -> Iterator[int]:
    """Flies what a cell lacks, some runs at a time, and puts it there; yields how many runs it has then."""
    columns = [name for name, _ in mission.flyer.columns]
    wanted = [columns.index(name) for name in ("outcome", "alarm", "clearance")]
    have = len(kept.setdefault("outcome", []))
    for key in ("alarm", "clearance"):
        kept.setdefault(key, [])
    spans = [np.arange(k, min(k + CHUNK, len(rows))) for k in range(have, len(rows), CHUNK)]

    def results(span: np.ndarray) -> np.ndarray:
        return mission.flyer.fly(rows[span], seed, span)[:, wanted]

    with ThreadPoolExecutor(jobs) as pool:
        try:
            for found in pool.map(results, spans):
                kept["outcome"] += [Outcome(int(number)).word for number in found[:, 0]]
                kept["alarm"] += [Alarm(int(number)).name.lower() for number in found[:, 1]]
                kept["clearance"] += [None if np.isnan(x) else round(float(x), 3) for x in found[:, 2]]
                yield len(kept["outcome"])
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def line_of(name: str, kept: Numbers) -> tuple[str, ...]:
    """A cell as a line of the table."""
    outcomes, reached = kept["outcome"], tuple(outcome.word for outcome in SUCCESSES)
    runs = len(outcomes)
    count = len([word for word in outcomes if word in reached])
    share = clopper_pearson(count, runs, CONFIDENCE, "two-sided")
    clearance = [metres for metres in kept["clearance"] if metres is not None]
    return (
        name,
        str(runs),
        percent(count / runs),
        f"{percent(share.low)} to {percent(share.high)}",
        counts(outcomes, reached) or "-",
        str(len([metres for metres in clearance if metres < 0.0])) if clearance else "-",
        f"{np.quantile(clearance, 0.05):.2f}" if clearance else "-",
        counts(kept["alarm"], ("none",)) or "-",
        str(kept["clipped"]),
    )


HEAD = (
    "truth", "runs", "reached, %", "90 %", "other outcomes", "hull contacts", "clearance 5 %, m", "alarms", "clipped",
)  # fmt: skip


def measure(mission: Mission, stored: Stored, seed: int, runs: int, jobs: int) -> None:
    """Flies every cell that is not stored, and stores it."""
    made_from = {**software(), "case": mission.plan.case_text, "seed": seed, "runs": runs}
    parts = [content for _, content in sorted(mission.plan.parts.items())]
    cells = list(cells_of(mission))
    for number, cell in enumerate(cells, 1):
        rows, clipped = rows_of(mission, cell, seed, runs)
        kept = stored.cell(cell.name, identity_of(made_from, rows.tobytes(), *parts))
        kept["clipped"] = clipped
        for flown in fly_cell(mission, kept, rows, seed, jobs):
            stored.save()
            print(
                f"\r{number} of {len(cells)}, {cell.name}: {flown} of {runs} runs ", end="", file=sys.stderr
            )
        print(f"\r{' | '.join(line_of(cell.name, kept))}", file=sys.stderr, flush=True)
    stored.cells = {cell.name: stored.cells[cell.name] for cell in cells}
    stored.save()


def shown(cells: Mapping[str, Numbers]) -> str:
    """What is stored, as a table."""
    return table(HEAD, [line_of(name, kept) for name, kept in cells.items() if kept.get("outcome")])


COMMAND = Command("robustness", (__doc__ or "").splitlines()[0], ("runs", 200), measure, shown)

if __name__ == "__main__":
    sys.exit(COMMAND.run())
