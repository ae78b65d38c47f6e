"""The distributions of `[disperse]`: each is its quantile function, so that any sampler can drive it.

`quantile(u)` maps uniforms in (0, 1) of any shape to values of the same shape, element by element.
A bounded normal is truncated (its law between the bounds), never clipped to them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import ndtr, ndtri


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
        return self.mean + self.sigma * ndtri(u)


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
        if not _tail(self) > 0.0:
            raise ValueError("the bounds leave no probability: they are too far from the mean")

    def quantile(self, u: np.ndarray) -> np.ndarray:
        low, high = (self.low - self.mean) / self.sigma, (self.high - self.mean) / self.sigma
        if low > 0.0:  # the upper tail is resolved finely only as the mirrored lower one
            z = -ndtri(ndtr(-low) - u * (ndtr(-low) - ndtr(-high)))
        else:
            z = ndtri(ndtr(low) + u * (ndtr(high) - ndtr(low)))
        return np.clip(self.mean + self.sigma * z, self.low, self.high)  # the last digit only


def _tail(law: TruncatedNormal) -> float:
    low, high = (law.low - law.mean) / law.sigma, (law.high - law.mean) / law.sigma
    return float(ndtr(-low) - ndtr(-high)) if low > 0.0 else float(ndtr(high) - ndtr(low))


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
        z = np.ascontiguousarray(
            ndtri(u)
        )  # NumPy's exp depends on the memory layout, by one unit in the last place
        return self.median * np.exp(self.sigma * z)


@dataclass(frozen=True)
class Choice:
    """One of `values` (numbers) with probabilities in proportion to `weights` (equal if not given)."""

    values: tuple[float, ...]
    weights: tuple[float, ...] = ()

    def __post_init__(self):
        weights = self.weights or (1.0,) * len(self.values)
        if not self.values or len(weights) != len(self.values):
            raise ValueError(f"{len(weights)} weights for {len(self.values)} values")
        if not all(math.isfinite(w) and w >= 0.0 for w in weights) or not sum(weights) > 0.0:
            raise ValueError("weights are zero or more, and not all zero")
        object.__setattr__(self, "weights", tuple(weights))

    def quantile(self, u: np.ndarray) -> np.ndarray:
        edges = np.cumsum(self.weights) / np.sum(self.weights)
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
