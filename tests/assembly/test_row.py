import math

import numpy as np
import pytest

from rvd.assembly.build import build
from rvd.core.guidance.plan import NEVER
from tests.casefile.small import small


def row_of(built):
    """The row by name."""
    return dict(zip(built.names, built.row, strict=True))


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
    assert row["sensors.laser.field"] == pytest.approx(math.radians(40.0))
    assert row["sensors.laser.out_since"] == NEVER and row["sensors.gps.out_until"] == NEVER
    assert row["atmosphere.density"] == 3e-12
    assert [row[f"knowledge.{word}"] for word in ("vbar", "rbar_rate")] == [0.0, 0.0]


FORCE = "chaser.thrusters.force."


def test_the_nominal_nozzles_are_those_of_the_table(built):
    row = row_of(built)
    names = [name.removeprefix(FORCE) for name in built.names if name.startswith(FORCE)]
    assert len(names) == 32 and names[:2] == ["FA1", "FA2"]
    for k in names:
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
            and row[f"chaser.thrusters.fault_size.{k}"] == 0.05
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
        ("target.attitude.rms", [0.01, 0.0, 0.0], {"target.rms.0": 0.01}),
        ("target.attitude.correlation_time", [300.0, 99.0, 300.0], {"target.correlation_time.1": 99.0}),
        ("target.attitude.momentum.amplitude", [0.0, 0.0, 0.01], {"target.momentum.amplitude.2": 0.01}),
        ("target.attitude.momentum.bandwidth", [2.0, 1.0, 1.0], {"target.momentum.bandwidth.0": 2.0}),
        ("sensors.laser.field", 0.5, {"sensors.laser.field": 0.5}),
        ("sensors.gps.out_since", 60.0, {"sensors.gps.out_since": 60.0}),
        (
            "sensors.gyro",
            {"walk": 0.0, "fault": "bias", "fault_since": 9.0, "fault_until": 60.0, "fault_size": -5.0},
            {
                "sensors.gyro.walk": 0.0,
                "sensors.gyro.fault.kind": 3.0,
                "sensors.gyro.fault.since": 9.0,
                "sensors.gyro.fault.until": 60.0,
                "sensors.gyro.fault.size": -5.0,
            },
        ),
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
        *(
            (
                f"chaser.pulse.{what}",
                0.012,
                {name: 0.012 for name in before if name.startswith(f"chaser.thrusters.{what}.")},
            )
            for what in ("dead_time", "rise", "decay", "half_isp")
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


def test_without_noise_momentum_management_leaves_nothing_but_louder_noise_does_not_change_it(tmp_path):
    case = small(tmp_path).with_values({"target.attitude.momentum.amplitude": [0.0, 0.01, 0.0]})
    for built, left in ((case.with_values({"sensors.noise": 3.0}), 0.01), (case.without_noise(), 0.0)):
        assert row_of(build(built))["target.momentum.amplitude.1"] == left


def test_without_noise_pulses_do_not_vary_and_the_filter_still_expects_it(tmp_path):
    case = small(tmp_path).with_values({"chaser.repeatability": 0.1})
    for built, true in ((build(case), 0.1), (build(case.without_noise()), 0.0)):
        values = [value for name, value in row_of(built).items() if "repeatability" in name]
        assert len(values) > 0 and set(values) == {true}
        assert built.setup.onboard.filters.relative.repeatability == 0.1
