"""Guidance: functions to plan a rendezvous with, and what a law of your own is written with.

`rvd.guidance.hops`, `.coelliptic`, ... hold functions over arrays; a module is loaded when it is first named, and a
function compiled when it is first called. `coast`, `gain`, `own_law` and `track` are for laws of your own.
"""

from typing import TYPE_CHECKING

MODULES = (
    "accelerated",
    "approach",
    "coelliptic",
    "feedback",
    "forced",
    "hops",
    "interception",
    "low_thrust",
    "lqr",
    "natural",
    "phasing",
    "pointing",
    "roe_burns",
)

__all__ = [
    "accelerated",
    "approach",
    "coast",
    "coelliptic",
    "feedback",
    "forced",
    "gain",
    "hops",
    "interception",
    "low_thrust",
    "lqr",
    "natural",
    "own_law",
    "phasing",
    "pointing",
    "roe_burns",
    "track",
]

if TYPE_CHECKING:
    from rvd.core.guidance.own import coast, gain, own_law, track
    from rvd.guidance import (
        accelerated,
        approach,
        coelliptic,
        feedback,
        forced,
        hops,
        interception,
        low_thrust,
        lqr,
        natural,
        phasing,
        pointing,
        roe_burns,
    )
else:
    from rvd.lazy import loader

    __getattr__ = loader(
        __name__,
        {name: f"rvd.core.guidance.own:{name}" for name in ("coast", "gain", "own_law", "track")}
        | {name: f"rvd.guidance.{name}" for name in MODULES},
    )


def __dir__() -> list[str]:
    return sorted(__all__)
