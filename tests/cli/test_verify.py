import json

import pytest
from click.testing import CliRunner

import rvd
from rvd.cli import main
from tests.short_case import write_short


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("verify")
    rvd.campaign(write_short(home), runs=5, out=home / "out", jobs=1)
    return home / "out"


def test_stored_runs_are_equal_bit_for_bit(folder):
    result = CliRunner().invoke(main, ["verify", str(folder), "--runs", "3"])
    assert result.exit_code == 0 and "3 runs flown again: equal bit for bit" in result.output


def test_for_machines(folder):
    record = json.loads(CliRunner().invoke(main, ["verify", str(folder), "--json"]).output)
    assert record["equal"] is True and record["runs"] == [0, 1, 2, 3, 4] and record["differing"] == []


def test_what_is_no_results_folder_is_refused(tmp_path):
    assert CliRunner().invoke(main, ["verify", str(tmp_path)]).exit_code == 2
