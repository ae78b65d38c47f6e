import json

import pytest
from click.testing import CliRunner

from rvd.cli import main
from tests.short_case import HTV, write_short


def check(*words):
    return CliRunner().invoke(main, ["check", *map(str, words)])


def test_a_case_is_said_back_in_words():
    result = check(HTV)
    assert result.exit_code == 0
    for wanted in (
        "HTV-4 R-bar berthing",
        "5,000 m behind",
        "500 m below",
        "captured in at least 99.73 % of runs",
    ):
        assert wanted in result.output


def test_for_machines_every_value_has_its_unit():
    record = json.loads(check(HTV, "--json").output)
    assert record["values"]["chaser"]["mass"] == "15500.0 kg"
    assert record["values"]["schema"] == 1


@pytest.fixture
def broken(tmp_path):
    """Writes the HTV case with one piece of text in another's place."""

    def write(old: str, new: str):
        text = HTV.read_text()
        assert old in text
        (tmp_path / "parts").mkdir()
        table = (HTV.parent / "parts" / "htv_rcs.csv").read_text()
        (tmp_path / "parts" / "htv_rcs.csv").write_text(table)
        (tmp_path / "case.toml").write_text(text.replace(old, new, 1))
        return tmp_path / "case.toml"

    return write


@pytest.mark.parametrize(
    ("old", "new", "key", "remedy"),
    [
        ('\nmass             = "15500 kg"', '\nmaas             = "15500 kg"', "chaser.maas", "mass"),
        ('mass             = "15500 kg"', "mass             = 15500", "chaser.mass", '"15500 kg"'),
        ('mass             = "15500 kg"', 'mass             = "-15500 kg"', "chaser.mass", "15500 kg"),
        ('mass             = "15500 kg"', 'mass             = "15500 m"', "chaser.mass", "kg"),
        ('law      = "two-impulse"', 'law      = "two-impulses"', "law", "two-impulse"),
        (
            'thrusters        = "parts/htv_rcs.csv"',
            'thrusters        = "parts/none.csv"',
            "chaser.thrusters",
            "",
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_file_key_and_remedy(broken, old, new, key, remedy):
    case = broken(old, new)
    before = case.read_bytes()
    result = check(case)
    assert result.exit_code == 2 and result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert str(case.parent) in result.stderr and key in result.stderr and remedy in result.stderr
    assert case.read_bytes() == before


def test_a_table_of_nozzles_with_a_missing_column_is_refused(tmp_path):
    case = write_short(tmp_path)
    table = tmp_path / "parts" / "htv_rcs.csv"
    lines = [line for line in table.read_text().splitlines() if not line.startswith("#")]
    column = lines[0].split(",").index(next(n for n in lines[0].split(",") if "thrust" in n))
    cut = [",".join(w for k, w in enumerate(line.split(",")) if k != column) for line in lines]
    table.write_text("\n".join(cut) + "\n")
    result = check(case)
    assert result.exit_code == 2 and "htv_rcs.csv" in result.stderr and "thrust" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_case_that_is_not_there(tmp_path):
    result = check(tmp_path / "none.toml")
    assert result.exit_code == 2 and "does not exist" in result.stderr


def test_the_attainable_wrench_is_said_and_drawn_where_asked(tmp_path):
    result = check(HTV, "--wrench", "--out", tmp_path / "new")
    assert (
        result.exit_code == 0
        and "Attainable wrench" in result.output
        and "any one nozzle out" in result.output
    )
    assert (tmp_path / "new" / "wrench.png").exists()
    record = json.loads(check(HTV, "--wrench", "--json").output)
    assert {row["nozzles"] for row in record["wrench"]} >= {"all", "string A", "string B"}
    assert check(HTV, "--out", tmp_path).exit_code == 2
