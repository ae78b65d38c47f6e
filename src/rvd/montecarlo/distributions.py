"""The distributions of `[disperse]`: each is its quantile function, so that any sampler can drive it.

`quantile(u)` maps uniforms in (0, 1) of any shape to values of the same shape, element by element.
A bounded normal is truncated (its law between the bounds), never clipped to them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

import numpy as np

from rvd.core.algebra.normal import exponentials, logarithms, normal_probability, normal_quantiles
from rvd.core.kernel import plain


class Distribution(Protocol):
    """A law of one number."""

    def quantile(self, u: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class Normal:
    """Normal with standard deviation `sigma`; zero leaves the mean."""

    sigma: float
    mean: float = 0.0

    def __post_init__(self):
        _not_negative("sigma", self.sigma)

    def quantile(self, u: np.ndarray) -> np.ndarray:
        return self.mean + self.sigma * normal_quantiles(u)


@dataclass(frozen=True)
class TruncatedNormal:
    """Normal given that it falls in [low, high]; `sigma` and `mean` are those of the normal that is cut."""

    sigma: float
    low: float
    high: float
    mean: float = 0.0

    def __post_init__(self):
        _positive("sigma", self.sigma)
        _ordered("bounds", self.low, self.high)
        first, last, _ = _between(self)
        if first == last:
            raise ValueError("the bounds leave no probability: they are too far from the mean")

    def quantile(self, u: np.ndarray) -> np.ndarray:
        first, last, mirrored = _between(self)
        z = normal_quantiles(first + u * (last - first))
        values = self.mean + self.sigma * (-z if mirrored else z)
        return np.minimum(np.maximum(values, self.low), self.high)  # the last digit only


def _between(law: TruncatedNormal) -> tuple[float, float, bool]:
    """The probabilities of the uncut normal at both bounds; mirrored where both lie in the upper tail.

    The upper tail is resolved finely only as the mirrored lower one.
    """
    low, high = (law.low - law.mean) / law.sigma, (law.high - law.mean) / law.sigma
    below = plain(normal_probability)
    return (below(-low), below(-high), True) if low > 0.0 else (below(low), below(high), False)


@dataclass(frozen=True)
class Uniform:
    """Uniform on (low, high)."""

    low: float
    high: float

    def __post_init__(self):
        _ordered("bounds", self.low, self.high)

    def quantile(self, u: np.ndarray) -> np.ndarray:
        return self.low + (self.high - self.low) * u


@dataclass(frozen=True)
class Triangular:
    """Triangular on (low, high) with its peak at `mode`."""

    low: float
    mode: float
    high: float

    def __post_init__(self):
        _ordered("bounds", self.low, self.high)
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"the mode {self.mode:g} lies outside {self.low:g} to {self.high:g}")

    def quantile(self, u: np.ndarray) -> np.ndarray:
        width = self.high - self.low
        rise = (self.mode - self.low) / width
        up = self.low + width * np.sqrt(rise * u)
        down = self.high - width * np.sqrt((1.0 - rise) * (1.0 - u))
        return np.where(u < rise, up, down)


@dataclass(frozen=True)
class LogNormal:
    """`median` times exp(sigma z): the logarithm is normal with standard deviation `sigma` (a pure number)."""

    sigma: float
    median: float = 1.0

    def __post_init__(self):
        _not_negative("sigma", self.sigma)
        _positive("median", self.median)

    def quantile(self, u: np.ndarray) -> np.ndarray:
        return self.median * exponentials(self.sigma * normal_quantiles(u))


@dataclass(frozen=True)
class Exponential:
    """The time until an event that comes by a constant rate: 1 - exp(-rate t) of these times are less than t."""

    rate: float

    def __post_init__(self):
        _positive("rate", self.rate)

    def quantile(self, u: np.ndarray) -> np.ndarray:
        return logarithms(1.0 - u) / -self.rate


@dataclass(frozen=True)
class Choice:
    """One of `values` (numbers) with probabilities in proportion to `weights` (equal if not given)."""

    values: tuple[float, ...]
    weights: tuple[float, ...] = ()

    def __post_init__(self):
        weights = self.weights or (1.0,) * len(self.values)
        if not self.values or len(weights) != len(self.values):
            raise ValueError(f"{len(weights)} weights for {len(self.values)} values")
        if not all(math.isfinite(w) and w >= 0.0 for w in weights) or not any(w > 0.0 for w in weights):
            raise ValueError("weights are zero or more, and not all zero")
        object.__setattr__(self, "weights", tuple(weights))

    def quantile(self, u: np.ndarray) -> np.ndarray:
        upto = list(accumulate(self.weights))
        edges = np.array(upto) / upto[-1]
        likely = np.flatnonzero(np.asarray(self.weights) > 0.0)
        index = np.minimum(np.searchsorted(edges, u, side="right"), likely[-1])
        return np.asarray(self.values, dtype=np.float64)[index]


def _positive(name: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0.0):
        raise ValueError(f"{name} is positive, not {value:g}")


def _not_negative(name: str, value: float) -> None:
    if not (math.isfinite(value) and value >= 0.0):
        raise ValueError(f"{name} is zero or more, not {value:g}")


def _ordered(name: str, low: float, high: float) -> None:
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError(f"{name} are in ascending order, not {low:g}, {high:g}")
