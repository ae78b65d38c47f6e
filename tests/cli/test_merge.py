import json

import pytest
from click.testing import CliRunner

import rvd
from rvd.cli import main
from rvd.store import digest, table
from tests.short_case import write_short


def merge(*words):
    return CliRunner().invoke(main, ["merge", *map(str, words)])


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A campaign of 9 runs, flown whole, and in three parts into folders of their own."""
    home = tmp_path_factory.mktemp("merge")
    case = write_short(home)
    rvd.campaign(case, runs=9, out=home / "whole", jobs=1)
    for part in (1, 2, 3):
        rvd.campaign(case, runs=9, out=home / f"part{part}", jobs=1, shard=(part, 3))
    rvd.campaign(case, runs=9, seed=99, out=home / "seed99", jobs=1, shard=(3, 3))
    return home


def test_parts_flown_apart_become_the_campaign(desk, tmp_path):
    out = tmp_path / "out"
    some = merge(desk / "part1", desk / "part3", "--out", out)
    assert some.exit_code == 0 and "6 of 9 runs are in" in some.output and "missing 3 to 5" in some.output
    rest = json.loads(merge(desk / "part2", "--out", out, "--json").output)
    assert rest["runs"] == rest["asked"] == 9 and rest["missing"] == []
    assert digest(table(out)) == digest(table(desk / "whole"))
    assert (out / "case.toml").read_bytes() == (desk / "whole" / "case.toml").read_bytes()
    # It is a results folder like any other, which needs nothing from elsewhere.
    verified = CliRunner().invoke(main, ["verify", str(out)])
    assert verified.exit_code == 0 and "9 runs flown again: equal bit for bit" in verified.output
    more = rvd.campaign(out / "case.toml", runs=10, out=out, jobs=1)
    assert (more.flown, more.runs) == (1, 10)


@pytest.mark.parametrize(
    ("folders", "said"),
    [
        (("part1", "seed99"), "is of another campaign than"),
        (("part1", "part2", "whole"), "holds run 0, and so does"),
        (("part1", "none"), "holds no results of a campaign"),
    ],
)
def test_what_does_not_belong_together_is_one_sentence(desk, tmp_path, folders, said):
    result = merge(*(desk / name for name in folders), "--out", tmp_path / "out")
    assert result.exit_code == 2 and said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1 and not (tmp_path / "out").exists()
