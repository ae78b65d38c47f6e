import json
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner

import rvd
from rvd.cli import main
from rvd.store import digest, table
from tests.short_case import TIGHT, short_case, write_short


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def campaign(*words):
    return CliRunner().invoke(main, ["campaign", *map(str, words)])


def files(folder):
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_campaign_says_outcomes_verdict_and_where_it_is(desk):
    result = campaign(write_short(desk, TIGHT))
    assert result.exit_code in (1, 3), result.stderr
    assert "Captured" in result.output and "left box" in result.output and "12" in result.output
    assert "captured in at least 99.73 % of runs" in result.output
    assert "--run" in result.output  # how to fly a failure alone
    assert "12 of 12 runs" in result.stderr
    figures = sorted(p.name for p in (desk / "results" / "short-5" / "figures").iterdir())
    assert figures == ["capture.png", "corridor.png", "navigation.png", "outcomes.png", "speed.png"]


def test_for_machines_the_counts_add_up(desk):
    result = campaign(
        write_short(desk, TIGHT), "--json", "--no-figures", "--out", "here", "--junit", "verdict.xml"
    )
    record = json.loads(result.output)
    assert result.stderr == ""  # no progress
    assert sum(record["outcomes"].values()) == record["runs"] == record["asked"] == record["flown"] == 12
    assert record["captured"]["captured"] == record["outcomes"]["captured"]
    assert len(record["failures"]) == 12 - record["outcomes"]["captured"] > 0
    assert record["findings"][0]["judgement"] in ("NOT MET", "UNDECIDED")
    suite = ET.parse(desk / "verdict.xml").getroot()
    assert int(suite.get("tests")) == len(record["findings"])


@pytest.mark.parametrize(
    ("require", "code"),
    [
        (None, 0),
        ([{"what": "captured", "at_least": 0.5}], 0),
        ([{"what": "captured", "at_least": 0.9973}], 3),
        ([{"what": "left_box", "at_least": 0.9}, {"what": "captured", "at_least": 0.9973}], 1),
    ],
)
def test_the_exit_code_is_the_verdict(desk, require, code):
    result = campaign(write_short(desk, {"require": require}), "--no-figures", "--quiet")
    assert result.exit_code == code, result.output + result.stderr
    assert result.stderr == ""


def test_a_second_call_flies_nothing_and_a_larger_number_extends(desk):
    case = write_short(desk)
    first = json.loads(campaign(case, "--json", "--no-figures", "--runs", 4).output)
    again = json.loads(campaign(case, "--json", "--no-figures", "--runs", 4).output)
    more = json.loads(campaign(case, "--json", "--no-figures", "--runs", 6).output)
    assert [record["flown"] for record in (first, again, more)] == [4, 0, 2]
    assert more["runs"] == 6


def test_the_rows_do_not_depend_on_the_jobs(desk):
    case = write_short(desk)
    for jobs in (1, 2):
        assert (
            campaign(case, "--no-figures", "--quiet", "--jobs", jobs, "--out", f"jobs{jobs}").exit_code == 3
        )
    assert digest(table("jobs1")) == digest(table("jobs2"))


@pytest.mark.parametrize("other", [["--seed", "99"], ["changed"]])
def test_a_folder_of_another_campaign_is_refused_and_stays_as_it_is(desk, other):
    case = write_short(desk)
    assert campaign(case, "--no-figures", "--quiet", "--runs", 2, "--out", "out").exit_code == 3
    before = files(desk / "out")
    if other == ["changed"]:
        case, other = write_short(desk, {"chaser.mass": 15000.0}), []
    result = campaign(case, "--no-figures", "--runs", 2, "--out", "out", *other)
    assert result.exit_code == 2 and "another campaign" in result.stderr and "--out" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert files(desk / "out") == before


def test_a_folder_with_other_things_in_it_is_left_alone(desk):
    (desk / "out").mkdir()
    (desk / "out" / "thesis.txt").write_text("mine")
    result = campaign(write_short(desk), "--out", "out")
    assert result.exit_code == 2 and "thesis.txt" in result.stderr
    assert [p.name for p in (desk / "out").iterdir()] == ["thesis.txt"]


def test_parts_and_what_is_none(desk):
    case = write_short(desk)
    first = campaign(case, "--runs", 4, "--shard", "1/2", "--out", "out")
    assert first.exit_code == 0 and "no verdict yet" in first.output
    assert campaign(case, "--runs", 4, "--shard", "2/2", "--out", "out", "--no-figures").exit_code == 3
    refused = campaign(case, "--shard", "3/2")
    assert refused.exit_code == 2 and "1/8" in refused.stderr


def test_it_stops_when_decided(desk):
    asked = [{"what": "captured", "at_least": 0.9}]
    case = write_short(desk, {"capture.half_width": [0.01, 0.01, 0.01], "require": asked})
    result = campaign(case, "--runs", 80, "--until-decided", "--no-figures", "--json")
    record = json.loads(result.output)
    assert result.exit_code == 1 and record["runs"] < 80
    assert record["findings"][0]["judgement"] == "NOT MET"


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 75), (signal.SIGINT, 130)])
def test_what_was_flown_before_a_stop_is_kept_and_taken_up(desk, sent, code):
    case = write_short(desk)
    words = ["campaign", str(case), "--runs", "4000", "--out", "out", "--jobs", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "rvd.cli", *words], stderr=subprocess.PIPE, text=True, cwd=desk
    )
    try:
        for line in process.stderr:  # wait until some runs are flown
            if not line.startswith("0 of") and " of 4000 runs" in line:
                break
        process.send_signal(sent)
        said = process.stderr.read()
        assert process.wait(timeout=60) == code, said
    finally:
        process.kill()
    assert "run the same command again" in said and "Traceback" not in said
    stored = table("out")
    runs = stored["run"].to_pylist()
    assert len(runs) > 0
    # The same command, but for a number of runs that ends: what is stored is taken up, and the rows are the same.
    record = json.loads(campaign(case, "--runs", 8, "--out", "out", "--no-figures", "--json").output)
    assert record["flown"] == 8 - sum(run < 8 for run in runs) and record["runs"] >= 8
    first = table("out").slice(0, 8)
    assert digest(first) == digest(rvd.campaign(short_case(), runs=8).table())
