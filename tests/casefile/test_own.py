"""Laws of the user's own as a case names them: what is read of a file without running it, and every mistake in it."""

import json
import os
import random
import warnings

import pytest

from rvd.assembly.build import build
from rvd.casefile import json_schema, load, say
from rvd.casefile.own import MOST_NUMBERS, is_function, own_laws, read_law
from rvd.core.guidance.laws import Law
from rvd.core.guidance.plan import LEG, NUMBERS
from rvd.errors import CaseError

from .mutants import mutant
from .small import SMALL, line_with, save

TEXT = '''\
from rvd.guidance import coast, own_law, track

1 / 0  # whoever runs this file learns it


@own_law(radius="m", rate="deg/s")
def spiral(leg, now, radius, rate=0.01, turns=2):
    """A spiral inward.

    More of it.
    """
    return track(leg.to_leg, (0.0, 0.0, 0.0))


@own_law
def still(leg, now):
    return coast()


def no_law(leg, now):
    return coast()
'''

GLIDE = 'law = "glideslope"\n'
SPEED = 'speed = ["0.15 m/s", "0.06 m/s"]\n'


def own_case(tmp_path, law="my_laws.py:spiral", parameters='{ radius = "12 m" }', text=TEXT):
    """The path of the small case with a law of the user's own in its last leg."""
    (tmp_path / "my_laws.py").write_text(text)
    line = f"parameters = {parameters}\n" if parameters else ""
    return save(tmp_path, SMALL.replace(GLIDE, f'law = "{law}"\n{line}').replace(SPEED, ""))


def test_a_law_is_read_and_not_run(tmp_path):
    case = load(own_case(tmp_path))
    law = case.own_laws["my_laws.py:spiral"]
    assert (law.file, law.name, law.says, law.content) == (
        "my_laws.py",
        "spiral",
        "A spiral inward",
        TEXT.encode(),
    )
    assert [(n.name, n.unit, n.default) for n in law.numbers] == [
        ("radius", "m", None), ("rate", "deg/s", 0.01), ("turns", "", 2.0),
    ]  # fmt: skip
    assert case.leg[2].law == "my_laws.py:spiral" and case.leg[2].parameters == {"radius": 12.0}
    assert law.values(case.leg[2].parameters) == (12.0, 0.01, 2.0)


def test_the_numbers_are_in_si(tmp_path):
    given = '{ turns = 3, radius = "0.1 km", rate = "180 deg/s" }'
    numbers = load(own_case(tmp_path, parameters=given)).leg[2].parameters
    assert numbers == pytest.approx({"turns": 3.0, "radius": 100.0, "rate": 3.14159265358979})


MISTAKES = [
    ("my_laws.py:spirale", None, "law", 'my_laws.py has no law "spirale"', 'did you mean "spiral"?'),
    ("my_laws.py:other", None, "law", 'has no law "other"', "write one of spiral, still"),
    ("my_laws.py:no_law", None, "law", "my_laws.py:20: no_law: it is not marked as a law", "write @own_law above it"),
    ("no_laws.py:spiral", None, "law", 'the law file "no_laws.py" does not exist', "from the case file's folder"),
    ("../my_laws.py:spiral", None, "law", "leads out of the folder", "folder or one below it"),
    ("/my_laws.py:spiral", None, "law", "is not relative to the folder", "folder or one below it"),
    ("runs/my_laws.py:spiral", None, "law", "is a name that results keep", "folder or one below it"),
    ("a.py/my_laws.py:spiral", None, "law", "does not exist", "path"),
    ("my_laws.py:sp\\u0000ral", None, "law", "has no law", "did you mean"),
    ("my_laws\\u0000.py:spiral", None, "law", "a character that no name may hold", "put the law"),
    ("pipe.py:spiral", None, "law", 'the law file "pipe.py" is no file', "name a file"),
    ("my_laws.py", None, "law", '"my_laws.py" is not a law', 'or "my_laws.py:spiral" for one of your own'),
    ("my_laws.py:spiral", None, "parameters", "spiral of my_laws.py needs its radius", 'radius = "1 m"'),
    ("my_laws.py:spiral", "{ radius = 12 }", "parameters.radius", "12 has no unit", 'write "12 m"'),
    ("my_laws.py:spiral", '{ radius = "12 s" }', "parameters.radius", '"s" is a time where a length', "m"),
    ("my_laws.py:spiral", '{ radius = "1 m", turn = 2 }', "parameters.turn", "no such number", 'mean "turns"?'),
    ("my_laws.py:spiral", '{ radius = "1 m", turns = "2 m" }', "parameters.turns", "where a pure number", "2"),
    ("my_laws.py:spiral", '"12 m"', "parameters", "stands where a table belongs", "write parameters = { radius"),
    ("my_laws.py:still", "{ a = 1 }", "parameters.a", "takes no such number", "remove it"),
    ("my_laws.py:still", "[1]", "parameters", "stands where a table belongs", "remove it: the law takes no numbers"),
    ("hold", "{ a = 1 }", "parameters", "a hold has no parameters", 'law = "my_laws.py:spiral"'),
    ("hold", "3", "parameters", "3 stands where a table belongs", "write {"),
]  # fmt: skip


@pytest.mark.parametrize(("law", "parameters", "key", "what", "remedy"), MISTAKES)
def test_a_mistake_in_the_case_has_its_line_and_its_remedy(tmp_path, law, parameters, key, what, remedy):
    path = own_case(tmp_path, law, parameters)
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(CaseError) as caught:
        load(path)
    errors = [caught.value, *getattr(caught.value, "others", ())]
    (error,) = [e for e in errors if e.key == f"leg.climb.{key}"]
    assert what in error.what and remedy in error.remedy, str(error)
    assert (
        error.file == str(path) and error.line >= line_with('name = "climb"') - 1 and "\n" not in str(error)
    )


FILES = [
    ("@own_law\ndef spiral(leg, now:\n", "my_laws.py:2: this is not Python: "),
    ("\0", "my_laws.py"),
    ("def f(): return " + "(" * 3000 + ")" * 3000, "my_laws.py"),
    ("@own_law\ndef spiral(leg):\n    pass\n", "my_laws.py:2: spiral: a law takes its leg, the moment, and numbers"),
    ("@own_law\ndef spiral(leg, now, *more):\n    pass\n", "a law takes its leg, the moment, and numbers"),
    ("@own_law\ndef spiral(leg, now, *, a):\n    pass\n", "a law takes its leg, the moment, and numbers"),
    ("@own_law\ndef spiral(leg, now, a='x'):\n    pass\n", "the default of a number is not a number"),
    ("@own_law\ndef spiral(leg, now, a=1e400):\n    pass\n", "the default of a number is not a number"),
    ("@own_law\ndef spiral(leg, now, a=ZERO):\n    pass\n", "the default of a number is not a number"),
    ("@own_law(a='m')\ndef spiral(leg, now):\n    pass\n", 'it takes no number "a", whose unit is given'),
    ("@own_law(b='m')\ndef spiral(leg, now, a):\n    pass\n", 'write one of a'),
    ("@own_law(a='parsnip')\ndef spiral(leg, now, a):\n    pass\n", '"parsnip" is no unit known'),
    ("import small_laws\n", "my_laws.py:1: it imports small_laws beside it; a law's file stands alone"),
    ("def f():\n    from small_laws.a import b\n", "my_laws.py:2: it imports small_laws beside it"),
    ("from . import small_laws\n", "my_laws.py:1: it imports what lies beside it"),
    ("@own_law(a=3)\ndef spiral(leg, now, a):\n    pass\n", "a unit is not a text"),
    ("@own_law(**x)\ndef spiral(leg, now, a):\n    pass\n", "a unit is not a text"),
    (f"@own_law\ndef spiral(leg, now, {', '.join(f'a{i}' for i in range(9))}):\n    pass\n", "it takes 9 numbers"),
    ("", 'my_laws.py has no law "spiral"; write @own_law and def spiral(leg, now): ... in it'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "what"), FILES)
def test_a_mistake_in_the_file_is_one_of_the_case(tmp_path, text, what):
    (tmp_path / "small_laws.py").touch()
    with pytest.raises(CaseError) as caught:
        load(own_case(tmp_path, text=text, parameters=None))
    assert what in str(caught.value) and "\n" not in str(caught.value) and caught.value.key == "leg.climb.law"


def test_mistakes_of_a_law_and_of_the_case_are_said_at_once(tmp_path):
    path = own_case(tmp_path, "my_laws.py:spirale")
    path.write_text(path.read_text().replace('mass = "15500 kg"', "mass = 15500"))
    with pytest.raises(CaseError) as caught:
        load(path)
    assert {e.key for e in (caught.value, *caught.value.others)} == {"chaser.mass", "leg.climb.law"}


def test_a_case_with_a_law_is_written_as_it_is_read(tmp_path):
    case = load(own_case(tmp_path))
    again = case.with_values({"leg.climb.parameters.turns": 4.0, "leg.climb.parameters.rate": 0.5})
    assert again.leg[2].parameters == {"radius": 12.0, "turns": 4.0, "rate": 0.5}
    read = load(save(tmp_path, again.written()))
    assert read.model_dump() == again.model_dump() and '"12.0 m"' in again.written()
    house = case.with_values({"leg.climb.law": "hold", "leg.climb.parameters": None})
    assert house.own_laws == {} and house.leg[2].parameters == {}


def test_a_case_says_what_it_found(tmp_path):
    said = say(load(own_case(tmp_path)))
    assert (
        "climb: flown by spiral of my_laws.py (A spiral inward), radius 12 m, rate 0.572958 deg/s (default), "
        "turns 2 (default), to 10 m below;" in said
    )
    assert "climb: flown by still of my_laws.py to 10 m" in say(
        load(own_case(tmp_path, "my_laws.py:still", None))
    )


def test_building_runs_the_file_and_says_where_it_fails(tmp_path):
    case = load(own_case(tmp_path))
    with pytest.raises(
        CaseError, match="does not run: ZeroDivisionError: division by zero; correct it"
    ) as caught:
        build(case)
    error = caught.value
    assert (error.file, error.line, error.key) == (str(tmp_path / "my_laws.py"), 3, "spiral")


def test_the_leg_table_knows_its_laws_and_their_numbers(tmp_path):
    case = load(own_case(tmp_path, text=TEXT.replace("1 / 0", "1 / 1")))
    case = case.with_values({"leg.transfer": {
        **case._raw["leg"][0], "name": "transfer", "law": "my_laws.py:still", "zone": "ellipsoid",
    }})  # fmt: skip
    built = build(case)
    plan = built.setup.onboard.plan
    assert [plan.legs[k * LEG] for k in range(4)] == [Law.HOLD, Law.OWN, Law.OWN, Law.RETREAT]
    assert plan.own.shape == (3, 1 + NUMBERS) and plan.own[1].tolist() == [0.0] * 9
    assert plan.own[2, :4].tolist() == [1.0, 12.0, 0.01, 2.0]
    assert [(law.file, law.name, law.numbers) for law in built.laws] == [
        ("my_laws.py", "still", 0), ("my_laws.py", "spiral", 3),
    ]  # fmt: skip


def test_the_schema_knows_such_a_law():
    law = json.loads(json.dumps(json_schema()))["$defs"]["LegCase"]["properties"]["law"]
    assert law["anyOf"][1]["pattern"] and is_function("laws/mine.py:spiral")
    assert (
        not is_function("mine.py")
        and not is_function("mine:spiral")
        and not is_function(3)
        and MOST_NUMBERS == NUMBERS
    )


def test_legs_that_are_none_are_left_as_they_are(tmp_path):
    faults = []
    for legs in (3, None, [3, None], [{"law": 3}], [{"law": "hold", "parameters": 3}]):
        assert own_laws(legs, tmp_path, False, faults) == (legs, {})
    assert not faults


def test_a_law_is_found_in_a_folder_below(tmp_path):
    (tmp_path / "laws").mkdir()
    (tmp_path / "laws" / "mine.py").write_text(TEXT)
    assert read_law(tmp_path, "laws/mine.py:still").file == "laws/mine.py"


def test_what_a_file_warns_of_is_not_ours(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load(own_case(tmp_path, text=TEXT + "\nodd = '\\d' is 3\n")).own_laws


def test_a_mutated_law_or_case_is_read_or_is_a_case_error(tmp_path):
    chance = random.Random(5)
    text = own_case(tmp_path).read_text()
    loaded = 0
    for k in range(300):
        (tmp_path / "my_laws.py").write_bytes(mutant(TEXT, chance) if k % 2 else TEXT.encode())
        changed = text.encode() if k % 2 else mutant(text, chance)
        try:
            case = load(save(tmp_path, changed))
        except CaseError as error:
            for one in (error, *getattr(error, "others", ())):
                assert one.what and one.file and "\n" not in one.what
        else:
            loaded += 1
            assert case.title in say(case)
            assert load(save(tmp_path, case.written())).model_dump() == case.model_dump()
    assert 100 < loaded < 290, "the accidents are too harsh or too mild to test anything"
