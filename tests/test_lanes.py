"""The lane contract: every stage works on vectors in a lane loop, and gives the same bits everywhere.

The stages are registered in `tests/lanes`; they are compiled in one process and run as plain Python in another.
"""

import ast
import importlib
import inspect
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher

import rvd
from rvd.kernel import Kernel
from tests.lanes.harness import Stage, fly_compiled, same
from tests.lanes.stages import STAGES
from tests.lanes.whole import SECONDS, history

ROOT = Path(__file__).parents[1]
ROOMS = (
    "algebra",
    "orbit",
    "motion",
    "vehicle",
    "navigation",
    "guidance",
    "control",
    "safety",
    "contact",
    "flight",
)
NAMES = [stage.name for stage in STAGES]

# Kernels that no lane loop calls: they read a table at a place that data choose, run once a run, or are loops
# over nozzles that the lane driver owns itself.
APART = {
    "control.allocation.allocate": "loops over facets and nozzles",
    "control.allocation.longest_duty": "loops over facets",
    "control.allocation.force_share": "loops over facets; only where a wrench is too large",
    "flight.words.heard": "reads the row at a place that the leg chooses",
    "flight.words.answer": "reads the row at a place that the leg chooses",
    "flight.drift.approach": "searches by halving, one moment at a time",
    "flight.drift.watched": "writes a line of results",
    "flight.drift.start": "reads a table, once a block",
    "flight.drift.look_up": "reads a table, once a step",
    "flight.drift.trace": "writes a line of the paths",
    "flight.history.log": "writes a line of the history",
    "flight.history.log_leg": "writes a line of the legs",
    "flight.moments.keep": "writes a line of the moments",
    "flight.step.fired": "loops over nozzles",
    "flight.step.truly_fired": "loops over nozzles",
    "flight.step.sky_at": "reads a table, once for all lanes",
    "flight.scalar.world_of": "once a run",
    "flight.scalar.first_track": "once a run",
    "vehicle.sensors.first_latent": "once a run",
    "navigation.track.estimate": "its covariance of 37 states is too long for LLVM's vectoriser: scalar, lane by lane",
    "navigation.track.see": "as estimate: the fixes one after the other",
    "flight.scalar.heaven_of": "picks from what sky_at gave",
    "guidance.plan.begin": "once a run",
    "safety.rules.blank_tally": "once a run",
    "guidance.plan.advance": "enters legs: the rare, masked pass",
    "guidance.own.consult": "asks the user's own law: the rare, masked pass",
    "control.steering.gains_of": "reads a table, on entering a leg",
}


@pytest.fixture(scope="module")
def flown(tmp_path_factory):
    """The reports by name and the outputs of both processes, flown side by side."""
    folder = tmp_path_factory.mktemp("lanes")
    environments = {"compiled": {}, "plain": {"NUMBA_DISABLE_JIT": "1"}}
    running = {}
    for way, more in environments.items():
        command = [sys.executable, "-m", "tests.lanes.harness", str(folder / f"{way}.npz"), way]
        running[way] = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    results = {}
    for way, process in running.items():
        output, errors = process.communicate()
        assert process.returncode == 0, errors[-3000:]
        reports = {report["name"]: report for report in json.loads(output)}
        results[way] = reports, dict(np.load(folder / f"{way}.npz"))
    return results


@pytest.fixture(scope="module")
def compiled(flown):
    return flown["compiled"]


@pytest.fixture(scope="module")
def plain(flown):
    return flown["plain"]


def test_names_are_unique():
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_stage_vectorises(compiled, name):
    report = compiled[0][name]
    assert "error" not in report, report["error"]
    assert not report["wrong"], report["wrong"]


@pytest.mark.parametrize("name", NAMES)
def test_lanes_give_the_bits_of_scalar_calls(compiled, name):
    assert compiled[0][name]["different"] == []
    assert np.isfinite(compiled[1][name]).any()


@pytest.mark.parametrize("name", NAMES)
def test_plain_python_gives_the_same_bits(compiled, plain, name):
    assert "error" not in plain[0][name], plain[0][name]["error"]
    assert same(compiled[1][name], plain[1][name])


def drivers():
    """The entries of the flight room."""
    for path in sorted((Path(rvd.__file__).parent / "flight").glob("*.py")):
        for value in vars(importlib.import_module(f"rvd.flight.{path.stem}")).values():
            if hasattr(value, "dispatcher") and value.__module__ == f"rvd.flight.{path.stem}":
                yield value.dispatcher


def called_by(kernel):
    """The kernels that a kernel's text calls, by name or as an attribute of a module."""
    plain = kernel.py_func
    for node in ast.walk(ast.parse(inspect.getsource(plain))):
        if isinstance(node, ast.Name):
            yield plain.__globals__.get(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield getattr(plain.__globals__.get(node.value.id), node.attr, None)


def reached(roots):
    """The kernels given and all that they call, however deep, by name."""
    found, waiting = {}, list(roots)
    while waiting:
        kernel = waiting.pop()
        if isinstance(kernel, Kernel | Dispatcher) and name_of(kernel) not in found:
            found[name_of(kernel)] = kernel
            waiting += called_by(kernel)
    return found


def name_of(kernel):
    return f"{kernel.py_func.__module__.removeprefix('rvd.')}.{kernel.py_func.__name__}"


def test_every_kernel_of_a_flight_is_held_to_the_contract():
    entries = {name_of(driver): driver for driver in drivers()}
    flown = reached(entries.values())
    assert "flight.scalar.fly" in entries and len(flown) > 100
    apart = [flown[name] for name in APART if name in flown]
    assert len(apart) == len(APART), f"no flight calls {sorted(set(APART) - set(flown))}"
    inside = reached([stage.function for stage in STAGES] + apart)
    stages = {
        name
        for name, kernel in flown.items()
        if isinstance(kernel, Kernel) and kernel.inner.targetoptions.get("forceinline")
    }
    missing = sorted(stages - set(inside))  # the others are drivers and their sweeps
    assert not missing, f"register these in tests/lanes, or say in APART why not: {', '.join(missing)}"
    assert not set(APART) & set(NAMES)


def test_a_flight_gives_the_same_bits_in_plain_python(tmp_path):
    """All that is logged of five minutes of the closed loop: truth, belief, sensors, firings."""
    file = tmp_path / "plain.npy"
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    subprocess.run(
        [sys.executable, "-m", "tests.lanes.whole", str(file)], cwd=ROOT, env=environment, check=True
    )
    compiled = history()
    assert compiled.shape[0] >= SECONDS and np.ptp(compiled[:, 1:4]) > 0.0
    assert same(compiled, np.load(file))


def by_libm(x):
    return math.exp(x)


def by_iteration(x):
    while x > 1.0:
        x = 0.5 * x
    return x


@pytest.mark.parametrize(("function", "verdict"), [(by_libm, "exp"), (by_iteration, "not vectorised")])
def test_the_harness_sees_what_breaks_the_contract(function, verdict):
    report, _ = fly_compiled(Stage("bad", numba.njit(function), ((3.7,),)))
    assert verdict in report["wrong"]
