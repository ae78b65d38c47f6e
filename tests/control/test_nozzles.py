"""On-times against SciPy's linear program, what they give nozzle by nozzle, and the largest multiple by its dual."""

import numpy as np
import pytest
from scipy.optimize import linprog

from rvd import first_calls
from rvd.control import nozzles
from rvd.errors import ArgumentError
from tests import owed
from tests.core.control.oracles import cheapest, flows, htv, scattered, wrench_sum

NOZZLES = htv()[0].nozzles
TABLE = {"where_body": NOZZLES.where_body, "push_body": NOZZLES.push_body, "thrust": NOZZLES.thrust}
COM = (-0.35, 0.03, -0.02)
PUSH = np.repeat(np.vstack((np.eye(3), -np.eye(3))), 2, axis=0)
TWELVE = {
    "where_body": np.roll(PUSH, 1, axis=1) * np.tile((1.0, -1.0), 6)[:, None],
    "push_body": PUSH,
    "thrust": 10.0,
}


def asked(count, seed=0, force=20.0, torque=60.0):
    rng = np.random.default_rng(seed)
    return force * rng.normal(size=(count, 3)), torque * rng.normal(size=(count, 3))


@pytest.mark.parametrize("name", ["nozzles.on_times", "nozzles.largest_multiple"])
def test_the_example_runs(name):
    owed.run_example("control", name)


@pytest.mark.parametrize("count", [3, 400])
def test_wrenches_are_given_at_the_least_propellant(count):
    """Few in plain Python, many in compiled code; a tie-break between equal nozzles moves costs by a millionth."""
    force, torque = asked(count)
    found = nozzles.on_times(
        **TABLE, force_body=force, torque_body=torque, com_body=COM, period=2.0, isp=NOZZLES.isp
    )
    wrench = np.concatenate((force, torque), axis=1)
    assert np.all(found.scale == 1.0) and np.all((found.on >= 0.0) & (found.on <= 2.0))
    assert np.allclose(
        wrench_sum(NOZZLES, COM, found.on / 2.0), wrench, rtol=0.0, atol=1e-9 * np.max(np.abs(wrench))
    )
    assert np.allclose(found.force_body, force, rtol=0.0, atol=1e-8)
    assert np.allclose(found.torque_body, torque, rtol=0.0, atol=1e-8)
    least = cheapest(NOZZLES, np.ones(len(NOZZLES.thrust), dtype=bool), COM, wrench)
    assert np.all(np.abs(found.on / 2.0 @ flows(NOZZLES) - least) <= 3e-6 * least + 1e-12)


def test_plain_python_and_compiled_code_give_the_same_bits(monkeypatch):
    force, torque = asked(5, seed=2, force=600.0, torque=900.0)
    both = []
    for compiled in (True, False):
        monkeypatch.setattr(first_calls, "_left", {})
        monkeypatch.setattr(first_calls, "is_compiled", lambda entry, compiled=compiled: compiled)
        both.append(
            nozzles.on_times(**TABLE, force_body=force, torque_body=torque, com_body=COM, least_on=0.01)
        )
    assert all(np.array_equal(a, b) for a, b in zip(*both, strict=True))


def test_what_is_too_large_leaves_force_first():
    found = nozzles.on_times(
        **TWELVE, force_body=[(100.0, 0.0, 0.0), (0.0, 3.0, 0.0)], torque_body=(0.0, 0.0, 5.0)
    )
    assert np.allclose(found.torque_body, (0.0, 0.0, 5.0), atol=1e-9)
    assert found.force_body[0] == pytest.approx((15.0, 0.0, 0.0), abs=1e-6)  # one nozzle full, the other half
    assert found.force_body[1] == pytest.approx((0.0, 3.0, 0.0), abs=1e-9)
    assert found.scale[0] == pytest.approx(0.15, rel=1e-6) and found.scale[1] == 1.0


def test_short_pulses_are_left_out_or_lengthened():
    given = {**TWELVE, "torque_body": (0.0, 0.0, 0.0), "period": 1.0, "least_on": 0.1}
    force = [(0.8, 0.0, 0.0), (1.2, 0.0, 0.0), (4.0, 0.0, 0.0)]
    found = nozzles.on_times(**given, force_body=force)
    assert np.max(found.on, axis=1) == pytest.approx((0.0, 0.1, 0.2), abs=1e-9)
    assert found.force_body[:, 0] == pytest.approx((0.0, 2.0, 4.0), abs=1e-9)


def dual(where_body, push_body, thrust, com_body, wrench):
    """The least of sum max(0, B y) over y with y w = 1: what the largest multiple is by duality, another program."""
    force = push_body * np.reshape(thrust, (-1, 1))
    columns = np.concatenate((force, np.cross(where_body - np.asarray(com_body), force)), axis=1)
    n = len(columns)
    answer = linprog(
        np.concatenate((np.zeros(6), np.ones(n))),
        A_ub=np.hstack((columns, -np.eye(n))),
        b_ub=np.zeros(n),
        A_eq=np.concatenate((wrench, np.zeros(n)))[None],
        b_eq=(1.0,),
        bounds=[(None, None)] * 6 + [(0.0, None)] * n,
    )
    assert answer.status == 0
    return answer.fun


@pytest.mark.parametrize("seed", range(3))
def test_the_largest_multiple(seed):
    table = scattered(seed, 14)
    force, torque = asked(6, seed=seed)
    given = table.where_body, table.push_body, table.thrust
    found = nozzles.largest_multiple(*given, force, torque, COM)
    wrench = np.concatenate((force, torque), axis=1)
    wanted = [dual(*given, COM, one) for one in wrench]
    assert found == pytest.approx(wanted, rel=1e-6, abs=1e-9)
    assert nozzles.largest_multiple(
        **TWELVE, force_body=(0.0, 0.0, 4.0), torque_body=(0.0,) * 3
    ) == pytest.approx(5.0)


def test_what_is_attained_is_given_and_beyond_it_is_not():
    force, torque = asked(4, seed=7)
    most = nozzles.largest_multiple(**TABLE, force_body=force, torque_body=torque, com_body=COM)
    beyond = nozzles.on_times(
        **TABLE,
        force_body=1.1 * most[:, None] * force,
        torque_body=1.1 * most[:, None] * torque,
        com_body=COM,
    )
    assert np.all(beyond.scale < 1.0)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"where_body": np.zeros((12, 2))}, "where_body has shape"),
        ({"push_body": np.zeros((12, 3))}, "push_body holds a zero vector"),
        ({"thrust": np.ones(5)}, "of 12, 12 and 5 nozzles"),
        ({"thrust": 0.0}, "thrust must be above zero"),
        ({"period": 0.0}, "period must be above zero"),
        ({"isp": np.ones(3)}, "isp is one number, or one for each of 12 nozzles"),
        ({"least_on": -1.0}, "least_on must not be below zero"),
        ({"com_body": np.zeros((2, 3))}, "com_body has shape"),
        ({"force_body": (1.0, 2.0)}, "force_body has shape"),
        ({"force_body": "far"}, "force_body is not an array"),
    ],
)
def test_what_cannot_be_gets_a_sentence(changed, sentence):
    good = {**TWELVE, "force_body": (1.0, 0.0, 0.0), "torque_body": (0.0, 0.0, 0.0)}
    with pytest.raises(ArgumentError, match=sentence):
        nozzles.on_times(**{**good, **changed})


def test_no_direction_has_no_multiple():
    with pytest.raises(ArgumentError, match="both zero"):
        nozzles.largest_multiple(**TWELVE, force_body=[(1.0, 0.0, 0.0), (0.0,) * 3], torque_body=(0.0,) * 3)
