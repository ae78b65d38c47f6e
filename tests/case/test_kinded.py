"""Tables whose kind has keys of its own, out of a record of what flies."""

import math

import pytest
from pydantic import ValidationError

from rvd.case.limits import GOALS, RULES, SUCCESS, UNITS, Goal, Rule
from rvd.case.results import GOAL_COLUMNS, QUANTITIES
from rvd.core.goals.goals import GoalKind
from rvd.core.kernel import leaves
from rvd.core.rules.cone import Cone
from rvd.core.rules.rules import NUMBERS_OF_A_RULE, RuleKind
from rvd.core.rules.speed import Speed, Step

CONE = {"kind": "cone", "axis": "-vbar", "half_angle": "10 deg"}


def faults(given, table=Rule) -> list[tuple]:
    """Everything wrong with a rule or a goal: the key, what, and the remedy."""
    with pytest.raises(ValidationError) as caught:
        table.model_validate(given, context={"si": False})
    found = []
    for error in caught.value.errors():
        for key, what, remedy in error["ctx"]["faults"]:
            found.append((*error["loc"], *((key,) if isinstance(key, str) else key), what, remedy))
    return found


def test_the_keys_of_a_kind_are_attributes_and_its_record():
    rule = Rule.model_validate({**CONE, "from": "250 m"}, context={"si": False})
    assert (rule.axis, rule.half_angle, rule.half_width) == ((0.0, -1.0, 0.0), math.radians(10.0), 0.0)
    assert rule.numbers == Cone((0.0, -1.0, 0.0), math.radians(10.0)) and rule.from_ == 250.0
    assert rule.model_fields_set == {"kind", "axis", "half_angle", "from_"}


def test_what_is_left_out_is_not_written():
    rule = Rule.model_validate({**CONE, "from": "250 m"}, context={"si": False})
    written = rule.model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert written == {
        "kind": "cone", "from": "250.0 m", "axis": "-vbar", "half_angle": f"{math.radians(10.0)} rad",
    }  # fmt: skip
    assert Rule.model_validate(written, context={"si": False}) == rule
    assert rule.model_dump()["half_width"] == 0.0


def test_a_list_of_records_is_as_long_as_it_is_written_and_its_record_has_them_all():
    rule = Rule(kind="speed", steps=[{"within": 250.0, "at_most": 0.2}])
    assert rule.steps == (Step(250.0, 0.2),)
    assert rule.numbers == Speed((Step(250.0, 0.2), Step(0.0, 0.0), Step(0.0, 0.0), Step(0.0, 0.0)))
    assert rule.model_dump(mode="json")["steps"] == [{"within": "250.0 m", "at_most": "0.2 m/s"}]


def test_sizes_along_the_axes_of_the_orbit_stand_on_hill_axes():
    rule = Rule(kind="ellipsoid", semi_axes={"vbar": 2000.0, "rbar": 1000.0, "hbar": 500.0})
    assert rule.numbers.semi_axes == (1000.0, 2000.0, 500.0)
    assert rule.model_dump(mode="json")["semi_axes"] == {
        "vbar": "2000.0 m",
        "rbar": "1000.0 m",
        "hbar": "500.0 m",
    }


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (
            {**CONE, "radius": "3 m"},
            [("radius", "a cone has no radius", "remove it, or write another kind")],
        ),
        ({"kind": "ellipsoid"}, [("semi_axes", "an ellipsoid needs its semi_axes", "write semi_axes")]),
        # Misspelt is not missing too.
        (
            {"kind": "cone", "axs": "rbar", "half_angle": "10 deg"},
            [("axs", "the key is not known", 'did you mean "axis"?')],
        ),
        (
            {"kind": "sphere", "radius": "2 m", "colour": "red"},
            [("colour", "the key is not known", "the keys are kind, from, zones, radius")],
        ),
        ({"kind": "sphere", "radius": 3}, [("radius", "3 has no unit", 'write "3 m"')]),
        (
            {"kind": "con", "half_angle": "10 deg"},
            [("kind", "", '"con" is not a kind of rule', 'did you mean "cone"? (' + ", ".join(RULES) + ")")],
        ),
        (
            {
                "kind": "speed",
                "steps": [{"within": "1 m", "at_most": "1 m/s"}, {"within": "-1 m", "at_mst": 2}],
            },
            [
                ("steps", 1, "at_mst", "the key is not known", 'did you mean "at_most"?'),
                ("steps", 1, "within", 'must be positive, not "-1 m"', 'write "1 m"'),
            ],
        ),
        (
            {"kind": "speed", "steps": 3},
            [
                (
                    "steps",
                    "3 stands where a list of tables belongs",
                    'write [{ within = "1 m", at_most = "1 m/s" }]',
                )
            ],
        ),
        (
            {"kind": "speed", "steps": [3]},
            [
                (
                    "steps",
                    0,
                    "3 stands where a table belongs",
                    'write { within = "1 m", at_most = "1 m/s" }',
                )
            ],
        ),
        (
            {"kind": "ellipsoid", "semi_axes": {"vbar": "1 m", "hbar": "1 m"}},
            [("semi_axes", "rbar", "the key is missing", 'write rbar = "1 m"')],
        ),
        # Those of the table itself and those of the kind at once.
        (
            {"kind": "sphere", "radius": "-2 m", "zones": ["within"]},
            [
                ("zones", "", '"within" is not a zone', "write one of outside, ellipsoid, sphere"),
                ("radius", 'must be positive, not "-2 m"', 'write "2 m"'),
            ],
        ),
    ],
)
def test_every_fault_is_told_at_once_with_its_key(given, found):
    assert faults(given) == found


def test_the_kinds_of_rules_are_those_of_the_family():
    assert list(RULES) == list(UNITS) == [kind.word for kind in RuleKind]
    assert RULES["cone"] == (("axis", "half_angle"), ("half_width",))
    for kind in RuleKind:
        assert len(leaves(kind.module.NUMBERS)) <= NUMBERS_OF_A_RULE


def test_a_goal_needs_and_may_have_keys_that_goals_share():
    assert GOALS["touch"].needed[:3] == ("port", "of", "ring_radius") and GOALS["touch"].may == ("roll",)
    assert faults({"kind": "clear", "beyond": "2 km", "at": {"rbar": "1 m"}, "axes": "level"}, Goal) == [
        ("at", "the goal clear has no at", "remove it, or write another kind"),
        ("axes", "the goal clear has no axes", "remove it, or write another kind"),
        ("time", "the goal clear needs its time", "write time"),
    ]


def test_the_kinds_of_goals_are_those_of_the_family():
    assert list(GOALS) == list(SUCCESS) == list(GOAL_COLUMNS) == [kind.word for kind in GoalKind]
    for kind in GoalKind:
        assert SUCCESS[kind.word] == kind.module.SUCCESS.word
        assert all(QUANTITIES[name] == column for name, column in kind.module.COLUMNS.items())


@pytest.mark.parametrize("table", [Rule, Goal])
def test_no_kind_has_a_key_that_the_table_has(table):
    shared = {field.alias or name for name, field in table.model_fields.items()}
    for module in table.modules.values():
        assert not shared & set(module.NUMBERS._fields)
        assert {*getattr(module, "NEEDS", ()), *getattr(module, "TAKES", ())} <= shared
