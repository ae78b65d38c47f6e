"""A cheap flyer for the tests of campaigns, and a campaign of it in a process of its own, to be killed."""

import faulthandler
import os
import sys
import threading
import time
from pathlib import Path

import numpy as np

from rvd.case.requirement import Requirement
from rvd.core.signals import Outcome
from rvd.montecarlo.distributions import Normal
from rvd.montecarlo.draws import Draw, Group
from rvd.montecarlo.plan import Plan
from rvd.montecarlo.run import run_campaign

NOMINAL = np.array([1.0, 2.0, 3.0, 4.0])
DRAWS = (
    Draw("start.vbar", (0,), Normal(1.0)),
    Group("sensors.bias", (1, 2), ((1.0, 0.5), (0.5, 2.0))),
)


class CheapFlyer:
    """Captured unless the first slot is far out; `delay` is the time a run takes, in s."""

    row_names = ("start.vbar", "sensors.bias.0", "sensors.bias.1", "chaser.mass")
    columns = (
        ("outcome", np.dtype("i1")),
        ("captured", np.dtype("?")),
        ("leg", np.dtype("i2")),
        ("miss_m", np.dtype("f8")),
        ("fuel_kg", np.dtype("f8")),
    )

    def __init__(self, delay: float = 0.0):
        self.delay = delay

    def prepare(self):
        pass

    def is_ready(self):
        return True

    def fly(self, rows, seed, runs):
        if self.delay:
            time.sleep(self.delay * runs.size)
        captured = np.abs(rows[:, 0] - 1.0) < 2.5
        outcome = np.where(captured, Outcome.CAPTURED.value, Outcome.LEFT_BOX.value)
        miss = np.where(captured, rows[:, 1] * rows[:, 2] + 0.001 * runs, np.nan)
        return np.column_stack([outcome, captured, runs % 7, miss, seed + rows.sum(axis=1)])


def plan(**other) -> Plan:
    keys = {"nominal": NOMINAL, "draws": DRAWS, "case_text": "title = 'cheap'\n", **other}
    return Plan(**{"requirements": (Requirement("captured", at_least=0.95),), **keys})


class Crashing(CheapFlyer):
    """Run 77 ends its process by a fault, whenever it is flown: SIGSEGV in a thread, SIGABRT in the main one."""

    def fly(self, rows, seed, runs):
        if (runs == 77).any():
            if threading.current_thread() is threading.main_thread():
                os.abort()
            faulthandler._sigsegv()
        return super().fly(rows, seed, runs)


class WideFlyer(CheapFlyer):
    """Sixty columns a run: thirty drawn, thirty results."""

    row_names = tuple(f"slot.{i}" for i in range(30))
    columns = (*CheapFlyer.columns, *((f"result.{i}", np.dtype("f8")) for i in range(25)))

    def fly(self, rows, seed, runs):
        return np.hstack([super().fly(rows, seed, runs), 2.0 * rows[:, :25]])


def peak(out: str, runs: int) -> float:
    """The most memory this process has held after a campaign of so many wide runs, in bytes."""
    draws = tuple(Draw(f"slot.{i}", (i,), Normal(1.0)) for i in range(30))
    run_campaign(plan(nominal=np.ones(30), draws=draws), WideFlyer(), 7, runs, jobs=2, out=out)
    # Of this address space: getrusage's maximum may be that of the process that started this one.
    status = Path("/proc/self/status").read_text()
    return 1024.0 * float(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def main(out: str, runs: str, jobs: str, delay: str) -> None:
    run_campaign(plan(), CheapFlyer(float(delay)), seed=7, runs=int(runs), jobs=int(jobs), out=out)


if __name__ == "__main__":
    if sys.argv[1] == "crash":
        run_campaign(plan(), Crashing(0.001), 7, int(sys.argv[3]), int(sys.argv[4]), sys.argv[2])
    elif sys.argv[1] == "peak":
        print(peak(sys.argv[2], int(sys.argv[3])))
    else:
        main(*sys.argv[1:])
