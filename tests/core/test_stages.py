"""Every stage of a flight gives the same bits compiled and in plain Python, and so do five minutes of the whole.

The stages are registered in `tests/core/stages`; they are called in a process that compiles and in one that does not.
"""

import ast
import importlib
import inspect
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher

import rvd.core.flight
from rvd.core.kernel import Kernel
from tests.core.stages.harness import Stage, same, stage
from tests.core.stages.registry import STAGES
from tests.core.stages.whole import SECONDS, history

ROOT = Path(__file__).parents[2]
NAMES = [stage.name for stage in STAGES]

# Kernels that are not called by themselves: they write to arrays or read long tables, so the whole flight compares
# them, or they only put together what other stages give.
WITHIN = {
    "control.allocation.allocate": "writes on-times",
    "control.allocation.longest_duty": "loops over facets",
    "control.allocation.force_share": "loops over facets; only where a wrench is too large",
    "flight.words.heard": "reads the row at a place that the leg chooses",
    "flight.words.answer": "reads the row at a place that the leg chooses",
    "flight.drift.approach": "searches by halving, one moment at a time",
    "flight.drift.watched": "writes a line of results",
    "flight.drift.start": "reads a table, once a block",
    "flight.drift.begin_lines": "reads a table, writes lines of results",
    "flight.drift.look_up": "reads a table, once a step",
    "flight.drift.trace": "writes a line of the paths",
    "flight.history.detail": "takes both sides apart",
    "flight.history.log": "writes a line of the history",
    "flight.history.log_leg": "writes a line of the legs",
    "flight.moments.keep": "writes a line of the moments",
    "flight.aboard.fired": "loops over nozzles",
    "flight.chain.take_over": "writes on-times",
    "flight.world.truly_fired": "loops over nozzles",
    "flight.world.pulse_given": "reads the table of nozzles",
    "flight.world.leak_given": "reads the table of nozzles",
    "flight.world.added": "reads the table of nozzles",
    "flight.world.sky_at": "reads a table",
    "flight.aboard.advance": "takes a side apart for what are stages",
    "flight.aboard.allocate": "takes a side apart for what are stages",
    "flight.aboard.believe": "takes a side apart for what are stages",
    "flight.aboard.command": "takes a side apart for what are stages",
    "flight.aboard.know": "takes a side apart for what are stages",
    "flight.truth.run_of": "reads the row",
    "flight.aboard.guide": "takes a side apart for what are stages",
    "flight.aboard.monitor": "takes a side apart for what are stages",
    "flight.aboard.report": "takes a side apart for what are stages",
    "flight.aboard.steer": "takes a side apart for what are stages",
    "flight.judge.watch": "takes a side apart for what are stages",
    "flight.world.fire": "takes a side apart for what are stages",
    "flight.world.hear": "takes a side apart for what are stages",
    "flight.world.look": "takes a side apart for what are stages",
    "flight.world.move": "takes a side apart for what are stages",
    "flight.world.sense": "takes a side apart for what are stages",
    "flight.world.sense_backup": "takes a side apart for what are stages",
    "flight.aboard.first_attitude": "once a run",
    "flight.aboard.start_aboard": "once a run",
    "flight.aboard.start_track": "once a run",
    "flight.world.start_world": "once a run",
    "flight.world.uplink": "once a run",
    "flight.truth.nozzle_errors": "reads the row",
    "vehicle.sensors.sense.start_sensors": "writes arrays, once a run",
    "vehicle.sensors.sense.sense": "writes a line a sensor",
    "vehicle.sensors.gps.live": "writes a line",
    "vehicle.sensors.gps.begin": "writes a line, once a run",
    "vehicle.sensors.kinds.lives_not": "does nothing",
    "vehicle.sensors.kinds.begins_not": "does nothing",
    "kernel.dispatch.live_of_the_sensor": "writes a line",
    "kernel.dispatch.begin_of_the_sensor": "writes a line, once a run",
    "kernel.dispatch.feel_of_the_sensor": "its members are stages",
    "flight.aboard.read": "reads the readings, an array",
    "vehicle.wander.start_wander": "writes an array, once a run",
    "vehicle.momentum.start_momentum": "writes an array, once a run",
    "vehicle.momentum.write_line": "writes an array, once a run",
    "vehicle.station.start_lines": "writes an array, once a run",
    "navigation.track.estimate": "its parts are stages",
    "navigation.track.see": "its parts are stages",
    "navigation.track.believe": "reads the covariance, an array",
    "flight.judge.trust_in": "reads the covariance, an array",
    "guidance.plan.begin": "once a run",
    "flight.tally.blank_tally": "once a run",
    "rules.rules.start_scores": "writes an array, once a run",
    "rules.rules.score": "writes an array",
    "flight.tally.result_of": "once a run: what is null in the results",
    "guidance.plan.advance": "its parts are stages",
    "guidance.own.consult": "asks the user's own law",
    "control.steering.gains_of": "reads a table, on entering a leg",
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """The outputs of all stages, and the errors, of both processes, which run side by side."""
    folder = tmp_path_factory.mktemp("stages")
    running = {}
    for way, more in {"compiled": {}, "plain": {"NUMBA_DISABLE_JIT": "1"}}.items():
        command = [sys.executable, "-m", "tests.core.stages.harness", str(folder / f"{way}.npz")]
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
        said, errors = process.communicate()
        assert process.returncode == 0, errors[-3000:]
        results[way] = dict(np.load(folder / f"{way}.npz")), json.loads(said)
    return results


def test_names_are_unique():
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_plain_python_gives_the_same_bits(outputs, name):
    for _, errors in outputs.values():
        assert name not in errors, errors[name]
    compiled, plain = (outputs[way][0][name] for way in ("compiled", "plain"))
    assert np.isfinite(compiled).any()
    assert same(compiled, plain)


def drivers():
    """The entries of the flight package."""
    for path in sorted(Path(rvd.core.flight.__file__).parent.glob("*.py")):
        for value in vars(importlib.import_module(f"rvd.core.flight.{path.stem}")).values():
            if hasattr(value, "dispatcher") and value.__module__ == f"rvd.core.flight.{path.stem}":
                yield value.dispatcher


def called_by(kernel):
    """The kernels that a kernel's text calls, by name or as an attribute of a module."""
    plain = kernel.py_func
    known = plain.__globals__ | inspect.getclosurevars(plain).nonlocals
    yield from (known.get(name) for name in plain.__code__.co_names)
    if plain.__code__.co_filename == "<string>":  # written by a program: it calls nothing by its module
        return
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(plain)))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield getattr(known.get(node.value.id), node.attr, None)


def reached(roots):
    """The kernels given and all that they call, however deep, by name."""
    found, seen, waiting = {}, set(), list(roots)
    while waiting:
        kernel = waiting.pop()
        if isinstance(kernel, Kernel | Dispatcher) and id(kernel) not in seen:
            seen.add(id(kernel))
            found[name_of(kernel)] = kernel
            waiting += called_by(kernel)
    return found


def name_of(kernel):
    return f"{kernel.py_func.__module__.removeprefix('rvd.core.')}.{kernel.py_func.__name__}"


def test_every_kernel_of_a_flight_is_compared():
    entries = {name_of(driver): driver for driver in drivers()}
    flown = reached(entries.values())
    assert "flight.scalar.fly" in entries and len(flown) > 100
    within = [flown[name] for name in WITHIN if name in flown]
    assert len(within) == len(WITHIN), f"no flight calls {sorted(set(WITHIN) - set(flown))}"
    inside = reached([stage.function for stage in STAGES] + within)
    stages = {
        name
        for name, kernel in flown.items()
        if isinstance(kernel, Kernel) and kernel.inner.targetoptions.get("forceinline")
    }
    missing = sorted(stages - set(inside))  # the others are drivers and their sweeps
    assert not missing, f"register these in tests/core/stages, or say in WITHIN why not: {', '.join(missing)}"
    assert not set(WITHIN) & set(NAMES)


def test_a_flight_gives_the_same_bits_in_plain_python(tmp_path):
    """All that is logged of five minutes of the closed loop: truth, belief, sensors, firings."""
    file = tmp_path / "plain.npy"
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    subprocess.run(
        [sys.executable, "-m", "tests.core.stages.whole", str(file)], cwd=ROOT, env=environment, check=True
    )
    compiled = history()
    assert compiled.shape[0] >= SECONDS and np.ptp(compiled[:, 1:4]) > 0.0
    assert same(compiled, np.load(file))


def test_the_comparison_sees_a_last_bit():
    assert same((1.0, np.nan), (1.0, np.nan)) and not same((1.0,), (np.nextafter(1.0, 2.0),))
    assert not same((0.0,), (-0.0,))
    assert stage(same).name.endswith("harness.same") and isinstance(stage(same), Stage)
