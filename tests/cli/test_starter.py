import json

import pytest
from click.testing import CliRunner

from rvd.cli import main
from rvd.cli.starter import copy, parts, shelf, starters


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*words):
    return CliRunner().invoke(main, ["new", *words])


def test_the_starter_cases_are_those_on_the_shelf():
    assert "htv_berthing" in starters()


@pytest.mark.parametrize("name", starters())
def test_a_starter_case_is_copied_with_all_it_names_and_loads_there(desk, name):
    result = new(name)
    assert result.exit_code == 0 and f"wrote {name}.toml" in result.output
    source = shelf() / f"{name}.toml"
    for path in [source.relative_to(shelf()), *parts(source)]:
        assert (desk / path).read_bytes() == (shelf() / path).read_bytes()
    from rvd.case import load
    from rvd.montecarlo.mission import Mission

    Mission(load(desk / f"{name}.toml"))


def test_nothing_is_overwritten(desk):
    (desk / "htv_berthing.toml").write_text("mine")
    result = new("htv_berthing")
    assert result.exit_code == 2 and "is there already" in result.stderr
    assert [p.name for p in desk.iterdir()] == ["htv_berthing.toml"]
    assert (desk / "htv_berthing.toml").read_text() == "mine"


def test_an_own_table_of_the_same_name_stops_it_before_anything_is_copied(desk):
    (desk / "parts").mkdir()
    (desk / "parts" / "htv_rcs.csv").write_text("mine")
    assert new("htv_berthing").exit_code == 2
    assert not (desk / "htv_berthing.toml").exists()
    assert (desk / "parts" / "htv_rcs.csv").read_text() == "mine"


def test_a_table_that_is_there_already_the_same_is_no_hindrance(desk):
    (desk / "parts").mkdir()
    (desk / "parts" / "htv_rcs.csv").write_bytes((shelf() / "parts" / "htv_rcs.csv").read_bytes())
    assert [p.name for p in copy("htv_berthing", desk)] == ["htv_berthing.toml"]


def test_another_name_is_told_what_there_is(desk):
    result = new("htv_birthing")
    assert result.exit_code == 2 and "did you mean 'htv_berthing'" in result.stderr
    assert "htv_berthing" in new("zzz").stderr
    assert list(desk.iterdir()) == []


def test_for_machines(desk):
    written = json.loads(new("htv_berthing.toml", "--json").output)["written"]
    assert sorted(written) == ["htv_berthing.toml", "parts/htv_rcs.csv"]
