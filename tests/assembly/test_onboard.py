import math

import numpy as np
import pytest

from rvd.assembly import onboard
from rvd.assembly.axes import hill_of, hill_of_level, quaternion
from rvd.assembly.build import build
from rvd.assembly.nozzle_table import read_nozzles
from rvd.assembly.onboard import impulses_of, nozzle_marks
from rvd.case.table import FOREVER, Place
from rvd.casefile import load
from rvd.core.guidance.laws import Law
from rvd.core.kernel import leaves
from rvd.core.signals import Leg
from rvd.core.vehicle.nozzles import Kind, blows_toward
from rvd.errors import CaseError
from tests.casefile.small import HTV, edited, line_with, save, small


def leg_of(built, number):
    """A row of the leg table by name; the one after the last is the abort's."""
    names = leaves(Leg)
    row = built.setup.onboard.plan.legs[number * len(names) : (number + 1) * len(names)]
    return dict(zip(names, row, strict=True))


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
    assert [leg[f"to_leg.{k}"] for k in range(3)] == pytest.approx(np.add(to, berthing))
    assert [leg[f"aim_leg.{k}"] for k in range(3)] == pytest.approx(np.add(aim, berthing))
    assert leg_of(built, 2)["zone"] == 2.0 and leg_of(built, 2)["rate"] == 2.0
    assert (leg_of(built, 2)["speed_begin"], leg_of(built, 2)["speed_end"]) == (0.15, 0.06)


def test_the_abort_stands_after_the_last_leg(built):
    plan = built.setup.onboard.plan
    assert plan.count == 3 == len(built.leg_names) and built.leg_names == ("wait", "transfer", "climb")
    abort = leg_of(built, 3)
    assert abort["law"] == Law.RETREAT and abort["time"] == 600.0
    assert [abort[f"dv_leg.{k}"] for k in range(3)] == pytest.approx(hill_of(Place(vbar=-0.3, rbar=0.3)))
    # It is flown in the attitude of the last leg.
    assert [abort[f"q_leg_body.{k}"] for k in range(4)] == pytest.approx(quaternion(math.pi, 0.0, 0.0))


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


def test_nozzles_that_no_allocation_covers_are_a_mistake_of_the_case(tmp_path, monkeypatch):
    def refused(*_):
        raise ArithmeticError("the wrenches of the nozzle table lie in no solid")

    monkeypatch.setattr(onboard, "build_allocation", refused)
    with pytest.raises(CaseError, match="the nozzles cannot be allotted: the wrenches") as caught:
        build(load(save(tmp_path)))
    assert caught.value.key == "chaser.thrusters" and caught.value.line == line_with("thrusters =")


def test_impulses_are_added_up_nozzle_by_nozzle():
    table = read_nozzles(HTV.parent / "parts" / "htv_rcs.csv")
    on = np.random.default_rng(7).uniform(0.0, 100.0, len(table.names))
    pushed = (table.nozzles.thrust * on)[:, None] * table.nozzles.push_body
    impulse, spent = impulses_of(table, on)
    assert impulse == pytest.approx(pushed.sum(axis=0), abs=1e-9)
    assert spent == pytest.approx(np.linalg.norm(pushed, axis=1).sum())


def test_what_is_left_out_is_not_watched_and_an_alarm_burns_nothing(tmp_path):
    case = small(tmp_path).with_values({"abort": None, "monitors": None, "atmosphere": None})
    built = build(case)
    limits = built.setup.onboard.limits
    names = ("corridor", "corridor_from", "speed", "sigma", "sigma_within", "angle", "laser_age")
    assert all(getattr(limits, name) == FOREVER for name in names) and limits.reserve == 0.0
    assert [leg_of(built, built.setup.onboard.plan.count)[f"dv_leg.{k}"] for k in range(3)] == [0.0] * 3
    assert built.setup.outside.environment.density == 0.0


def test_without_an_accelerometer_every_burn_is_as_commanded(tmp_path):
    case = small(tmp_path).with_values({"sensors.accelerometer": None})
    built = build(case)
    assert built.setup.onboard.filters.accelerometer_above == FOREVER
    assert built.setup.onboard.readers.accelerometer == -1.0
    assert not any(name.startswith("sensors.accelerometer.") for name in built.names)
