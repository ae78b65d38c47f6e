import math

import pytest

from rvd.assembly.build import build
from rvd.assembly.filters import expected_drag
from rvd.casefile import load
from rvd.core.constants import MU_EARTH, RADIUS_EARTH
from tests.casefile.small import HTV, small


def test_navigation_is_told_the_target_s_limit_cycle(tmp_path):
    """About the hill axes: down is against x, forward is y, starboard against z; a sinusoid's sigma."""
    cycle = {"deadband": [0.01, 0.02, 0.03], "period": [900.0, 1100.0, 1300.0]}
    case = small(tmp_path).with_values({f"target.attitude.{key}": value for key, value in cycle.items()})
    relative = build(case).setup.onboard.filters.relative
    assert relative.swing == pytest.approx([0.03 / math.sqrt(2), 0.01 / math.sqrt(2), 0.02 / math.sqrt(2)])
    assert relative.swing_rate == pytest.approx([2 * math.pi / t for t in (1300.0, 900.0, 1100.0)])


def test_navigation_is_told_the_rms_of_what_wanders_with_the_swing(tmp_path):
    """About the hill axes, as above; an axis without any keeps its swing to the bit."""
    process = {"deadband": [0.01, 0.02, 0.0], "rms": [0.003, 0.0, 0.005]}
    case = small(tmp_path).with_values({f"target.attitude.{key}": value for key, value in process.items()})
    swing = build(case).setup.onboard.filters.relative.swing
    assert swing == pytest.approx([0.005, math.hypot(0.01 / math.sqrt(2), 0.003), 0.02 / math.sqrt(2)])
    assert swing[2] == 0.02 / math.sqrt(2)


def test_navigation_is_told_nothing_of_what_momentum_management_leaves(tmp_path):
    case = small(tmp_path)
    loop = {"amplitude": [0.01, 0.02, 0.03], "bandwidth": [1.0, 2.0, 3.0]}
    managed = case.with_values({f"target.attitude.momentum.{key}": value for key, value in loop.items()})
    assert build(managed).setup.onboard.filters == build(case).setup.onboard.filters


def test_navigation_is_told_what_is_in_doubt(tmp_path):
    """Each doubt at its place; the drag is expected from the air, its doubt a share of it."""
    case = small(tmp_path).with_values({
        "navigation.station_angle": 0.004, "navigation.centre_of_mass": 0.03, "navigation.drag": 0.5,
        "sensors.star_tracker": {"cross": 1e-5, "roll": 2e-5, "misalignment_sigma": 3e-4},
    })  # fmt: skip
    filters = build(case).setup.onboard.filters
    relative = filters.relative
    assert (relative.station_angle, relative.centre_of_mass, relative.drag_doubt) == (0.004, 0.03, 0.5)
    assert (filters.attitude.tracker, filters.attitude.misalignment) == (2e-5, 3e-4)
    assert build(small(tmp_path)).setup.onboard.filters.attitude.misalignment == 0.0


def test_the_expected_drag_is_that_of_the_air_on_both(tmp_path):
    """By hand: half the density, the square of the speed through air that turns, both ballistic coefficients."""
    case = load(HTV)
    radius = RADIUS_EARTH + 410e3
    speed = math.sqrt(MU_EARTH / radius) - radius * 7.292e-5 * math.cos(math.radians(51.6))
    target, chaser = 2.2 * 1470.0 / 420000.0, 2.2 * 15.2 / 15500.0
    got = expected_drag(case)
    assert got == pytest.approx(0.5 * 3e-12 * speed**2 * (target - chaser), rel=1e-3)
