import json

import pytest
from click.testing import CliRunner

import rvd
from rvd.cli import main
from tests.short_case import TIGHT, write_short


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("report")
    rvd.campaign(write_short(home, TIGHT), out=home / "out", jobs=1)
    return home / "out"


def report(*words):
    return CliRunner().invoke(main, ["report", *map(str, words)])


def test_the_report_says_the_verdict_and_where_the_page_is(folder):
    result = report(folder, "--flights", 2, "--jobs", 1)
    assert result.exit_code in (1, 3), result.stderr
    for wanted in ("Outcomes", "Requirements", "Percentiles", "Captured", f"wrote {folder / 'report.html'}"):
        assert wanted in result.output
    assert (
        "1 of 1 flights flown again" in result.stderr
    )  # the nominal one: the campaign kept the others' lines


def test_for_machines(folder, tmp_path):
    result = report(
        folder, "--flights", 0, "--json", "--out", tmp_path / "new", "--format", "png", "--format", "pdf"
    )
    record = json.loads(result.output)
    assert result.stderr == ""
    assert (record["success"]["word"], record["success"]["runs"]) == ("captured", 12)
    assert len(record["figures"]) == 12
    assert {row["outcome"] for row in record["tables"]["Outcomes"]} >= {"captured", "all"}
    assert (tmp_path / "new" / "report.html").exists() and not (folder / "figures" / "corridor.pdf").exists()


def test_what_is_no_results_folder_is_refused(tmp_path):
    for place in (tmp_path, tmp_path / "none"):
        result = report(place)
        assert result.exit_code == 2 and len(result.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_folder_is_refused(folder, tmp_path):
    import shutil

    shutil.copytree(folder, tmp_path / "copy", ignore=shutil.ignore_patterns("report.html"))
    shard = next((tmp_path / "copy" / "runs").glob("*.parquet"))
    content = shard.read_bytes()
    shard.write_bytes(content[: len(content) // 2])
    result = report(tmp_path / "copy")
    assert result.exit_code == 2 and shard.name in result.stderr
    assert not (tmp_path / "copy" / "report.html").exists()
