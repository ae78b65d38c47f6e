"""Multipath: as large as asked, as slow as asked, falling off, and the velocity's error the rate of the position's."""

import functools

import numpy as np
import pytest

from rvd.core.algebra.random import stream_of
from rvd.core.signals import Key, Tick
from rvd.core.vehicle.multipath import SHORTEST, Echo, Multipath, echo_errors, first_echo, later_echo

STREAM, START = stream_of("multipath"), stream_of("multipath.start")
RUNS, SECONDS, MEMORY = 400, 400, 40.0
HERE = Multipath(5.0, 100.0, MEMORY)


@functools.cache
def flown() -> tuple[np.ndarray, np.ndarray]:
    """Errors of position and velocity (runs, seconds, 3) near the station."""
    both = np.empty((2, RUNS, SECONDS, 3))
    for run in range(RUNS):
        echo = first_echo(7, run, START)
        for second in range(SECONDS):
            echo = later_echo(echo, MEMORY, STREAM, key(7, run, 16 * second))
            both[:, run, second] = echo_errors(HERE, echo, 60.0)
    return both[0], both[1]


def key(seed: int, run: int, tick: int, first: bool = True) -> Key:
    return Key(seed, run, Tick(number=tick, t=tick / 16.0, h=0.5, second=tick // 16, first=first))


def within(values: np.ndarray, expected: float, each: float, count: float) -> None:
    """A mean of so many independent values of spread `each` lies within 4.5 sigma: false alarm 7e-6."""
    assert abs(np.mean(values) - expected) < 4.5 * each / np.sqrt(count)


@pytest.mark.parametrize("second", [0, 200, 399])
def test_it_is_of_the_size_asked_from_the_start_on(second):
    """Mean squares over 1,200 independent numbers; 4.5 sigma each, six of them: false alarm 4e-5."""
    r, v = flown()
    within((r[:, second] / 5.0) ** 2, 1.0, np.sqrt(2.0), 3.0 * RUNS)
    k = np.exp(-1.0 / MEMORY)
    c = (k * k / MEMORY) / (1.0 - k * k)
    size = (k / MEMORY) ** 2 * (1.0 + k * k) / (1.0 - k * k) ** 2
    rate = np.sqrt((1.0 + size - 2.0 * c) / size) / MEMORY
    assert rate == pytest.approx(1.0 / MEMORY, rel=0.03)
    within((v[:, second] / (5.0 * rate)) ** 2, 1.0, np.sqrt(2.0), 3.0 * RUNS)


@pytest.mark.parametrize("lag", [20, 40, 120])
def test_it_is_as_slow_as_asked(lag):
    """Products over a lag, from the table of the process; 4.5 sigma, three of them: false alarm 2e-5."""
    r, _ = flown()
    s = lag / MEMORY
    products = r[:, 100] * r[:, 100 + lag] / 25.0
    within(products, np.exp(-s) * (1.0 + s), np.sqrt(2.0), 3.0 * RUNS)


def test_the_velocity_s_error_is_the_rate_of_the_position_s():
    r, v = flown()
    rate = 0.5 * (r[:, 2:] - r[:, :-2])
    assert np.sqrt(np.mean((rate - v[:, 1:-1]) ** 2)) < 0.25 * np.sqrt(np.mean(v**2))
    assert np.corrcoef(rate.ravel(), v[:, 1:-1].ravel())[0, 1] > 0.97


def test_it_is_steady_near_the_station_and_falls_off_with_the_square():
    echo = first_echo(1, 2, START)
    near = np.array(echo_errors(HERE, echo, 100.0))
    np.testing.assert_array_equal(echo_errors(HERE, echo, 13.0), near)
    np.testing.assert_allclose(echo_errors(HERE, echo, 300.0), near / 9.0, rtol=1e-12)
    assert not np.any(echo_errors(HERE._replace(sigma=0.0), echo, 13.0))


def test_it_moves_once_a_second_and_is_keyed_by_seed_run_and_tick():
    echo = first_echo(1, 2, START)
    assert later_echo(echo, MEMORY, STREAM, key(1, 2, 17, False)) == echo
    one = later_echo(echo, MEMORY, STREAM, key(1, 2, 16))
    assert one == later_echo(echo, MEMORY, STREAM, key(1, 2, 16))
    for other in (key(1, 2, 32), key(2, 2, 16), key(1, 3, 16)):
        assert one != later_echo(echo, MEMORY, STREAM, other)


def test_a_memory_beneath_the_shortest_is_the_shortest():
    """A dispersed memory may be anything; an absent sensor's is zero."""
    echo = first_echo(1, 2, START)
    assert later_echo(echo, 0.0, STREAM, key(1, 2, 16)) == later_echo(echo, SHORTEST, STREAM, key(1, 2, 16))
    off = echo_errors(HERE._replace(memory=-3.0), Echo((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)), 60.0)
    assert np.all(np.isfinite(off))
