"""How long a flight errs and nothing is said: one fault at a time, of every nozzle and of every sensor.

    python -m validation.silence htv_berthing --moments 20 --jobs 2
    python -m validation.silence htv_berthing --print

Each fault begins at so many moments, spread over the undisturbed flight, and lasts. The row is the nominal one, with
the noise of run 0. A flight is silent while navigation's position is beyond ten of its own sigmas or beyond 0.3 m and
5 % of the range, whichever is less, and no alarm was raised. The range is from the fixture or port to the berthing
point or port. Counted is the longest silence without a break, and the moments that lead to one of more than 30 s, or
of more than 10 s within 60 m. Nozzles are one line of the table a kind of fault; the worst is named.

Every flight is stored in `validation/measured/`, as `validation.robustness` stores its runs.
"""

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from rvd.case.paths import FAULTS
from rvd.case.sensors import SENSOR_FAULTS
from rvd.core.signals import Alarm
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.plan import software
from validation.stored import Command, Numbers, Stored, counts, identity_of, percent, table

LONG, LONG_NEAR, NEAR = 30.0, 10.0, 60.0
"""A silence (s) that counts, one that counts near, and how near that is (m)."""

SIGMAS, LEAST, SHARE = 10.0, 0.3, 0.05
"""An error counts beyond so many sigmas, or beyond so many metres and that share of the range."""

SIZES: dict[str, tuple[float, ...]] = {
    "silent": (0.0,), "frozen": (0.0,), "bias": (5.0, 20.0), "ramp": (5.0, 20.0), "noise": (5.0, 20.0),
    "wrong-target": (0.0,),
    "stopped": (0.0,),
}  # fmt: skip
"""The faults of sensors and their sizes."""

OF_SOME = {"wrong-target": ("laser",), "stopped": ("gps", "laser", "star_tracker")}
"""The sensors that can fail in a way that not every one can."""

WEAK = 0.5
"""The thrust of a weak nozzle over its full thrust; one that leaks does so by the row's own share."""

KEPT = ("since", "longest", "near", "until_alarm", "outcome", "alarm")
"""What is kept of each flight."""


class Struck(NamedTuple):
    """One fault: its line of the table, its own name, what it puts into the row, and where its begin stands there."""

    line: str
    name: str
    put: Mapping[str, float]
    since: str


class Silence(NamedTuple):
    """The longest silence of a flight, s, the longest of it near, s, and the time from the fault to the alarm, s."""

    longest: float
    near: float
    until_alarm: float | None


def faults_of(mission: Mission) -> Iterator[Struck]:
    """Every single fault: of each sensor aboard, then of each nozzle."""
    for sensor in ("gps", "laser", "star_tracker", "gyro", "accelerometer"):
        if getattr(mission.case.sensors, sensor) is None:
            continue
        head = f"sensors.{sensor}.fault"
        for kind, sizes in SIZES.items():
            if sensor not in OF_SOME.get(kind, (sensor,)):
                continue
            for size in sizes:
                name = " ".join([sensor.replace("_", " "), kind, *([f"{size:g}"] if size else [])])
                put = {f"{head}.kind": float(SENSOR_FAULTS.index(kind)), f"{head}.size": size}
                yield Struck(name, name, put, f"{head}.since")
    for kind in FAULTS[1:]:
        said = f"{kind} {WEAK:g}" if kind == "weak" else kind
        for nozzle in mission.flyer.nozzles:
            put = {f"chaser.thrusters.fault.{nozzle}": float(FAULTS.index(kind))}
            put |= {f"chaser.thrusters.fault_size.{nozzle}": WEAK} if kind == "weak" else {}
            since = f"chaser.thrusters.fault_since.{nozzle}"
            yield Struck(f"nozzle {said}", f"nozzle {nozzle} {said}", put, since)


def silence_of(history: Mapping[str, np.ndarray], since: float) -> Silence:
    """How long a flight erred and nothing was said, from its history."""
    t, alarm = history["t"], history["alarm"] > 0.0
    away = [history[f"believed_{axis}"] - history[axis] for axis in ("vbar", "rbar", "hbar")]
    reach = np.sqrt(sum(history[f"fixture_{axis}"] ** 2 for axis in ("vbar", "rbar", "hbar")))
    error = np.sqrt(sum(axis**2 for axis in away))
    bound = np.minimum(SIGMAS * history["sigma_r"], LEAST + SHARE * reach)
    silent = (error > bound) & ~alarm & (t >= since)
    first = t[alarm & (t >= since)]
    return Silence(
        longest=longest(t, silent),
        near=longest(t, silent & (reach < NEAR)),
        until_alarm=round(float(first[0] - since), 1) if first.size else None,
    )


def longest(t: np.ndarray, marked: np.ndarray) -> float:
    """The longest time (s) without a break in which lines are marked, each until the next line."""
    best, begin = 0.0, None
    for k in range(len(t)):
        if marked[k] and begin is None:
            begin = t[k]
        if begin is not None and (not marked[k] or k == len(t) - 1):
            best, begin = max(best, float(t[k] - begin)), None
    return best


def fly_fault(mission: Mission, struck: Struck, since: float, seed: int) -> Numbers:
    """One flight in which a fault begins at a time (s)."""
    row = mission.built.row.copy()
    for name, value in {**struck.put, struck.since: since}.items():
        row[mission.built.names.index(name)] = value
    flight = mission.flyer.flight(row, seed, 0, 1)
    found = silence_of(flight.history, since)
    return {
        "since": round(since, 1),
        "longest": round(found.longest, 1),
        "near": round(found.near, 1),
        "until_alarm": found.until_alarm,
        "outcome": flight.outcome.word,
        "alarm": Alarm(int(flight.tally.alarm)).name.lower(),
    }


def moments_of(mission: Mission, count: int, seed: int) -> np.ndarray:
    """The middles (s) of `count` equal parts of the undisturbed flight."""
    end = mission.flyer.flight(mission.built.row, seed, 0, 60).tally.t_end
    return (np.arange(count) + 0.5) * (end / count)


def measure(mission: Mission, stored: Stored, seed: int, moments: int, jobs: int) -> None:
    """Flies every fault at every moment that is not stored, and stores it."""
    made_from = {**software(), "case": mission.plan.case_text, "seed": seed, "moments": moments}
    parts = [content for _, content in sorted(mission.plan.parts.items())]
    times = moments_of(mission, moments, seed)
    faults = list(faults_of(mission))
    with ThreadPoolExecutor(jobs) as pool:
        for number, struck in enumerate(faults, 1):
            told = {**made_from, "fault": dict(struck.put)}
            kept = stored.cell(struck.name, identity_of(told, mission.built.row.tobytes(), *parts))
            kept["line"] = struck.line
            left = times[len(kept.setdefault("since", [])) :].tolist()
            for one in pool.map(lambda since, struck=struck: fly_fault(mission, struck, since, seed), left):
                for key in KEPT:
                    kept.setdefault(key, []).append(one[key])
            if left:
                stored.save()
            print(
                f"\r{number} of {len(faults)}, {struck.name}: {line_of([kept])}", file=sys.stderr, flush=True
            )
    stored.cells = {struck.name: stored.cells[struck.name] for struck in faults}
    stored.save()


HEAD = (
    "fault", "flights", "worst silence, s", "worst within 60 m, s", "too long, %", "outcomes", "alarms",
)  # fmt: skip


def line_of(cells: list[Numbers]) -> tuple[str, ...]:
    """The cells of one line of the table, but for its name."""
    longest_, near = (
        [x for cell in cells for x in cell["longest"]],
        [x for cell in cells for x in cell["near"]],
    )
    long = [a > LONG or b > LONG_NEAR for a, b in zip(longest_, near, strict=True)]
    return (
        str(len(long)),
        f"{max(longest_):.0f}",
        f"{max(near):.0f}",
        percent(sum(long) / len(long)),
        counts([word for cell in cells for word in cell["outcome"]], ()),
        counts([word for cell in cells for word in cell["alarm"]], ("none",)) or "-",
    )


def lines(cells: Mapping[str, Numbers]) -> list[tuple[str, ...]]:
    """The table: a line a fault, and one for all nozzles that fail in the same way, with the name of the worst."""
    found: dict[str, dict[str, Numbers]] = {}
    for name, kept in cells.items():
        if kept.get("since"):
            found.setdefault(kept["line"], {})[name] = kept
    said = []
    for line, same in found.items():
        worst = max(same, key=lambda name, same=same: max(same[name]["longest"]))
        named = line if len(same) == 1 else f"{line} (worst: {worst.split()[1]})"
        said.append((named, *line_of(list(same.values()))))
    return said


def shown(cells: Mapping[str, Numbers]) -> str:
    """What is stored, as a table."""
    return table(HEAD, lines(cells))


COMMAND = Command("silence", (__doc__ or "").splitlines()[0], ("moments", 20), measure, shown)

if __name__ == "__main__":
    sys.exit(COMMAND.run())
