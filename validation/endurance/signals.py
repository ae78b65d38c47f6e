"""SIGINT, SIGTERM and SIGHUP at random moments, 400 of them: `python -m validation.endurance.signals [COUNT] [SEED]`.

A third goes to one process that flies in a loop, the rest to campaigns on one thread and on two, one in each process,
from the moment it can take one to the figures at its end; a third of those come twice, of other kinds too. Each
process has to end by its exit code (130 for SIGINT, 75 for the others, the verdict where all was done), none by a
signal and none with a traceback; no run is suspected, lost or flown otherwise, and the table of each campaign that got
through in pieces is that of one left in peace. Last comes a storm of signals to a process that flies: none is dropped.
Ends with 1 where something is not so.
"""

from __future__ import annotations

import signal
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import rvd
from rvd.store import digest
from tests.cli.asked import Campaign, Sent, campaigns, loop_of_flights, storm_of_signals
from tests.short_case import TIGHT, write_short

RUNS = 200

STORM = 10_000
"""Signals to one process beside those, which come as fast as they are taken."""


def told(name: str, sent: list[Sent]) -> int:
    """Prints how the processes ended that were signalled; 1 if one ended otherwise than it should."""
    ends = Counter((signal.Signals(one.number).name, one.code) for one in sent if one.number)
    print(f"{name}: {sum(ends.values())} signals", flush=True)
    for (which, code), count in sorted(ends.items()):
        print(f"  {which:8} exit code {code:4}: {count:4}")
    faults = [one for one in sent if one.fault]
    for one in faults:
        print(f"  MISS {one}")
    return 1 if faults else 0


def main() -> int:
    """Prints how each signal ended."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    luck = np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    with TemporaryDirectory() as folder:
        home = Path(folder)
        case = write_short(home, {**TIGHT, "campaign.runs": RUNS})
        whole = digest(rvd.campaign(case).table())
        worst = 0
        for jobs in (1, 2):
            given = Campaign(case, home, jobs, whole)
            worst |= told(f"campaign --jobs {jobs}", campaigns(given, count // 3, luck, again=0.33))
        worst |= told("rvd.fly in a loop", loop_of_flights(count - 2 * (count // 3), luck))
    lost = storm_of_signals(STORM)
    print(f"{STORM} signals about the calls of flights: {lost or 'all taken'}")
    return worst | bool(lost)


if __name__ == "__main__":
    sys.exit(main())
