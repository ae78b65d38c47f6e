"""Guidance: the leg table, what ends a leg, and one law a file; and what a law of the user's own is written with."""

from rvd.guidance.own import coast, gain, own_law, track

__all__ = ["coast", "gain", "own_law", "track"]
