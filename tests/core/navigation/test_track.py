"""Both filters in a flight: hand-over, free drift, the accelerometer, and the turn of the orbit plane."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH
from rvd.core.motion.nonlinear import Environment
from rvd.core.navigation.track import SETTLED, Filters, Meter, gained, plane_turn
from rvd.core.orbit.frames import hill_axes
from rvd.core.signals import Firing
from tests.core.flight.htv import mission, nominal

OBLATENESS = MU_EARTH * J2_EARTH * RADIUS_EARTH**2
EARTH = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, 0.0, 0.0, RADIUS_EARTH, 1.0)
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
        assert plane_turn(EARTH, tuple(here[:3]), tuple(here[3:])) == pytest.approx(turn, abs=3e-9)


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


def told(filters: Filters = FILTERS, bias=ZERO, quiet=1e9, read=ZERO, impulse=ZERO, h=1.0, meter=None):
    firing = Firing(impulse, ZERO, ZERO, float(np.linalg.norm(impulse)), ZERO, 0.0, h)
    return gained(filters, meter or Meter(bias, 0.0, quiet, 0.0), read, firing, 15000.0)


def test_a_weak_firing_is_taken_as_commanded_and_calibrates():
    gain, meter = told(read=(1e-3, 0.0, 0.0))
    assert gain.commanded == 1.0 and gain.spread == 0.0
    assert gain.dv_body == ZERO
    assert meter.bias[0] == pytest.approx(1e-3 / FILTERS.accelerometer_memory)
    weak = 0.9 * FILTERS.accelerometer_quiet
    gain, meter = told(read=(weak + 1e-3, 0.0, 0.0), impulse=(15000.0 * weak, 0.0, 0.0))
    assert gain.dv_body == (pytest.approx(weak), 0.0, 0.0)
    assert meter.bias[0] == pytest.approx(1e-3 / FILTERS.accelerometer_memory)


def test_a_hold_that_is_not_quiet_is_commanded_and_calibrates_nothing():
    push = 0.5 * (FILTERS.accelerometer_quiet + FILTERS.accelerometer_above)
    gain, meter = told(bias=(1e-3, 0.0, 0.0), read=(push, 0.0, 0.0), impulse=(15000.0 * push, 0.0, 0.0))
    assert gain.commanded == 1.0
    assert gain.dv_body == (pytest.approx(push), 0.0, 0.0)
    assert meter == Meter((1e-3, 0.0, 0.0), 0.0, 1e9, 0.0)


def test_a_strong_burn_is_taken_as_measured_less_the_bias():
    gain, meter = told(bias=(1e-3, 0.0, 0.0), read=(0.051, 0.0, 0.0), impulse=(765.0, 0.0, 0.0))
    assert gain.dv_body == (pytest.approx(0.05), 0.0, 0.0)
    assert meter.bias == (1e-3, 0.0, 0.0)
    assert gain.commanded == 0.0


def test_before_the_bias_is_known_a_strong_burn_is_taken_as_commanded():
    """Else a chaser that pushes from the first second takes its unknown bias for a gain, and never learns it."""
    for quiet, commanded in ((0.0, 1.0), (SETTLED - 1.0, 1.0), (SETTLED, 0.0)):
        gain, _ = told(quiet=quiet, read=(0.051, 0.0, 0.0), impulse=(750.0, 0.0, 0.0))
        assert gain.commanded == commanded
        assert gain.dv_body[0] == pytest.approx(0.05 if commanded else 0.051)


@pytest.mark.parametrize("h", [1.0, 0.2])
def test_the_bias_begins_as_the_mean_so_that_the_first_burn_finds_it_known(h):
    rng, meter = np.random.default_rng(4), Meter(ZERO, 0.0, 0.0, 0.0)
    read = 1e-3 + 1e-4 * rng.standard_normal((200, 3))
    for one in read:
        _, meter = told(meter=meter, read=tuple(h * one), h=h)
    np.testing.assert_allclose(meter.bias, read.mean(axis=0), rtol=0.01)
    assert meter.quiet == pytest.approx(200.0 * h, rel=0.01)
    # The mean of white noise over that time.
    assert meter.variance == pytest.approx(FILTERS.accelerometer_walk**2 / (200.0 * h), rel=0.05)
    assert told(meter=meter, read=tuple(read[0]), impulse=(765.0, 0.0, 0.0))[1].quiet == meter.quiet


def test_the_bias_follows_a_change_within_its_memory():
    meter = Meter((1e-3, 0.0, 0.0), 0.0, 1e9, 0.0)
    for _ in range(5 * int(FILTERS.accelerometer_memory)):
        _, meter = told(meter=meter, read=(2e-3, -5e-4, 0.0))
    np.testing.assert_allclose(meter.bias, (2e-3, -5e-4, 0.0), rtol=1e-2)
    half = FILTERS.accelerometer_walk**2 / (2.0 * FILTERS.accelerometer_memory)
    assert meter.variance == pytest.approx(half, rel=0.01)


def test_the_variances_of_a_burn_add_up_to_white_noise_a_bias_and_a_scale():
    """Over a burn of T s at a m/s2: walk2 T, and the squares of bias T and of scale a T."""
    sigma, a, n = 5e-6, 0.02, 200
    meter, total = Meter(ZERO, sigma**2, 300.0, 0.0), 0.0
    for _ in range(n):
        gain, meter = told(meter=meter, read=(a, 0.0, 0.0), impulse=(15000.0 * a, 0.0, 0.0))
        total += gain.spread
    expected = (
        FILTERS.accelerometer_walk**2 * n + (sigma * n) ** 2 + (FILTERS.accelerometer_scale * a * n) ** 2
    )
    assert total == pytest.approx(expected, rel=0.01)
