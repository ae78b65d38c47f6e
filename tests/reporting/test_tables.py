import json

import numpy as np
import pytest

from rvd.case.requirement import Requirement
from rvd.cli.output import plain
from rvd.core.signals import Outcome
from rvd.montecarlo.verdict import verdict
from rvd.reporting.grid import shown
from rvd.reporting.quantities import QUANTITIES
from rvd.reporting.tables import (
    delta_v_grid,
    findings_grid,
    outcomes_grid,
    percentiles_grid,
    result_grid,
    rules_sentence,
    success_probability,
    timeline_grid,
)
from rvd.statistics.binomial import clopper_pearson
from tests.reporting.synthetic import PLAN, SCENE, made_up, made_up_table

TABLE = made_up_table()


def test_the_counts_add_up_to_the_runs():
    grid = outcomes_grid(TABLE)
    counts = [int(row[1]) for row in grid.rows]
    assert grid.rows[-1][0] == "all" and sum(counts[:-1]) == counts[-1] == TABLE["outcome"].size
    assert {row[0] for row in grid.rows} == {"captured", "left box", "contact", "aborted", "all"}
    assert grid.rows[0][3] == Outcome.CAPTURED.sentence


def test_the_probability_of_success_has_the_exact_interval():
    counted = success_probability(TABLE)
    assert (counted.word, counted.good, counted.runs) == ("captured", 394, 400)
    assert (counted.low, counted.high) == clopper_pearson(394, 400, 0.90)
    assert counted.sentence == (
        "captured 394 of 400 runs: 98.5 %, probability 97.06 % to 99.34 % at 90 % confidence"
    )


def test_each_requirement_has_a_row():
    asked = [
        Requirement("captured", at_least=0.9973),
        Requirement("propellant_used", at_most=150.0, share=0.99),
    ]
    rows = findings_grid(verdict(TABLE, asked)).rows
    assert [row[0] for row in rows] == ["NOT MET", "MET"]
    assert rows[0][2:4] == (400, 400) and [cell.text for cell in rows[0][4:7]] == [
        "98.5 %",
        "97.38 %",
        "99.21 %",
    ]


def test_a_requirement_on_some_of_the_runs_says_on_how_many():
    released = int(np.isfinite(TABLE["release_speed"]).sum())
    asked = [Requirement("release_speed", at_most=0.006, share=0.9, of=of) for of in ("", "exists", "lost")]
    rows = findings_grid(verdict(TABLE, asked)).rows
    assert [row[2:4] for row in rows] == [(400, 400), (released, 400), (0, 400)]
    assert [shown(cell) for cell in rows[2][4:5]] == [""]


def test_an_undecided_requirement_says_how_many_runs_are_still_needed():
    good = {"outcome": np.full(400, int(Outcome.CAPTURED))}
    (row,) = findings_grid(verdict(good, [Requirement("captured", at_least=0.9973)])).rows
    assert (row[0], row[7]) == ("UNDECIDED", 452)


def test_percentiles_are_those_of_the_sorted_values():
    rows = {row[0]: row for row in percentiles_grid(TABLE).rows}
    propellant = np.sort(TABLE["propellant_used"])
    wanted = [propellant[k] for k in (0, 3, 19, 199, 379, 395, 399)]
    assert tuple(map(shown, rows["propellant used"][4:11])) == tuple(f"{value:.4g}" for value in wanted)
    assert rows["corridor margin"][1] == "deg"
    assert float(rows["corridor margin"][5 + 2]) == pytest.approx(
        np.degrees(np.median(TABLE["corridor_margin"])), rel=0.01
    )


def test_mean_and_three_sigma_stand_beside_them():
    grid = percentiles_grid(TABLE)
    assert grid.heads[-2:] == ("mean", "3 sigma")
    mean, spread = {row[0]: row for row in grid.rows}["corridor margin"][-2:]
    degrees = np.degrees(TABLE["corridor_margin"])
    assert float(mean) == pytest.approx(degrees.mean()) and float(spread) == pytest.approx(
        3.0 * degrees.std(ddof=1)
    )
    (alone,) = percentiles_grid({"outcome": np.zeros(1), "delta_v": np.ones(1)}).rows
    assert shown(alone[-2]) == "1" and shown(alone[-1]) == ""


def test_what_is_required_stands_beside_its_quantity():
    asked = [
        Requirement("release_speed", at_most=0.006, share=0.99, unit="m/s"),
        Requirement("corridor_margin", at_least=0.0, share=1.0, unit="rad"),
        Requirement("lean", at_least=-0.1, at_most=0.1, share=0.9, unit="rad"),
        Requirement("captured", at_least=0.9),
    ]
    grid = percentiles_grid(TABLE | {"lean": np.full(400, 0.05)}, asked)
    assert grid.heads[-3:] == ("mean", "3 sigma", "required")
    rows = {row[0]: row for row in grid.rows}
    assert rows["release: speed"][-1] == "at most 6 in 99 %"  # mm/s, as it is tabled
    assert rows["corridor margin"][-1] == "at least 0 in every run"
    assert rows["lean"][-1] == "at most 5.73 in 90 %; at least -5.73 in 90 %" and rows["lean"][1] == "deg"
    assert rows["delta-v"][-1] == ""


def test_a_margin_never_at_stake_and_a_box_never_reached_are_no_values():
    rows = {row[0]: row for row in percentiles_grid(TABLE).rows}
    assert "keep-out margin" not in rows  # null in every run
    released = int((TABLE["since"] >= 0.0).sum())
    assert rows["release: speed"][2:4] == (released, 400) and released < 400
    assert rows["delta-v"][2:4] == (400, 400)
    assert float(rows["release: speed"][4]) == pytest.approx(
        1e3 * np.nanmin(TABLE["release_speed"]), rel=1e-3
    )


def test_the_timeline_adds_up():
    flight = made_up(every=1.0)
    rows = timeline_grid(SCENE, flight).rows
    assert [row[0] for row in rows[:-1]] == [leg[0] for leg in PLAN]
    assert [float(row[2]) for row in rows[:-2]] == pytest.approx([float(leg[4]) for leg in PLAN[:-1]])
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


def test_delta_v_is_counted_from_an_entry_to_the_next_one_in_time():
    nan = np.nan
    rows = {
        "delta_v": np.array([9.0, 5.0]),
        "entered.a": np.array([0.0, 0.0]), "delta_v.a": np.array([0.0, 0.0]),
        "entered.b": np.array([100.0, 300.0]), "delta_v.b": np.array([2.0, 4.0]),
        "entered.c": np.array([200.0, nan]), "delta_v.c": np.array([6.0, nan]),
        "entered.abort": np.array([nan, 200.0]), "delta_v.abort": np.array([nan, 1.0]),
    }  # fmt: skip
    grid = delta_v_grid(rows, ["a", "b", "c"])
    # Run 0: a 2, b 4, c 3. Run 1: a 1, the abort 3, then b 1.
    found = {row[0]: (row[1], float(row[2]), float(row[5])) for row in grid.rows}
    assert found == {"a": (2, 1.0, 2.0), "b": (2, 1.0, 4.0), "c": (1, 3.0, 3.0), "abort": (1, 3.0, 3.0)}
    assert sum(float(row[6]) for row in grid.rows) == pytest.approx(1.0)
    assert delta_v_grid({"delta_v": rows["delta_v"]}, ["a"]) is None


def test_few_runs_tell_no_probability():
    few = {"outcome": np.full(2, int(Outcome.CAPTURED))}
    assert success_probability(few).sentence == "captured 2 of 2 runs: 100 %, too few to tell a probability"
    assert "probability 86.09 % to 100.00 %" in success_probability({"outcome": np.ones(20)}).sentence


def test_for_machines_every_number_is_one():
    grids = [
        outcomes_grid(TABLE),
        percentiles_grid(TABLE),
        findings_grid(verdict(TABLE, [Requirement("captured", at_least=0.9)])),
        timeline_grid(SCENE, made_up()),
        result_grid(dict.fromkeys([column for column, *_ in QUANTITIES], 1.0)),
    ]
    for grid in grids:
        for record in json.loads(json.dumps(plain({"rows": grid.records})))["rows"]:
            for head, side in zip(grid.heads, grid.sides, strict=True):
                assert isinstance(record[head], str if side == "l" else int | float | None), (
                    grid.title,
                    head,
                )
    share = next(
        record["share"] for record in outcomes_grid(TABLE).records if record["outcome"] == "captured"
    )
    assert share == 394 / 400


def test_the_margin_of_every_rule_is_tabled_with_its_unit():
    margins = {"plume_margin": "rad", "speed_margin": "m", "corridor_margin": "rad"}
    table = TABLE | {"plume_margin": np.radians(np.linspace(1.0, 2.0, 400))}
    rows = {row[0]: row for row in percentiles_grid(table, (), margins).rows}
    assert rows["plume margin"][1] == "deg" and float(rows["plume margin"][10]) == pytest.approx(2.0)
    assert rows["speed margin"][1] == "m"  # a rule may have the name of another kind
    assert rows["corridor margin"][1] == "deg"
    assert "plume margin" not in {row[0] for row in percentiles_grid(table).rows}
    (alone,) = result_grid({"plume_margin": 0.5}, margins).rows
    assert alone[:2] == ("plume margin", "deg") and float(alone[2]) == pytest.approx(np.degrees(0.5))


def test_the_probability_of_another_goal_has_its_word():
    docked = {"outcome": np.full(400, int(Outcome.DOCKED)), "docked": np.ones(400, dtype=bool)}
    assert success_probability(docked).sentence.startswith("docked 400 of 400 runs: 100 %")


def test_the_runs_that_kept_every_rule_are_counted_whatever_became_of_them():
    assert rules_sentence({"rules_kept": np.array([1.0, 0.0, 1.0, 1.0])}) == (
        "every rule was kept in 3 of 4 runs: 75 %"
    )
    assert rules_sentence({"rules_kept": np.array([1.0, np.nan])}).startswith("every rule was kept in 1 of 2")
    assert rules_sentence({}) == ""
