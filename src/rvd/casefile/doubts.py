"""Doubts follow dispersions: what the filters expect of an error is what `[disperse]` draws of it, unless a case says.

A doubt that the case states stays as it is. One that it does not is taken from a line of `[disperse]` that is a normal
with an amount, not a percentage; where there is none the schema's own value holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .keys import Place, Spot

DOUBTS = {
    ("sensors", "gps", "bias_sigma"): "sensors.gps.bias",
    ("sensors", "laser", "range_bias_sigma"): "sensors.laser.range_bias",
    ("sensors", "laser", "angle_bias_sigma"): "sensors.laser.angle_bias",
    ("sensors", "star_tracker", "misalignment_sigma"): "sensors.star_tracker.misalignment",
    ("sensors", "gyro", "bias_sigma"): "sensors.gyro.bias",
    ("navigation", "station_angle"): "target.attitude.bias",
    ("navigation", "centre_of_mass"): "chaser.centre_of_mass",
}
"""What the filters are told, and the path of the error that it is of."""


def with_doubts(raw: Mapping[str, Any], spots: dict[Place, Spot]) -> dict[str, Any]:
    """A case with the doubts that follow from what it disperses; `spots` has them stand where that does."""
    lines = raw.get("disperse")
    found = dict(raw)
    for place, path in DOUBTS.items():
        drawn = lines.get(path) if isinstance(lines, Mapping) else None
        sigma = drawn.get("normal") if isinstance(drawn, Mapping) else None
        if isinstance(sigma, str) and "%" not in sigma:
            drawn_at = spots.get(("disperse", path))
            if _put(found, place, sigma) and drawn_at is not None:
                spots[place] = drawn_at
    return found


def _put(raw: dict[str, Any], place: tuple[str, ...], sigma: str) -> bool:
    """Puts a doubt into its table, if there is that table and it does not say one itself; whether it did."""
    *tables, key = place
    here: Any = raw
    for word in tables:
        if not isinstance(here.get(word), Mapping):
            return False
        here[word] = dict(here[word])  # the file's own tables stay as they were read
        here = here[word]
    if key in here:
        return False
    here[key] = sigma
    return True
