"""What a package of functions to import owes: an example that runs, sentences, an independent check of each."""

import ast
import doctest
import importlib
from pathlib import Path

import pytest

from rvd.errors import ArgumentError

ROOT = Path(__file__).parent


def place(package, name):
    """(module, function) of "module.function" in a package."""
    module, attribute = name.split(".")
    found = importlib.import_module(f"rvd.{package}.{module}")
    return found, getattr(found, attribute)


def public(package):
    """Every "module.function" that a package shows; classes are what functions give back."""
    names = set()
    for module in importlib.import_module(f"rvd.{package}").MODULES:
        found = importlib.import_module(f"rvd.{package}.{module}")
        names |= {f"{module}.{name}" for name in found.__all__ if not isinstance(getattr(found, name), type)}
    return names


def run_example(package, name):
    """Runs the example of a docstring; there has to be one."""
    module, function = place(package, name)
    found = doctest.DocTestFinder(recurse=False).find(function, name, globs=vars(module))
    assert found and found[0].examples
    said: list[str] = []
    doctest.DocTestRunner().run(found[0], out=said.append)
    assert not said, "".join(said)


def refuse(package, name, called):
    """Bad arguments get their sentence, on one line."""
    assert called.bad
    for changed, sentence in called.bad:
        with pytest.raises(ArgumentError, match=sentence) as caught:
            place(package, name)[1](**{**called.good, **changed})
        assert "\n" not in str(caught.value)


def is_checked(package, name, called):
    """The test that is named as the independent check is there, and calls the function."""
    module = name.split(".")[0]
    tree = ast.parse((ROOT / package / f"test_{module}.py").read_text())
    tests = {node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert f"{name}(" in tests[called.check]
