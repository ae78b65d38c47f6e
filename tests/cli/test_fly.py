import json

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import rvd
from rvd.cli import main
from rvd.core.flight.history import HISTORY
from tests.short_case import short_case, write_short


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fly(*words):
    return CliRunner().invoke(main, ["fly", *map(str, words)])


def test_the_nominal_flight_has_a_timeline_figures_and_a_history(desk):
    case = write_short(desk)
    result = fly(case, "--every", 5)
    assert result.exit_code == 0, result.stderr
    assert "the nominal flight: captured" in result.output and "free drift" in result.output
    out = desk / "results" / "short-nominal"
    assert sorted(p.name for p in out.iterdir()) == [
        "capture.png", "consistency.png", "corridor.png", "history.parquet", "navigation.png", "speed.png",
    ]  # fmt: skip
    history = pq.read_table(out / "history.parquet")
    names = tuple(history.column_names)
    assert names[: len(HISTORY)] == HISTORY and {"on.FA1", "chaser_eci_x"} <= set(names)
    assert history["t"].to_pylist()[:3] == [0.0, 5.0, 10.0]


def test_without_figures_there_is_the_history_alone(desk):
    result = fly(write_short(desk), "--no-figures")
    assert result.exit_code == 0 and "captured" in result.output
    assert [p.name for p in (desk / "results" / "short-nominal").iterdir()] == ["history.parquet"]


def test_one_run_of_the_campaign_is_the_row_of_the_campaign(desk):
    case = write_short(desk)
    record = json.loads(fly(case, "--run", 7, "--seed", 11, "--json", "--out", desk / "here").output)
    row = rvd.campaign(short_case(), runs=8, seed=11).table().slice(7, 1).to_pylist()[0]
    assert (record["run"], record["seed"], record["outcome"]) == (7, 11, "captured")
    assert {k: v for k, v in record["result"].items() if v is not None} == {
        k: v for k, v in row.items() if k in record["result"] and v is not None
    }
    assert [leg["name"] for leg in record["legs"]] == ["box", "free drift"]
    assert (desk / "here" / "history.parquet").exists()


def test_a_flight_that_is_not_captured_exits_with_one(desk):
    case = write_short(desk, {"goal.half_width": [0.01, 0.01, 0.01]})
    result = fly(case, "--format", "svg", "--vbar", "left")
    assert result.exit_code == 1 and "left box" in result.output
    assert (desk / "results" / "short-nominal" / "corridor.svg").exists()


def test_nothing_is_written_for_a_case_that_is_wrong(desk):
    assert fly("none.toml").exit_code == 2
    assert fly(write_short(desk), "--run", "-1").exit_code == 2
    assert not (desk / "results").exists()


@pytest.mark.parametrize("words", [("fly",), ("check", "--wrench")])
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path, words):
    case, taken = write_short(tmp_path), tmp_path / "taken"
    taken.write_text("mine")
    result = CliRunner().invoke(main, [words[0], str(case), *words[1:], "--out", str(taken / "out")])
    assert result.exit_code == 2 and "is a file where a folder is needed" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
