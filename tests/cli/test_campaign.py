import json
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET

import pyarrow.parquet as pq
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
    assert figures == [
        "capture.png",
        "consistency.png",
        "corridor.png",
        "navigation.png",
        "outcomes.png",
        "speed.png",
    ]


def test_dollars_and_underscores_in_names_are_drawn_and_reported(desk):
    text = "a_b^c $x_{$ <b>"
    names = {"title": text, "target.name": f"_{text}", "chaser.name": "$\\frac$", "leg.box.name": "$5 and $6"}
    result = campaign(write_short(desk, {**names, "campaign.runs": 2}), "--out", "out")
    assert result.exit_code == 3, result.stderr
    assert len(list((desk / "out" / "figures").iterdir())) == 6
    reported = CliRunner().invoke(main, ["report", "out", "--flights", "0", "--quiet"])
    assert reported.exit_code == 3, reported.stderr
    assert "a_b^c $x_{$ &lt;b&gt;" in (desk / "out" / "report.html").read_text(encoding="utf-8")


def test_for_machines_the_counts_add_up(desk):
    result = campaign(
        write_short(desk, TIGHT), "--json", "--no-figures", "--out", "here", "--junit", "verdict.xml"
    )
    record = json.loads(result.output)
    assert result.stderr == ""  # no progress
    assert sum(record["outcomes"].values()) == record["runs"] == record["asked"] == record["flown"] == 12
    assert record["success"]["good"] == record["outcomes"]["captured"]
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
    first = campaign(case, "--runs", 4, "--shard", "1/2", "--out", "out", "--junit", "part.xml")
    assert first.exit_code == 3 and "2 of 4 runs are flown: no verdict yet" in first.output
    suite = ET.parse(desk / "part.xml").getroot()
    assert suite.get("tests") == suite.get("errors") == str(len(short_case().require))
    assert {test[0].get("message") for test in suite} == {"2 of 4 runs are flown: no verdict yet"}
    told = json.loads(campaign(case, "--runs", 4, "--shard", "1/2", "--out", "out", "--json").output)
    assert told["findings"] == [] and told["complete"] is False
    assert campaign(case, "--runs", 4, "--shard", "2/2", "--out", "out", "--no-figures").exit_code == 3
    refused = campaign(case, "--shard", "3/2")
    assert refused.exit_code == 2 and "1/8" in refused.stderr


def test_a_stuck_nozzle_leaves_runs_without_a_release(desk):
    """Half the runs have one: called off before they are released, they fail what is asked of releases, and hold null.

    They broke the rule of speed before that, which ended none of them.
    """
    slow = {"what": "release_speed", "at_most": 0.006, "share": 0.5}
    stuck = {"disperse.chaser.thrusters.fault.RA7": {"choice": ["none", "stuck-on"], "weights": [1, 1]}}
    asked = [slow, {**slow, "of": "captured"}, {**slow, "of": "exists"}, {**slow, "of": "contact"}]
    case = write_short(desk, {**stuck, "require": asked})
    words = ("--runs", 12, "--no-figures", "--out", "out", "--junit", "verdict.xml")
    said = campaign(case, *words).output
    record = json.loads(campaign(case, *words, "--json").output)
    released = record["outcomes"]["captured"]
    assert 0 < released < 12 and set(record["outcomes"]) == {"captured", "aborted"}
    assert (
        f"{released} of 12 runs" in said and f"{12 - released} of them without a value, which fails" in said
    )
    assert f"{released} of the {released} of 12 runs that were captured" in said
    assert f"{released} of the {released} of 12 runs in which it exists" in said
    assert "nothing to judge: of 12 runs there are none that touched the target" in said
    judged = [(finding["runs"], finding["failures"], finding["flown"]) for finding in record["findings"]]
    assert judged == [(12, 12 - released, 12), (released, 0, 12), (released, 0, 12), (0, 0, 12)]
    assert [finding["judgement"] for finding in record["findings"]][1:] == ["MET", "MET", "UNDECIDED"]
    runs = pq.read_table(desk / "out" / "runs")
    assert runs["rules_kept"].to_pylist() == runs["captured"].to_pylist()
    assert {*runs["broken_word"].to_pylist()} == {None, "speed"} and "Rules broken" in said
    assert {leg for leg in runs["broken_leg_word"].to_pylist() if leg} == {"box"}
    assert {leg for leg in runs["reason_leg_word"].to_pylist() if leg} == {"box"}
    speeds = runs["release_speed"]
    assert speeds.null_count == 12 - released and max(speeds.drop_null().to_pylist()) < 0.006
    (row,) = [row for row in record["percentiles"] if row["quantity"] == "release: speed"]
    assert (int(row["runs"]), int(row["of"])) == (released, 12) and float(row["least"]) > 0.0
    assert ET.parse(desk / "verdict.xml").getroot().get("errors") != "0"


@pytest.mark.parametrize("part", ["1/2", "2/2"])
def test_a_report_on_a_part_gives_no_verdict(desk, part):
    """Every run is captured, and still nobody knows of the others."""
    case = write_short(desk, {"require": [{"what": "captured", "at_least": 1.0}]})
    assert campaign(case, "--runs", 4, "--shard", part, "--out", "out", "--quiet").exit_code == 3
    told = CliRunner().invoke(main, ["report", "out", "--flights", "0", "--json", "--jobs", "1"])
    record = json.loads(told.output)
    assert told.exit_code == 3 and record["complete"] is False
    assert [finding["judgement"] for finding in record["findings"]] == ["UNDECIDED"]
    assert "no verdict yet" in record["findings"][0]["sentence"]
    assert "The case asks for nothing" not in (desk / "out" / "report.html").read_text()


def test_runs_beyond_a_gap_do_not_make_up_for_those_missing(desk):
    """Six runs of ten asked for, the last three; then the first three of six: as many, but not those."""
    case = write_short(desk)
    assert campaign(case, "--runs", 9, "--shard", "3/3", "--out", "out", "--quiet").exit_code == 3
    half = campaign(case, "--runs", 6, "--shard", "1/2", "--out", "out", "--quiet", "--json")
    record = json.loads(half.output)
    assert half.exit_code == 3 and (record["runs"], record["asked"], record["findings"]) == (3, 6, [])


def test_it_stops_when_decided(desk):
    asked = [{"what": "captured", "at_least": 0.9}]
    case = write_short(desk, {"goal.half_width": [0.01, 0.01, 0.01], "require": asked})
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
        assert process.wait() == code, said
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


TABLE = "run,start.vbar,start.rbar\n" + "".join(f"{k},{0.05 * k},{10.0 + 0.02 * k}\n" for k in range(6))


def given_table(desk, text=TABLE, name="t.csv"):
    (desk / "elsewhere").mkdir(exist_ok=True)
    (desk / "elsewhere" / name).write_text(text)
    return desk / "elsewhere" / name


def test_a_table_of_draws_is_flown_as_given(desk):
    case, draws = write_short(desk, {"campaign.runs": 6}), given_table(desk)
    words = (case, "--draws", draws, "--no-figures", "--json", "--out", "out")
    first = json.loads(campaign(*words).output)
    assert first["flown"] == 6
    rows = table("out")
    assert rows["start.vbar"].to_pylist() == [0.05 * k for k in range(6)]
    assert rows["start.rbar"].to_pylist() == [10.0 + 0.02 * k for k in range(6)]
    assert len({round(x, 6) for x in rows["chaser.mass"].to_pylist()}) == 6  # the rest is drawn
    assert json.loads(campaign(*words).output)["flown"] == 0
    # The folder stands alone: its case names its own copy of the table.
    draws.rename(desk / "gone.csv")
    assert 'draws = "parts/t.csv"' in (desk / "out" / "case.toml").read_text()
    verified = CliRunner().invoke(main, ["verify", "out"])
    assert verified.exit_code == 0 and "same machine" in verified.output
    alone = CliRunner().invoke(main, ["fly", "out/case.toml", "--run", "3", "--json", "--out", "alone"])
    assert json.loads(alone.output)["result"]["release_speed"] == rows["release_speed"][3].as_py()
    # Another table is another campaign.
    other = campaign(case, "--draws", given_table(desk, TABLE.replace("0.05", "0.06")), "--out", "out")
    assert other.exit_code == 2 and "parts.parts/t.csv" in other.stderr


def test_the_case_may_name_its_draws(desk):
    (desk / "t.csv").write_text(TABLE)
    case = write_short(desk, {"campaign.runs": 6})
    case.write_text(case.read_text().replace("[campaign]\n", '[campaign]\ndraws = "t.csv"\n'))
    assert campaign(case, "--no-figures", "--quiet", "--out", "out").exit_code == 3
    assert table("out")["start.vbar"].to_pylist() == [0.05 * k for k in range(6)]
    assert (desk / "out" / "t.csv").read_text() == TABLE
    beyond = CliRunner().invoke(main, ["fly", str(case), "--run", "6"])
    assert beyond.exit_code == 2 and "t.csv: has 6 rows, 7 runs were asked for" in beyond.stderr
    said = CliRunner().invoke(main, ["check", str(case)])
    assert "what t.csv has a column for: as it is given there" in said.output


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (TABLE.replace("start.vbar", "start.vber"), "t.csv", "did you mean 'start.vbar'"),
        (TABLE.replace("0.05,", "nan,"), "t.csv", "start.vbar: has no finite number for run 1"),
        (TABLE.replace("\n3,", "\n4,"), "t.csv", "run: does not count up from 0; sort the lines by run"),
        (TABLE.rsplit("\n", 2)[0], "t.csv", "has 5 rows, 6 runs were asked for; ask for --runs 5"),
        (TABLE, "t.parquet", "is no parquet table"),
        (TABLE, "t.txt", "a table of draws is .csv or .parquet, not .txt"),
        (None, "t.csv", "does not exist"),
    ],
)
def test_a_table_that_cannot_be_flown_is_one_sentence(desk, text, name, said):
    case = write_short(desk, {"campaign.runs": 6})
    draws = given_table(desk, text, name) if text else desk / name
    result = campaign(case, "--draws", draws, "--out", "out")
    assert result.exit_code == 2 and said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1 and not (desk / "out").exists()


def test_tables_from_outside_the_cases_folder_stay_out_of_reach_of_the_results(desk):
    case = write_short(desk)
    (desk / "cases").mkdir()
    text = case.read_text().replace('"parts/htv_rcs.csv"', '"../parts/htv_rcs.csv"')
    (desk / "cases" / "mine.toml").write_text(text)
    before = files(desk)
    assert (
        campaign("cases/mine.toml", "--runs", 2, "--no-figures", "--quiet", "--out", "deep/out").exit_code
        == 3
    )
    assert {path for path in files(desk) if "out" not in path.parts} == set(before)
    assert 'thrusters = "parts/htv_rcs.csv"' in (desk / "deep" / "out" / "case.toml").read_text()
    assert CliRunner().invoke(main, ["verify", "deep/out"]).exit_code == 0


def test_runs_may_be_spread_evenly(desk):
    case = write_short(desk, {"campaign.sampling": "latin-hypercube", "campaign.runs": 8})
    result = campaign(case, "--no-figures", "--quiet", "--out", "out")
    assert "latin-hypercube sampling: the bounds assume independent runs" in result.output
    beyond = CliRunner().invoke(main, ["fly", str(case), "--run", "8"])
    assert beyond.exit_code == 2 and "a Latin hypercube of 8 runs has no run 8" in beyond.stderr
    many = campaign(case, "--runs", 300_000, "--out", "many")
    assert many.exit_code == 2 and "has 200,000 runs at the most, 300,000 were asked for" in many.stderr


def test_a_verdict_that_cannot_be_written_is_one_sentence(desk):
    (desk / "taken").write_text("mine")
    words = ("--runs", 2, "--no-figures", "--quiet", "--out", "out", "--junit", "taken/verdict.xml")
    result = campaign(write_short(desk), *words)
    assert result.exit_code == 2 and len(result.stderr.strip().splitlines()) == 1


def test_batches_that_share_a_value_are_judged_one_by_one(desk):
    asked = [{"what": "propellant_used", "at_most": 300.0, "share": 0.5}]
    case = write_short(desk, {"require": asked, "disperse.chaser.mass": {"normal": "0.5 %", "every": 4}})
    result = campaign(case, "--no-figures", "--quiet", "--json", "--out", "out")
    (finding,) = json.loads(result.output)["findings"]
    assert [batch[:3] for batch in finding["batches"]] == [[0, 4, 0], [4, 8, 0], [8, 12, 0]]
    assert "propellant_used at most 300 kg in at least 50 % of runs" in finding["sentence"]
    assert finding["judgement"] == "MET" and result.exit_code == 0
    page = CliRunner().invoke(main, ["report", "out", "--flights", "1", "--quiet"])
    assert page.exit_code == 0 and "Batches (3 of 3, the worst first)" in page.output
