"""The lane contract: every stage works on vectors in a lane loop, and gives the same bits everywhere.

The stages are registered in `tests/lanes`; they are compiled in one process and run as plain Python in another.
"""

import ast
import importlib
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher

import rvd
from tests.lanes.harness import PLAIN_LANES, same
from tests.lanes.stages import STAGES

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
    "flight.history.log": "writes a line of the history",
    "flight.history.log_leg": "writes a line of the legs",
    "flight.step.fired": "loops over nozzles",
    "flight.step.truly_fired": "loops over nozzles",
    "flight.step.sky_at": "reads a table, once for all lanes",
    "flight.scalar.world_of": "once a run",
    "flight.scalar.first_track": "once a run",
    "guidance.plan.begin": "once a run",
    "guidance.plan.advance": "enters legs: the rare, masked pass",
    "control.steering.gains_of": "reads a table, on entering a leg",
}


def run(file, *plain):
    """The reports by name and the outputs of one process over all stages."""
    environment = os.environ | ({"NUMBA_DISABLE_JIT": "1"} if plain else {})
    command = [sys.executable, "-m", "tests.lanes.harness", str(file), *plain]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return {report["name"]: report for report in json.loads(done.stdout)}, dict(np.load(file))


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    return run(tmp_path_factory.mktemp("lanes") / "compiled.npz")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return run(tmp_path_factory.mktemp("lanes") / "plain.npz", "plain")


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
    assert same(compiled[1][name][:PLAIN_LANES], plain[1][name])


def kernels():
    """Every kernel of the rooms that fly, by name."""
    found = {}
    for room in ROOMS:
        for path in sorted((Path(rvd.__file__).parent / room).rglob("*.py")):
            name = ".".join(path.relative_to(Path(rvd.__file__).parents[1]).with_suffix("").parts)
            module = importlib.import_module(name.removesuffix(".__init__"))
            for value in vars(module).values():
                if isinstance(value, Dispatcher) and value.py_func.__module__ == module.__name__:
                    short = module.__name__.removeprefix("rvd.")
                    found[f"{short}.{value.py_func.__name__}"] = value
    return found


def called_by(kernel):
    """The kernels that a kernel's text calls, by name or as an attribute of a module."""
    plain = kernel.py_func
    for node in ast.walk(ast.parse(inspect.getsource(plain))):
        if isinstance(node, ast.Name):
            yield plain.__globals__.get(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield getattr(plain.__globals__.get(node.value.id), node.attr, None)


def covered(roots):
    """The kernels given and all that they call, however deep."""
    seen, waiting = set(), list(roots)
    while waiting:
        kernel = waiting.pop()
        if isinstance(kernel, Dispatcher) and kernel not in seen:
            seen.add(kernel)
            waiting += called_by(kernel)
    return seen


def test_every_kernel_is_held_to_the_contract():
    every = kernels()
    inside = covered([stage.function for stage in STAGES] + [every[name] for name in APART if name in every])
    missing = sorted(name for name, kernel in every.items() if kernel not in inside)
    assert not missing, f"register these in tests/lanes, or say in APART why not: {', '.join(missing)}"
    assert not set(APART) - set(every), "APART names kernels that are gone"
    assert not set(APART) & set(NAMES)
