"""What `rvd.guidance` owes: an example that runs, a sentence for bad arguments, and an independent check of each."""

import ast
import doctest
import importlib
from pathlib import Path

import numba
import pytest

from rvd import guidance
from rvd.errors import ArgumentError
from tests.guidance.calls import CALLS

ROOT = Path(__file__).parent / "guidance"
MODULES = {name: importlib.import_module(f"rvd.guidance.{name}") for name in guidance.MODULES}


def function(name):
    module, attribute = name.split(".")
    return getattr(MODULES[module], attribute)


def test_its_functions_are_called_by_a_law_in_compiled_code():
    @guidance.own_law(speed="m/s")
    def outward(leg, now, speed=0.1):
        return guidance.track((now, 0.0, 0.0), (speed, 0.0, 0.0), over=now > 600.0)

    asked = numba.njit(lambda now: outward(0, now, 0.5))(700.0)
    assert asked.translate == 1.0 and asked.r_hill == (700.0, 0.0, 0.0) and asked.over == 1.0
    assert guidance.coast().translate == 0.0 and guidance.gain((1.0, 0.0, 0.0)).dv_hill == (1.0, 0.0, 0.0)


def test_every_function_of_the_toolbox_is_here():
    there = {f"{name}.{public}" for name, module in MODULES.items() for public in module.__all__}
    assert there == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_the_example_runs(name):
    found = doctest.DocTestFinder(recurse=False).find(
        function(name), name, globs=vars(MODULES[name.split(".")[0]])
    )
    assert found and found[0].examples
    said: list[str] = []
    doctest.DocTestRunner().run(found[0], out=said.append)
    assert not said, "".join(said)


@pytest.mark.parametrize("name", CALLS)
def test_what_cannot_be_gets_a_sentence(name):
    assert CALLS[name].bad
    for changed, sentence in CALLS[name].bad:
        with pytest.raises(ArgumentError, match=sentence) as caught:
            function(name)(**{**CALLS[name].good, **changed})
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", CALLS)
def test_there_is_an_independent_check(name):
    module, attribute = name.split(".")
    tree = ast.parse((ROOT / f"test_{module}.py").read_text())
    tests = {node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert f"{module}.{attribute}(" in tests[CALLS[name].check]
