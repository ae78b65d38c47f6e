import math

import pytest

from rvd.assembly.build import build
from rvd.assembly.orbit import orbit_rate
from rvd.core.constants import MU_EARTH, RADIUS_EARTH
from tests.casefile.small import small


def test_a_sensor_not_aboard_never_speaks(tmp_path):
    suite = build(small(tmp_path)).setup.outside.suite
    assert (suite.gps_period, suite.laser_period, suite.tracker_period) == (1.0, 1.0, 0.0)
    without = build(small(tmp_path).with_values({"sensors.laser": None})).setup.outside.suite
    assert (without.gps_period, without.laser_period) == (1.0, 0.0)


def test_the_rules_are_the_case_s(built):
    rules = built.setup.outside.rules
    assert rules.ellipsoid == (1000.0, 2000.0, 1000.0)  # hill: radial, along, cross
    assert rules.corridor_axis == (-1.0, 0.0, 0.0)
    assert rules.corridor_from == 250.0 and rules.keep_out == 200.0
    assert rules.speeds.within == (250.0, 1000.0, 0.0, 0.0)
    assert rules.speeds.speed[:2] == pytest.approx((10.0 / 60.0, 1.5))
    assert built.setup.seconds == 18000


def test_the_corridor_is_armed_at_the_sphere_at_the_latest(tmp_path):
    near = small(tmp_path).with_values({"rules.corridor.from": 100.0})
    assert build(near).setup.outside.rules.corridor_from == 200.0


def test_one_reflector_stands_for_both(built, htv):
    points = built.setup.outside.points
    assert points.reflector_0 == points.reflector_1 == (12.0, -6.0, 4.0)
    assert htv.setup.outside.points.reflector_0 != htv.setup.outside.points.reflector_1


def test_the_orbit_rate_is_kepler_s(tmp_path):
    assert orbit_rate(small(tmp_path)) == pytest.approx(math.sqrt(MU_EARTH / (RADIUS_EARTH + 410e3) ** 3))
