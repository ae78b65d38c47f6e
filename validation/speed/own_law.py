"""Cost of a law of the user's own: `python -m validation.speed.own_law [--times N]`.

The built-in `straight` is copied into a user's file, and the same line is flown with both at 10 Hz, in turns, in one
process: 5 h of flight, of which the law is asked at every tick but those of the first minute. Prints the share of a
step that the call costs (the median of the pairs, so that other people's work on the machine tells little), whether
both flights are the same bits, and how long a law takes from its text to its function, compiled and from the cache.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import rvd
from rvd.casefile import Case
from rvd.montecarlo.mission import Mission

CASE = Path(__file__).parents[2] / "cases" / "htv_berthing.toml"
BUDGET = 0.05
"""Share of a step that a law of the user's own may cost."""

LAW = '''

from rvd.guidance import own_law, track


@own_law
def copied(leg, now):
    """The built-in straight line, copied."""
    _, r, v, _ = straight(leg, now.r_entry_leg, now.s)
    return track(r, v, over=now.s + 1.0 / leg.rate >= straight_duration(leg, now.r_entry_leg))
'''


def copied() -> str:
    """The text of the user's file: that of the built-in module, and a law that calls what is in it."""
    import rvd.core.guidance.straight

    return Path(rvd.core.guidance.straight.__file__).read_text(encoding="utf-8") + LAW


def along_the_vbar(folder: Path) -> tuple[Case, Case]:
    """Five hours along a line far behind the station, flown by the built-in law and by the copy."""
    shutil.copytree(CASE.parent / "parts", folder / "parts")
    shutil.copy(CASE, folder)
    (folder / "my_laws.py").write_text(copied(), encoding="utf-8")
    case = rvd.load(folder / CASE.name)
    kept = ("AI hold", "RI to hold point")
    gone = {f"leg.{leg.name}": None for leg in case.leg if leg.name not in kept}
    slow = {
        "limit": 18000.0, "passive": None, "require": None, "disperse": None,
        "leg.AI hold.at_least": 30.0, "leg.AI hold.gate": None,
        "leg.RI to hold point.to": {"vbar": -4000.0, "rbar": -60.0}, "leg.RI to hold point.needs": None,
        "leg.RI to hold point.speed": 0.06, "leg.RI to hold point.rate": "10 Hz",
        "leg.RI to hold point.at_most": 18000.0, "leg.RI to hold point.zone": "outside",
    }  # fmt: skip
    built_in = case.with_values(gone).with_values(slow)
    return built_in, built_in.with_values({"leg.RI to hold point.law": "my_laws.py:copied"})


def seconds(mission: Mission) -> float:
    """Of this process's time for one flight, nothing kept of it."""
    row, runs = mission.plan.nominal[None, :], np.zeros(1, dtype=int)
    begin = time.process_time()
    mission.flyer.fly(row, 1, runs)
    return time.process_time() - begin


START = """
import sys, time
from pathlib import Path
from rvd.casefile.own import read_law
from rvd.assembly.ladder import OwnLaw, ladder
ladder(())  # Numba sets itself up once a process
begin = time.perf_counter()
law = read_law(Path(sys.argv[1]), "my_laws.py:copied")
ladder((OwnLaw(law.file, law.content, law.name, len(law.numbers)),))
print(time.perf_counter() - begin)
"""


def start(folder: Path, text: str) -> float:
    """Seconds from a law's text to its compiled function, in a process of its own."""
    (folder / "my_laws.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", START, str(folder)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built_in, own = (Mission(case) for case in along_the_vbar(folder))
        a, b = built_in.flight(None, 1, 10), own.flight(None, 1, 10)
        same = all(np.array_equal(a.history[k], b.history[k], equal_nan=True) for k in a.history)
        ticks = 10.0 * (a.tally.t_end - a.legs["t"][1])
        pairs = [(seconds(built_in), seconds(own)) for _ in range(given.times)]
        fresh = f"{copied()}\n# {time.time_ns()}\n"
        first, again = start(folder, fresh), start(folder, fresh)
    ours, theirs = (float(np.median(column)) for column in zip(*pairs, strict=True))
    share = float(np.median([b / a - 1.0 for a, b in pairs]))
    print(f"{ticks:.0f} ticks, the same bits: {'yes' if same else 'NO'}")
    print(f"the built_in's straight line   {1e6 * ours / ticks:8.3f} us a tick")
    print(f"the same as a user's law    {1e6 * theirs / ticks:8.3f} us a tick")
    print(f"the call costs {1e9 * share * ours / ticks:.0f} ns, {share:.1%} of a step (at most {BUDGET:.0%})")
    print(
        f"a new law is ready in {first:.2f} s, one that is kept in {again:.2f} s; the driver stays as it is"
    )


if __name__ == "__main__":
    main()
