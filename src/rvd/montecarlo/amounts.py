"""Estimates and their bounds in words: as many decimals as they deserve."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from rvd.case.requirement import in_words


def decimals(value: float, bounds: Iterable[float], unit: str) -> int:
    """How many decimals an estimate and its bounds deserve: the nearer bound is off by one to nine of the last.

    >>> decimals(66.7819, (65.919, float("inf")), "kg")
    1
    """
    known = [x for x in (value, *bounds) if math.isfinite(x)]
    apart = [abs(in_words(x, unit)[0] - in_words(y, unit)[0]) for x in known[:1] for y in known[1:] if x != y]
    size = min(apart, default=0.0) or 1e-3 * abs(in_words(known[0], unit)[0] if known else 0.0)
    return -math.floor(math.log10(size)) if size > 0.0 else 0


def rounded(x: float, unit: str, places: int, way: Callable[[float], float] = round) -> str:
    """A value with its unit to so many decimals (tens where it is below zero); bounds go outward by floor and ceil."""
    x, unit = in_words(x, unit)
    whole = way(round(x * 10.0**places, 6))
    text = f"{whole / 10.0**places:.{max(places, 0)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text} {unit}".strip()
