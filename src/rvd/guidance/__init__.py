"""Guidance: what a law of your own is written with."""

from rvd.core.guidance.own import coast, gain, own_law, track

__all__ = ["coast", "gain", "own_law", "track"]


def __dir__() -> list[str]:
    return sorted(__all__)
