import copy
import shutil

import pytest

from rvd.assembly.remarks import CHECKS, remarks
from rvd.casefile import load
from tests.casefile.small import HTV
from tests.own_case import HEAD, own_case
from tests.short_case import short_case


@pytest.fixture(scope="module")
def htv():
    return load(HTV)


def with_leg(case, number, leg):
    """The legs of a case with one more."""
    legs = copy.deepcopy(case._raw["leg"])
    legs.insert(number, leg)
    return {"leg": legs}


HOLD_100 = {
    "name": "hold 100 m", "law": "hold", "to": {"rbar": "100 m"}, "at_least": "5 min", "at_most": "20 min",
    "needs": "laser", "zone": "sphere", "rate": "2 Hz", "control": "near", "nozzles": "close",
    "arrived": ["0.5 m", "0.02 m/s", "2 deg"],
}  # fmt: skip
TURNED = {**HOLD_100, "attitude": {"yaw": "180 deg"}}
RETREAT = {
    "name": "leave", "law": "retreat", "to": {"rbar": "10 m"}, "dv": {"rbar": "0.2 m/s"}, "time": "20 min",
    "at_most": "30 min", "zone": "sphere", "rate": "2 Hz", "control": "near", "nozzles": "close",
    "attitude": {"yaw": "180 deg"},
}  # fmt: skip

# The check, what is changed in the shipped case, the key and what is said of it.
PLANS = [
    ("holds", lambda c: with_leg(c, 5, TURNED), "leg.5.to", '"hold 100 m" holds 150 m from where "hold point: yaw-'),
    ("holds", lambda c: {"start.vbar": 5000.0}, "leg.0.to", '"AI hold" holds 10,000 m from where the flight starts'),
    ("zones", lambda c: {"leg.RI to hold point.to": {"rbar": -250.0}}, "leg.3.to", "leads cylinder into Node 2"),
    ("zones", lambda c: {"leg.RI to hold point.to": {"rbar": 150.0}}, "leg.3.to", 'inside the sphere of'),
    ("zones", lambda c: {"leg.AI to RI.zone": "outside"}, "leg.1.to", '"AI to RI" enters the ellipsoid of'),
    ("zones", lambda c: {"start.vbar": 5000.0, "leg.AI hold.to": {"vbar": 5000.0, "rbar": -60.0}}, "leg.1.to",
     'inside the sphere of the rule "keep_out"'),
    ("corridor", lambda c: {"rules.corridor.axis": "vbar"}, "leg.5.to",
     '"climb to 30 m" is 90 deg off the axis of the corridor 250 m from the centre of mass, and so are 5 more legs'),
    ("corridor", lambda c: {"leg.parking point.to": {"rbar": 30.0, "vbar": 4.5}}, "leg.6.to", "the monitor allows 8"),
    ("box", lambda c: {"goal.at": {"rbar": 14.0}}, "leg.9", "begins 4 m from the centre of the capture box"),
    ("box", lambda c: {"leg.free drift.attitude": {"yaw": 0.0}}, "leg.9.attitude", "180 deg from the attitude of the"),
    ("speeds", lambda c: {"leg.climb to 30 m.speed": 5.0, "leg.climb to 30 m.braking": 0.01}, "leg.5.speed",
     "from the centre of mass, where the rule allows 0.167 m/s"),
    ("speeds", lambda c: {"monitors.speed": 0.1}, "leg.5.speed", "flies at 0.14 m/s"),
    ("blind", lambda c: {"sensors.star_tracker.sun_exclusion": 1.5}, "leg.0", 'sees the Sun all through "AI hold"'),
    ("turns", lambda c: with_leg(c, 5, HOLD_100), "leg.5.attitude", "turns to level, by 180 deg, and"),
    ("arrivals", lambda c: {"leg.RI.arrived": [1.0, 0.05, 0.035]}, "leg.2.arrived",
     '"RI" ends within 1 m, inside the dead zone of [control.far], 1 m'),
    ("arrivals", lambda c: {"leg.box.arrived": [0.3, 0.004, 0.003]}, "leg.8.arrived", "[control.near], 0.2 deg"),
    ("burns", lambda c: {"leg.AI to RI.time": 5568.0, "leg.AI to RI.at_most": 9000.0, "leg.AI to RI.midcourse": None,
                         "leg.AI to RI.aim": None}, "leg.1.time", "no transfer of 5,568 s leads there"),
    ("thrusts", lambda c: {"leg.climb to the box.braking": 1e-3}, "leg.7.nozzles",
     'braking "climb to the box" needs 0.000934 m/s^2 down: [nozzles.close] cannot push that way'),
    ("thrusts", lambda c: {"target.altitude": 35786e3}, "leg.5.nozzles", "[nozzles.close] cannot push that way"),
    ("abort", lambda c: {"abort.nozzles": "close"}, "abort.nozzles", "the burn is back and down: [nozzles.close]"),
    ("idle", lambda c: {"nozzles.second.strings": ["A"]}, "nozzles", "no set holds FB1, FB2,"),
    ("goal", lambda c: {"leg.free drift": None}, "leg", 'no leg has law = "drift", in which alone the arm captures'),
    ("goal", lambda c: {"leg.box.next": "back to 30 m"}, "leg", "no leg leads to the free drift"),
    ("unmeasured", lambda c: {"sensors.gps": None}, "leg.1", 'is on "AI to RI", from 551 m to 5,130 m away'),
    ("sight", lambda c: {"sensors.laser.within": 200.0}, "leg.3.needs", "and the laser reaches 200 m"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "change", "key", "what"), PLANS, ids=[f"{p[0]}-{p[3][:24]}" for p in PLANS]
)
def test_a_plan_that_will_not_work_has_its_sentence(htv, check, change, key, what):
    case = htv.with_values(change(htv))
    found = remarks(case)
    told = [(".".join(map(str, remark.place)), remark.what) for remark in found]
    assert any(place == key and what in sentence for place, sentence in told), told
    assert all(remark.remedy and str(case.error(*remark)) for remark in found)


def test_each_check_has_a_plan_above():
    told = {check for check, *_ in PLANS}
    assert told == {check.__name__ for check in CHECKS}


def test_of_the_shipped_case_and_the_short_one_there_is_nothing_to_say(htv):
    assert remarks(htv) == [] and remarks(short_case()) == []


def test_a_burn_that_its_nozzles_cannot_give_is_named(htv):
    """A departure: [nozzles.close] has no nozzle whose exhaust leaves toward the station, so nothing pushes down."""
    legs = [*copy.deepcopy(htv._raw["leg"]), RETREAT]
    legs[9]["fallback"] = "leave"
    said = 'its burn of "leave" is 0.2 m/s down: [nozzles.close] cannot push that way'
    assert said in {remark.what for remark in remarks(htv.with_values({"leg": legs}))}
    legs[11]["dv"] = {"rbar": "-0.2 m/s"}
    assert not [remark for remark in remarks(htv.with_values({"leg": legs})) if "cannot push" in remark.what]


def test_of_a_law_of_the_user_s_own_its_end_is_taken_as_reached(tmp_path):
    law = HEAD + "@own_law\ndef mine(leg, now):\n    return track(leg.to_leg, (0.0, 0.0, 0.0))\n"
    case = own_case(tmp_path, law)
    assert remarks(case) == []
    moved = case.with_values({"leg.RI to hold point.to": {"rbar": 200.0}})
    assert any("holds 50 m from where" in remark.what for remark in remarks(moved))


def test_a_remark_knows_its_line(tmp_path, htv):
    shutil.copytree(HTV.parent / "parts", tmp_path / "parts")
    text = HTV.read_text().replace('speed    = "0.14 m/s"', 'speed    = "0.2 m/s" ')
    (tmp_path / "case.toml").write_text(text)
    case = load(tmp_path / "case.toml")
    (found,) = (case.error(*remark) for remark in remarks(case))
    assert found.line == next(k for k, line in enumerate(text.splitlines(), 1) if '"0.2 m/s"' in line)
