import json

import pytest
from pydantic import BaseModel

from rvd.case.kinded import Kinded
from rvd.case.legs import KINDS, LAWS, ZONES, LegCase
from rvd.case.table import Place, inner, meaning_of
from rvd.case.values import Kind
from rvd.casefile import Case, json_schema
from rvd.core.control.steering import Gains
from rvd.core.guidance.laws import Law
from rvd.core.vehicle.nozzles import Kind as NozzleKind
from rvd.errors import CaseError
from rvd.guidance.laws import SHIPPED
from tests.casefile.small import edited, line_with, load, save, small


def tables(model, seen=None):
    """Every table of a model."""
    seen = set() if seen is None else seen
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            table = inner(field.annotation)
            if table is not None:
                tables(table, seen)
    return seen


@pytest.mark.parametrize("model", sorted(tables(Case), key=lambda m: m.__name__), ids=lambda m: m.__name__)
def test_every_table_is_frozen_closed_and_described(model):
    closed = model.model_config["extra"] == "forbid" or issubclass(model, Kinded)  # see test_kinded
    assert model.model_config["frozen"] and closed
    assert model.__doc__
    for name, field in model.model_fields.items():
        meaning = meaning_of(model, name)
        assert meaning.endswith(".") or "..." in meaning, name
        inside = [
            k for part in getattr(field.annotation, "__args__", ()) for k in getattr(part, "__metadata__", ())
        ]
        assert any(isinstance(k, Kind) for k in [*field.metadata, *inside]) or inner(field.annotation), name


def test_the_words_of_a_case_are_those_of_the_kernels():
    assert {*LAWS, "own"} - {*SHIPPED} == {law.name.lower().replace("_", "-") for law in Law}
    assert set(KINDS) == {kind.name.lower() for kind in NozzleKind}
    assert set(Case.model_fields["control"].annotation.__args__[1].model_fields) == set(Gains._fields)
    assert ZONES == ("outside", "ellipsoid", "sphere")


def test_python_builds_tables_in_si():
    assert Place(vbar=-5.0).vbar == -5.0 and Place(vbar="-5 km").vbar == -5000.0
    with pytest.raises(ValueError, match="frozen"):
        Place().vbar = 3.0


def test_braking_is_as_acceleration_where_it_is_not_given(tmp_path):
    climb = 'speed = ["0.15 m/s", "0.06 m/s"]\n'
    given = load(save(tmp_path, edited(climb, climb + 'acceleration = "0.005 m/s^2"\n')))
    assert given.leg[2].braking == given.leg[2].acceleration == 0.005
    both = load(
        save(tmp_path, edited(climb, climb + 'acceleration = "0.005 m/s^2"\nbraking = "1e-4 m/s^2"\n'))
    )
    assert (both.leg[2].acceleration, both.leg[2].braking) == (0.005, 1e-4)
    assert LegCase.model_fields["braking"].default == LegCase.model_fields["acceleration"].default


def test_a_later_finding_has_the_line_of_its_key(tmp_path):
    case = small(tmp_path)
    error = case.error(("nozzles", "burn", "strings"), "is wrong", "write better")
    assert isinstance(error, CaseError) and error.line == line_with('strings = ["A"]')
    assert error.key == "nozzles.burn.strings" and error.file == str(case.path)
    assert case.with_values({}).error(("title",), "is wrong", "").line == 0


WRITTEN = {
    "Case": {"place", "mode", "without"},
    "LegCase": {"mode", "hold"},
    "Start": {"at"},
}
"""What a file may hold beside the keys of the case that it stands for, table by table."""


def test_the_json_schema_names_every_key():
    schema = json.loads(json.dumps(json_schema()))
    assert schema["additionalProperties"] is False
    for model in tables(Case):
        part = schema if model is Case else schema["$defs"][model.__name__]
        beside = WRITTEN.get(model.__name__, set()) | {"use"}
        keys = {field.alias or name for name, field in model.model_fields.items()}
        members = model.modules.values() if issubclass(model, Kinded) else ()
        own = {name for member in members for name in member.NUMBERS._fields}
        keys |= own
        assert set(part["properties"]) == keys | beside
        assert all(part["properties"][key]["description"].startswith("Of ") for key in own)
        assert "required" not in part, "a part may give it"
    assert schema["$defs"]["LegCase"]["properties"]["law"]["anyOf"][0]["enum"] == list(LAWS)


def test_the_values_of_a_case_are_plain(tmp_path):
    def plain(value):
        if isinstance(value, dict):
            return all(map(plain, value.values()))
        if isinstance(value, list | tuple):
            return all(map(plain, value))
        return value is None or isinstance(value, str | int | float) or hasattr(value, "isoformat")

    case = small(tmp_path)
    assert isinstance(case, BaseModel) and plain(case.model_dump())
    assert json.loads(json.dumps(case.model_dump(mode="json")))["leg"][0]["name"] == "wait"
