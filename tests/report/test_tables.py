import numpy as np
import pytest

from rvd.campaign.requirement import Requirement
from rvd.campaign.verdict import verdict
from rvd.report.tables import (
    QUANTITIES,
    alarms_grid,
    capture_probability,
    clock,
    findings_grid,
    outcomes_grid,
    percentiles_grid,
    result_grid,
    timeline_grid,
)
from rvd.signals import Alarm, Outcome
from rvd.statistics.binomial import clopper_pearson
from tests.report.synthetic import PLAN, SCENE, made_up, made_up_table

TABLE = made_up_table()


def test_the_counts_add_up_to_the_runs():
    grid = outcomes_grid(TABLE)
    counts = [int(row[1]) for row in grid.rows]
    assert grid.rows[-1][0] == "all" and sum(counts[:-1]) == counts[-1] == TABLE["outcome"].size
    assert {row[0] for row in grid.rows} == {"captured", "left box", "corridor", "aborted", "all"}
    assert grid.rows[0][3] == Outcome.CAPTURED.sentence


def test_the_capture_probability_has_the_exact_interval():
    counted = capture_probability(TABLE)
    assert (counted.captured, counted.runs) == (394, 400)
    assert (counted.low, counted.high) == clopper_pearson(394, 400, 0.90)
    assert counted.sentence == (
        "captured 394 of 400 runs: 98.5 %, probability 97.06 % to 99.34 % at 90 % confidence"
    )


def test_alarms_are_listed_only_where_there_were_any():
    assert alarms_grid(TABLE) is None
    alarm = np.array([0, 0, int(Alarm.LASER), int(Alarm.LASER), int(Alarm.TIME_OUT)])
    grid = alarms_grid({"alarm": alarm})
    assert grid is not None
    assert grid.rows == ((Alarm.TIME_OUT.sentence, "1"), (Alarm.LASER.sentence, "2"))
    assert alarms_grid({"alarm": np.append(alarm, np.nan)}) == grid  # a lost run has no alarm


def test_each_requirement_has_a_row():
    asked = [
        Requirement("captured", at_least=0.9973),
        Requirement("propellant_used", at_most=150.0, share=0.99),
    ]
    rows = findings_grid(verdict(TABLE, asked)).rows
    assert [row[0] for row in rows] == ["NOT MET", "MET"]
    assert rows[0][2:6] == ("400", "400", "98.5 %", "97.38 % to 99.21 %")


def test_a_requirement_on_some_of_the_runs_says_on_how_many():
    released = int(np.isfinite(TABLE["release_speed"]).sum())
    asked = [Requirement("release_speed", at_most=0.006, share=0.9, of=of) for of in ("", "reached", "lost")]
    rows = findings_grid(verdict(TABLE, asked)).rows
    assert [row[2:4] for row in rows] == [("400", "400"), (str(released), "400"), ("0", "400")]
    assert rows[2][4:6] == ("", "")


def test_an_undecided_requirement_says_how_many_runs_are_still_needed():
    good = {"outcome": np.full(400, int(Outcome.CAPTURED))}
    (row,) = findings_grid(verdict(good, [Requirement("captured", at_least=0.9973)])).rows
    assert (row[0], row[6]) == ("UNDECIDED", "452")


def test_percentiles_are_those_of_the_sorted_values():
    rows = {row[0]: row for row in percentiles_grid(TABLE).rows}
    propellant = np.sort(TABLE["propellant_used"])
    wanted = [propellant[k] for k in (0, 3, 19, 199, 379, 395, 399)]
    assert rows["propellant used"][4:] == tuple(f"{value:.4g}" for value in wanted)
    assert rows["corridor margin"][1] == "deg"
    assert float(rows["corridor margin"][5 + 2]) == pytest.approx(
        np.degrees(np.median(TABLE["corridor_margin"])), rel=0.01
    )


def test_a_margin_never_at_stake_and_a_box_never_reached_are_no_values():
    rows = {row[0]: row for row in percentiles_grid(TABLE).rows}
    assert "keep-out margin" not in rows  # null in every run
    released = int((TABLE["since"] >= 0.0).sum())
    assert rows["release: speed"][2:4] == (str(released), "400") and released < 400
    assert rows["delta-v"][2:4] == ("400", "400")
    assert float(rows["release: speed"][4]) == pytest.approx(
        1e3 * np.nanmin(TABLE["release_speed"]), rel=1e-3
    )


def test_the_timeline_adds_up():
    flight = made_up(every=1.0)
    rows = timeline_grid(SCENE, flight).rows
    assert [row[0] for row in rows[:-1]] == [leg[0] for leg in PLAN]
    assert [float(row[2]) for row in rows[:-2]] == [float(leg[4]) for leg in PLAN[:-1]]
    for column, name in ((3, "delta_v"), (4, "propellant_used")):
        total = float(flight.history[name][-1])
        assert float(rows[-1][column]) == pytest.approx(total, abs=0.006)
        assert sum(float(row[column]) for row in rows[:-1]) == pytest.approx(total, abs=0.06)
    assert rows[-1][0] == "end: captured"


def test_a_flight_that_ended_early_has_only_the_legs_it_entered():
    flight = made_up(2, Outcome.ABORTED)
    rows = timeline_grid(SCENE, flight).rows
    assert len(rows) == np.isfinite(flight.legs["t"]).sum() + 1


def test_the_result_of_one_flight_leaves_out_what_it_never_reached():
    never = ("release_speed", "box_rate", "keep_out_margin")
    result = {column: 1.0 for column, *_ in QUANTITIES} | dict.fromkeys(never, np.nan)
    names = {row[0] for row in result_grid(result).rows}
    assert "propellant used" in names
    assert not names & {"release: speed", "drift: rate", "keep-out margin"}


def test_a_clock_rounds_up_into_the_next_hour():
    assert [clock(t) for t in (0.0, 59.4, 3599.6, 12676.2)] == ["0:00:00", "0:00:59", "1:00:00", "3:31:16"]
