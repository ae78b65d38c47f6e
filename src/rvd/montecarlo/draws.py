"""Draws: what `[disperse]` says, turned into rows of a campaign.

A draw names slots of the row, a distribution, and how its value meets the nominal one: added, multiplied, or put in
its place. A group draws several slots together, by their covariance. A table is flown as given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from rvd.core.algebra.normal import normal_quantiles
from rvd.core.algebra.random import stream_of

from .distributions import Distribution
from .uniforms import Block, Plain, Sampler


class How(IntEnum):
    """How a drawn value meets the nominal one."""

    ADD = 0
    MULTIPLY = 1
    PUT = 2


@dataclass(frozen=True)
class Draw:
    """One dispersed path: each of its slots gets a value of its own, or all the same one (`common`).

    `slots` index the row. "3 %" is MULTIPLY with a mean of 1. `every` > 1 keeps a value for that many runs in a row
    (epistemic: unknown, but the same for a batch).
    """

    path: str
    slots: tuple[int, ...]
    distribution: Distribution
    how: How = How.ADD
    common: bool = False
    every: int = 1

    @property
    def block(self) -> Block:
        return Block(_stream(self.path), 1 if self.common else len(self.slots), self.every)

    def apply(self, rows: np.ndarray, u: np.ndarray) -> None:
        """Changes rows float64[k, m] in place by uniforms float64[k, elements]."""
        for element, slot in enumerate(self.slots):
            value = self.distribution.quantile(np.ascontiguousarray(u[:, 0 if self.common else element]))
            _meet(rows, slot, value, self.how)


@dataclass(frozen=True)
class Group:
    """Slots drawn together: normal with `covariance` (m x m, units of the slots squared; may be singular)."""

    path: str
    slots: tuple[int, ...]
    covariance: tuple[tuple[float, ...], ...]
    how: How = How.ADD
    every: int = 1
    factor: tuple[tuple[float, ...], ...] = field(init=False, repr=False)

    def __post_init__(self):
        if np.shape(self.covariance) != (len(self.slots), len(self.slots)):
            raise ValueError(
                f"a covariance of {len(self.slots)} slots is not of shape {np.shape(self.covariance)}"
            )
        object.__setattr__(self, "factor", cholesky(self.covariance))

    @property
    def block(self) -> Block:
        return Block(_stream(self.path), len(self.slots), self.every)

    def apply(self, rows: np.ndarray, u: np.ndarray) -> None:
        """Changes rows float64[k, m] in place by uniforms float64[k, elements]."""
        z = normal_quantiles(u)
        for i, slot in enumerate(self.slots):
            # Summed term by term: a matrix product's last bits depend on how many runs it holds.
            value = np.zeros(len(rows))
            for j in range(i + 1):
                value += self.factor[i][j] * z[:, j]
            _meet(rows, slot, value + (1.0 if self.how is How.MULTIPLY else 0.0), self.how)


@dataclass(frozen=True)
class Given:
    """A table of values flown as given: `values` float64[runs, len(slots)], row K for run K."""

    path: str
    slots: tuple[int, ...]
    values: np.ndarray
    how: How = How.PUT

    @property
    def block(self) -> Block:
        return Block(_stream(self.path), 0, 1)


AnyDraw = Draw | Group | Given


def draw_rows(
    draws: Sequence[AnyDraw],
    nominal: np.ndarray,
    seed: int,
    runs: np.ndarray,
    sampler: Sampler | None = None,
) -> np.ndarray:
    """The rows float64[k, m] of runs int64[k]: the nominal row float64[m] with every draw applied, in order.

    A function of (seed, run number) row by row: any split of `runs` into batches gives the same bits.
    """
    runs = np.ascontiguousarray(runs, dtype=np.int64)
    rows = np.tile(np.asarray(nominal, dtype=np.float64), (runs.size, 1))
    blocks = [draw.block for draw in draws]
    u = (sampler or Plain()).uniforms(seed, runs, blocks)
    at = 0
    for draw, block in zip(draws, blocks, strict=True):
        if isinstance(draw, Given):
            _put_given(draw, rows, runs)
        else:
            draw.apply(rows, u[:, at : at + block.elements])
        at += block.elements
    return rows


def drawn_slots(draws: Sequence[AnyDraw]) -> tuple[int, ...]:
    """The slots that any draw changes, ascending: the part of a row that is stored with the run."""
    return tuple(sorted({slot for draw in draws for slot in draw.slots}))


def check_draws(draws: Sequence[AnyDraw]) -> None:
    """Raises ValueError if a path is drawn twice or two paths would share one stream of random numbers."""
    seen: dict[int, str] = {}
    for draw in draws:
        stream = draw.block.stream
        if stream in seen:
            twice = seen[stream] == draw.path
            raise ValueError(
                f"{draw.path} is drawn twice" if twice else f"{draw.path} and {seen[stream]} share one stream"
            )
        seen[stream] = draw.path


def correlated(
    sigmas: Sequence[float], correlation: Sequence[Sequence[float]]
) -> tuple[tuple[float, ...], ...]:
    """The covariance of slots with these standard deviations and this correlation matrix."""
    s, c = np.asarray(sigmas, dtype=np.float64), np.asarray(correlation, dtype=np.float64)
    if c.shape != (s.size, s.size) or np.any(c[range(s.size), range(s.size)] != 1.0):
        raise ValueError(
            "a correlation matrix is square with ones on its diagonal, one row a standard deviation"
        )
    return tuple(map(tuple, (s[:, None] * c * s[None, :]).tolist()))


def cholesky(covariance: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    """Lower factor L with L L^T = covariance, which may be singular; ValueError if it is not a covariance.

    Written out, because LAPACK's refuses a singular matrix and its last bits depend on the library built in.
    """
    a = np.asarray(covariance, dtype=np.float64)
    if a.ndim != 2 or a.shape[0] != a.shape[1] or not np.isfinite(a).all():
        raise ValueError("a covariance is a square matrix of finite numbers")
    scale = np.sqrt(np.abs(a[range(len(a)), range(len(a))]))
    if not np.all(np.abs(a - a.T) <= 1e-12 * scale[:, None] * scale[None, :]):
        raise ValueError("a covariance is symmetric")
    factor = np.zeros_like(a)
    for j in range(len(a)):
        column = a[j:, j].copy()
        for k in range(j):
            column -= factor[j:, k] * factor[j, k]
        pivot, rests = column[0], column[1:]
        if pivot > 1e-12 * a[j, j]:
            factor[j, j] = np.sqrt(pivot)
            factor[j + 1 :, j] = rests / factor[j, j]
        elif pivot < -1e-12 * abs(a[j, j]) or any(
            abs(rest) > 1e-9 * scale[j] * scale[i] for i, rest in enumerate(rests, j + 1)
        ):
            raise ValueError("a covariance has no negative variance in any direction")
    return tuple(map(tuple, factor.tolist()))


def _meet(rows: np.ndarray, slot: int, value: np.ndarray, how: How) -> None:
    if how is How.ADD:
        rows[:, slot] += value
    elif how is How.MULTIPLY:
        rows[:, slot] *= value
    else:
        rows[:, slot] = value


def _put_given(draw: Given, rows: np.ndarray, runs: np.ndarray) -> None:
    if runs.size and int(runs.max()) >= len(draw.values):
        raise ValueError(f"{draw.path} has {len(draw.values)} rows, run {int(runs.max())} has none")
    for column, slot in enumerate(draw.slots):
        _meet(rows, slot, np.asarray(draw.values, dtype=np.float64)[runs, column], draw.how)


def _stream(path: str) -> int:
    # The dotted path in the case, where it stands under [disperse]: a sensor's noise in flight, whose stream may
    # be named by the sensor's path alone, shares no number with the dispersion of that path.
    return stream_of(f"disperse.{path}")
