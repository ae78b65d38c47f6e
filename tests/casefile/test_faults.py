import pickle
from pathlib import Path

import pytest

from rvd.case.legs import GainSet, LegCase
from rvd.case.limits import Rule
from rvd.case.sensors import Laser
from rvd.case.table import LegPlace, inner
from rvd.casefile.case import Case
from rvd.casefile.faults import Fault, ManyFaultsError, model_at, raise_faults
from rvd.casefile.keys import Spot
from rvd.errors import CaseError

FILE = Path("x.toml")
SPOTS = {("a",): Spot(FILE, 3), ("a", "b"): Spot(FILE, 5), ("z",): Spot(FILE, 1)}


def test_no_fault_is_no_error():
    raise_faults("x.toml", [], SPOTS)


def test_one_fault_is_a_case_error_with_its_line():
    with pytest.raises(CaseError) as caught:
        raise_faults("x.toml", [Fault(("a", "b"), "is wrong", "write better")], SPOTS)
    assert not isinstance(caught.value, ManyFaultsError)
    assert str(caught.value) == "x.toml:5: a.b: is wrong; write better."


def test_a_fault_in_a_part_names_the_file_of_the_part_and_comes_after_those_of_the_case():
    spots = {**SPOTS, ("p",): Spot(Path("part.toml"), 1)}
    with pytest.raises(ManyFaultsError) as caught:
        raise_faults("x.toml", [Fault(("p",), "is wrong", ""), Fault(("a",), "too", "")], spots)
    assert str(caught.value).splitlines() == ["x.toml:3: a: too.", "part.toml:1: p: is wrong."]


def test_many_faults_are_a_line_each_in_the_order_of_the_file():
    faults = [
        Fault(("a", "b"), "is wrong", "write better"),
        Fault(("z",), "too", ""),
        Fault(("a", "c", 0), "also", ""),
    ]
    with pytest.raises(ManyFaultsError) as caught:
        raise_faults("x.toml", faults, SPOTS)
    error = caught.value
    assert str(error).splitlines() == [
        "x.toml:1: z: too.",
        "x.toml:3: a.c.0: also.",
        "x.toml:5: a.b: is wrong; write better.",
    ]
    assert (error.file, error.line, error.key, error.what, error.exit_code) == ("x.toml", 1, "z", "too", 2)
    assert error.at(file="y.toml", line=9) is error
    other = pickle.loads(pickle.dumps(error))
    assert str(other) == str(error) and [one.key for one in other.others] == ["a.c.0", "a.b"]


@pytest.mark.parametrize(
    ("place", "model"),
    [
        ((), Case),
        (("leg", 3), LegCase),
        (("leg", 3, "to"), LegPlace),
        (("control", "far"), GainSet),
        (("sensors", "laser"), Laser),
        (("rules", "speed"), Rule),
    ],
)
def test_the_table_at_a_place_is_found(place, model):
    assert model_at(place, Case) is model


def test_the_table_within_an_annotation_is_found():
    assert inner(tuple[LegCase, ...]) is LegCase
    assert inner(dict[str, GainSet]) is GainSet
    assert inner(Laser | None) is Laser
    assert inner(float) is None
