"""rvd: will this chaser be captured by this target, how surely, and if not, why?

    import rvd

    case = rvd.load("htv_berthing.toml")
    flight = rvd.fly(case)                                     # the nominal flight; run=137 is run 137
    results = rvd.campaign(case, runs=200, out="results/mine")
    rvd.report("results/mine")

`rvd.campaign` and `rvd.report` are the rooms of that name, and can be called: they do what `rvd.api` says.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

_VERBS = ("load", "fly", "draw", "merge", "verify", "export", "warmup")
_ROOMS = ("campaign", "report")


class _Room(ModuleType):
    """A room that is also a verb; calling it calls the function of that name in `rvd.api`."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return getattr(importlib.import_module("rvd.api"), self.__name__.rpartition(".")[2])(*args, **kwargs)


class _House(ModuleType):
    """This package; a room becomes callable as soon as anything imports it."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _ROOMS and type(value) is ModuleType:
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _House


def __getattr__(name: str) -> Any:
    """The verbs and the rooms, loaded when they are first named: `import rvd` itself is quick."""
    if name in _VERBS:
        return getattr(importlib.import_module("rvd.api"), name)
    if name in _ROOMS:
        return importlib.import_module(f"rvd.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_VERBS, *_ROOMS})
