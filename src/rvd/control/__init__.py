"""Control: what a set of nozzles can give, and the tables from which on-times are found.

A module is loaded when it is first named, and compiled when it is first called.
"""

from typing import TYPE_CHECKING

__all__ = ["allocation", "attainable", "facets", "nozzles"]

if TYPE_CHECKING:
    from rvd.control import allocation, attainable, facets, nozzles
else:
    from rvd.lazy import loader

    __getattr__ = loader(__name__, {name: f"rvd.control.{name}" for name in __all__})


def __dir__() -> list[str]:
    return sorted(__all__)
