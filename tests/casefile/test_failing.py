"""What is drawn of nozzles that fail goes together."""

import numpy as np
import pytest

import rvd
from rvd.casefile import load
from rvd.errors import CaseError
from rvd.montecarlo.draws import draw_rows
from rvd.montecarlo.mission import Mission
from tests.casefile.small import SMALL, save
from tests.short_case import ROOT, short_case

KEY = "chaser.thrusters."


def drawn(**lines):
    """The short case with lines of `[disperse]` of its nozzles: `drawn(fault__FA4=...)` is of one."""
    named = {f"disperse.{KEY}{word.replace('__', '.')}": line for word, line in lines.items()}
    return Mission(short_case(named))


WEAK, LEAK, OFF = ({"choice": ["none", word], "weights": [1, 1]} for word in ("weak", "leak", "stuck-off"))
HALF = {"choice": [0.5]}
RATE = {"exponential": "0.2 1/h"}


@pytest.mark.parametrize(
    ("lines", "key", "what", "remedy"),
    [
        (
            {"fault": WEAK},
            "fault",
            "a weak nozzle of no size is drawn",
            '"chaser.thrusters.fault_size" = { choice',
        ),
        (
            {"fault": WEAK, "fault_size__FA4": HALF},
            "fault",
            "a weak nozzle of no size is drawn",
            '"chaser.thrusters.fault_size" =',
        ),
        (
            {"fault__FA4": WEAK, "fault_size__FA3": HALF, "fault__FA3": LEAK},
            "fault.FA4",
            "a weak nozzle of no size is drawn",
            'write "chaser.thrusters.fault_size.FA4" = { choice = [0.5] }',
        ),
        (
            {"fault_size__3": HALF},
            "fault_size.3",
            "there is no weak or leaking nozzle that this is of",
            'write "chaser.thrusters.fault.3" = { choice = ["weak"] }',
        ),
        (
            {"fault": OFF, "fault_size": HALF},
            "fault_size",
            "there is no weak or leaking nozzle that this is of",
            "",
        ),
        (
            {"fault": {"choice": ["none", "leak"], "weights": [1, 0]}, "fault_size": HALF},
            "fault_size",
            "there is no weak or leaking nozzle that this is of",
            "",
        ),
        (
            {"fault_since__FA4": {"choice": ["1 h"]}, "fault__FA3": OFF},
            "fault_since.FA4",
            "there is no fault that this is of",
            'write "chaser.thrusters.fault.FA4" = { choice = ["stuck-off"] }',
        ),
        ({"fault_until": {"choice": ["1 h"]}}, "fault_until", "there is no fault that this is of", ""),
        ({"fault_since": RATE}, "fault_since", "there is no fault that this is of", ""),
        (
            {"fault": OFF, "fault_since": RATE, "fault_until__FA4": {"choice": ["1 h"]}},
            "fault_until.FA4",
            "what begins by a rate lasts for good",
            "remove the end",
        ),
    ],
)
def test_what_is_drawn_of_a_nozzle_s_fault_goes_together(lines, key, what, remedy):
    with pytest.raises(CaseError) as caught:
        drawn(**lines)
    error = caught.value
    assert (error.key, error.what) == (f"disperse.{KEY}{key}", what) and remedy in error.remedy


def test_a_fault_with_what_it_needs_is_drawn():
    for lines in (
        {"fault__FA4": WEAK, "fault_size": HALF},
        {"fault": WEAK, "fault_size": {"uniform": [0.3, 0.9], "common": True}},
        {"fault__FA4": LEAK},
        {"fault": LEAK, "fault_size__3": {"normal": "20 %", "within": "60 %"}},
        {"fault": OFF, "fault_since__FA4": {"choice": ["1 h"]}},
    ):
        assert drawn(**lines).plan.draws


def test_a_branch_is_shut_as_one():
    """All its nozzles at one time or none of them, of nobody else; half of 400 runs within four standard errors."""
    mission = drawn(fault__branch__A=OFF, fault_since__branch__A=RATE)
    rows, names = draw_rows(mission.plan.draws, mission.plan.nominal, 1, np.arange(400)), mission.built.names
    for word, count in (("fault", 2), ("fault_since", 400)):
        slots = [names.index(f"{KEY}{word}.{nozzle}") for nozzle in mission.built.nozzle_names]
        of_a = np.array([nozzle[1] == "A" for nozzle in mission.built.nozzle_names])
        values = rows[:, slots]
        assert of_a.sum() == 16 and np.all(values[:, ~of_a] == 0.0)
        assert np.all(values[:, of_a] == values[:, of_a][:, :1]) and len(np.unique(values[:, of_a])) == count
        if word == "fault":
            assert abs(np.count_nonzero(values[:, of_a][:, 0]) - 200) < 4.0 * np.sqrt(100.0)


def test_a_branch_and_one_of_its_nozzles_are_rivals():
    with pytest.raises(CaseError, match=r'"chaser.thrusters.fault.branch.A" disperses the same number'):
        drawn(fault__branch__A=OFF, fault__FA4=OFF)
    with pytest.raises(CaseError, match=r'"chaser.thrusters.fault.branch.A" disperses the same number'):
        drawn(fault__branch__A=OFF, fault=OFF)
    assert drawn(fault__branch__A=OFF, fault__FB4=WEAK, fault_size__branch__B=HALF).plan.draws


def test_a_branch_in_a_table_without_branches_is_one_sentence():
    case = rvd.load(ROOT / "cases" / "inspection.toml")
    branch = {f"disperse.{KEY}fault.branch.A": OFF}
    with pytest.raises(CaseError) as caught:
        Mission(case.with_values(branch))
    assert caught.value.key == f"disperse.{KEY}fault.branch.A"
    assert caught.value.what.endswith("names a branch, and the nozzle file has no column branch")


def test_a_table_of_draws_may_say_what_a_line_leaves_out(tmp_path):
    """Or leave it out: a weak nozzle of the table has a size too."""
    table = tmp_path / "draws.csv"
    table.write_text(f"{KEY}fault.FA4\n0\n4\n", encoding="utf-8")
    given = {"campaign.draws": str(table)}
    with pytest.raises(CaseError, match="a weak nozzle of no size is drawn") as caught:
        Mission(short_case(given))
    assert caught.value.key == "campaign.draws" and f'"{KEY}fault_size.FA4"' in caught.value.remedy
    size = {f"disperse.{KEY}fault_size.FA4": HALF}
    mission = Mission(short_case(given | size))
    at = [mission.built.names.index(f"{KEY}{word}.FA4") for word in ("fault", "fault_size")]
    rows = np.array([mission.row(run, 1, 2) for run in (0, 1)])
    assert rows[:, at].tolist() == [[0.0, 0.5], [4.0, 0.5]]


@pytest.mark.parametrize("word", ["fault_since", "fault_until", "fault_size"])
def test_a_sensor_that_never_fails_has_no_time_and_no_size_drawn(tmp_path, word):
    case = load(save(tmp_path, SMALL))
    line = {f"disperse.sensors.gps.{word}": {"choice": [60.0, 70.0]}}
    with pytest.raises(CaseError, match="there is no fault that this is of") as caught:
        case.with_values(line)
    assert caught.value.key == f"disperse.sensors.gps.{word}"
    case.with_values(line | {"sensors.gps.fault": "noise", "sensors.gps.fault_size": 3.0})
    case.with_values(line | {"disperse.sensors.gps.fault": {"choice": ["none", "frozen"]}})


@pytest.mark.parametrize("what", ["fault", "out"])
def test_what_begins_by_a_rate_has_no_end(tmp_path, what):
    case = load(save(tmp_path, SMALL))
    since = {f"disperse.sensors.gps.{what}_since": RATE}
    since |= {"sensors.gps.fault": "frozen"} if what == "fault" else {}
    case.with_values(since)
    planned = {f"sensors.gps.{what}_since": 60.0, f"sensors.gps.{what}_until": 3600.0}
    for until in (planned, {f"disperse.sensors.gps.{what}_until": {"choice": ["1 h"]}}):
        with pytest.raises(CaseError, match="what begins by a rate lasts for good"):
            case.with_values(since | until)


def test_only_a_laser_ranges_to_a_wrong_target(tmp_path):
    case = load(save(tmp_path, SMALL))
    for fault in (
        {"sensors.gyro.fault": "wrong-target"},
        {"disperse.sensors.gyro.fault": {"choice": ["none", "wrong-target"]}},
    ):
        with pytest.raises(CaseError, match="it looks at no target that could be a wrong one") as caught:
            case.with_values(fault)
        assert caught.value.key == next(iter(fault))
    never = {"choice": ["none", "wrong-target"], "weights": [1.0, 0.0]}
    case.with_values({"disperse.sensors.gyro.fault": never})


def test_what_has_no_time_tag_cannot_stop(tmp_path):
    case = load(save(tmp_path, SMALL))
    with pytest.raises(
        CaseError, match='it has no time tag that could stop; write fault = "frozen"'
    ) as caught:
        case.with_values({"sensors.gyro.fault": "stopped"})
    assert caught.value.key == "sensors.gyro.fault"
    case.with_values(
        {"sensors.gps.fault": "stopped", "disperse.sensors.laser.fault": {"choice": ["none", "stopped"]}}
    )


def test_a_laser_needs_something_else_to_take_for_its_reflector(tmp_path):
    case = load(save(tmp_path, SMALL))
    alone = {"target.points.reflectors": (case.target.points.reflectors[0],)}
    hull = {"target.hull": {"body": {"from": [0.0, 0.0, 0.0], "radius": 2.0}}}
    assert not case.target.hull
    for wrong, key in (
        ({"sensors.laser.wrong": "1 %"}, "sensors.laser.wrong"),
        ({"disperse.sensors.laser.wrong": {"choice": [0.0, 0.02]}}, "sensors.laser.wrong"),
        ({"sensors.laser.fault": "wrong-target"}, "sensors.laser.fault"),
    ):
        with pytest.raises(CaseError, match="there is nothing else that the laser could range to") as caught:
            case.with_values(alone | wrong)
        assert caught.value.key == key
        case.with_values(alone | hull | wrong)


def test_a_lag_of_thrust_stays_within_the_shortest_step(tmp_path):
    case = load(save(tmp_path, SMALL))
    with pytest.raises(CaseError, match=r"must be at most 0\.06 s") as caught:
        case.with_values({"chaser.pulse": {"rise": "0.1 s"}})
    assert caught.value.key == "chaser.pulse.rise"


def test_a_fault_of_a_nozzle_does_not_end_before_it_begins():
    drawn = {"fault": "stuck-off", "fault_since": "2 h", "fault_until": "1 h"}
    line = {f"disperse.{KEY}{word}.FA4": {"choice": [value]} for word, value in drawn.items()}
    with pytest.raises(CaseError, match="is not after the fault's start"):
        Mission(short_case(line))


def test_a_share_of_thrust_is_not_drawn_in_percent():
    line = {
        f"disperse.{KEY}fault.FA4": {"choice": ["weak"]},
        f"disperse.{KEY}fault_size.FA4": {"choice": ["60 %"]},
    }
    with pytest.raises(
        CaseError, match=r"is a share, and a percentage would multiply .*; write the share itself, as 0\.6"
    ):
        short_case(line)


def test_a_time_is_no_rate():
    with pytest.raises(
        CaseError, match=r'"50 h" is a time, not a rate; once in so long is { exponential = "0\.02 1/h" }'
    ):
        short_case({f"disperse.{KEY}fault_since.FA4": {"exponential": "50 h"}})
