"""Parts: what `use` brings in, who wins, what is refused and with which sentence."""

import shutil

import numpy as np
import pytest

from rvd.casefile import load
from rvd.casefile.parts import part_files
from rvd.errors import CaseError
from rvd.montecarlo.draws import draw_rows
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.parts import kept
from tests.casefile.mutants import read_or_refused
from tests.casefile.small import HTV, SMALL

STATION = """\
title = "a station of mine"
[target]
mass = "1000 kg"
altitude = "500 km"
[rules]
keep_out = "150 m"
[disperse]
"target.drag_coefficient" = { normal = "7 %" }
"""


@pytest.fixture
def small(tmp_path):
    """Writes the short case, a text put into its [target], and parts beside it; gives the case's path."""

    def write(inside="", first="", **parts):
        for name, text in parts.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        shutil.copy(HTV.parent / "parts" / "htv_rcs.csv", tmp_path / "nozzles.csv")
        text = SMALL.replace("[target]\n", f"[target]\n{inside}\n").replace(
            'title = "small"', f'title = "small"\n{first}'
        )
        (tmp_path / "case.toml").write_text(text, encoding="utf-8")
        return tmp_path / "case.toml"

    return write


def refused(path):
    with pytest.raises(CaseError) as caught:
        load(path)
    return str(caught.value)


# ---- what comes in


def test_the_keys_of_the_case_win_and_the_others_come_with_the_part(small):
    case = load(small('use = "mine.toml"', mine=STATION))
    assert case.target.mass == 420000.0, "the case's own"
    assert [entry.path for entry in case.disperse if entry.path.startswith("target")] == [
        "target.drag_coefficient",
        "target.altitude",
    ]
    assert case.parts == (case.folder / "mine.toml",)


def test_a_part_uses_another_and_wins_over_it(small):
    base = "[target]\ndrag_coefficient = 3.0\neccentricity = 0.001\n"
    case = load(
        small(
            'use = "mine.toml"',
            mine=f"{STATION}".replace("[target]", '[target]\nuse = "base.toml"\ndrag_coefficient = 2.5'),
            base=base,
        )
    )
    assert (case.target.drag_coefficient, case.target.eccentricity) == (2.5, 0.001)


def test_of_two_parts_the_later_wins(small):
    one, two = "[target]\ndrag_coefficient = 3.0\n", "[target]\ndrag_coefficient = 2.0\n"
    assert load(small('use = ["one.toml", "two.toml"]', one=one, two=two)).target.drag_coefficient == 2.0


def test_a_list_is_taken_whole(small):
    part = '[target]\n[[command]]\nat = "1 h"\nwhat = "hold"\n[[command]]\nat = "2 h"\nwhat = "resume"\n'
    case = load(small('use = "mine.toml"', mine=part))
    assert [order.at for order in case.command] == [3600.0, 7200.0]


def test_a_file_that_a_part_names_is_found_from_the_part(small, tmp_path):
    (tmp_path / "vehicle").mkdir()
    shutil.copy(HTV.parent / "parts" / "htv_rcs.csv", tmp_path / "vehicle" / "own.csv")
    (tmp_path / "vehicle" / "v.toml").write_text('[chaser]\nthrusters = "own.csv"\n', encoding="utf-8")
    path = small()
    text = path.read_text().replace('thrusters = "nozzles.csv"', 'use = "vehicle/v.toml"')
    path.write_text(text, encoding="utf-8")
    case = load(path)
    assert case.chaser.thrusters == "vehicle/own.csv"


def test_what_is_kept_of_a_case_on_parts_stands_alone(tmp_path):
    case = load(HTV)
    text, tables = kept(case)
    for name, content in tables.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    again = load(tmp_path / "case.toml")
    assert again.parts == () and not any(str(HTV.parent) in line for line in text.splitlines())
    a, b = Mission(case, False), Mission(again, False)
    runs = np.arange(20)
    drawn = [draw_rows(m.plan.draws, m.plan.nominal, 3, runs, m.plan.sampler(20)) for m in (a, b)]
    assert np.array_equal(*drawn)


@pytest.mark.parametrize("name", sorted(part_files()))
def test_every_part_that_ships_says_what_it_is(name):
    text = part_files()[name].read_text(encoding="utf-8")
    assert text.count('\ntitle  = "') == 1 and text.count("\nsource = ") == 1


# ---- what is taken away


def test_what_is_taken_away_is_not_dispersed_either(tmp_path):
    shutil.copy(HTV, tmp_path / "case.toml")
    text = (
        (tmp_path / "case.toml")
        .read_text()
        .replace('limit  = "9 h"', 'limit  = "9 h"\nwithout = ["sensors.gps", "disperse.chaser.mass"]')
    )
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    case = load(tmp_path / "case.toml")
    paths = [entry.path for entry in case.disperse]
    assert case.sensors.gps is None and "chaser.mass" not in paths
    assert not any(path.startswith("sensors.gps") for path in paths) and "chaser.inertia" in paths


def test_taking_away_what_is_not_there_is_refused(small):
    assert refused(small(first='without = ["sensors.lidar"]')).endswith(
        'case.toml:3: without.0: the parts have no "sensors.lidar" to take away; remove it, or correct it.'
    )
    assert "is no place of a case" in refused(small(first="without = [3]"))


def test_what_the_case_says_itself_is_not_taken_away(small):
    own = 'without = ["disperse.target.drag_coefficient"]'
    case = load(small('use = "mine.toml"', first=own, mine=STATION))
    assert "target.drag_coefficient" not in [entry.path for entry in case.disperse]
    path = small('use = "mine.toml"', first=own, mine=STATION)
    line = '[disperse]\n"target.drag_coefficient" = { uniform = [2.0, 2.4] }'
    path.write_text(path.read_text().replace("[disperse]", line), encoding="utf-8")
    (entry,) = [entry for entry in load(path).disperse if entry.path == "target.drag_coefficient"]
    assert entry.kind == "uniform"


def test_a_line_of_disperse_a_place_and_an_attitude_are_taken_whole(small):
    part = STATION + '[abort]\ndv = { hbar = "9 m/s" }\n'
    path = small('use = "mine.toml"', mine=part)
    line = '[disperse]\n"target.drag_coefficient" = { uniform = [2.0, 2.4] }'
    path.write_text(path.read_text().replace("[disperse]", line), encoding="utf-8")
    case = load(path)
    assert case.abort.dv.hbar == 0.0
    assert [e.kind for e in case.disperse if e.path == "target.drag_coefficient"] == ["uniform"]


def test_a_part_may_take_away_too(small):
    base = f'{STATION}[passive]\ndrift = "24 h"\n'
    mine = '[target]\nuse = "base.toml"\n'
    case = load(small('use = "mine.toml"', mine=f'without = ["passive"]\n{mine}', base=base))
    assert case.passive is None


# ---- what is refused


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('use = "is"', 'target.use: there is no part "is"; did you mean "iss"?'),
        ("use = 3", "target.use: 3 names no part; write use ="),
        (
            'use = "gone.toml"',
            'the part "gone.toml" does not exist; the path is taken from the folder of case.toml',
        ),
        ('use = "../gone.toml"', 'the part "../gone.toml" leads out of the folder'),
        ('use = "/etc/gone.toml"', "is not relative to the folder"),
        ('use = "."', "there is no part"),
        ('use = "mine.toml"\n[place]\nuse = "iss"', "[place] uses no part"),
        ('use = "mine.toml"', 'the part "mine.toml" has no [target]; it has [chaser]'),
        ('use = "arm-box"', 'the part "arm-box" has no [target]; it has [goal], [disperse]'),
    ],
)
def test_what_names_no_part_is_one_sentence_at_its_line(small, inside, said):
    path = small(inside, mine='[chaser]\nmass = "3 kg"\n')
    line = path.read_text().splitlines().index(inside.splitlines()[-1]) + 1
    sentence = refused(path)
    assert said in sentence and f"case.toml:{line}: " in sentence and "\n" not in sentence


def test_a_part_that_uses_itself_is_refused_at_its_line(small):
    sentence = refused(
        small('use = "a.toml"', a='[target]\nuse = "b.toml"\n', b='[target]\nuse = "a.toml"\n')
    )
    assert sentence.endswith(
        'b.toml:2: target.use: a part uses itself: "case.toml" uses "a.toml" uses "b.toml" uses "a.toml"; '
        "take one of these lines away."
    )


def test_a_fault_in_a_part_names_the_part_and_its_line(small):
    sentence = refused(small('use = "mine.toml"', mine='[target]\ncolour = "red"\n'))
    assert "mine.toml:2: target.colour: the key is not known" in sentence
    sentence = refused(small('use = "mine.toml"', mine='[target]\neccentricity = "a lot"\n'))
    assert "mine.toml:2: target.eccentricity: " in sentence
    assert "mine.toml:1: this is not TOML" in refused(small('use = "mine.toml"', mine="[target\n"))


def test_a_fault_of_the_case_in_a_table_of_a_part_names_the_case(small):
    path = small('use = "mine.toml"', mine=STATION)
    path.write_text(path.read_text().replace('mass = "420000 kg"', 'mass = "heavy"'), encoding="utf-8")
    assert "case.toml:" in refused(path) and "target.mass" in refused(path)


def test_a_word_where_a_part_belongs_is_told_how_to_use_it(small):
    path = small()
    text = path.read_text()
    i, j = text.index("[chaser]"), text.index("[atmosphere]")
    path.write_text(
        text[:i].replace('title = "small"', 'title = "small"\nchaser = "htv"') + text[j:], encoding="utf-8"
    )
    assert 'chaser: "htv" stands where a table belongs; write chaser = { use = "htv" }' in refused(path)


def test_a_part_of_a_later_schema_is_refused(small):
    sentence = refused(small('use = "mine.toml"', mine=f"schema = 3\n{STATION}"))
    assert "mine.toml:1: schema: the file is written in schema 3, this rvd reads schema 2" in sentence


def test_parts_that_many_use_are_read_once(small):
    """Of twelve levels that each use the next twice."""
    parts = {f"p{k}": f'[target]\nuse = ["p{k + 1}.toml", "p{k + 1}.toml"]\n' for k in range(12)}
    assert load(small('use = "p0.toml"', **parts, p12=STATION)).target.name == "station"


def test_a_case_and_parts_with_accidents_are_read_or_refused_in_sentences(tmp_path):
    """More of them: `python -m validation.endurance.mutated`."""
    read = sum(read_or_refused(number, 20130809, HTV.parent, tmp_path) for number in range(300))
    assert 20 < read < 250, "the accidents are too harsh or too mild to test anything"


@pytest.mark.parametrize("table", ["[[require]]", "[command.inner]", "[passive]"])
def test_a_without_at_the_end_of_a_file_is_told_where_it_belongs(small, table):
    path = small()
    path.write_text(f'{path.read_text()}\n{table}\nwithout = ["abort"]\n')
    sentence = refused(path)
    assert f"without stands in [{table.strip('[]')}], and means the whole case" in sentence
    assert "write it at the top of the file" in sentence
