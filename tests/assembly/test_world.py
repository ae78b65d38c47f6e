import math

import pytest

from rvd.assembly.build import build
from rvd.assembly.orbit import orbit_rate
from rvd.assembly.sensors import readers_of
from rvd.assembly.world import goal_of, rule_row
from rvd.case.limits import Rule
from rvd.core.constants import MU_EARTH, RADIUS_EARTH
from rvd.core.goals.goals import GoalKind
from rvd.core.kernel import leaves
from rvd.core.rules.rules import FAR, RULE, RuleKind
from rvd.core.vehicle.sensors.kinds import SensorKind
from tests.casefile.small import small

DEG = math.radians(1.0)
PLACE = {"at": {"rbar": 10.0}, "within": 1.0, "speed": 0.02, "angle": DEG, "time": 60.0}
GOALS = {
    GoalKind.BOX: {
        "at": {"rbar": 10.0}, "half_width": (1.0, 2.0, 3.0), "release_speed": 0.006, "speed": 0.03, "angle": DEG,
        "rate": 0.1 * DEG, "time": 99.0,
    },
    GoalKind.TOUCH: {
        "port": "nadir", "of": "top", "ring_radius": 0.6, "port_radius": 0.6, "closing_speed": (0.05, 0.1),
        "lateral_speed": 0.04, "lateral_offset": 0.1, "tilt": 4.0 * DEG, "roll_error": 4.0 * DEG,
        "tilt_rate": 0.2 * DEG,
        "roll_rate": 0.2 * DEG,
    },
    GoalKind.HOLD: PLACE, GoalKind.CLEAR: {"beyond": 2000.0, "time": 600.0}, GoalKind.REACH: PLACE,
}  # fmt: skip
"""A goal of each kind, in SI."""

PORTS = {
    "target.ports": {"nadir": {"at": (15.0, 0.0, 5.0), "out": "down", "down": "aft"}},
    "chaser.ports": {"top": {"at": (0.3, 0.0, -2.2), "out": "up", "down": "aft"}},
}


def test_a_sensor_not_aboard_never_speaks(tmp_path):
    def kinds(case):
        return [SensorKind(int(line[0])) for line in build(case).setup.outside.sensors]

    several = [SensorKind.GPS, SensorKind.LASER, SensorKind.GYRO, SensorKind.ACCELEROMETER]
    assert kinds(small(tmp_path)) == several
    without = small(tmp_path).with_values({"sensors.laser": None})
    assert kinds(without) == [kind for kind in several if kind != SensorKind.LASER]
    assert readers_of(without)._asdict() == {
        "gps": 0.0, "laser": -1.0, "star_tracker": -1.0, "gyro": 1.0, "accelerometer": 2.0
    }  # fmt: skip


def numbers(rule: Rule) -> tuple[float, ...]:
    """A rule's row: its kind, the distance within which it is armed, and its limits."""
    return tuple(float(x) for x in rule_row(rule))


def test_the_rules_are_the_case_s(built):
    rules, case = built.setup.outside.rules, built.case
    rows = rules.rows.reshape(-1, RULE)
    ellipsoid, sphere, speed, cone = rows
    assert list(rows[:, 0]) == [RuleKind.ELLIPSOID, RuleKind.SPHERE, RuleKind.SPEED, RuleKind.CONE]
    assert list(ellipsoid[1:5]) == [FAR, 1000.0, 2000.0, 1000.0]  # hill: radial, along, cross
    assert list(sphere[1:3]) == [FAR, 200.0] and rules.keep_out == 200.0 and rules.contact == 7.0
    assert list(speed[2:10]) == pytest.approx([250.0, 10.0 / 60.0, 1000.0, 1.5, 0.0, 0.0, 0.0, 0.0])
    assert list(cone[1:5]) == [250.0, -1.0, 0.0, 0.0] and cone[5] == pytest.approx(math.radians(10.0))
    assert [list(of_rule) for of_rule in rules.applies] == [  # wait, transfer, climb; never on the abort
        [1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0], [1.0, 1.0, 1.0, 0.0],
    ]  # fmt: skip
    assert built.setup.seconds == 18000 and [leg.zone for leg in case.leg] == [
        "outside",
        "ellipsoid",
        "sphere",
    ]


def test_a_cone_and_its_width_at_the_berthing_point_are_as_the_case_says_them():
    table = {"kind": "cone", "axis": "vbar", "half_angle": math.radians(10.0), "half_width": 0.5}
    row = numbers(Rule.model_validate(table, context={"si": True}))
    assert row[2:7] == (0.0, 1.0, 0.0, math.radians(10.0), 0.5)


def test_half_spaces_are_as_the_case_says_them():
    row = numbers(Rule.model_validate({"kind": "half-space", "axis": "-rbar", "beyond": 3.0}))
    assert row[:6] == (RuleKind.HALF_SPACE, FAR, 1.0, 0.0, 0.0, 3.0)


@pytest.mark.parametrize("kind", list(GoalKind))
def test_every_goal_is_read_into_the_record_of_its_kind(tmp_path, kind):
    goal = goal_of(
        small(tmp_path).with_values({"require": [], "goal": {"kind": kind.word, **GOALS[kind]}} | PORTS)
    )
    limits = kind.module.NUMBERS
    assert goal.kind == kind and len(goal.numbers) == len(leaves(limits))


def test_one_reflector_stands_for_both(built, htv):
    points = built.setup.outside.points
    assert points.reflector_0 == points.reflector_1 == (12.0, -6.0, 4.0)
    assert htv.setup.outside.points.reflector_0 != htv.setup.outside.points.reflector_1


def test_the_orbit_rate_is_kepler_s(tmp_path):
    assert orbit_rate(small(tmp_path)) == pytest.approx(math.sqrt(MU_EARTH / (RADIUS_EARTH + 410e3) ** 3))
