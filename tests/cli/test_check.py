import json

import pytest
from click.testing import CliRunner

from rvd.cli import main
from rvd.core.flight.scalar import fly
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
        "each isolated by one valve: branch A (16 nozzles), branch B (16 nozzles)",
    ):
        assert wanted in result.output


def test_for_machines_every_value_has_its_unit():
    record = json.loads(check(HTV, "--json").output)
    assert record["values"]["chaser"]["mass"] == "15500.0 kg"
    assert record["values"]["schema"] == 2
    assert record["branches"]["A"][:2] == ["FA1", "FA2"] and len(record["branches"]["B"]) == 16


def test_of_a_plan_that_works_nothing_is_remarked():
    assert "Remarks" not in check(HTV, "--no-fly").output
    assert json.loads(check(HTV, "--no-fly", "--json").output)["remarks"] == []


def test_what_will_not_work_is_remarked_with_its_line_and_exits_with_zero(broken):
    case = broken('speed    = "0.14 m/s"', 'speed    = "0.2 m/s" ')
    result = check(case, "--no-fly")
    assert result.exit_code == 0 and result.stderr == ""
    line = next(k for k, text in enumerate(case.read_text().splitlines(), 1) if '"0.2 m/s"' in text)
    remark = next(text for text in result.output.splitlines() if '"climb to 30 m" flies at 0.2 m/s' in text)
    assert f"case.toml:{line}: " in remark and "where the rule allows 0.167 m/s" in remark
    (record,) = json.loads(check(case, "--no-fly", "--json").output)["remarks"]
    assert record["line"] == line and record["key"].endswith("speed") and record["remedy"] == "write less"


def told_exactly(case):
    """The lines of what is told exactly, and the same for machines."""
    lines = check(case, "--no-fly").output.partition("\nTold exactly\n")[2].partition("\n\n")[0].splitlines()
    record = json.loads(check(case, "--no-fly", "--json").output)["told_exactly"]
    return lines, {one["key"]: one for one in record}


def test_what_is_told_exactly_is_listed_until_it_is_drawn(broken):
    lines, record = told_exactly(HTV)
    assert (
        len(lines) <= 16
        and "target.attitude: deadband 0.3 deg each; period 15 min, 1,100 s, 1,300 s" in lines[3]
    )
    assert record["chaser.tank"] == {"key": "chaser.tank", "value": "2.5 m aft", "path": "chaser.tank"}
    assert record["sensors.laser.where"]["path"] is None
    drawn = '"start.attitude"  = { normal = "0.2 deg" }\n"target.attitude.period" = { normal = "2 %" }'
    lines, less = told_exactly(broken('"start.attitude"             = { normal = "0.2 deg" }', drawn))
    assert set(record) - set(less) == {"target.attitude.period"}
    assert "  target.attitude: deadband 0.3 deg each" in lines[3] and "period" not in lines[3]


def test_what_a_table_of_draws_gives_is_not_told_exactly(tmp_path):
    case = write_short(tmp_path)
    case.write_text(case.read_text().replace("[campaign]\n", '[campaign]\ndraws = "draws.csv"\n', 1))
    (tmp_path / "draws.csv").write_text("chaser.tank.0\n" + "-2.5\n" * 12)
    _, record = told_exactly(case)
    assert "chaser.tank.1" in record and not {"chaser.tank", "chaser.tank.0"} & set(record)


def test_a_hopeless_orbit_is_refused(broken):
    result = check(broken('{ use = "iss" }', '{ use = "iss", eccentricity = 0.05 }'))
    why = "must be at most 0.002 (guidance takes the orbit as a circle), not 0.05"
    assert result.exit_code == 2 and why in result.stderr


def test_the_nominal_flight_is_flown_where_asked_and_says_how_it_ends(tmp_path):
    case = write_short(tmp_path)
    result = check(case, "--fly")
    assert result.exit_code == 0
    last = result.output.strip().splitlines()[-1]
    assert (
        last.startswith("The nominal flight: the grapple fixture stayed in the capture box")
        and '"free drift"' in last
    )
    record = json.loads(check(case, "--fly", "--json").output)["nominal"]
    assert record["outcome"] == "captured" and record["leg"] == "free drift"
    left = check(write_short(tmp_path, {"goal.half_width": [0.01, 0.01, 0.01]}, "left.toml"), "--fly")
    assert (
        left.exit_code == 0 and "The nominal flight: the grapple fixture left the capture box" in left.output
    )


def test_a_rule_that_the_nominal_flight_breaks_is_said_by_its_name(tmp_path):
    slow = {"rules.too_slow": {"kind": "speed", "steps": [{"within": 1000.0, "at_most": 1e-6}]}}
    case = write_short(tmp_path, slow)
    said = check(case, "--fly").output.strip().splitlines()
    assert said[-2].startswith("The nominal flight: the grapple fixture stayed in the capture box")
    assert said[-1].startswith('The rule "too_slow" was broken, by ') and " m/s at the worst" in said[-1]
    record = json.loads(check(case, "--fly", "--json").output)["nominal"]
    assert record["outcome"] == "captured" and '"too_slow"' in record["broken"]


def test_what_would_have_to_be_compiled_is_flown_only_where_asked(tmp_path, monkeypatch):
    case = write_short(tmp_path)
    flown = []
    ended = {"sentence": "flown", "broken": None}
    monkeypatch.setattr("rvd.cli.check.nominal_end", lambda mission: flown.append(1) or ended)
    for compiled, words, count in (
        (False, [], 0),
        (True, [], 1),
        (True, ["--no-fly"], 1),
        (False, ["--fly"], 2),
    ):
        monkeypatch.setattr(fly, "is_compiled", lambda compiled=compiled: compiled)
        result = check(case, *words)
        assert len(flown) == count
        assert ("rvd check --fly" in result.output) == (not compiled and not words)


HTV_PART = '{ use = "htv" }'


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
        (HTV_PART, HTV_PART.replace("}", ', maas = "15500 kg" }'), "chaser.maas", "mass"),
        (HTV_PART, HTV_PART.replace("}", ", mass = 15500 }"), "chaser.mass", '"15500 kg"'),
        (HTV_PART, HTV_PART.replace("}", ', mass = "-15500 kg" }'), "chaser.mass", "15500 kg"),
        (HTV_PART, HTV_PART.replace("}", ', mass = "15500 m" }'), "chaser.mass", "kg"),
        (HTV_PART, '{ use = "htw" }', "chaser.use", '"htv"'),
        ('law      = "two-impulse"', 'law      = "two-impulses"', "law", "two-impulse"),
        (HTV_PART, HTV_PART.replace("}", ', thrusters = "parts/none.csv" }'), "chaser.thrusters", ""),
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


@pytest.mark.parametrize(
    ("title", "code", "said"),
    [
        ("$\\\\frac$ x", 0, "$\\frac$ x"),
        ("a_b^c $x_{$", 0, "a_b^c $x_{$"),
        ("saves $5 per run and $6 later", 0, "saves $5 per run and $6 later"),
        ("<script>alert(1)</script>", 0, "<script>alert(1)</script>"),
        ("{title} %s {0}", 0, "{title} %s {0}"),
        ("abc \u202e evil", 0, r"abc \u202e evil"),
        ("東京 😀 é", 0, "東京 😀 é"),
        ("x" * 20_000, 2, "title: a text of 20,000 characters; write at most 200"),
        (r"\u001b[2J\u0007", 2, "holds a control character (U+001B)"),
        (r"two\nlines", 2, "holds a line break"),
    ],
)
def test_a_title_is_text_or_one_sentence(broken, title, code, said):
    result = check(broken('"HTV-4 R-bar berthing"', f'"{title}"'), "--no-fly")
    assert result.exit_code == code and said in (result.stderr if code else result.output)
    assert len(result.stderr.splitlines()) == (1 if code else 0) and len(result.stderr) < 400
    assert all(letter.isprintable() or letter in "\n\t" for letter in result.output)
