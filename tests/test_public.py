"""The public packages: `dir()` shows what `__all__` names, and nothing else; naming one costs little."""

import importlib
import inspect
import subprocess
import sys

import pytest

import rvd

PACKAGES = ("attitude", "control", "guidance", "motion", "navigation", "orbit", "plot", "safety")


def modules():
    """The public packages, and the modules that they name."""
    for name in PACKAGES:
        package = importlib.import_module(f"rvd.{name}")
        yield package.__name__
        for inner in package.__all__:
            if inspect.ismodule(getattr(package, inner)):
                yield f"{package.__name__}.{inner}"


def test_modules_are_found():
    assert {"rvd.motion.cw", "rvd.orbit.kepler", "rvd.guidance.hops", "rvd.safety.margins"} < set(modules())
    assert set(PACKAGES) == {name for name in rvd.__all__ if inspect.ismodule(getattr(rvd, name))}


@pytest.mark.parametrize("name", ["rvd", *modules()])
def test_dir_is_all(name):
    module = importlib.import_module(name)
    assert dir(module) == sorted(module.__all__)
    for public in module.__all__:
        assert getattr(module, public) is not None


def test_a_name_that_is_not_there_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'fyl'"):
        rvd.fyl  # noqa: B018
    with pytest.raises(AttributeError, match="no attribute 'cx'"):
        rvd.motion.cx  # noqa: B018


def test_importing_and_listing_compile_and_load_nothing():
    probe = "import sys, rvd; dir(rvd); rvd.motion; print('numba' in sys.modules, 'numpy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False"]
