"""Uniform numbers of a campaign by run number: plain, Latin hypercube, Sobol.

Every number is a function of (seed, run, stream, step) alone; a stream is a hash of the dispersed path's name.
So run K draws the same whatever the order, the batch, the number of workers or a later extension.
All values are odd multiples of 2**-53 or kept inside them: never 0, never 1.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

LEAST = float.fromhex("0x1p-53")

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = 0x9E3779B9, 0xBB67AE85
_LOW, _32 = np.uint64(0xFFFFFFFF), np.uint64(32)


class Block(NamedTuple):
    """What one draw asks for: `elements` uniforms a run from `stream`, the same for `every` runs in a row."""

    stream: int
    elements: int
    every: int = 1


class Sampler(Protocol):
    """Gives the uniforms of some runs: float64[k, sum of elements]."""

    @property
    def name(self) -> str: ...

    def uniforms(self, seed: int, runs: np.ndarray, blocks: Sequence[Block]) -> np.ndarray: ...


def philox(seed: int, runs: np.ndarray, stream: int, steps: np.ndarray) -> tuple[np.ndarray, ...]:
    """Philox4x32-10 (Salmon et al., SC'11): four words of 32 bits in uint64[k, s] for k runs and s steps.

    The vectorised twin of `rvd.core.algebra.random`: counter (step, stream, run low, run high), key (seed low, high).
    """
    shape = (runs.size, steps.size)
    run = runs.astype(np.uint64)[:, None]
    c0 = np.broadcast_to(steps.astype(np.uint64)[None, :], shape)
    c1 = np.full(shape, stream, dtype=np.uint64)
    c2, c3 = np.broadcast_to(run & _LOW, shape), np.broadcast_to(run >> _32, shape)
    k0, k1 = seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF
    for _ in range(10):
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1 = (p1 >> _32) ^ c1 ^ np.uint64(k0), p1 & _LOW
        c2, c3 = (p0 >> _32) ^ c3 ^ np.uint64(k1), p0 & _LOW
        k0, k1 = (k0 + _W0) & 0xFFFFFFFF, (k1 + _W1) & 0xFFFFFFFF
    return c0, c1, c2, c3


def unit(bits: np.ndarray) -> np.ndarray:
    """Integers of 52 bits to the middles of 2**52 equal parts of (0, 1)."""
    return (bits.astype(np.float64) + 0.5) * (2.0 * LEAST)


def _bits(high: np.ndarray, low: np.ndarray) -> np.ndarray:
    return (high << np.uint64(20)) | (low >> np.uint64(12))


@dataclass(frozen=True)
class Plain:
    """Independent uniforms: what the exact intervals of a verdict assume."""

    name: str = "plain"

    def uniforms(self, seed: int, runs: np.ndarray, blocks: Sequence[Block]) -> np.ndarray:
        parts = [_plain(seed, runs // b.every, b.stream, b.elements) for b in blocks]
        return np.concatenate(parts, axis=1) if parts else np.empty((runs.size, 0))


def _plain(seed: int, runs: np.ndarray, stream: int, elements: int) -> np.ndarray:
    high, low, _, _ = philox(seed, runs, stream, np.arange(elements))
    return unit(_bits(high, low))


@dataclass(frozen=True)
class LatinHypercube:
    """Each element's `runs` values fall one into each of `runs` equal strata (McKay et al., Technometrics 1979).

    The number of runs is part of the design: such a campaign cannot be extended. Holds the design in memory.
    """

    runs: int
    name: str = "latin-hypercube"

    def uniforms(self, seed: int, runs: np.ndarray, blocks: Sequence[Block]) -> np.ndarray:
        _inside(runs, self.runs)
        parts = []
        for stream, elements, every in blocks:
            strata = -(-self.runs // every)
            ranks = _strata(seed, strata, stream, elements)[runs // every]
            within = (ranks + _plain(seed, runs // every, stream, elements)) / strata
            parts.append(np.minimum(np.maximum(within, LEAST), 1.0 - LEAST))
        return np.concatenate(parts, axis=1) if parts else np.empty((runs.size, 0))


@functools.lru_cache(maxsize=512)
def _strata(seed: int, runs: int, stream: int, elements: int) -> np.ndarray:
    """The stratum of each run and element: int32[runs, elements], a random permutation a column."""
    _, _, high, low = philox(seed, np.arange(runs), stream, np.arange(elements))
    order = np.argsort((high << _32) | low, axis=0, kind="stable")
    ranks = np.empty((runs, elements), dtype=np.int32)
    np.put_along_axis(ranks, order, np.arange(runs, dtype=np.int32)[:, None], axis=0)
    return ranks


@dataclass(frozen=True)
class Sobol:
    """Sobol's sequence (SciPy's `qmc`, directions of Joe and Kuo 2008) with a random digital shift a stream.

    Dimensions follow the order of the draws: a draw added at the end moves no other, one inserted before does.
    """

    name: str = "sobol"

    def uniforms(self, seed: int, runs: np.ndarray, blocks: Sequence[Block]) -> np.ndarray:
        total = sum(b.elements for b in blocks)
        if total == 0 or runs.size == 0:
            return np.empty((runs.size, total))
        if any(b.every > 1 for b in blocks):
            raise ValueError("Sobol's sequence cannot hold a draw over a batch of runs")
        words = [philox(seed, runs, b.stream, np.arange(b.elements)) for b in blocks]
        shift = [philox(seed, runs[:1] * 0, b.stream, np.arange(b.elements))[2] for b in blocks]
        # SciPy's sequence has 32 bits; the rest, below its resolution, is plain.
        high = _sobol_bits(runs, total) ^ np.concatenate(shift, axis=1)
        return unit(_bits(high, np.concatenate([w[1] for w in words], axis=1)))


def _sobol_bits(runs: np.ndarray, dimensions: int) -> np.ndarray:
    """Points number `runs` of the unshifted sequence as integers of 32 bits: uint64[k, dimensions]."""
    points = np.empty((runs.size, dimensions))
    order = np.argsort(runs, kind="stable")
    for span in np.split(order, np.flatnonzero(np.diff(runs[order]) != 1) + 1):
        points[span] = _sobol_span(dimensions, int(runs[span[0]]), span.size)
    return (points * 4294967296.0).astype(np.uint64)


def _sobol_span(dimensions: int, first: int, count: int) -> np.ndarray:
    from scipy.stats import qmc

    sequence = qmc.Sobol(dimensions, scramble=False, bits=32)
    if first > 0:
        sequence.fast_forward(first)
        return sequence.random(count)
    # Point zero alone, or SciPy warns where the first batch is not a power of two.
    return np.concatenate([sequence.random(1), sequence.random(count - 1)])


def _inside(runs: np.ndarray, total: int) -> None:
    if runs.size and int(runs.max()) >= total:
        raise ValueError(f"run {int(runs.max())} is outside the design of {total} runs")


SAMPLERS = ("plain", "latin-hypercube", "sobol")


def sampler(name: str, runs: int) -> Sampler:
    """The sampler of that name; `runs` is the size of a Latin hypercube."""
    if name == "plain":
        return Plain()
    if name == "latin-hypercube":
        return LatinHypercube(runs)
    if name == "sobol":
        return Sobol()
    raise ValueError(f"no sampler named {name!r}; there are {', '.join(SAMPLERS)}")
