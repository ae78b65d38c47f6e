import json

import pytest
from click.testing import CliRunner

from rvd.casefile import load
from rvd.cli import main
from rvd.cli.starter import lacks, shelf, starters
from rvd.montecarlo.mission import Mission


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words):
    return CliRunner().invoke(main, list(words))


def test_the_starter_cases_are_those_on_the_shelf():
    assert "htv_berthing" in starters()


@pytest.mark.parametrize("name", starters())
def test_a_starter_case_is_copied_and_loads_there(desk, name):
    result = call("new", name)
    assert result.exit_code == 0 and f"wrote {name}.toml" in result.output
    assert (desk / f"{name}.toml").read_bytes() == (shelf() / f"{name}.toml").read_bytes()
    Mission(load(desk / f"{name}.toml"))


def test_nothing_is_overwritten(desk):
    (desk / "htv_berthing.toml").write_text("mine")
    result = call("new", "htv_berthing")
    assert result.exit_code == 2 and "is there already" in result.stderr
    assert (desk / "htv_berthing.toml").read_text() == "mine"


def test_another_name_is_told_what_there_is(desk):
    result = call("new", "htv_birthing")
    assert result.exit_code == 2 and "did you mean 'htv_berthing'" in result.stderr
    assert "htv_berthing" in call("new", "zzz").stderr
    assert list(desk.iterdir()) == []


def test_for_machines(desk):
    assert json.loads(call("new", "htv_berthing.toml", "--json").output)["written"] == ["htv_berthing.toml"]
    listed = json.loads(call("new", "--json").output)
    assert (
        "htv_berthing" in listed["cases"]
        and listed["parts"] == json.loads(call("parts", "--json").output)["parts"]
    )


# ---- of parts

PARTS = ("--target", "iss", "--chaser", "htv", "--goal", "arm-box")


def test_the_parts_are_listed_with_what_they_are_for():
    lines = call("parts").output.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["arm-box", "goal"],
        ["atv", "chaser"],
        ["crew-dragon", "chaser"],
        ["cygnus", "chaser"],
        ["dragon-1", "chaser"],
        ["htv", "chaser"],
        ["idss", "goal"],
        ["iss", "target"],
        ["probe-drogue", "goal"],
        ["rocket-stage", "target"],
        ["servicer", "chaser"],
    ]
    assert "Kounotori" in call("new").output and "htv_berthing" in call("new").output


@pytest.mark.parametrize(
    ("chaser", "name"), [("htv", "HTV-4"), ("cygnus", "Cygnus"), ("dragon-1", "Dragon 1")]
)
def test_a_case_is_made_of_parts_and_remarks_nothing(desk, chaser, name):
    result = call("new", "mine", "--target", "iss", "--chaser", chaser, "--goal", "arm-box")
    assert result.exit_code == 0 and "wrote mine.toml" in result.output
    case = load(desk / "mine.toml")
    assert (case.title, case.target.name, case.chaser.name) == ("mine", "ISS", name)
    assert "Remarks" not in call("check", "mine.toml", "--no-fly").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--target", "iss"), "A case of parts needs --chaser, --goal too."),
        (("--target", "htv", *PARTS[2:]), "there is no target 'htv' among the parts; there are iss"),
        (
            (*PARTS[:4], "--goal", "arm-bax"),
            "there is no goal 'arm-bax' among the parts; did you mean 'arm-box'",
        ),
    ],
)
def test_what_is_no_part_is_one_sentence_and_nothing_is_written(desk, words, said):
    result = call("new", "mine", *words)
    assert result.exit_code == 2 and said in result.stderr
    assert list(desk.iterdir()) == []


@pytest.mark.parametrize("name", ["", ".toml", 'a"b', "../mine", "a\nb", "x" * 70])
def test_a_name_that_is_none_is_refused(desk, name):
    result = call("new", name, *PARTS)
    assert result.exit_code == 2 and "is no name for a case" in result.stderr and list(desk.iterdir()) == []


def test_a_name_is_text_wherever_it_stands(desk):
    assert call("new", "a goal", *PARTS).output.endswith("next: rvd check 'a goal.toml'\n")
    assert load(desk / "a goal.toml").title == "a goal"


def test_parts_without_a_name_are_refused(desk):
    assert "needs a NAME too" in call("new", *PARTS).stderr


def test_a_name_stays_in_this_folder(desk):
    assert call("new", "../mine", *PARTS).exit_code == 2
    assert not (desk.parent / "mine.toml").exists()


def test_a_copy_of_a_starter_lacks_nothing(desk):
    assert (
        call("new", "htv_berthing").output == "wrote htv_berthing.toml\nnext: rvd check htv_berthing.toml\n"
    )


def test_what_the_parts_lack_of_the_skeleton_is_said():
    chosen = {"target": "iss", "chaser": "htv", "goal": "arm-box"}
    assert lacks(chosen) == ""
    lacking = lacks({**chosen, "chaser": "iss"})
    assert lacking.startswith("The parts have no [mode.far], [mode.near], [mode.drift], [nozzles.burn]")
    assert lacking.endswith("write them, or name others in the legs.")


def test_a_goal_that_is_no_berthing_is_led_elsewhere(desk):
    result = call("new", "mine", "--target", "iss", "--chaser", "crew-dragon", "--goal", "idss")
    assert result.exit_code == 2 and "begin with rvd new crew_dragon_docking" in result.output
    assert not list(desk.iterdir())
