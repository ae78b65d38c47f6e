import json

import pytest
from click.testing import CliRunner

import rvd
from rvd.cli import main
from rvd.errors import StoreError
from rvd.montecarlo.run import run_campaign
from tests.montecarlo.cheap import CheapFlyer, plan


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("exported") / "mine"
    run_campaign(plan(), CheapFlyer(), 7, 30, jobs=1, out=path)
    return path


def export(*words):
    return CliRunner().invoke(main, ["export", *map(str, words)])


def test_one_table_in_every_kind_of_file(folder):
    result = export(folder, "--csv", "--parquet", "--mat")
    assert result.exit_code == 0 and result.output.endswith("30 runs\n")
    files = sorted(path.name for path in (folder / "export").iterdir())
    assert files == ["columns.csv", "runs.csv", "runs.mat", "runs.parquet"]
    lines = (folder / "export" / "runs.csv").read_text().splitlines()
    assert len(lines) == 31 and lines[1].startswith("0,")
    # The folder is what it was: its rows are read, and the campaign goes on.
    done = run_campaign(plan(), CheapFlyer(), 7, 31, jobs=1, out=folder)
    assert done.flown == 1 and rvd.export(folder, ["csv"]).runs == 31


def test_elsewhere_and_for_machines(folder, tmp_path):
    record = json.loads(export(folder, "--csv", "--out", tmp_path / "new", "--json").output)
    assert record["runs"] == record["asked"] >= 30
    assert [path.rsplit("/", 1)[1] for path in record["written"]] == ["runs.csv", "columns.csv"]


def test_an_unfinished_campaign_is_said_to_be_one(tmp_path):
    run_campaign(plan(), CheapFlyer(), 7, 30, jobs=1, out=tmp_path, shard=(1, 2))
    assert export(tmp_path, "--csv").output.endswith("15 of 30 runs: the campaign is not finished\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "say what to write: --csv, --parquet or --mat."), (("--csv",), "holds no results of a campaign")],
)
def test_nothing_to_write_and_nothing_to_read_are_one_sentence(tmp_path, words, said):
    result = export(tmp_path, *words)
    assert result.exit_code == 2
    assert said in result.output + str(result.exception)


def test_nothing_is_written_where_a_link_leads_out_of_the_folder(tmp_path):
    run_campaign(plan(), CheapFlyer(), 7, 5, jobs=1, out=tmp_path / "mine")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "mine" / "export").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="leads out of the folder by a link"):
        rvd.export(tmp_path / "mine", ["csv"])
    assert not list((tmp_path / "elsewhere").iterdir())
