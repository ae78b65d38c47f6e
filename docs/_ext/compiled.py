"""Lets autodoc see compiled functions: Numba's dispatchers are no functions to it, so it leaves them out.

Before the pages are read, every module of the package is imported and each object in it that carries the Python
function it was compiled from (`py_func`) is replaced by that function: its signature, its docstring and its line
number are what a reader wants. This happens in the process that builds the pages only.
"""

import importlib
import pkgutil
import types
from typing import Any


def python_function(obj: Any) -> types.FunctionType | None:
    """The function behind a dispatcher, None where there is none."""
    function = getattr(obj, "py_func", None)
    return function if isinstance(function, types.FunctionType) else None


def show_sources(app: Any) -> None:
    """Replaces the dispatchers of every module under `rvd` by their Python functions."""
    package = importlib.import_module("rvd")
    names = [found.name for found in pkgutil.walk_packages(package.__path__, "rvd.")]
    for name in names:
        if name.endswith(".__main__"):
            continue
        module = importlib.import_module(name)
        for key, obj in list(vars(module).items()):
            if (function := python_function(obj)) is not None:
                setattr(module, key, function)


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("builder-inited", show_sources, priority=900)
    return {"parallel_read_safe": True}
