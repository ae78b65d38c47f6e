"""Safety to judge with: margins, free drift after a loss of thrust, avoidance, first contact, probability of collision.

A module is loaded when it is first named, and a function compiled when it is first called.
"""

from typing import TYPE_CHECKING

MODULES = ("collision", "contact", "drifting", "long_encounter", "margins", "trajectories")

__all__ = ["collision", "contact", "drifting", "long_encounter", "margins", "trajectories"]

if TYPE_CHECKING:
    from rvd.safety import collision, contact, drifting, long_encounter, margins, trajectories
else:
    from rvd.lazy import loader

    __getattr__ = loader(__name__, {name: f"rvd.safety.{name}" for name in __all__})


def __dir__() -> list[str]:
    return sorted(__all__)
