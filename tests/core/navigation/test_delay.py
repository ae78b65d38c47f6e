"""Late readings: what has moved since they were taken, and a flight that does not notice they are late."""

import functools
import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.spatial.transform import Rotation

from rvd.core.navigation.delay import (
    Push,
    attitude_now,
    attitude_then,
    lengthened,
    moved_since,
    nothing_since,
    restarted,
)
from rvd.core.signals import Outcome
from rvd.montecarlo.mission import Mission
from tests.core.flight.htv import case, mission
from tests.core.navigation.oracles import start

N = 1.13e-3
ZERO = (0.0, 0.0, 0.0)
FILTER = mission().built.setup.onboard.filters.relative


def relative(r, v):
    return start(FILTER, r, v, 1.0, 0.1).state


def forward(r, v, push, t_push, age):
    """Clohessy and Wiltshire's equations integrated over `age` s, with a thrust (m/s2) from `t_push` on."""

    def rate(t, y):
        f = np.asarray(push) if t >= t_push else np.zeros(3)
        x, z, vx, vy = y[0], y[2], y[3], y[4]
        return np.hstack([y[3:], f + [3 * N * N * x + 2 * N * vy, -2 * N * vx, -N * N * z]])

    return solve_ivp(rate, (0.0, age), np.hstack([r, v]), rtol=1e-12, atol=1e-12, max_step=age / 64).y[:, -1]


@pytest.mark.parametrize("age", [0.2, 1.0, 4.0])
def test_back_along_the_motion_is_where_the_chaser_was(age):
    r, v, push, begun = (-300.0, -4800.0, 20.0), (0.8, 1.9, -0.05), (0.01, 0.05, -0.02), 0.4 * age
    now = forward(r, v, push, begun, age)
    burn = age - begun
    since = Push(tuple(burn * x for x in np.array(push)), tuple(0.5 * burn**2 * x for x in np.array(push)))
    dr, dv = moved_since(N, 0.0, relative(tuple(now[:3]), tuple(now[3:])), since, age, True)
    # What is left out: Coriolis on the push, and the third power of age.
    bent = N * float(np.linalg.norm(push)) * burn**2
    np.testing.assert_allclose(now[:3] - dr, r, rtol=0.0, atol=bent * age + 3e-6 * age**3)
    np.testing.assert_allclose(now[3:] - dv, v, rtol=0.0, atol=bent + 6e-6 * age**2)


def test_a_reading_of_this_tick_has_nothing_behind_it():
    since = Push((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
    dr, dv = moved_since(N, 1e-6, relative((-300.0, 10.0, 2.0), (0.1, 0.2, 0.3)), since, 0.0, False)
    assert dr == ZERO and dv == ZERO
    q = (0.1, -0.2, 0.3, math.sqrt(0.86))
    assert attitude_now(q, (0.1, 0.2, 0.3), False) == q
    assert attitude_then(q, (0.1, 0.2, 0.3), N, 0.0, False) == q


def test_attitudes_go_back_and_forth_with_the_turn():
    q, turn, age = Rotation.from_rotvec([0.3, -0.2, 0.9]), np.array([0.004, -0.001, 0.002]), 0.6
    before = q * Rotation.from_rotvec(turn).inv()
    now = Rotation.from_quat(attitude_now(tuple(before.as_quat()), tuple(turn), True))
    assert (now.inv() * q).magnitude() < 1e-12
    # Seen from the hill frame, which turned about its z axis meanwhile.
    expected = Rotation.from_rotvec([0.0, 0.0, N * age]) * q * Rotation.from_rotvec(turn).inv()
    then = Rotation.from_quat(attitude_then(tuple(q.as_quat()), tuple(turn), N, age, True))
    assert (then.inv() * expected).magnitude() < N * age * np.linalg.norm(turn)


def test_pushes_and_turns_are_summed_from_look_to_look():
    since = nothing_since()
    for _ in range(3):
        since = lengthened(since, (0.1, 0.0, 0.0), (0.02, 0.0, 0.0), (0.0, 0.01, 0.0), 0.5)
    assert since.gps == since.laser
    assert since.gps.gain_hill == pytest.approx((0.3, 0.0, 0.0))
    assert since.gps.reach_hill == pytest.approx((0.06 + 0.5 * (0.1 + 0.2), 0.0, 0.0))
    assert since.laser_turn == since.tracker_turn == pytest.approx((0.0, 0.03, 0.0))
    after = restarted(since, (0.0, 1.0, 0.0))
    assert after.gps == since.gps and after.tracker_turn == since.tracker_turn
    assert after.laser == Push(ZERO, ZERO) and after.laser_turn == ZERO
    after = restarted(since, (1.0, 0.0, 1.0))
    assert after.gps == Push(ZERO, ZERO) and after.tracker_turn == ZERO and after.laser == since.laser


# ---- in flight

SENSORS = ("gps", "laser", "star_tracker")
STRETCHES = {
    "transfer": ("AI to RI",),
    "hold": ("hold point: yaw-around",),
    "near": ("parking point", "climb to the box", "box"),
}


@functools.cache
def errors(key: str, value: float) -> dict[str, tuple[float, float]]:
    """Believed position of a flight without noise, a key set everywhere: its error (rms) and sigma by stretch."""
    quiet = case().without_noise().with_values({f"sensors.{name}.{key}": value for name in SENSORS})
    flown = Mission(quiet)
    flight = flown.flight(None, 2013)
    assert flight.outcome == Outcome.CAPTURED
    h = flight.history
    miss = sum((h[f"believed_{w}"] - h[w]) ** 2 for w in ("vbar", "rbar", "hbar"))
    names = flown.built.leg_names
    at = {word: np.isin(h["leg"], [names.index(name) for name in legs]) for word, legs in STRETCHES.items()}
    return {word: (math.sqrt(miss[here].mean()), h["sigma_r"][here].mean()) for word, here in at.items()}


@pytest.mark.parametrize("latency", [0.2, 0.6, 1.0])
def test_a_flight_does_not_notice_that_its_readings_are_late(latency):
    """The error of the belief stays what it is without latency to a twentieth of what the filter claims to know."""
    prompt, late = errors("latency", 0.0), errors("latency", latency)
    for stretch, (error, sigma) in late.items():
        assert error == pytest.approx(prompt[stretch][0], abs=0.05 * sigma), stretch


def test_a_flight_would_notice_if_it_took_them_for_fresh():
    """Readings of a second ago with the time tag of now: the error grows by more than a third (0.73 m to 1.29 m)."""
    prompt, wrong = errors("latency", 0.0), errors("time_bias", 1.0)
    for stretch in STRETCHES:
        assert wrong[stretch][0] > 1.33 * prompt[stretch][0], stretch
