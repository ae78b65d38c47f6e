"""Angles that wander, against the closed forms of a Gauss-Markov process of the second order.

A mean over runs is compared within five of its standard errors, taken from the runs themselves: one comparison in 1.7
million fails by chance, one of the 29 here for one seed in 60,000. The seed is fixed.
"""

import numpy as np
import pytest

from rvd.core.vehicle.lines import LINE
from rvd.core.vehicle.wander import (
    AMPLITUDE,
    CORNER,
    FASTEST,
    LINES,
    POWER,
    SPAN,
    start_wander,
    wander,
)

RMS, TIME = np.array([0.004, 0.002, 0.001]), np.array([120.0, 300.0, 77.0])
RUNS = 4000
CUT = 2.0 * (1.0 - POWER)
"""At most what a band that ends moves an autocorrelation by: it lacks that power, and what is left makes up for it."""


def lines_of(run: int, seed: int = 3) -> np.ndarray:
    """The lines of a run."""
    lines = np.full((3 * LINES, len(LINE)), np.nan)
    start_wander(lines, tuple(RMS.tolist()), tuple(TIME.tolist()), seed, run)
    return lines


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    """The lines of many runs (runs, 3, LINES, LINE)."""
    return np.array([lines_of(run) for run in range(RUNS)]).reshape(RUNS, 3, LINES, len(LINE))


def angles(drawn: np.ndarray, t: float) -> np.ndarray:
    """The angles (runs, 3) at t, over their rms."""
    frequency, phase, angle, _ = np.moveaxis(drawn, -1, 0)
    return (angle * np.sin(frequency * t + phase)).sum(axis=-1) / RMS


def rates(drawn: np.ndarray, t: float) -> np.ndarray:
    """The rates (runs, 3) at t, over rms and corner frequency."""
    frequency, phase, _, rate = np.moveaxis(drawn, -1, 0)
    return (rate * np.cos(frequency * t + phase)).sum(axis=-1) / (RMS * CORNER / TIME)


def agrees(samples: np.ndarray, expected: float, beside: float = 0.0) -> None:
    """Asserts that the mean of each column is what is expected, within five standard errors and `beside`."""
    error = samples.std(axis=0, ddof=1) / np.sqrt(len(samples))
    assert np.all(np.abs(samples.mean(axis=0) - expected) < 5.0 * error + beside)


def test_constants_are_what_they_are_called():
    assert (1.0 + CORNER) * np.exp(-CORNER) == pytest.approx(np.exp(-1.0), rel=1e-15)
    assert np.arctan(FASTEST) == SPAN
    power = np.arctan(FASTEST) + FASTEST / (1.0 + FASTEST * FASTEST)
    assert pytest.approx(2.0 / np.pi * power, rel=1e-15) == POWER


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0, 2.0, 5.0])
def test_variance_and_autocorrelation_are_those_of_the_process(drawn, share):
    """Over lags of so many correlation times, each axis by its own time; at the lag 0 it is the variance."""
    frequency, phase, angle, _ = np.moveaxis(drawn, -1, 0)
    later = frequency * (713.3 + share * TIME[:, None]) + phase
    there = (angle * np.sin(later)).sum(axis=-1) / RMS
    x = CORNER * share
    agrees(angles(drawn, 713.3) * there, (1.0 + x) * np.exp(-x), beside=CUT)


def test_means_are_zero_and_the_rate_has_the_variance_of_the_process(drawn):
    """rms^2 b^2 as far as the highest frequency: 2 / pi (atan(x) - x / (1 + x^2)) of it, over the power kept."""
    agrees(angles(drawn, 713.3), 0.0)
    agrees(rates(drawn, 713.3), 0.0)
    kept = 2.0 / np.pi * (np.arctan(FASTEST) - FASTEST / (1.0 + FASTEST * FASTEST)) / POWER
    agrees(rates(drawn, 713.3) ** 2, kept)
    agrees(rates(drawn, 713.3) * angles(drawn, 713.3), 0.0)


def test_axes_are_drawn_by_themselves(drawn):
    at = angles(drawn, 713.3)
    agrees(at[:, :2] * at[:, 1:], 0.0)


def test_the_rate_is_the_derivative_of_the_angle():
    lines, h = lines_of(7), 1e-3
    for axis in range(3):
        for t in (0.0, 71.3, 4003.7, 86400.0):
            _, rate = wander(lines, axis, t)
            before, after = wander(lines, axis, t - h)[0], wander(lines, axis, t + h)[0]
            scale = RMS[axis] * CORNER / TIME[axis]
            assert rate == pytest.approx((after - before) / (2.0 * h), abs=1e-6 * scale)


def test_the_kernel_sums_the_lines_of_its_axis():
    lines = lines_of(7)
    for axis in range(3):
        told = np.array(wander(lines, axis, 713.3)) / (RMS[axis], RMS[axis] * CORNER / TIME[axis])
        of_run = lines.reshape(1, 3, LINES, len(LINE))
        assert told == pytest.approx(
            [angles(of_run, 713.3)[0, axis], rates(of_run, 713.3)[0, axis]], abs=1e-12
        )


def test_each_run_has_nearly_the_power_of_all_and_bounded_rates(drawn):
    """The power of a line is that at one place of its band: between the least and the most there, in all runs."""
    edges = np.cos(np.arange(LINES + 1) * SPAN / LINES) ** 2 * AMPLITUDE**2 / 2.0
    power = (drawn[..., 2] ** 2 / 2.0).sum(axis=-1) / RMS**2
    assert edges[1:].sum() < power.min() and power.max() < edges[:-1].sum()
    assert edges[:-1].sum() - edges[1:].sum() < 0.24
    assert np.all(power.std(axis=0) < 0.04)
    corner = CORNER / TIME
    assert np.all(drawn[..., 3].sum(axis=-1) < 0.7 * LINES * corner * RMS)
    assert np.all(drawn[..., 0] < FASTEST * corner[:, None])
    np.testing.assert_allclose(drawn[..., 3], drawn[..., 2] * drawn[..., 0], rtol=1e-13)


def test_a_run_again_is_the_same_and_another_run_or_seed_is_not():
    np.testing.assert_array_equal(lines_of(7), lines_of(7))
    assert not np.any(lines_of(7)[:, 0] == lines_of(8)[:, 0])
    assert not np.any(lines_of(7)[:, 1] == lines_of(7, seed=4)[:, 1])


def test_no_rms_no_angle():
    lines = np.full((3 * LINES, len(LINE)), np.nan)
    start_wander(lines, (0.0, 0.0, 0.0), (300.0, 300.0, 300.0), 3, 7)
    assert [wander(lines, axis, 713.3) for axis in range(3)] == [(0.0, 0.0)] * 3
