import math

import pytest

from rvd.case.paths import PATHS, known_as
from rvd.case.planned import gates_of, nominal, planned
from rvd.case.table import FOREVER
from rvd.casefile import load
from tests.casefile.small import HTV, row_names


@pytest.fixture(scope="module")
def htv():
    return load(HTV)


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("chaser.mass", (15500.0,)),
        ("chaser.centre_of_mass.1", (0.0,)),
        ("start.vbar", (-5000.0,)),
        ("start.attitude", (0.0,)),
        ("knowledge.rbar_rate", (0.0,)),
        ("chaser.products_of_inertia.0", (0.0,)),
        ("chaser.thrusters.force.FA1", (1.0,)),
        ("chaser.thrusters.fault_until", ()),
        ("chaser.thrusters.fault_size.FA1", (0.05,)),
        ("chaser.thrusters.repeatability", (0.1,)),
        ("chaser.thrusters.bit.FA1", (0.0,)),
        ("chaser.thrusters.dead_time.FA1", (0.0,)),
        ("gates.delay.AI hold", (30.0,)),
        ("gates.delay.AI to RI", ()),
        ("sensors.gps.out_since", ()),
        ("command.0.at", ()),
        ("command.0.what", ()),
    ],
)
def test_the_plan_s_numbers_behind_a_key(htv, key, numbers):
    assert planned(htv, key) == pytest.approx(numbers)


def test_one_number_of_the_plan_is_that_of_all_its_parts(htv):
    assert planned(htv, "goal.time") == planned(htv, "goal.time.2") == (htv.goal.time,)


def test_an_order_is_the_number_of_its_word(htv):
    told = htv.with_values({"command": [{"at": 60.0, "what": "abort"}]})
    assert planned(told, "command.0.what") == (6.0,) and planned(told, "command.1.what") == ()
    assert nominal(told, known_as("command.0.at")) == 60.0
    assert (
        nominal(told, known_as("command.1.at")) == FOREVER
        and nominal(told, known_as("command.1.what")) == 0.0
    )


def test_every_slot_has_a_number_in_the_nominal_row(htv):
    assert all(math.isfinite(nominal(htv, known_as(name))) for name in row_names())


def test_noise_scales_what_is_marked_and_nothing_else(htv):
    loud = htv.with_values({"sensors.noise": 3.0})
    slots = [known_as(name) for name in row_names() if not name.startswith("gates.")]
    grown = {slot.key for slot in slots if nominal(loud, slot) != nominal(htv, slot)}
    marked = {key for key, path in PATHS.items() if path.mark.noise}
    assert grown and grown <= marked


def test_gates_are_those_of_the_legs_of_a_name(htv):
    assert len(gates_of(htv)) == len([leg for leg in htv.leg if leg.gate is not None])
    assert [gate.delay for gate in gates_of(htv, "AI hold")] == [30.0] and gates_of(htv, "nobody") == []
