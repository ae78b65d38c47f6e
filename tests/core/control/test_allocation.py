import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rvd.control.allocation import build_allocation
from rvd.core.control.allocation import Allocation, about_point, allocate, along, duty, pulse, six_of
from rvd.core.kernel import LANES, Sheet, Table, Vec, entry
from tests.core.control.oracles import cheapest, cube, flows, htv, scattered, wrench_sum

TABLE, SETS = htv()
NOZZLES = TABLE.nozzles
COM = (-0.35, 0.03, -0.02)


@entry
def allocate_all(
    allocation: Allocation, table: int, com: Vec, period: float, asked: Table, on: Sheet, rest: Sheet
) -> None:
    for k in range(asked.shape[0]):
        w = asked[k]
        answer = allocate(allocation, table, (w[0], w[1], w[2]), (w[3], w[4], w[5]), com, period, on[k])
        owed_f, owed_t, left_f, left_t, scale = answer
        for i in range(3):
            rest[k, i], rest[k, 3 + i] = left_f[i], left_t[i]
            rest[k, 6 + i], rest[k, 9 + i] = owed_f[i], owed_t[i]
        rest[k, 12] = scale


def allocated(nozzles, marks, asked, *, com=COM, period=1.0, least=None, about=(0.0, 0.0, 0.0)):
    """On-times (m, n), left (m, 6), owed (m, 6) and scale (m,) of wrenches (m, 6) with one nozzle set."""
    where, push, thrust, isp, _ = nozzles
    least = np.zeros(len(thrust)) if least is None else least
    allocation = build_allocation(where, push, thrust, isp, least, [marks], about)
    on, rest = np.full((len(asked), len(thrust)), -1.0), np.empty((len(asked), 13))
    allocate_all(allocation, 0, com, period, np.ascontiguousarray(asked), on, rest)
    return on, rest[:, :6], rest[:, 6:12], rest[:, 12]


def wrenches(m, seed=0, force=20.0, torque=60.0):
    """m random wrenches that no on-time limits: half of them full, half with most components zero."""
    rng = np.random.default_rng(seed)
    asked = rng.standard_normal((m, 6)) * ([force] * 3 + [torque] * 3)
    asked[m // 2 :] *= rng.random((m - m // 2, 6)) < 0.35
    return asked


# ---- against the linear program


@pytest.mark.parametrize("name", ["A", "A and main", "all"])
def test_ten_thousand_wrenches_cost_what_the_linear_program_says(name):
    asked = wrenches(10_000)
    on, left, _, scale = allocated(NOZZLES, SETS[name], asked)
    least = np.concatenate([cheapest(NOZZLES, SETS[name], COM, part) for part in np.split(asked, 10)])
    assert np.all(scale == 1.0)
    # The tie-break between equal nozzles moves costs by a millionth; a wrong basis costs per cents.
    assert np.all(np.abs(on @ flows(NOZZLES) - least) <= 3e-6 * least + 1e-12)
    size = np.abs(asked).max(axis=1, keepdims=True)
    assert np.all(np.abs(wrench_sum(NOZZLES, COM, on) - asked) <= 1e-9 * size)
    assert np.all(np.abs(left) <= 1e-9 * size)


@pytest.mark.parametrize("name", ["A", "A and main", "all"])
def test_wrenches_are_proved_optimal_without_a_solver(name):
    """Weak duality: prices that no nozzle beats bound the cost from below, on-times from above; they meet."""
    asked = wrenches(10_000, seed=1)
    on, *_ = allocated(NOZZLES, SETS[name], asked)
    where, push, thrust, isp, least = NOZZLES
    prices = build_allocation(where, push, thrust, isp, least, [SETS[name]], COM).prices
    columns = wrench_sum(NOZZLES, COM, np.eye(thrust.size))[SETS[name]]
    assert np.all(prices @ columns.T <= flows(NOZZLES)[SETS[name]] * (1.0 + 2e-6))
    lower = (asked @ prices.T).max(axis=1) / (1.0 + 2e-6)
    assert np.all(on @ flows(NOZZLES) <= lower * (1.0 + 1e-5) + 1e-15)


@pytest.mark.parametrize("com", [(0.0, 0.0, 0.0), (-1.2, 0.1, -0.05)])
@pytest.mark.parametrize("about", [(0.0, 0.0, 0.0), (-0.5, 0.0, 0.1)])
def test_one_table_serves_every_centre_of_mass(com, about):
    asked = wrenches(200, seed=2)
    on, left, _, _ = allocated(NOZZLES, SETS["A"], asked, com=com, about=about)
    assert np.abs(left).max() < 1e-9 * np.abs(asked).max()
    assert np.allclose(wrench_sum(NOZZLES, com, on), asked, rtol=0.0, atol=1e-9 * np.abs(asked).max())
    assert np.allclose(on @ flows(NOZZLES), cheapest(NOZZLES, SETS["A"], com, asked), rtol=3e-6)


@pytest.mark.parametrize(
    "nozzles",
    [cube(), *(scattered(seed, n) for seed, n in ((1, 24), (2, 12), (3, 40)))],
    ids=["cube", "scattered 24", "scattered 12", "scattered 40"],
)
def test_any_layout_agrees_with_the_linear_program(nozzles):
    marks = np.ones(nozzles.thrust.size, dtype=bool)
    asked = wrenches(300, seed=3, force=1.0, torque=1.0)
    on, left, _, _ = allocated(nozzles, marks, asked, com=(0.1, 0.2, -0.1), period=1e6)
    least = cheapest(nozzles, marks, (0.1, 0.2, -0.1), asked)
    assert np.allclose(on @ flows(nozzles) / 1e6, least, rtol=3e-6, atol=1e-12)
    assert np.abs(left).max() < 1e-9 * np.abs(asked).max()


def test_the_same_nozzle_twice_is_no_harm():
    twice = np.concatenate([np.arange(32), np.arange(32)])
    nozzles = type(NOZZLES)(*(values[twice] for values in NOZZLES))
    asked = wrenches(200, seed=4)
    on, left, _, _ = allocated(nozzles, np.tile(SETS["all"], 2), asked)
    assert np.abs(left).max() < 1e-9 * np.abs(asked).max()
    assert np.allclose(on @ flows(nozzles), cheapest(NOZZLES, SETS["all"], COM, asked), rtol=3e-6, atol=1e-12)


# ---- limits


def test_only_usable_nozzles_fire_and_none_backwards():
    on, *_ = allocated(NOZZLES, SETS["A away"], wrenches(500, seed=5), period=0.1, least=NOZZLES.least_on)
    assert np.all(on >= 0.0)
    assert np.all(on[:, ~SETS["A away"]] == 0.0)
    assert np.all(np.any(on[:, SETS["A away"]] > 0.0, axis=0))


def test_of_a_wrench_too_large_the_force_yields_to_the_torque():
    """Force far beyond reach with a torque within it: all of the torque, and a share of the force."""
    asked = wrenches(500, seed=6, force=3000.0, torque=60.0)[:250]
    on, left, owed, scale = allocated(NOZZLES, SETS["A"], asked, period=0.5)
    assert np.all(scale < 1.0)
    assert np.all(on.max(axis=1) <= 0.5 + 1e-12)
    assert np.all(scale > 0.0)
    given = wrench_sum(NOZZLES, COM, on / 0.5)
    assert np.allclose(given[:, :3], scale[:, None] * asked[:, :3], rtol=0.0, atol=1e-9 * np.abs(asked).max())
    # Where four rounds along the chord do not quite fit, all is scaled by what is left: in 3 of 250, by 1e-4 to 3e-4.
    assert np.allclose(given[:, 3:], asked[:, 3:], rtol=1e-3, atol=1e-9 * np.abs(asked).max())
    assert np.allclose(left, asked - given, rtol=0.0, atol=1e-9 * np.abs(asked).max())
    assert np.abs(owed).max() < 1e-9 * np.abs(asked).max()


def test_a_torque_too_large_is_scaled_with_no_force_left():
    asked = wrenches(500, seed=6, force=100.0, torque=9000.0)[:250]
    on, left, _, scale = allocated(NOZZLES, SETS["A"], asked, period=0.5)
    assert np.all(on.max(axis=1) <= 0.5 + 1e-12)
    assert np.all(scale == 0.0)
    given = wrench_sum(NOZZLES, COM, on / 0.5)
    turned = np.einsum("ij,ij->i", given[:, 3:], asked[:, 3:])
    assert np.all(
        turned > 0.999 * np.linalg.norm(given[:, 3:], axis=1) * np.linalg.norm(asked[:, 3:], axis=1)
    )
    assert np.allclose(left, asked - given, rtol=0.0, atol=1e-9 * np.abs(asked).max())


@pytest.mark.parametrize(
    ("asked", "on"),
    [
        (0.0, 0.0),
        (0.0039, 0.0),
        (0.004, 0.008),
        (0.0079, 0.008),
        (0.009, 0.009),
        (0.1, 0.1),
        (0.3, 0.1),
        (math.nan, 0.0),
    ],
)
def test_a_valve_opens_for_its_least_or_not_at_all(asked, on):
    assert pulse(asked, 0.008, 0.1) == on


def test_a_valve_slower_than_the_period_stays_shut_and_one_with_no_least_opens_for_anything():
    assert pulse(0.1, 0.2, 0.1) == 0.0
    assert pulse(1e-12, 0.0, 0.1) == 1e-12
    assert pulse(0.0, 0.0, 0.1) == 0.0


def test_on_times_respect_the_least_and_what_is_withheld_is_owed():
    asked = wrenches(1000, seed=7, force=10.0, torque=20.0)
    least = NOZZLES.least_on
    on, left, owed, scale = allocated(NOZZLES, SETS["A"], asked, period=0.1, least=least)
    assert np.all((on == 0.0) | ((on >= least) & (on <= 0.1)))
    assert np.any(on == 0.008)
    given = wrench_sum(NOZZLES, COM, on / 0.1)
    assert np.allclose(left, asked - given, rtol=0.0, atol=1e-9)
    assert np.all(scale == 1.0)
    assert np.allclose(owed, left, rtol=0.0, atol=1e-9)


def test_pulses_below_the_least_average_out_when_what_is_owed_is_carried():
    """2 N on nozzles whose shortest pulse gives 9.6 N over the period: one in five periods or so fires."""
    where, push, thrust, isp, least = NOZZLES
    allocation = build_allocation(where, push, thrust, isp, least, [SETS["A"]])
    wanted = np.array([2.0, -1.0, 0.7, 3.0, -2.0, 1.0])
    owed, total, on, rest = np.zeros(6), np.zeros(6), np.empty((1, 32)), np.empty((1, 13))
    fired = 0
    for _ in range(2000):
        allocate_all(allocation, 0, COM, 0.1, np.ascontiguousarray((wanted + owed)[None]), on, rest)
        owed = rest[0, 6:12].copy()
        total += wrench_sum(NOZZLES, COM, on / 0.1)[0]
        fired += np.count_nonzero(on)
    # What is owed never exceeds one rounding of each of six nozzles: half of 9.6 N and its torque.
    full = np.abs(wrench_sum(NOZZLES, COM, np.eye(32))[SETS["A"]]).max(axis=0)
    assert np.all(np.abs(total / 2000 - wanted) <= 6 * 0.04 * full / 2000)
    assert 0.02 < fired / (2000 * 6) < 0.5


# ---- out of reach


def test_a_force_that_no_nozzle_gives_is_left_and_disturbs_nothing_else():
    asked = np.array([[0.0, 0.0, 30.0, 0.0, 0.0, 0.0], [5.0, -4.0, 30.0, 10.0, -20.0, 15.0]])
    on, left, owed, scale = allocated(NOZZLES, SETS["A away"], asked, com=(0.0, 0.0, 0.0))
    given = wrench_sum(NOZZLES, (0.0, 0.0, 0.0), on)
    assert np.allclose(left, asked - given, rtol=0.0, atol=1e-9)
    assert np.allclose(left, [[0, 0, 30, 0, 0, 0], [0, 0, 30, 0, 0, 0]], rtol=0.0, atol=1e-9)
    assert np.all(on[0] == 0.0)
    assert np.all(scale == 1.0)
    assert np.abs(owed).max() < 1e-9


def test_without_the_station_side_nozzles_all_else_is_as_cheap_as_it_can_be():
    asked = wrenches(300, seed=8)
    asked[:, 2] = -np.abs(asked[:, 2])
    on, left, _, _ = allocated(NOZZLES, SETS["A away"], asked, com=COM, about=COM)
    assert np.abs(left).max() < 1e-9 * np.abs(asked).max()
    least = cheapest(NOZZLES, SETS["A away"], COM, asked)
    assert np.allclose(on @ flows(NOZZLES), least, rtol=3e-6, atol=1e-12)


def test_with_no_nozzle_everything_is_left():
    asked = wrenches(50, seed=9)
    on, left, owed, scale = allocated(NOZZLES, np.zeros(32, dtype=bool), asked)
    assert np.all(on == 0.0)
    assert np.array_equal(left, asked)
    assert np.all(owed == 0.0)
    assert np.all(scale == 1.0)


def test_one_nozzle_fires_only_for_what_it_gives():
    only = np.arange(32) == TABLE.names.index("RA7")
    column = wrench_sum(NOZZLES, COM, np.eye(32))[TABLE.names.index("RA7")]
    on, left, _, _ = allocated(NOZZLES, only, np.array([0.25 * column, -0.25 * column]), about=COM)
    assert on[0, only] == pytest.approx(0.25, rel=1e-12)
    assert np.abs(left[0]).max() < 1e-9 * np.abs(column).max()
    assert np.all(on[1] == 0.0)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_wrench_that_is_not_finite_fires_nothing(bad):
    asked = np.array([[bad, 0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0, bad, 0.0]])
    on, *_ = allocated(NOZZLES, SETS["all"], asked, least=NOZZLES.least_on)
    assert np.all(on == 0.0)


# ---- the tables


def test_stacked_tables_answer_as_each_alone():
    where, push, thrust, isp, least = NOZZLES
    asked = wrenches(100, seed=10)
    stacked = build_allocation(where, push, thrust, isp, least, list(SETS.values()), COM)
    assert stacked.last[-1] == len(stacked.prices)
    for k, marks in enumerate(SETS.values()):
        on, rest = np.empty((100, 32)), np.empty((100, 13))
        allocate_all(stacked, k, COM, 0.1, asked, on, rest)
        alone, *_ = allocated(NOZZLES, marks, asked, period=0.1, least=least, about=COM)
        assert np.array_equal(on, alone)


def test_the_tables_are_the_same_every_time():
    where, push, thrust, isp, least = NOZZLES
    first, second = (build_allocation(where, push, thrust, isp, least, [SETS["all"]]) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


@entry
def allocate_lanes(
    allocation: Allocation, table: int, com: Vec, period: float, asked: Table, on: Sheet, work: Sheet
) -> None:
    """The same for LANES wrenches side by side: facet outside and lane inside, then what the data index."""
    for lane in range(LANES):
        w = asked[lane]
        moved = about_point((w[0], w[1], w[2]), (w[3], w[4], w[5]), com, allocation.about_body)
        for i in range(6):
            work[i, lane] = moved[i]
        work[6, lane], work[7, lane] = -1.0, 0.0
    for facet in range(allocation.first[table], allocation.last[table]):
        row, number = six_of(allocation.prices, facet), float(facet)
        for lane in range(LANES):
            price = along(
                row,
                (work[0, lane], work[1, lane], work[2, lane], work[3, lane], work[4, lane], work[5, lane]),
            )
            work[7, lane] = number if price > work[6, lane] else work[7, lane]
            work[6, lane] = price if price > work[6, lane] else work[6, lane]
    on[:] = 0.0
    for lane in range(LANES):
        facet, longest = int(work[7, lane]), 1.0
        wrench = (work[0, lane], work[1, lane], work[2, lane], work[3, lane], work[4, lane], work[5, lane])
        for i in range(6):
            longest = max(longest, duty(allocation.inverses, facet, i, wrench))
        for i in range(6):
            nozzle = allocation.columns[6 * facet + i]
            asked_on = duty(allocation.inverses, facet, i, wrench) / longest * period
            on[nozzle, lane] = pulse(asked_on, allocation.least_on[nozzle], period)


def test_lanes_give_the_same_bits_as_one_wrench_at_a_time():
    where, push, thrust, isp, least = NOZZLES
    allocation = build_allocation(where, push, thrust, isp, least, [SETS["A"], SETS["all"]])
    asked = wrenches(
        LANES, seed=12, force=30.0, torque=30.0
    )  # within reach: what is too large is no lane's work
    on, work = np.empty((32, LANES)), np.empty((8, LANES))
    allocate_lanes(allocation, 1, COM, 0.1, asked, on, work)
    alone, *_ = allocated(NOZZLES, SETS["all"], asked, period=0.1, least=least)
    assert np.array_equal(on.T, alone)


def test_compiled_and_plain_python_give_the_same_bits():
    script = (
        "from tests.core.control.test_allocation import *\n"
        "on, left, owed, scale = allocated(NOZZLES, SETS['all'], wrenches(40, seed=11, force=200.0),\n"
        "    period=0.1, least=NOZZLES.least_on)\n"
        "print(hash(on.tobytes() + left.tobytes() + owed.tobytes() + scale.tobytes()), on.sum())\n"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PYTHONHASHSEED": "0", "NUMBA_DISABLE_JIT": off},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for off in ("0", "1")
    ]
    assert answers[0] == answers[1] != ""
