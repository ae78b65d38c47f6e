"""Two sides of the step that never see each other: what each may be given, and that only readings and firings cross."""

import ast
import inspect
import typing

import pytest

from rvd.core.flight import aboard, scalar, setup, world
from rvd.core.flight.aboard import Aboard, Onboard
from rvd.core.flight.setup import Setup
from rvd.core.flight.truth import Drawn, Run, Truth
from rvd.core.flight.world import Outside, World
from rvd.core.goals.goal import Goal, Moment, Stand
from rvd.core.kernel.annotations import members
from rvd.core.navigation.track import Track
from rvd.core.rules.rules import Rules
from rvd.core.rules.sight import Sight
from rvd.core.signals import Aim, Belief, Memory, Reading, State, Tally, Trust, Wrench
from rvd.core.vehicle.geometry import Geometry
from rvd.core.vehicle.sensors.sensor import Scene, Sensor, UnderWay

TRUE = {
    World, Outside, Drawn, Run, Truth, State, Geometry, Sight, Stand, Moment, UnderWay, Sensor, Scene, Rules, Goal,
    Tally, Trust,
}  # fmt: skip
BELIEVED = {Aboard, Onboard, Track, Memory, Belief, Aim, Wrench}
CROSSING = {"report", "uplink", "first_attitude"}
"""The verbs whose answers cross where they are asked; readings, the word and the firing cross by their names."""


def verbs(module) -> dict[str, typing.Any]:
    """The functions that a module defines."""
    plain = {name: getattr(value, "py_func", value) for name, value in vars(module).items()}
    return {
        name: value
        for name, value in plain.items()
        if inspect.isfunction(value) and value.__module__ == module.__name__
    }


def holds(annotation) -> set:
    """A record, and all records within it."""
    inside = set().union(*(holds(kind) for kind in members(annotation).values()))
    return inside | ({annotation} if hasattr(annotation, "_fields") else set())


def given(verb) -> set:
    """All records in what a verb is given or gives."""
    return set().union(*(holds(kind) for kind in typing.get_type_hints(verb, include_extras=True).values()))


@pytest.mark.parametrize("name", verbs(aboard))
def test_the_flight_software_is_given_nothing_of_the_truth(name):
    assert not given(verbs(aboard)[name]) & TRUE


@pytest.mark.parametrize("name", verbs(world))
def test_the_world_is_given_nothing_of_the_flight_software(name):
    assert not given(verbs(world)[name]) & BELIEVED


def test_a_verb_that_is_given_the_other_side_is_seen():
    def peek(onboard: Onboard, world: World) -> Reading: ...

    assert World in given(peek) & TRUE and State in given(peek) & TRUE and Onboard in given(peek) & BELIEVED


def test_the_halves_of_the_setup_share_no_record_of_a_side():
    assert not holds(Onboard) & TRUE and not holds(Outside) & BELIEVED
    assert Setup._fields == ("onboard", "outside", "seconds", "chain") and setup.Setup is Setup


@pytest.mark.parametrize("module", [aboard, world])
def test_a_verb_takes_at_most_five_arguments(module):
    assert all(len(inspect.signature(verb).parameters) <= 5 for verb in verbs(module).values())


def calls() -> list[ast.Call]:
    """The calls in the loop of `fly`."""
    tree = ast.parse(inspect.getsource(inspect.unwrap(scalar.fly)))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]


def names(call: ast.Call) -> set[str]:
    """The variables in a call's arguments, but for those within a verb whose answer crosses."""
    found, waiting = set(), [*call.args, *(keyword.value for keyword in call.keywords)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CROSSING:
            continue
        found |= {node.id} if isinstance(node, ast.Name) else set()
        waiting += ast.iter_child_nodes(node)
    return found


def test_the_driver_hands_neither_side_to_the_other():
    flown = calls()
    assert {"estimate", "move", "sense", "guide"} <= {call.func.id for call in flown}
    for call in flown:
        if call.func.id in verbs(aboard):
            assert not names(call) & {"world", "outside", "sides", "run", "drawn"}, ast.unparse(call)
        if call.func.id in verbs(world):
            assert not names(call) & {"aboard", "onboard", "track", "sides", "aim", "wrench"}, ast.unparse(
                call
            )
