import numpy as np
import pytest

from rvd.control.allocation import build_allocation
from rvd.control.attainable import (
    DIRECTIONS,
    ONE_OUT,
    attainable,
    force_outline,
    largest_allocated,
    largest_along,
    unattained,
)
from rvd.control.facets import wrenches
from rvd.core.vehicle.nozzles import Nozzles
from tests.core.control.oracles import htv, wrench_sum
from tests.core.control.test_allocation import allocated

TABLE, SETS = htv()
NOZZLES = TABLE.nozzles
ALL = SETS["all"]
COM = (-0.35, 0.03, -0.02)


@pytest.fixture(scope="module")
def summary():
    where, push, thrust, *_ = NOZZLES
    return attainable(where, push, thrust, SETS, COM, one_out=ALL)


def of(summary, name, direction):
    return summary.largest[summary.names.index(name), DIRECTIONS.index(direction)]


def test_each_string_alone_and_any_one_nozzle_out_keep_full_control(summary):
    assert {name for name, _ in unattained(summary)} == {"A away"}


def test_without_the_station_side_nozzles_only_the_push_toward_the_earth_is_lost(summary):
    assert unattained(summary) == [("A away", "force +z")]


@pytest.mark.parametrize(
    ("name", "direction", "largest"),
    [
        # By hand, centre of mass at the origin: nozzles of 120 N times their arms, 490 N main engines.
        ("A", "force +x", 2 * 120.0),
        ("A", "force -x", 2 * 120.0),
        ("A", "force +z", 2 * 120.0),
        ("A", "torque +z", 2 * 120.0 * 4.3),
        ("A", "torque +x", 2 * 120.0 * 2.18),
        ("A", "torque -y", 2 * 120.0 * 4.3 + 2 * 120.0 * 2.0),
        ("A and main", "force +x", 2 * 490.0 + 2 * 120.0),
        ("all", "force +x", 4 * 490.0 + 4 * 120.0),
        ("A away", "torque +y", 2 * 120.0 * 2.0),
    ],
)
def test_largest_wrenches_are_those_added_up_by_hand(name, direction, largest):
    where, push, thrust, *_ = NOZZLES
    centred = attainable(where, push, thrust, {name: SETS[name]})
    assert of(centred, name, direction) == pytest.approx(largest, rel=1e-9)


def test_the_worst_nozzle_out_is_the_one_that_costs_most(summary):
    column = DIRECTIONS.index("force +x")
    worst = summary.worst_out[column]
    assert TABLE.names[worst].startswith("M")
    without = ALL.copy()
    without[worst] = False
    where, push, thrust, *_ = NOZZLES
    alone = attainable(where, push, thrust, {"out": without}, COM).largest[0, column]
    assert alone == pytest.approx(of(summary, ONE_OUT, "force +x"), rel=1e-9)
    assert alone < of(summary, "all", "force +x") - 300.0
    assert np.all(summary.largest[-1] <= summary.largest[summary.names.index("all")] + 1e-6)


def test_a_layout_with_no_redundancy_loses_control_with_one_nozzle():
    push = np.vstack([np.eye(3), -np.eye(3)] * 2)
    where = np.repeat([[2.0, 0.3, -0.2], [-2.0, -0.3, 0.4]], 6, axis=0)
    few = Nozzles(where, push, np.full(12, 10.0), np.full(12, 200.0), np.zeros(12))
    alone = attainable(few.where_body, few.push_body, few.thrust, {}, one_out=np.ones(12, dtype=bool))
    assert alone.names == (ONE_OUT,)
    assert unattained(alone)


@pytest.mark.parametrize("seed", range(5))
def test_no_combination_of_nozzles_goes_further(seed):
    """A vertex that a random price picks is attainable, so the bound along it is exactly reached, never passed."""
    rng = np.random.default_rng(seed)
    full = wrenches(NOZZLES.where_body, NOZZLES.push_body, NOZZLES.thrust, COM)
    price = rng.standard_normal(6)
    duties = (full @ price > 0.0).astype(float)
    vertex = wrench_sum(NOZZLES, COM, duties[None])[0]
    assert largest_along(full, vertex) == pytest.approx(1.0, rel=1e-7)


@pytest.mark.parametrize("name", ["A", "A and main", "all"])
def test_what_allocation_reaches_before_it_scales(name, summary):
    where, push, thrust, isp, least = NOZZLES
    allocation = build_allocation(where, push, thrust, isp, np.zeros_like(least), [SETS[name]])
    units = np.kron(np.eye(2), np.vstack([np.eye(3), -np.eye(3)]))
    reach = np.array([largest_allocated(allocation, 0, COM, unit) for unit in units])
    assert np.all(reach > 0.0)
    assert np.all(reach <= summary.largest[summary.names.index(name)] * (1.0 + 1e-9))
    *_, scale = allocated(NOZZLES, SETS[name], 0.999 * reach[:, None] * units)
    assert np.all(scale == 1.0)
    asked = 1.25 * reach[:, None] * units
    _, left, _, scale = allocated(NOZZLES, SETS[name], asked)
    assert np.allclose(scale[:6], 0.8, rtol=1e-9)
    assert np.allclose(left, 0.2 * asked, rtol=1e-9, atol=1e-6)


def test_allocation_reaches_nothing_where_no_nozzle_does():
    where, push, thrust, isp, least = NOZZLES
    allocation = build_allocation(where, push, thrust, isp, least, [SETS["A away"]])
    assert largest_allocated(allocation, 0, COM, np.array([0.0, 0.0, 1.0, 0.0, 0.0, 0.0])) == 0.0


def test_the_outline_of_forces_is_convex_and_meets_the_axes(summary):
    full = wrenches(NOZZLES.where_body, NOZZLES.push_body, NOZZLES.thrust, COM)[SETS["A"]]
    outline = force_outline(full, 0, 2, np.linspace(0.0, 2.0 * np.pi, 24, endpoint=False))
    axes = [of(summary, "A", f"force {axis}") for axis in ("+x", "+z", "-x", "-z")]
    assert np.allclose(np.linalg.norm(outline[::6], axis=1), axes, rtol=1e-9)
    side = np.roll(outline, -1, axis=0) - outline
    after = np.roll(side, -1, axis=0)
    assert np.all(side[:, 0] * after[:, 1] - side[:, 1] * after[:, 0] >= -1e-6 * 240.0**2)
