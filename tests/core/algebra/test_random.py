"""The random numbers: the published words of Philox, and the distributions they are turned into.

Each statistical test has a false-alarm rate of 1e-6; the numbers are fixed by their seeds, so it fails always or never.
"""

import math

import numba
import numpy as np
import pytest
from scipy import stats

from rvd.core.algebra.random import normal4, philox, stream_of, uniform4

ALARM = 1e-6
ONES = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_known_answers(counter, key, words):
    """Random123 1.14, tests/kat_vectors, lines `philox4x32 10`."""
    assert tuple(int(word) for word in philox(*map(np.uint64, counter + key))) == words


@numba.njit
def drawn(draw, seed, runs, stream, steps):
    """Draws (runs, steps, 4)."""
    out = np.empty((runs, steps, 4))
    for run in range(runs):
        for step in range(steps):
            out[run, step] = draw(seed, run, stream, step)
    return out


UNIFORM, NORMAL = drawn(uniform4, 1, 100, 7, 500), drawn(normal4, 1, 100, 7, 500)


def test_uniform_numbers_are_uniform():
    for k in range(4):
        assert stats.kstest(UNIFORM[:, :, k].ravel(), "uniform").pvalue > ALARM
    assert UNIFORM.min() > 0.0 and UNIFORM.max() < 1.0


def test_normal_numbers_are_normal():
    for k in range(4):
        assert stats.kstest(NORMAL[:, :, k].ravel(), "norm").pvalue > ALARM
    n = NORMAL.size
    assert stats.chi2(n).sf(np.sum(NORMAL**2)) > ALARM and stats.chi2(n).cdf(np.sum(NORMAL**2)) > ALARM
    # Beyond three sigma: 0.27 % of them.
    assert stats.binomtest(int(np.sum(np.abs(NORMAL) > 3.0)), n, 2 * stats.norm.sf(3.0)).pvalue > ALARM


def test_numbers_do_not_follow_one_another():
    """Correlations between the four, between neighbouring steps, runs, streams and seeds."""
    others = {
        "step": NORMAL[:, 1:],
        "run": NORMAL[1:],
        "stream": drawn(normal4, 1, 100, 8, 500),
        "seed": drawn(normal4, 2, 100, 7, 500),
    }
    pairs = [(NORMAL[:, :, i], NORMAL[:, :, j]) for i in range(4) for j in range(i)]
    pairs += [(NORMAL[: a.shape[0], : a.shape[1]], a) for a in others.values()]
    for a, b in pairs:
        assert stats.pearsonr(a.ravel(), b.ravel()).pvalue > ALARM
        assert stats.pearsonr(a.ravel() ** 2, b.ravel() ** 2).pvalue > ALARM


def test_every_part_of_the_key_counts():
    """Also the upper halves of seed and run."""
    keys = [
        (1, 2, 3, 4),
        (2, 2, 3, 4),
        (1, 3, 3, 4),
        (1, 2, 4, 4),
        (1, 2, 3, 5),
        (1 + 2**32, 2, 3, 4),
        (1, 2 + 2**32, 3, 4),
    ]
    assert len({uniform4(*key) for key in keys}) == len(keys)
    assert uniform4(*keys[0]) == uniform4(*keys[0])


def test_the_smallest_and_the_largest_number():
    """Words of zeros and of ones stay inside the interval, and give finite normals."""
    assert 0.5 * 2.0**-32 > 0.0 and (2.0**32 - 0.5) * 2.0**-32 < 1.0
    assert math.sqrt(-2.0 * math.log(0.5 * 2.0**-32)) < 6.77


def test_streams_are_named():
    assert stream_of("noise.gps.position") == stream_of("noise.gps.position")
    names = [
        f"sensors.{a}.{b}.{c}"
        for a in ("gps", "laser", "gyro")
        for b in ("bias", "noise")
        for c in range(300)
    ]
    assert len({stream_of(name) for name in names}) == len(names)
    assert all(0 <= stream_of(name) < 2**32 for name in names)
    # A fixed value: results must not change with the platform or a later version.
    assert stream_of("noise.laser") == 0x2E4CA824
