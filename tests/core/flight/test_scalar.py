"""The closed loop: what the whole flight must show."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from rvd.case.paths import known_as
from rvd.core.flight.truth import TRUTH, row_names
from rvd.core.kernel import size
from rvd.core.signals import Alarm, Outcome, Word
from rvd.core.vehicle.sensors.kinds import SensorKind
from rvd.montecarlo.mission import Mission

from .htv import case, mission, nominal, rows

NAMES = list(mission().built.names)
AFTER_RELEASE = (
    "since",
    "release_distance",
    "release_speed",
    "box_distance",
    "box_speed",
    "box_angle",
    "box_rate",
)
ORBIT_RATE = mission().built.setup.onboard.filters.orbit_rate


def test_the_nominal_flight_is_captured():
    assert nominal().outcome == Outcome.CAPTURED
    assert nominal().tally.goal_3 < 1.0  # the farthest from the middle of the box


def test_the_errors_logged_on_entering_a_leg_are_those_of_its_nees():
    legs = nominal().legs
    entered = ~np.isnan(legs["t"])
    squares = sum(legs[f"error_{k}"] ** 2 for k in range(6))
    assert entered.sum() > 5
    np.testing.assert_allclose(squares[entered], legs["nees"][entered], rtol=1e-12)


def test_the_intervals_are_those_of_the_published_timeline():
    """HTV-4, Spaceflight Now 2013: AI to RI 63 min, RI to HP 21, 35 at HP, about 20 at PP, AI to capture 197."""
    t = nominal().legs["t"] / 60.0
    legs = {name: k for k, name in enumerate(mission().built.leg_names)}
    start = t[legs["AI to RI"]]
    assert t[legs["RI"]] - start == pytest.approx(63.0, rel=0.1)
    hold = t[legs["hold point: yaw-around"]]
    assert hold - t[legs["RI to hold point"]] == pytest.approx(21.0, rel=0.1)
    assert t[legs["climb to 30 m"]] - hold == pytest.approx(35.0, rel=0.1)
    assert t[legs["climb to the box"]] - t[legs["parking point"]] == pytest.approx(20.0, rel=0.1)
    assert nominal().tally.t_end / 60.0 - start == pytest.approx(197.0, rel=0.1)


def test_the_ascent_keeps_its_speed_limits():
    """At most 10 m/min inside the hold point, and 1.8 n R on the whole R-bar ascent, so that a drift turns back."""
    h = nominal().history
    speed = np.sqrt(h["vbar_rate"] ** 2 + h["rbar_rate"] ** 2 + h["hbar_rate"] ** 2)
    away = np.sqrt(h["vbar"] ** 2 + h["rbar"] ** 2 + h["hbar"] ** 2)
    legs = mission().built.leg_names
    ascent = h["leg"] >= legs.index("RI to hold point")
    inside = h["leg"] >= legs.index("climb to 30 m")
    assert np.all(speed[inside] <= 10.0 / 60.0)
    assert np.all(speed[ascent] <= 1.8 * ORBIT_RATE * away[ascent])


def test_without_dispersion_and_noise_a_run_is_the_nominal_flight():
    quiet = Mission(case().without_noise())
    still = Mission(case().without_dispersions().without_noise())
    a, b = quiet.flight(None, 1), still.flight(7, 2)
    assert a.tally == b.tally
    for name, values in a.history.items():
        np.testing.assert_array_equal(values, b.history[name])


def test_without_the_laser_nothing_is_captured():
    blind = Mission(case().with_values({"sensors.laser.out_since": 0.0}))
    flown = blind.flyer.fly(np.array([blind.row(run, 1) for run in range(10)]), 1, np.arange(10))
    outcome, alarm = flown[:, 0], flown[:, column(blind, "alarm")]
    assert np.all(outcome == Outcome.ABORTED)
    assert np.all(alarm == Alarm.LASER)
    assert not np.any(np.abs(flown) > 1e9)
    for name in (*AFTER_RELEASE, "entered.free drift"):
        assert np.isnan(flown[:, column(blind, name)]).all()
    for name in ("ellipsoid_margin", "keep_out_margin", "closest", "nis", "passive_margin_first_burn"):
        assert np.isfinite(flown[:, column(blind, name)]).all()


def test_what_a_flight_never_came_to_is_no_number():
    """Aborted on the way to R-bar: no margin of corridor and speed, no release, no drift inside the sphere."""
    row = np.array(mission().row(0, 1))
    row[NAMES.index("command.0.what")], row[NAMES.index("command.0.at")] = Word.ABORT, 1200.0
    flight = mission().flyer.flight(row, 1, 0)
    assert flight.outcome == Outcome.ABORTED
    never = (
        *AFTER_RELEASE,
        "corridor_margin",
        "speed_margin",
        "contact_margin",
        "return_margin",
        "entered.RI",
    )
    assert np.isnan([flight.result[name] for name in never]).all()
    ever = (
        "closest",
        "keep_out_margin",
        "ellipsoid_margin",
        "nis",
        "passive_margin",
        "passive_margin_first_burn",
    )
    assert np.isfinite([flight.result[name] for name in ever]).all()
    assert np.isnan(flight.history["laser_age"]).all()  # no laser reading from 5 km
    assert np.isnan(flight.history["nis"][0]) and np.isfinite(flight.history["nis"][-1])
    assert np.isnan(flight.result["nis.AI hold"]) and flight.result["numbers.AI hold"] == 0.0


def column(of: Mission, name: str) -> int:
    return [key for key, _ in of.flyer.columns].index(name)


def test_a_run_is_a_function_of_its_row_seed_and_number():
    """Alone, in batches, from several threads: the same bits."""
    several = rows(6)
    runs = np.arange(6)
    together = mission().flyer.fly(several, 2013, runs)
    with ThreadPoolExecutor(2) as pool:
        alone = pool.map(
            lambda k: mission().flyer.fly(several[k : k + 1], 2013, runs[k : k + 1])[0], range(6)
        )
    np.testing.assert_array_equal(together, np.array(list(alone)))
    assert not np.array_equal(
        together[0], mission().flyer.fly(several[:1], 2013, np.array([1]))[0], equal_nan=True
    )


STEPS = {
    "start.attitude": 0.01, "start.rate": 1e-4, "chaser.propellant": -1190.0, "chaser.com": 0.1, "chaser.tank": 0.5,
    "target.bias": 0.01, "target.phase": 1.0, "target.raan": 0.5, "target.latitude": 0.5,
    "target.inclination": 0.1, "target.eccentricity": 1e-3,
    "sensors.gps.bias": 5.0, "sensors.laser.range_bias": 0.1, "sensors.laser.angle_bias": 0.01,
    "sensors.laser.within": -400.0, "sensors.laser.beyond": 400.0, "sensors.laser.field": -0.6,
    "sensors.gps.blocked_within": 4000.0, "sensors.gps.multipath.sigma": 5.0,
    "sensors.laser.sun_exclusion": 1.0, "sensors.star_tracker.sun_exclusion": 1.5,
    "sensors.star_tracker.delivery.latency": 0.6,
    "sensors.star_tracker.misalignment": 0.01, "sensors.gyro.bias": 1e-5, "sensors.accelerometer.bias": 1e-2,
    "chaser.thrusters.tilt_1": 0.05, "chaser.thrusters.tilt_2": 0.05,
}  # fmt: skip


def groups() -> list[str]:
    """The names of the row without the number of the element, its nozzle or its leg, each once, in order.

    But for those of the backup source, which an abort's own chain alone reads: `test_chain` flies one.
    """
    of_many = [name.removesuffix(known_as(name).name) for name in NAMES if not name.startswith("backup.")]
    return list(dict.fromkeys(name.rstrip("0123456789").rstrip(".") for name in of_many))


def changed(group: str) -> np.ndarray:
    """The nominal row with every slot of a group moved: by its step, or by a tenth, or by 1 from zero."""
    row = mission().built.row.copy()
    slots = [k for k, name in enumerate(NAMES) if name == group or name.startswith(f"{group}.")]
    if group.startswith("command"):
        k = group.split(".")[1]
        row[NAMES.index(f"command.{k}.what")], row[NAMES.index(f"command.{k}.at")] = 6.0, 9000.0
        return row
    if ".fault." in group or group.endswith(
        ("fault", "fault_since", "fault_until", "fault_size", "out_since", "out_until")
    ):
        return faulty(row, group)
    with_what_counts(row, group)
    for k in slots:
        row[k] += STEPS.get(group, 0.1 * row[k] if row[k] != 0.0 else 1.0)
    return row


def with_what_counts(row: np.ndarray, group: str) -> None:
    """Gives a row what its numbers of a group are of: an echo its size, a wander its rms, a loop its amplitude."""
    if group.startswith("sensors.gps.multipath"):
        row[NAMES.index("sensors.gps.multipath.sigma")] = 5.0
    if group == "target.correlation_time":
        for k, name in enumerate(NAMES):
            row[k] = 0.005 if name.startswith("target.rms.") else row[k]
    if group == "target.momentum.bandwidth":
        for k, name in enumerate(NAMES):
            row[k] = 0.005 if name.startswith("target.momentum.amplitude.") else row[k]


def faulty(row: np.ndarray, group: str) -> np.ndarray:
    """A row with a fault whose window lies within the flight."""
    head = group.rsplit(".", 1)[0]
    if head == "chaser.thrusters":
        values = {"fault": 4.0, "fault_since": 600.0, "fault_until": 3000.0, "fault_size": 0.3}
        for word, value in values.items():
            row[NAMES.index(f"{head}.{word}.FA1")] = value
        return row
    if head.endswith("fault"):  # the kind and the size of one that errs
        for word, value in {"kind": 3.0, "since": 4000.0, "until": 5500.0, "size": 20.0}.items():
            row[NAMES.index(f"{head}.{word}")] = value
        return row
    row[NAMES.index(f"{head}.out_since")], row[NAMES.index(f"{head}.out_until")] = 4000.0, 5500.0
    return row


@pytest.mark.parametrize("group", groups())
def test_every_slot_of_the_row_changes_the_flight(group):
    row, before = changed(group), mission().built.row.copy()
    if not group.endswith(("sigma", "rms", "amplitude")):
        with_what_counts(before, group)
    flown = mission().flyer.fly(row[None], 2013, np.array([0]))[0]
    plain = mission().flyer.fly(before[None], 2013, np.array([0]))[0]
    assert not np.array_equal(flown, plain, equal_nan=True)


def test_the_names_of_a_row_are_its_slots():
    nozzles, legs = [f"N{k}" for k in range(32)], [leg.name for leg in case().leg]
    names = row_names(nozzles, legs, tuple(SensorKind))
    sensors = sum(size(kind.module.NUMBERS) for kind in SensorKind)
    assert len(names) == TRUTH + 13 * 32 + 2 * len(legs) + sensors == mission().built.row.size
    assert len(set(names)) == mission().built.row.size


def test_a_number_that_is_not_finite_is_an_outcome():
    row = mission().built.row.copy()
    row[NAMES.index("chaser.thrusters.force.FA4")] = np.nan
    flown = mission().flyer.fly(row[None], 2013, np.array([0]))[0]
    assert flown[0] == Outcome.DIVERGED


@pytest.mark.parametrize("nozzle", ["FA4", "RA3", "RA5"])
def test_a_stuck_nozzle_ends_in_an_outcome(nozzle):
    row = mission().built.row.copy()
    row[NAMES.index(f"chaser.thrusters.fault.{nozzle}")] = 2.0
    row[NAMES.index(f"chaser.thrusters.fault_since.{nozzle}")] = 7000.0
    flown = mission().flyer.fly(row[None], 2013, np.array([0]))[0]
    assert Outcome(int(flown[0])) not in (Outcome.FLYING, Outcome.CAPTURED)


def test_propellant_is_the_impulse_over_the_exhaust_speed():
    """Between 280 s and 312 s of specific impulse, on the mean mass: the rocket equation brackets the propellant."""
    tally, mass = nominal().tally, 15500.0 - 0.5 * nominal().tally.used
    assert mass * tally.delta_v / (9.80665 * 312.0) <= tally.used
    # Nozzles that push against one another spend more than the net velocity shows.
    assert tally.used < 3.0 * mass * tally.delta_v / (9.80665 * 280.0)


def test_only_the_first_belief_takes_the_knowledge_error():
    row = mission().built.row.copy()
    row[NAMES.index("knowledge.vbar")] = 100.0
    off = mission().flyer.flight(row, 2013, 0).history
    on = nominal().history
    assert off["vbar"][0] == on["vbar"][0]
    assert off["believed_vbar"][0] != on["believed_vbar"][0]
