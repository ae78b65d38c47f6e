"""A line of `[disperse]`, read: what differs from run to run, as plain data in SI."""

from __future__ import annotations

from typing import NamedTuple

KINDS = ("normal", "uniform", "triangular", "lognormal", "exponential", "choice", "sigma", "covariance")
"""The keys that say which distribution a line has."""

BESIDE = {
    "normal": ("within", "common", "every"),
    "uniform": ("common", "every"),
    "triangular": ("common", "every"),
    "lognormal": ("common", "every"),
    "exponential": ("common", "every"),
    "choice": ("weights", "common", "every"),
    "sigma": ("correlation", "every"),
    "covariance": ("order", "every"),
}
"""What may stand beside each of them."""


class DisperseEntry(NamedTuple):
    """One line of `[disperse]`, in SI.

    `slots` name row slots (`*`: each nozzle). `how`: "add", "multiply" or "put". `kind` and `numbers`:
    normal (sigma), truncated (sigma, low, high), uniform (low, high), triangular (low, mode, high),
    lognormal (sigma), exponential (rate, 1/s), choice (values, with `weights`), group (none: see `covariance`,
    slots x slots).
    Numbers of "multiply" are relative: a normal of 3 % is (0.03,) about 1; uniform is (0.95, 1.05).
    `common`: all slots get one value; `every`: a value is kept for so many runs in a row.
    """

    path: str
    slots: tuple[str, ...]
    kind: str
    numbers: tuple[float, ...]
    how: str
    weights: tuple[float, ...] = ()
    covariance: tuple[tuple[float, ...], ...] = ()
    common: bool = False
    every: int = 1
