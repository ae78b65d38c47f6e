import json

from click.testing import CliRunner

from rvd.cli import main
from tests.short_case import write_short


def test_what_a_flight_needs_is_compiled_once_and_it_says_how_long_it_took(tmp_path):
    case = write_short(tmp_path)
    first = CliRunner().invoke(main, ["warmup", str(case)])
    assert first.exit_code == 0 and "flights begin at once" in first.output
    record = json.loads(CliRunner().invoke(main, ["warmup", str(case), "--json"]).output)
    assert record["compiled"] == 0 and record["seconds"] > 0.0 and "kernels-" in record["kept"]


def test_a_case_that_cannot_be_flown_is_one_sentence(tmp_path):
    result = CliRunner().invoke(main, ["warmup", str(tmp_path / "none.toml")])
    assert result.exit_code == 2 and "the case file does not exist" in result.stderr
