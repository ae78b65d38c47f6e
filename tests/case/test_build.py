import math

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.case import load, onboard
from rvd.case.axes import (
    axis_of,
    body_of,
    hill_of,
    hill_of_level,
    mount_of,
    quaternion,
    station_attitude,
)
from rvd.case.build import build
from rvd.case.onboard import nozzle_marks
from rvd.case.table import Place
from rvd.case.world import orbit_rate
from rvd.constants import MU_EARTH, RADIUS_EARTH
from rvd.errors import CaseError
from rvd.guidance.law import Law
from rvd.guidance.plan import NEVER
from rvd.kernel import leaves
from rvd.signals import Leg
from rvd.vehicle.nozzles import Kind, blows_toward, read_nozzles
from tests.case.small import HTV, edited, line_with, save, small


@pytest.fixture(scope="module")
def htv():
    return build(load(HTV))


@pytest.fixture
def built(tmp_path):
    return build(small(tmp_path))


def row_of(built):
    """The row by name."""
    return dict(zip(built.names, built.row, strict=True))


def leg_of(built, number):
    """A row of the leg table by name; the one after the last is the abort's."""
    names = leaves(Leg)
    row = built.setup.onboard.plan.legs[number * len(names) : (number + 1) * len(names)]
    return dict(zip(names, row, strict=True))


# ---- words to frames


def test_words_of_the_orbit_become_hill_and_body_axes():
    ahead, below, starboard = Place(vbar=1.0), Place(rbar=1.0), Place(hbar=1.0)
    assert [hill_of(p) for p in (ahead, below, starboard)] == [(0, 1, 0), (-1, 0, 0), (0, 0, -1)]
    assert [body_of(p) for p in (ahead, below, starboard)] == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]
    # A level body's axes lie along the words, so both ways around agree.
    for place in (ahead, below, starboard, Place(vbar=1.0, rbar=-2.0, hbar=3.0)):
        assert hill_of_level(body_of(place)) == pytest.approx(hill_of(place))
    assert axis_of("rbar") == hill_of(below) and axis_of("-vbar") == hill_of(Place(vbar=-1.0))


def turned(q, body):
    """A body vector in hill axes, by SciPy."""
    return Rotation.from_quat(q).apply(body)


def test_an_attitude_turns_the_body_as_its_words_say():
    forward, starboard, down = np.eye(3)
    level = quaternion(0.0, 0.0, 0.0)
    assert turned(level, forward) == pytest.approx([0, 1, 0], abs=1e-15)  # along the flight
    assert turned(level, starboard) == pytest.approx([0, 0, -1], abs=1e-15)  # against the orbit normal
    assert turned(level, down) == pytest.approx([-1, 0, 0], abs=1e-15)  # to the Earth
    right = math.radians(90.0)
    assert turned(quaternion(right, 0.0, 0.0), forward) == pytest.approx(
        [0, 0, -1], abs=1e-15
    )  # yaw to starboard
    assert turned(quaternion(0.0, right, 0.0), forward) == pytest.approx([1, 0, 0], abs=1e-15)  # pitch up
    assert turned(quaternion(0.0, 0.0, right), starboard) == pytest.approx(
        [-1, 0, 0], abs=1e-15
    )  # roll to starboard
    # Yaw first: after a quarter turn of yaw, pitch still lifts the nose.
    assert turned(quaternion(right, math.radians(10.0), 0.0), forward)[0] == pytest.approx(
        math.sin(math.radians(10.0))
    )


def test_a_level_chaser_has_no_attitude_against_a_level_station():
    assert station_attitude(quaternion(0.0, 0.0, 0.0)) == pytest.approx((0.0, 0.0, 0.0, 1.0), abs=1e-15)
    assert abs(station_attitude(quaternion(math.pi, 0.0, 0.0))[2]) == pytest.approx(1.0)


def test_a_sensor_looks_along_its_boresight():
    mount = mount_of((1.0, 2.0, 3.0), (0.0, 0.6, 0.8), (1.0, 0.0, 0.0))
    axes = Rotation.from_quat(mount.q_body_sensor)
    assert mount.where_body == (1.0, 2.0, 3.0)
    assert axes.apply([0, 0, 1]) == pytest.approx([0.0, 0.6, 0.8])
    assert axes.apply([1, 0, 0]) == pytest.approx([1.0, 0.0, 0.0])


# ---- the row


def test_the_row_holds_the_case_s_numbers(built):
    row = row_of(built)
    assert len(built.row) == len(built.names) == len(set(built.names))
    assert np.isfinite(built.row).all()
    assert row["start.vbar"] == -5000.0 and row["chaser.mass"] == 15500.0 and row["target.altitude"] == 410e3
    assert (
        row["chaser.drag.area.1"] == 43.1
        and row["target.inertia.2"] == 2e8
        and row["target.inertia.3"] == 0.0
    )
    assert row["sensors.laser.half_field"] == pytest.approx(math.radians(20.0))
    assert row["sensors.laser.out_since"] == NEVER and row["sensors.gps.out_until"] == NEVER
    assert row["atmosphere.density"] == 3e-12
    assert [row[f"knowledge.{word}"] for word in ("vbar", "rbar_rate")] == [0.0, 0.0]


def test_the_nominal_nozzles_are_those_of_the_table(built):
    row = row_of(built)
    for k in range(32):
        assert row[f"chaser.thrusters.force.{k}"] == 1.0
        assert [row[f"chaser.thrusters.{what}.{k}"] for what in ("tilt_1", "tilt_2", "fault")] == [
            0.0,
            0.0,
            0.0,
        ]
        # A fault drawn without a time holds for the whole flight.
        assert (
            row[f"chaser.thrusters.fault_since.{k}"] == 0.0
            and row[f"chaser.thrusters.fault_until.{k}"] == NEVER
        )


def test_a_case_s_key_changes_its_slot_and_no_other(tmp_path):
    case = small(tmp_path)
    before = row_of(build(case))
    for key, value, slots in [
        (
            "chaser.centre_of_mass",
            [0.1, 0.2, 0.3],
            {"chaser.com.0": 0.1, "chaser.com.1": 0.2, "chaser.com.2": 0.3},
        ),
        ("target.attitude.phase", [1.0, 0.0, 0.0], {"target.phase.0": 1.0}),
        ("sensors.laser.field", 0.5, {"sensors.laser.half_field": 0.25}),
        ("sensors.gps.out_since", 60.0, {"sensors.gps.out_since": 60.0}),
        ("sensors.gps.dropout", 0.25, {"sensors.gps.delivery.dropout": 0.25}),
        ("sensors.laser.latency", 0.25, {"sensors.laser.delivery.latency": 0.25}),
        ("sensors.gps.time_bias", -0.01, {"sensors.gps.delivery.time_bias": -0.01}),
        ("sensors.gps.multipath", 4.0, {"sensors.gps.multipath.sigma": 4.0}),
        ("sensors.gps.multipath_memory", 50.0, {"sensors.gps.multipath.memory": 50.0}),
        ("sensors.gps.blocked_within", 30.0, {"sensors.gps.blocked_within": 30.0}),
        ("sensors.laser.sun_exclusion", 0.2, {"sensors.laser.sun_exclusion": 0.2}),
        ("start.rbar_rate", 0.1, {"start.rbar_rate": 0.1}),
        (
            "chaser.repeatability",
            0.2,
            {name: 0.2 for name in before if name.startswith("chaser.thrusters.repeatability.")},
        ),
    ]:
        after = row_of(build(case.with_values({key: value})))
        assert {name: after[name] for name in after if after[name] != before[name]} == pytest.approx(slots)


def test_noise_scales_the_truth_and_not_what_navigation_is_told(tmp_path):
    case = small(tmp_path)
    loud, quiet = build(case), build(case.without_noise())
    changed = {name for name, a, b in zip(loud.names, loud.row, quiet.row, strict=True) if a != b}
    gps, laser = ("position", "velocity"), ("range", "angle")
    white = {f"sensors.gps.{word}" for word in gps} | {f"sensors.laser.{word}" for word in laser}
    assert changed == white | {"sensors.gyro.walk", "sensors.accelerometer.walk"}
    assert all(row_of(quiet)[name] == 0.0 for name in changed)
    assert quiet.setup.onboard.filters == loud.setup.onboard.filters


def test_without_noise_no_reading_is_lost_but_each_comes_as_late(tmp_path):
    case = small(tmp_path).with_values(
        {"sensors.gps.dropout": 0.1, "sensors.laser.latency": 0.5, "sensors.gps.multipath": 5.0}
    )
    loud, quiet = row_of(build(case)), row_of(build(case.without_noise()))
    assert loud["sensors.gps.delivery.dropout"] == 0.1 and quiet["sensors.gps.delivery.dropout"] == 0.0
    assert loud["sensors.gps.multipath.sigma"] == 5.0 and quiet["sensors.gps.multipath.sigma"] == 0.0
    assert loud["sensors.laser.delivery.latency"] == quiet["sensors.laser.delivery.latency"] == 0.5


def test_without_noise_pulses_do_not_vary_and_the_filter_still_expects_it(tmp_path):
    case = small(tmp_path).with_values({"chaser.repeatability": 0.1})
    for built, true in ((build(case), 0.1), (build(case.without_noise()), 0.0)):
        values = [value for name, value in row_of(built).items() if "repeatability" in name]
        assert len(values) > 0 and set(values) == {true}
        assert built.setup.onboard.filters.relative.repeatability == 0.1


def test_navigation_is_told_the_target_s_limit_cycle(tmp_path):
    """About the hill axes: down is against x, forward is y, starboard against z; a sinusoid's sigma."""
    cycle = {"deadband": [0.01, 0.02, 0.03], "period": [900.0, 1100.0, 1300.0]}
    case = small(tmp_path).with_values({f"target.attitude.{key}": value for key, value in cycle.items()})
    relative = build(case).setup.onboard.filters.relative
    assert relative.swing == pytest.approx([0.03 / math.sqrt(2), 0.01 / math.sqrt(2), 0.02 / math.sqrt(2)])
    assert relative.swing_rate == pytest.approx([2 * math.pi / t for t in (1300.0, 900.0, 1100.0)])


def test_a_sensor_not_aboard_never_speaks(tmp_path):
    suite = build(small(tmp_path)).setup.suite
    assert (suite.gps_period, suite.laser_period, suite.tracker_period) == (1.0, 1.0, 0.0)
    without = build(small(tmp_path).with_values({"sensors.laser": None})).setup.suite
    assert (without.gps_period, without.laser_period) == (1.0, 0.0)


# ---- the set-up


def test_the_flight_software_knows_the_plan_and_not_the_row(tmp_path):
    case = small(tmp_path)
    other = build(case.with_values({"disperse": {"chaser.mass": {"normal": "9 %"}}}))
    assert other.setup.onboard.chaser == build(case).setup.onboard.chaser
    assert other.setup.onboard.chaser.mass == 15500.0


def test_legs_are_moved_to_the_station_s_centre_of_mass(built):
    leg = leg_of(built, 1)
    berthing = hill_of_level((15.0, 0.0, 5.0))
    assert leg["law"] == Law.TWO_IMPULSE and leg["time"] == 3780.0 and leg["midcourse"] == 2400.0
    to, aim = hill_of(Place(rbar=500.0)), hill_of(Place(vbar=1500.0, rbar=800.0))
    assert [leg[f"to_hill.{k}"] for k in range(3)] == pytest.approx(np.add(to, berthing))
    assert [leg[f"aim_hill.{k}"] for k in range(3)] == pytest.approx(np.add(aim, berthing))
    assert leg_of(built, 2)["zone"] == 2.0 and leg_of(built, 2)["rate"] == 2.0
    assert (leg_of(built, 2)["speed_begin"], leg_of(built, 2)["speed_end"]) == (0.15, 0.06)


def test_the_abort_stands_after_the_last_leg(built):
    plan = built.setup.onboard.plan
    assert plan.count == 3 == len(built.leg_names) and built.leg_names == ("wait", "transfer", "climb")
    abort = leg_of(built, 3)
    assert abort["law"] == Law.RETREAT and abort["time"] == 600.0
    assert [abort[f"dv_hill.{k}"] for k in range(3)] == pytest.approx(hill_of(Place(vbar=-0.3, rbar=0.3)))
    # It is flown in the attitude of the last leg.
    assert [abort[f"q_hill_body.{k}"] for k in range(4)] == pytest.approx(quaternion(math.pi, 0.0, 0.0))


def test_the_rules_are_the_case_s(built):
    rules = built.setup.rules
    assert rules.ellipsoid == (1000.0, 2000.0, 1000.0)  # hill: radial, along, cross
    assert rules.corridor_axis == (-1.0, 0.0, 0.0)
    assert rules.corridor_from == 250.0 and rules.keep_out == 200.0
    assert rules.speeds.within == (250.0, 1000.0, 0.0, 0.0)
    assert rules.speeds.speed[:2] == pytest.approx((10.0 / 60.0, 1.5))
    assert built.setup.seconds == 18000


def test_the_corridor_is_armed_at_the_sphere_at_the_latest(tmp_path):
    near = small(tmp_path).with_values({"rules.corridor.from": 100.0})
    assert build(near).setup.rules.corridor_from == 200.0


def test_one_reflector_stands_for_both(built, htv):
    points = built.setup.points
    assert points.reflector_0 == points.reflector_1 == (12.0, -6.0, 4.0)
    assert htv.setup.points.reflector_0 != htv.setup.points.reflector_1


def test_the_orbit_rate_is_kepler_s(tmp_path):
    assert orbit_rate(small(tmp_path)) == pytest.approx(math.sqrt(MU_EARTH / (RADIUS_EARTH + 410e3) ** 3))


# ---- the nozzles


def test_a_set_is_its_strings_and_kinds_less_what_blows_where_it_must_not(tmp_path):
    case = small(tmp_path).with_values(
        {"nozzles.quiet": {"strings": ["A"], "kinds": ["rcs"], "inhibit": "up"}}
    )
    table = read_nozzles(case.folder / case.chaser.thrusters)
    burn, quiet = nozzle_marks(case, "burn", table), nozzle_marks(case, "quiet", table)
    assert (burn == table.of_string("A")).all()
    assert (quiet <= (burn & table.of_kind(Kind.RCS))).all() and 0 < quiet.sum() < burn.sum()
    assert not (quiet & blows_toward(table.nozzles, (0.0, 0.0, -1.0))).any()


def test_a_string_the_nozzle_file_has_not_is_said_with_its_line(tmp_path):
    text = edited('strings = ["A"]', 'strings = ["A", "C"]')
    with pytest.raises(CaseError) as caught:
        build(load(save(tmp_path, text)))
    error = caught.value
    assert (error.key, error.line) == ("nozzles.burn.strings", line_with('strings = ["A", "C"]', text))
    assert 'no string "C"; write one of A, B' in str(error)


def test_a_nozzle_file_with_a_missing_column_is_said(tmp_path):
    path = save(tmp_path)
    nozzles = tmp_path / "nozzles.csv"
    nozzles.write_text(nozzles.read_text().replace("thrust_n", "thrust"))
    with pytest.raises(CaseError) as caught:
        build(load(path))
    assert caught.value.file == str(nozzles) and caught.value.line > 0
    assert caught.value.key == "thrust_n" and "the column is missing" in str(caught.value)
    assert "the header is name,string,kind" in caught.value.remedy


def test_nozzles_that_no_allocation_covers_are_a_mistake_of_the_case(tmp_path, monkeypatch):
    def refused(*_):
        raise ArithmeticError("the wrenches of the nozzle table lie in no solid")

    monkeypatch.setattr(onboard, "build_allocation", refused)
    with pytest.raises(CaseError, match="the nozzles cannot be allotted: the wrenches") as caught:
        build(load(save(tmp_path)))
    assert caught.value.key == "chaser.thrusters" and caught.value.line == line_with("thrusters =")
