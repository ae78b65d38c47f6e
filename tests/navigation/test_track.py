"""Both filters in a flight: hand-over, free drift, the accelerometer, and the turn of the orbit plane."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from rvd.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH
from rvd.navigation.track import Filters, gained, plane_turn
from rvd.orbit.frames import hill_axes
from rvd.signals import Firing
from tests.flight.htv import mission, nominal

OBLATENESS = MU_EARTH * J2_EARTH * RADIUS_EARTH**2
ZERO = (0.0, 0.0, 0.0)


def test_the_plane_turns_as_the_hill_frame_of_a_j2_orbit_does():
    """The radial rate of the frame, by finite differences along an integrated orbit."""

    def rate(_, y):
        r = y[:3]
        d2 = r @ r
        k = -1.5 * OBLATENESS / d2**2.5
        zz = 5.0 * r[2] ** 2 / d2
        oblate = k * r * (np.array([1.0, 1.0, 3.0]) - zz)
        return np.hstack([y[3:], -MU_EARTH * r / d2**1.5 + oblate])

    a, i = RADIUS_EARTH + 410e3, math.radians(51.6)
    v = math.sqrt(MU_EARTH / a)
    y0 = [a, 0.0, 0.0, 0.0, v * math.cos(i), v * math.sin(i)]
    times = np.arange(350.0, 5600.0, 350.0)
    step = 0.5
    for t in times:
        moments = [t - step, t, t + step]
        at = solve_ivp(rate, (0.0, t + step), y0, rtol=1e-12, atol=1e-6, t_eval=moments).y.T
        before, here, after = at
        axes = [np.array(hill_axes(tuple(y[:3]), tuple(y[3:]))) for y in (before, after)]
        span = 2.0 * step
        # Component of the frame's rate along x: how y turns toward z.
        turn = (axes[1][1] - axes[0][1]) @ (0.5 * (axes[0][2] + axes[1][2])) / span
        assert plane_turn(OBLATENESS, tuple(here[:3]), tuple(here[3:])) == pytest.approx(turn, abs=3e-9)


def test_the_belief_follows_the_truth_within_its_sigmas():
    """The nominal flight after settling: every error within five sigmas, nine tenths within two."""
    h = nominal().history
    settled = h["t"] > 300.0
    for what, sigma in (("", "sigma_r"), ("_rate", "sigma_v")):
        error = np.sqrt(
            sum((h[f"believed_{w}{what}"] - h[f"{w}{what}"]) ** 2 for w in ("vbar", "rbar", "hbar"))
        )
        ratio = (error / h[sigma])[settled]
        assert ratio.max() < 5.0
        assert np.mean(ratio < 2.0) > 0.9


def test_the_hand_over_makes_no_jump():
    """Where the laser takes over, the belief steps by less than three of its sigmas of the second before."""
    h = nominal().history
    first = int(np.flatnonzero(h["laser_age"] <= 1.0)[0])
    step = [h[f"believed_{w}"][first] - h[f"believed_{w}"][first - 1] for w in ("vbar", "rbar", "hbar")]
    assert np.linalg.norm(step) < 3.0 * h["sigma_r"][first - 1]
    assert h["sigma_r"][first + 30] < 0.5 * h["sigma_r"][first - 1]
    place = [h[w][first] for w in ("vbar", "rbar", "hbar")]
    assert np.linalg.norm(place) < 520.0


def test_navigation_goes_on_through_free_drift():
    h = nominal().history
    drifting = h["leg"] == mission().built.leg_names.index("free drift")
    assert drifting.sum() > 90
    assert np.all(h["laser_age"][drifting] < 4.0)  # a reading late by a tick, and two lost in a row
    assert np.all(h["sigma_r"][drifting] < 0.5)


FILTERS = mission().built.setup.onboard.filters


def told(filters: Filters = FILTERS, bias=ZERO, quiet=1e9, read=ZERO, impulse=ZERO, h=1.0):
    firing = Firing(impulse, ZERO, ZERO, 0.0, h)
    return gained(filters, bias, quiet, read, firing, 15000.0)


def test_a_weak_firing_is_taken_as_commanded_and_calibrates():
    gain, bias, _, commanded = told(read=(1e-3, 0.0, 0.0))
    assert commanded == 1.0
    assert gain == ZERO
    assert bias[0] == pytest.approx(1e-3 / FILTERS.accelerometer_memory)
    gain, bias, _, _ = told(read=(1e-3 + 1e-3, 0.0, 0.0), impulse=(15.0, 0.0, 0.0))
    assert gain == (pytest.approx(1e-3), 0.0, 0.0)
    assert bias[0] == pytest.approx(1e-3 / FILTERS.accelerometer_memory)


def test_a_strong_burn_is_taken_as_measured_less_the_bias():
    gain, bias, _, commanded = told(bias=(1e-3, 0.0, 0.0), read=(0.051, 0.0, 0.0), impulse=(765.0, 0.0, 0.0))
    assert gain == (pytest.approx(0.05), 0.0, 0.0)
    assert bias == (1e-3, 0.0, 0.0)
    assert commanded == 0.0


@pytest.mark.parametrize("h", [1.0, 0.2])
def test_the_bias_begins_as_the_mean_so_that_the_first_burn_finds_it_known(h):
    rng, bias, quiet = np.random.default_rng(4), ZERO, 0.0
    read = 1e-3 + 1e-4 * rng.standard_normal((200, 3))
    for one in read:
        _, bias, quiet, _ = told(bias=bias, quiet=quiet, read=tuple(h * one), h=h)
    np.testing.assert_allclose(bias, read.mean(axis=0), rtol=0.01)
    assert quiet == pytest.approx(200.0 * h)
    assert told(bias=bias, quiet=quiet, read=tuple(read[0]), impulse=(765.0, 0.0, 0.0))[2] == quiet


def test_the_bias_follows_a_change_within_its_memory():
    bias, quiet = (1e-3, 0.0, 0.0), 1e9
    for _ in range(5 * int(FILTERS.accelerometer_memory)):
        _, bias, quiet, _ = told(bias=bias, quiet=quiet, read=(2e-3, -5e-4, 0.0))
    np.testing.assert_allclose(bias, (2e-3, -5e-4, 0.0), rtol=1e-2)
