import numpy as np

from rvd.core.flight.reason import Reason
from rvd.core.signals import Outcome
from rvd.reporting.reasons import (
    LISTED,
    MOST,
    again,
    broken_grid,
    failed_grid,
    kinds,
    reason_records,
    reasons_grid,
)

NAN = np.nan
TABLE = {
    "run": np.arange(8),
    "outcome": np.array([1, 8, 8, 7, 12, 8, 1, 8]),
    "reason": np.array([NAN, 4, 4, 41, NAN, 4, NAN, 7]),
    "reason_leg": np.array([NAN, 2, 2, 1, NAN, 3, NAN, 3]),
    "reason_leg_word": np.array([None, "climb", "climb", "wait", None, "box", None, "box"], dtype=object),
    "reason_vbar": np.array([NAN, -0.8, 1.0, 2.0, NAN, 3.0, NAN, 4.0]),
    "reason_rbar": np.array([NAN, 12.4, 1.0, 2.0, NAN, 3.0, NAN, 4.0]),
    "reason_hbar": np.array([NAN, 0.0, 1.0, 2.0, NAN, 3.0, NAN, 4.0]),
    "reason_time": np.array([NAN, 3700.0, 3600.0, 100.0, NAN, 5000.0, NAN, 4000.0]),
}


def test_the_kinds_of_failure_add_up_to_the_failed_runs():
    found = kinds(TABLE)
    assert sum(kind.runs for kind in found) == np.count_nonzero(TABLE["outcome"] != Outcome.CAPTURED)
    first = found[0]
    assert (first.outcome, first.reason, first.leg) == (Outcome.ABORTED, Reason.ALARM_ATTITUDE, "climb")
    assert (first.runs, first.first, first.last, first.run) == (2, 3600.0, 3700.0, 1)
    assert {kind.reason for kind in found if kind.outcome is Outcome.LOST} == {Reason.LOST}


def test_each_kind_is_listed_with_the_command_that_flies_one_of_its_runs_again():
    grid = reasons_grid(TABLE, "my case.toml", 7)
    assert grid.rows[0][:4] == (2, "aborted", Reason.ALARM_ATTITUDE.sentence, "climb")
    assert "1:00:00 to 1:01:40" in grid.text()
    assert grid.rows[0][5] == "12.4 m below and 0.80 m behind the berthing point"
    assert grid.rows[0][6] == "rvd fly 'my case.toml' --seed 7 --run 1"
    assert "rvd fly &#x27;my case.toml&#x27; --seed 7 --run 3" in grid.html()
    lost = next(row for row in grid.rows if row[1] == "lost")
    assert lost[3] == lost[5] == "" and lost[4].text == ""


def test_every_failed_run_is_listed_with_its_command_up_to_a_number():
    grid = failed_grid(TABLE, "a.toml", 7, 200)
    failed = np.flatnonzero(TABLE["outcome"] != Outcome.CAPTURED)
    assert [row[0] for row in grid.rows] == failed.tolist() and "all 6" in grid.title
    assert [row[5] for row in grid.rows] == [f"rvd fly a.toml --seed 7 --run {k} --runs 200" for k in failed]
    assert grid.rows[0][2:5] == (Reason.ALARM_ATTITUDE.sentence, "climb", 3700.0)
    many = {name: np.tile(values, 10) for name, values in TABLE.items()}
    assert (
        len(failed_grid(many, "a.toml", 7).rows) == LISTED and "20 of 60" in failed_grid(many, "a", 7).title
    )
    assert failed_grid({**TABLE, "outcome": np.ones(8, int)}, "a.toml", 1) is None


def test_a_run_of_a_latin_hypercube_needs_the_number_of_runs():
    assert again("a.toml", 7, 3, 200) == "rvd fly a.toml --seed 7 --run 3 --runs 200"


def test_no_failure_has_no_table():
    assert reasons_grid({**TABLE, "outcome": np.ones(8, int)}, "a.toml", 1) is None


def test_many_kinds_are_cut_and_all_runs_counted():
    runs = MOST + 5
    many = {
        "run": np.arange(runs), "outcome": np.full(runs, 8), "reason": np.full(runs, 4.0),
        "reason_leg": np.arange(runs, dtype=float), "reason_time": np.arange(runs, dtype=float),
        "reason_leg_word": np.array([f"leg {k}" for k in range(runs)], dtype=object),
    }  # fmt: skip
    grid = reasons_grid(many, "a.toml", 1)
    assert len(grid.rows) == MOST + 1 and grid.rows[-1][:3] == (5, "others", "5 more kinds")
    assert sum(row[0] for row in grid.rows) == runs


def test_machines_get_every_kind_with_numbers():
    (first, *_) = reason_records(TABLE, "a.toml", 7)
    assert first["reason"] is Reason.ALARM_ATTITUDE and first["first"] == 3600.0
    assert first["place"] == {"vbar": -0.8, "rbar": 12.4, "hbar": 0.0}
    assert first["command"] == "rvd fly a.toml --seed 7 --run 1"


def test_a_table_without_reasons_still_counts_its_failures():
    old = {"run": np.arange(3), "outcome": np.array([1, 8, 8])}
    (kind,) = kinds(old)
    assert kind.runs == 2 and kind.reason is Reason.LOST and kind.leg == ""


RULES = {
    **TABLE,
    "broken": np.array([NAN, 1, 1, NAN, NAN, 0, 1, NAN]),
    "broken_word": np.array([None, "speed", "speed", None, None, "cone", "speed", None], dtype=object),
    "broken_leg": np.array([NAN, 2, 2, NAN, NAN, 3, 2, NAN]),
    "broken_leg_word": np.array([None, "climb", "climb", None, None, "box", "climb", None], dtype=object),
    "broken_time": np.array([NAN, 60.0, 70.0, NAN, NAN, 80.0, 90.0, NAN]),
    "broken_vbar": np.array([NAN, -0.8, 1.0, NAN, NAN, 2.0, 3.0, NAN]),
    "broken_rbar": np.array([NAN, 12.4, 1.0, NAN, NAN, 2.0, 3.0, NAN]),
    "broken_hbar": np.array([NAN, 0.0, 1.0, NAN, NAN, 2.0, 3.0, NAN]),
}


def test_a_rule_that_was_broken_is_listed_whatever_became_of_the_run():
    grid = broken_grid(RULES, "a.toml", 7)
    assert [row[:4] for row in grid.rows] == [(3, 1, "speed", "climb"), (1, 0, "cone", "box")]
    assert grid.rows[0][4:] == (
        60.0, "12.4 m below and 0.80 m behind the berthing point", "rvd fly a.toml --seed 7 --run 1",
    )  # fmt: skip
    assert len(grid.heads) == len(grid.sides) == len(grid.rows[0])


def test_no_broken_rule_has_no_table():
    assert broken_grid(TABLE, "a.toml", 7) is None
    assert broken_grid({**RULES, "broken": np.full(8, NAN)}, "a.toml", 7) is None
