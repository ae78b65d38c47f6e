"""Basilisk's Monte Carlo controller, run by its own interpreter: prints seconds a run, without and with stored data.

One spacecraft that coasts for a second, so that what is timed is the controller; two processes.
"""

import sys
import tempfile
import time

from Basilisk.simulation import spacecraft
from Basilisk.utilities import SimulationBaseClass, macros
from Basilisk.utilities.MonteCarlo.Controller import Controller
from Basilisk.utilities.MonteCarlo.Dispersions import NormalVectorCartDispersion
from Basilisk.utilities.MonteCarlo.RetentionPolicy import RetentionPolicy


class Coast(SimulationBaseClass.SimBaseClass):
    """A spacecraft without forces, its state recorded."""

    def __init__(self):
        super().__init__()
        process = self.CreateNewProcess("process")
        process.addTask(self.CreateNewTask("task", macros.sec2nano(0.1)))
        self.craft = spacecraft.Spacecraft()
        self.craft.ModelTag = "craft"
        self.craft.hub.mHub = 750.0
        self.AddModelToTask("task", self.craft)
        self.msgRecList = {"state": self.craft.scStateOutMsg.recorder()}
        self.AddModelToTask("task", self.msgRecList["state"])


def execute(sim):
    """Flies one second."""
    sim.InitializeSimulation()
    sim.ConfigureStopTime(macros.sec2nano(1.0))
    sim.ExecuteSimulation()


def seconds_per_run(runs: int, stored: bool, folder: str) -> float:
    """The whole of a campaign, divided by its runs."""
    controller = Controller()
    controller.setSimulationFunction(Coast)
    controller.setExecutionFunction(execute)
    controller.setExecutionCount(runs)
    controller.setThreadCount(2)
    controller.setShouldDisperseSeeds(False)
    controller.setShowProgressBar(False)
    controller.setVerbose(False)
    controller.addDispersion(NormalVectorCartDispersion("TaskList[0].TaskModels[0].hub.r_CN_NInit", 7e6, 1e3))
    if stored:
        controller.setArchiveDir(folder + "/archive")
        policy = RetentionPolicy()
        policy.addMessageLog("state", ["r_BN_N", "v_BN_N"])
        controller.addRetentionPolicy(policy)
    begin = time.perf_counter()
    failures = controller.executeSimulations()
    if failures:
        raise SystemExit(f"{len(failures)} runs failed")
    return (time.perf_counter() - begin) / runs


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        count = int(sys.argv[1])
        print("RESULT", seconds_per_run(count, False, scratch), seconds_per_run(count, True, scratch))
