"""The generated step: its generator writes it again to the digit."""

import ast
import runpy
from pathlib import Path

from scipy.integrate._ivp import dop853_coefficients as published

from rvd.core.motion import dop853, leap

GENERATOR = Path(__file__).parents[3] / "scripts" / "make_leap.py"


def test_the_generator_writes_this_module():
    text = runpy.run_path(str(GENERATOR))["source"]()
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(Path(leap.__file__).read_text()))


def test_its_weights_are_those_of_an_independent_table():
    made = runpy.run_path(str(GENERATOR))
    stages = published.N_STAGES
    squared = published.B @ published.A[:stages, :stages]
    assert max(abs(float(a) - b) for a, b in zip(made["times_a"](made["B"]), squared, strict=True)) < 1e-15
    assert list(made["C"]) == list(published.C[:stages])
    assert stages == dop853.STAGES
