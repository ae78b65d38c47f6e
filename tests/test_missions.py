"""Missions that dock, hold and depart: what counts as success, and what is told of the rest."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import rvd
from rvd.cli import main
from rvd.core.flight.reason import Reason
from rvd.core.signals import Outcome

CASES = Path(__file__).parents[1] / "cases"
LAST = "leg.WP2 to contact"


def flown(name, changes=None):
    """The nominal flight of a case that ships, with some keys changed."""
    case = rvd.load(CASES / f"{name}.toml")
    return rvd.fly(case.with_values({"passive": None, **(changes or {})}))


def test_a_docking_closes_as_fast_as_the_standard_asks():
    flight = flown("crew_dragon_docking")
    assert flight.outcome is Outcome.DOCKED and flight.why is None
    assert 0.05 <= flight.result["closing_speed"] <= 0.10 and flight.result["lateral_offset"] < 0.10
    assert flight.result["touch_time"] == pytest.approx(flight.result["t_end"], abs=0.3)
    assert flight.result["clearance"] > 0.0


@pytest.mark.parametrize(("short", "reasons"), [(0.05, (Reason.TOUCH_SLOW,)), (0.2, (Reason.PLAN_OVER,))])
def test_a_leg_that_stops_short_docks_nothing(short, reasons):
    """Of 5 cm its errors may make a touch, but one that is too slow; of 20 cm nothing touches."""
    flight = flown("crew_dragon_docking", {f"{LAST}.to": {"out": short}, f"{LAST}.braking": 2e-4})
    assert not flight.outcome.success and flight.why.reason in (*reasons, Reason.PLAN_OVER)
    assert np.isnan(flight.result["touch_time"]) == (flight.why.reason is Reason.PLAN_OVER)
    assert flight.result["clearance"] > 0.0


def test_a_contact_that_is_too_slow_docks_nothing():
    flight = flown("crew_dragon_docking", {f"{LAST}.speed": (0.0096, 0.0096), f"{LAST}.at_most": 3600.0})
    assert flight.outcome is Outcome.MISSED and flight.why.reason is Reason.TOUCH_SLOW
    assert flight.result["closing_speed"] == pytest.approx(0.0096, abs=0.002)
    assert flight.why.sentence.endswith('the port "forward"')


def test_a_rule_that_is_broken_ends_nothing():
    """A speed limit below the speed that is flown: the violation and the goal are both told."""
    case = rvd.load(CASES / "atv_docking.toml")
    strict = case.with_values({
        "rules.speed.steps": [{"within": 60.0, "at_most": 0.05}],
        "rules.apart": {"kind": "hull", "at_least": 0.5},
        "require": [{"what": "docked", "at_least": 0.5}, {"what": "rules_kept", "at_least": 0.5}],
    })  # fmt: skip
    flight = rvd.fly(strict)
    assert flight.outcome is Outcome.DOCKED and flight.broken.name == "speed"
    assert flight.broken.t > 2400.0 and flight.broken.margin < 0.0 and not flight.result["rules_kept"]
    assert flight.result["apart_margin"] == flight.result["clearance"] - 0.5
    table = rvd.campaign(strict, runs=4, seed=1, jobs=1)
    frame = table.to_pandas(["docked", "rules_kept", "broken_word", "broken_time", "speed_margin"])
    assert frame["docked"].all() and not frame["rules_kept"].any() and set(frame["broken_word"]) == {"speed"}
    assert [finding.failures for finding in table.findings] == [0, 4]


def test_a_clearance_is_watched_on_the_legs_of_its_rule():
    """A departure is nearest at its start: what is left on its last leg is more than the least of the flight."""
    away = {"rules.away": {"kind": "hull", "at_least": 200.0, "zones": ["outside"]}}
    flight = flown("departure", {**away, "leg.departure burn.zone": "outside"})
    assert flight.outcome is Outcome.CLEAR and flight.result["clearance"] < 20.0
    assert -20.0 < flight.result["away_margin"] < 80.0


def test_hulls_that_meet_end_the_flight():
    """The hull of the chaser is taken 6 m longer than it is: its nose meets the port before its ring does."""
    longer = {"chaser.hull.nose.to": (8.6, 0.0, 0.0), "chaser.hull.nose.port": None}
    flight = flown("crew_dragon_docking", longer)
    assert flight.outcome is Outcome.CONTACT and -0.1 < flight.result["clearance"] < 0.0
    assert flight.result["clearance_time"] == pytest.approx(flight.result["t_end"])
    assert flight.why.reason is Reason.CONTACT


@pytest.mark.parametrize(("name", "word"), [("inspection", "held"), ("departure", "clear")])
def test_a_mission_without_a_capture_speaks_of_none(name, word, tmp_path):
    done = CliRunner().invoke(main, ["fly", str(CASES / f"{name}.toml"), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert word in done.output and "captur" not in done.output.lower() and "dock" not in done.output.lower()


def test_a_nozzle_that_sticks_near_the_end_is_told_by_clearance_and_contact():
    """Stuck on in the last 30 m: each run ends at its goal, its abort or at the hull, and says how near it came."""
    case = rvd.load(CASES / "crew_dragon_docking.toml")
    stuck = case.with_values({
        "disperse.chaser.thrusters.fault.USF": {"choice": ["stuck-on"], "weights": [1]},
        "disperse.chaser.thrusters.fault_since.USF": {"uniform": [3200.0, 3900.0]},
    })  # fmt: skip
    results = rvd.campaign(stuck, runs=20, seed=3, jobs=1)
    frame = results.to_pandas(["outcome_word", "clearance", "clearance_pair_word", "closing_speed"])
    assert set(frame["outcome_word"]) <= {"docked", "missed", "contact", "aborted", "unfinished", "diverged"}
    assert frame["clearance"].notna().all() and frame["clearance_pair_word"].notna().all()
    hit = frame["outcome_word"] == "contact"
    assert ((frame["clearance"] < 0.0) == hit).all()
