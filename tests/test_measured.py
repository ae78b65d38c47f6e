"""The commands of `validation` that measure what a case bears: what they fly, what they store, what they print."""

from pathlib import Path

import numpy as np
import pytest

from tests.short_case import short_case
from validation import robustness, silence, stored
from validation.robustness import Cell, cells_of, line_of, measure, rows_of, slots_from
from validation.silence import faults_of, silence_of
from validation.stored import FOLDER, Stored, identity_of, ready, table

RUNS, SEED = 25, 3


class Pretended:
    """A flyer that flies nothing: run 3 meets the hull, run 5 aborts, all others reach their goal."""

    columns = (("outcome", "i1"), ("alarm", "i1"), ("clearance", "f8"))

    def __init__(self) -> None:
        self.flown: list[int] = []

    def fly(self, rows: np.ndarray, seed: int, runs: np.ndarray) -> np.ndarray:
        self.flown += runs.tolist()
        ends = {3: (7.0, 0.0, -0.25), 5: (8.0, 3.0, np.nan)}
        return np.array([ends.get(int(run), (1.0, 0.0, 10.0 + run)) for run in runs])


@pytest.fixture(scope="module")
def mission():
    return ready(short_case())


@pytest.fixture
def flyer(mission, monkeypatch):
    pretended = Pretended()
    monkeypatch.setattr(mission, "flyer", pretended)
    return pretended


def cell_named(mission, name: str) -> Cell:
    return next(cell for cell in cells_of(mission) if cell.name == name)


def test_a_group_lies_three_times_as_far_out_and_nothing_else_moves(mission):
    plain = rows_of(mission, Cell("as dispersed"), SEED, RUNS).rows
    wide, clipped = rows_of(mission, cell_named(mission, "laser 3x"), SEED, RUNS)
    slots = slots_from(mission.built.names, "sensors.laser.")
    others = sorted(set(range(plain.shape[1])) - set(slots))
    assert np.array_equal(wide[:, others], plain[:, others]) and clipped == 0
    away = plain[:, slots] - mission.plan.nominal[slots]
    assert np.count_nonzero(away) == 3 * RUNS  # a bias of the range, two of the angles
    np.testing.assert_allclose(wide[:, slots] - mission.plan.nominal[slots], 3.0 * away, rtol=1e-12)


def test_what_no_case_may_hold_is_moved_to_the_limit_and_counted(mission):
    wide, clipped = rows_of(mission, cell_named(mission, "air 3x"), SEED, RUNS)
    plain = rows_of(mission, Cell("as dispersed"), SEED, RUNS).rows
    at = mission.built.names.index("atmosphere.density")
    below = plain[:, at] < 2.0 / 3.0 * mission.plan.nominal[at]
    assert 0 < below.sum() == clipped
    assert np.all(wide[below, at] == 0.0) and np.all(wide[~below, at] > 0.0)


def test_moments_that_no_body_has_stay_as_drawn(mission):
    """Three times 3 % breaks the sum of the other two, where they are nearly as large."""
    cell = Cell("inertia", "mass", 60.0)
    wide = rows_of(mission, cell, SEED, RUNS).rows
    plain = rows_of(mission, Cell("as dispersed"), SEED, RUNS).rows
    slots = slots_from(mission.built.names, "chaser.inertia.")
    same = (wide[:, slots] == plain[:, slots]).all(axis=1)
    assert same.sum() > 0 and not mission.plan.limits.broken(wide).any()


def test_numbers_that_are_put_multiplied_and_drawn_anew(mission):
    names = mission.built.names
    pulses = rows_of(mission, cell_named(mission, "pulses vary by 30 %"), SEED, RUNS).rows
    assert np.all(pulses[:, slots_from(names, "chaser.thrusters.repeatability.")] == 0.3)
    managed = rows_of(mission, cell_named(mission, "momentum-held, 0.7 deg"), SEED, RUNS).rows
    put = {
        "target.momentum.amplitude.": np.radians(0.7),
        "target.momentum.bandwidth.": 1.0,
        "target.deadband.": 0.0,
    }
    assert all(np.all(managed[:, slots_from(names, slot)] == value) for slot, value in put.items())
    noisy = rows_of(mission, cell_named(mission, "white noise of sensors 3x"), SEED, RUNS).rows
    at = names.index("sensors.laser.range")
    assert np.all(noisy[:, at] == 3.0 * mission.plan.nominal[at])
    anywhere = rows_of(mission, cell_named(mission, "any node and latitude"), SEED, 400).rows
    for name in ("target.raan", "target.latitude"):
        column = anywhere[:, names.index(name)]
        # Six standard errors of the mean of a uniform number: false once in five hundred million.
        assert abs(column.mean() - np.pi) < 6.0 * 2.0 * np.pi / np.sqrt(12.0 * 400)
        assert column.min() >= 0.0 and column.max() <= 2.0 * np.pi


def test_slots_that_a_row_has_not_make_no_cell(mission):
    named = [cell.name for cell in cells_of(mission)]
    assert len(set(named)) == len(named) > 12
    has = any(name.startswith("chaser.thrusters.bit.") for name in mission.built.names)
    assert has == ("bits of engines 10 %" in named)


def test_a_stored_cell_is_not_flown_again_and_a_stopped_one_goes_on(mission, flyer, tmp_path: Path):
    path = tmp_path / "cells.json"
    cells = len(list(cells_of(mission)))
    measure(mission, Stored(path), SEED, RUNS, 1)
    assert len(flyer.flown) == cells * RUNS
    measure(mission, Stored(path), SEED, RUNS, 1)
    assert len(flyer.flown) == cells * RUNS  # nothing again
    half = Stored(path)
    whole = dict(half.cells["laser 3x"])
    for key in ("outcome", "alarm", "clearance"):
        half.cells["laser 3x"][key] = half.cells["laser 3x"][key][:10]
    half.save()
    flyer.flown.clear()
    measure(mission, Stored(path), SEED, RUNS, 1)
    assert sorted(flyer.flown) == list(range(10, RUNS))
    assert Stored(path).cells["laser 3x"] == whole
    measure(mission, Stored(path), SEED + 1, RUNS, 1)  # other rows
    assert len(flyer.flown) == RUNS - 10 + cells * RUNS


def test_ctrl_c_keeps_what_was_flown(mission, flyer, tmp_path: Path, monkeypatch, capsys):
    fly, path = flyer.fly, tmp_path / "cells.json"

    def until(rows, seed, runs):
        if len(flyer.flown) >= RUNS + 10:
            raise KeyboardInterrupt
        return fly(rows, seed, runs)

    monkeypatch.setattr(flyer, "fly", until)
    monkeypatch.setattr(stored, "ready", lambda case: mission)
    words = ["htv_berthing", "--runs", str(RUNS), "--seed", str(SEED), "--out", str(path)]
    assert robustness.COMMAND.run(words) == 130
    cells = Stored(path).cells
    assert [len(cell["outcome"]) for cell in cells.values()] == [RUNS, 10]
    assert robustness.COMMAND.run(["htv_berthing", "--print", "--out", str(path)]) == 0
    assert "| as dispersed | 25" in capsys.readouterr().out


def test_a_line_counts_every_run(mission, flyer, tmp_path: Path):
    stored = Stored(tmp_path / "cells.json")
    measure(mission, stored, SEED, RUNS, 2)
    said = line_of("as dispersed", stored.cells["as dispersed"])
    assert said[:3] == ("as dispersed", "25", "92")
    assert said[4:] == ("1 aborted, 1 contact", "1", "10.15", "1 navigation", "0")


def test_an_identity_is_of_all_that_numbers_are_made_from():
    same = identity_of({"a": 1, "b": 2}, b"rows")
    assert same == identity_of({"b": 2, "a": 1}, b"rows")
    assert len({same, identity_of({"a": 1}, b"rows"), identity_of({"a": 1, "b": 2}, b"row", b"s")}) == 3


def test_columns_of_a_table_stand_below_one_another():
    assert table(("a", "b"), [("long", "x")]) == "| a    | b |\n| ---- | - |\n| long | x |"


# ---- faults of one element at a time


def history(t, error, alarm, sigma=1.0, reach=1000.0):
    """Lines of a flight that errs along the H-bar."""
    still = np.zeros(len(t))
    known = {"t": np.asarray(t, dtype=float), "alarm": np.asarray(alarm), "sigma_r": still + sigma}
    for axis in ("vbar", "rbar", "hbar"):
        known |= {axis: still, f"believed_{axis}": np.asarray(error) if axis == "hbar" else still}
        known[f"fixture_{axis}"] = still + reach if axis == "rbar" else still
    return known


def test_a_silence_ends_with_an_alarm_or_where_the_error_is_within_its_bound():
    t, none = np.arange(8.0), np.zeros(8)
    error = np.array([0.0, 11.0, 11.0, 11.0, 9.0, 11.0, 11.0, 11.0])
    assert silence_of(history(t, error, none), 0.0) == (
        3.0,
        0.0,
        None,
    )  # ten sigmas are less than 5 % of 1 km
    assert silence_of(history(t, error, none), 2.0) == (2.0, 0.0, None)  # from the fault on
    assert silence_of(history(t, error, (t >= 3.0) * 4), 0.0) == (2.0, 0.0, 3.0)
    near = history(t, error / 10.0, none, sigma=1.0, reach=10.0)  # 0.3 m and 5 % of 10 m: 0.8 m
    assert silence_of(near, 0.0) == (7.0 - 1.0, 7.0 - 1.0, None)
    assert silence_of(history(t, error / 10.0, none, sigma=1.0, reach=20.0), 0.0) == (0.0, 0.0, None)


def test_a_time_is_counted_from_line_to_line():
    t = np.array([0.0, 1.0, 4.0, 5.0, 9.0])
    assert silence.longest(t, np.array([False, True, True, False, True])) == 4.0
    assert silence.longest(t, np.array([True, True, False, True, True])) == 4.0
    assert silence.longest(t, np.zeros(5, dtype=bool)) == 0.0


def test_every_fault_puts_numbers_where_the_row_has_them(mission):
    faults, names = list(faults_of(mission)), set(mission.built.names)
    assert (
        len({struck.name for struck in faults})
        == len(faults)
        == 5 * 8 + 1 + 3 + 4 * len(mission.flyer.nozzles)
    )
    assert all({*struck.put, struck.since} <= names for struck in faults)
    ramp = next(struck for struck in faults if struck.name == "star tracker ramp 20")
    assert ramp.put == {"sensors.star_tracker.fault.kind": 4.0, "sensors.star_tracker.fault.size": 20.0}
    weak = next(struck for struck in faults if struck.line == "nozzle weak 0.5")
    nozzle = mission.flyer.nozzles[0]
    assert weak.name == f"nozzle {nozzle} weak 0.5"
    assert weak.put == {f"chaser.thrusters.fault.{nozzle}": 4.0, f"chaser.thrusters.fault_size.{nozzle}": 0.5}


def test_nozzles_are_one_line_and_the_worst_is_named():
    def cell(line: str, longest: list[float], near: list[float]) -> dict:
        return {"line": line, "since": [1.0, 2.0], "longest": longest, "near": near,
                "outcome": ["captured", "aborted"], "alarm": ["none", "speed"]}  # fmt: skip

    said = silence.lines({
        "gps frozen": cell("gps frozen", [31.0, 30.0], [0.0, 10.0]),
        "nozzle A leak": cell("nozzle leak", [5.0, 2.0], [5.0, 0.0]),
        "nozzle B leak": cell("nozzle leak", [11.0, 2.0], [11.0, 0.0]),
    })  # fmt: skip
    assert said == [
        ("gps frozen", "2", "31", "10", "50", "1 aborted, 1 captured", "1 speed"),
        ("nozzle leak (worst: B)", "4", "11", "11", "25", "2 aborted, 2 captured", "2 speed"),
    ]


def test_silences_that_are_stored_are_not_flown_again(mission, tmp_path: Path, monkeypatch):
    flown = []

    def pretended(of, struck, since, seed):
        flown.append(struck.name)
        return dict.fromkeys(silence.KEPT, "none") | {"since": since, "longest": 1.0, "near": 0.0}

    monkeypatch.setattr(silence, "fly_fault", pretended)
    monkeypatch.setattr(silence, "moments_of", lambda of, count, seed: np.arange(float(count)))
    path, faults = tmp_path / "silence.json", len(list(faults_of(mission)))
    silence.measure(mission, Stored(path), SEED, 2, 1)
    silence.measure(mission, Stored(path), SEED, 2, 1)
    assert len(flown) == 2 * faults
    half = Stored(path)
    for key in silence.KEPT:
        del half.cells["laser frozen"][key][1:]
    half.save()
    silence.measure(mission, Stored(path), SEED, 2, 1)
    assert flown[2 * faults :] == ["laser frozen"]


def test_the_page_has_the_tables_as_they_are_stored():
    page = (FOLDER.parents[1] / "docs" / "robustness.md").read_text()
    paths = sorted(FOLDER.glob("*.json"))
    assert paths
    for path in paths:
        cells = Stored(path).cells
        if path.stem.startswith("silence"):
            said = table(silence.HEAD, silence.lines(cells))
        else:
            said = table(robustness.HEAD, [line_of(name, kept) for name, kept in cells.items()])
        assert said in page, path.name
