import numpy as np
import pytest

from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.vehicle.drag import Drag
from rvd.core.vehicle.lines import LINE
from rvd.core.vehicle.momentum import END, MomentumLoop, momentum
from rvd.core.vehicle.station import Station, held_attitude, held_rate, start_lines, swing
from rvd.core.vehicle.wander import wander
from tests.core.vehicle.oracles import LEVEL, held, rotation

DEG = np.pi / 180.0
BIAS, DEADBAND = (0.12 * DEG, -0.3 * DEG, 0.2 * DEG), (0.1 * DEG, 0.15 * DEG, 0.08 * DEG)
PERIOD, PHASE = (900.0, 1100.0, 1300.0), (0.3, 2.1, 5.0)
STATION = Station(
    410e3, 0.9, 5e-4, 0.0, 0.0, 4.2e5, Drag(2.2, (1.0, 1.0, 1.0)), (1.0, 1.0, 1.0, 0.0, 0.0, 0.0),
    BIAS, DEADBAND, PERIOD, PHASE, (0.0, 0.0, 0.0), (300.0, 300.0, 300.0),
    MomentumLoop((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
)  # fmt: skip
WANDERING = STATION._replace(rms=(0.2 * DEG, 0.0, 0.1 * DEG))
MANAGED = STATION._replace(momentum=MomentumLoop((0.0, 0.7 * DEG, 0.1 * DEG), (1.0, 1.5, 2.0)))


def lines_of(station: Station) -> np.ndarray:
    """The lines of a run."""
    lines = np.full((END, len(LINE)), np.nan)
    start_lines(lines, station, 3.986004418e14, 3, 5)
    return lines


LINES_OF_IT = lines_of(WANDERING)


def test_level_lies_along_track_starboard_and_down():
    level = rotation(Q_HILL_LEVEL)
    np.testing.assert_allclose(level.as_matrix(), LEVEL.as_matrix(), atol=1e-15)
    # Forward is +y of hill, starboard -z, down -x.
    np.testing.assert_allclose(level.apply(np.eye(3)), [[0, 1, 0], [0, 0, -1], [-1, 0, 0]], atol=1e-15)


@pytest.mark.parametrize("t", [0.0, 71.3, 4003.7])
def test_attitude_swings_about_its_bias(t):
    q, _ = held_attitude(STATION, LINES_OF_IT, t)
    expected = held(BIAS, DEADBAND, PERIOD, PHASE, t)
    assert (rotation(q) * expected.inv()).magnitude() < 1e-14


@pytest.mark.parametrize("t", [0.0, 71.3, 4003.7])
def test_rate_is_the_derivative_of_the_attitude(t):
    h = 0.5
    before, after = (held(BIAS, DEADBAND, PERIOD, PHASE, t + s) for s in (-h, h))
    # Angles of half a degree: rates about the turned axes differ from the angles' by their product, 1e-5 of them.
    rate = (before.inv() * after).as_rotvec() / (2.0 * h)
    np.testing.assert_allclose(
        held_attitude(STATION, LINES_OF_IT, t)[1], rate, atol=1e-2 * np.linalg.norm(rate)
    )


@pytest.mark.parametrize("t", [0.0, 71.3, 4003.7])
def test_what_wanders_adds_to_the_swing_angle_and_rate(t):
    q, rate = held_attitude(WANDERING, LINES_OF_IT, t)
    angles, rates = np.transpose([wander(LINES_OF_IT, axis, t) for axis in range(3)])
    assert angles[1] == rates[1] == 0.0 and min(abs(angles[0]), abs(angles[2])) > 1e-6
    np.testing.assert_allclose(np.array(rate) - held_attitude(STATION, LINES_OF_IT, t)[1], rates, atol=1e-18)
    expected = held(np.array(BIAS) + angles, DEADBAND, PERIOD, PHASE, t)
    assert (rotation(q) * expected.inv()).magnitude() < 1e-14


@pytest.mark.parametrize("t", [0.0, 71.3, 4003.7])
def test_what_momentum_management_leaves_adds_to_the_swing_and_to_what_wanders(t):
    both = MANAGED._replace(rms=WANDERING.rms)
    lines = lines_of(both)
    q, rate = held_attitude(both, lines, t)
    angles, rates = np.transpose([momentum(lines, axis, t) for axis in range(3)])
    assert angles[0] == rates[0] == 0.0 and min(abs(angles[1]), abs(angles[2])) > 1e-6
    wandered, wandered_rates = np.transpose([wander(lines, axis, t) for axis in range(3)])
    swung = np.array(held_attitude(STATION, lines, t)[1])
    np.testing.assert_allclose(np.array(rate) - swung, wandered_rates + rates, atol=1e-18)
    expected = held(np.array(BIAS) + wandered + angles, DEADBAND, PERIOD, PHASE, t)
    assert (rotation(q) * expected.inv()).magnitude() < 1e-14


def test_the_loop_s_lines_are_at_the_orbital_rate_and_twice_it():
    n = np.sqrt(3.986004418e14 / (6378137.0 + 410e3) ** 3)
    np.testing.assert_allclose(lines_of(MANAGED)[-6:, 0], [n, 2.0 * n] * 3, rtol=1e-14)


def test_a_station_that_does_neither_has_the_bits_of_the_swing_whatever_its_lines():
    """Its lines are not looked at; and a loop leaves those by which a station wanders as they are."""
    lines = np.full_like(LINES_OF_IT, np.nan)
    assert np.all(np.isfinite(held_attitude(STATION, lines, 713.3)[1]))
    assert held_attitude(STATION, lines, 713.3) == held_attitude(STATION, LINES_OF_IT, 713.3)
    both = MANAGED._replace(rms=WANDERING.rms)
    np.testing.assert_array_equal(lines_of(both)[:-6], LINES_OF_IT[:-6])


def test_swing_reaches_its_deadband_at_a_quarter_period():
    angle, rate = swing(0.01, 0.002, 900.0, 0.0, 225.0)
    assert angle == pytest.approx(0.012, rel=1e-12)
    assert abs(rate) < 1e-17
    assert swing(0.01, 0.002, 900.0, 0.0, 0.0)[1] == pytest.approx(0.002 * 2.0 * np.pi / 900.0, rel=1e-12)


def test_inertial_rate_adds_the_orbits_own():
    q, rate = held_attitude(STATION, LINES_OF_IT, 10.0)
    n = (0.0, 0.0, 1.13e-3)
    expected = np.array(rate) + rotation(q).inv().apply(n)
    np.testing.assert_allclose(held_rate(rate, q, n), expected, atol=1e-18)
    # The level station turns about its port axis: starboard points against the orbit normal.
    assert held_rate((0.0, 0.0, 0.0), Q_HILL_LEVEL, n)[1] == pytest.approx(-1.13e-3)
