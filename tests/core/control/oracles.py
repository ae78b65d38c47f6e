"""Allocation the slow way: the linear program itself, and wrenches added up nozzle by nozzle."""

from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, csc_array

from rvd.assembly.nozzle_table import NozzleTable, read_nozzles
from rvd.core.vehicle.nozzles import Kind, Nozzles, blows_toward

G0 = 9.80665
HTV = Path(__file__).parents[3] / "cases" / "parts" / "htv_rcs.csv"


def htv() -> tuple[NozzleTable, dict[str, np.ndarray]]:
    """The nozzle table of HTV and the sets that its legs use; "away" leaves out what blows at the station."""
    table = read_nozzles(HTV)
    a, b, rcs = table.of_string("A"), table.of_string("B"), table.of_kind(Kind.RCS)
    away = ~blows_toward(table.nozzles, (0.0, 0.0, -1.0))
    sets = {"A": a & rcs, "B": b & rcs, "A and main": a, "all": a | b, "A away": a & rcs & away}
    return table, sets


def cube() -> Nozzles:
    """24 equal nozzles on the corners of a cube, three a corner along the axes: as many ties as there can be."""
    corners = np.array([[x, y, z] for x in (-2.0, 2.0) for y in (-2.0, 2.0) for z in (-2.0, 2.0)])
    where = np.repeat(corners, 3, axis=0)
    push = -np.sign(where) * np.tile(np.eye(3), (8, 1))
    return Nozzles(where, push, np.full(24, 10.0), np.full(24, 220.0), np.zeros(24))


def scattered(seed: int, n: int) -> Nozzles:
    """n unequal nozzles anywhere on a vehicle of 3 m, pointing anywhere."""
    rng = np.random.default_rng(seed)
    push = rng.standard_normal((n, 3))
    push /= np.linalg.norm(push, axis=1)[:, None]
    where = rng.uniform(-3.0, 3.0, (n, 3))
    return Nozzles(where, push, rng.uniform(1.0, 500.0, n), rng.uniform(60.0, 320.0, n), np.zeros(n))


def wrench_sum(nozzles: Nozzles, com_body, duties: np.ndarray) -> np.ndarray:
    """Wrenches (m, 6) about the centre of mass of duties (m, n), one nozzle after the other."""
    total = np.zeros((len(duties), 6))
    for i in range(nozzles.thrust.size):
        force = nozzles.thrust[i] * nozzles.push_body[i]
        arm = nozzles.where_body[i] - np.asarray(com_body)
        total += duties[:, i : i + 1] * np.concatenate([force, np.cross(arm, force)])
    return total


def flows(nozzles: Nozzles) -> np.ndarray:
    """Propellant (n,) in kg/s at full thrust."""
    return nozzles.thrust / (G0 * nozzles.isp)


def cheapest(nozzles: Nozzles, usable: np.ndarray, com_body, asked: np.ndarray) -> np.ndarray:
    """Least propellant flow (m,), kg/s, for each of the wrenches (m, 6), by HiGHS; all must be attainable.

    Many programs are stacked into one, for HiGHS takes a thousand together ten times faster than alone.
    """
    chosen = Nozzles(*(values[usable] for values in nozzles))
    columns = wrench_sum(chosen, com_body, np.eye(chosen.thrust.size)).T
    cost = flows(chosen)
    m = len(asked)
    answer = linprog(
        np.tile(cost, m),
        A_eq=block_diag([csc_array(columns)] * m, format="csc"),
        b_eq=np.ravel(asked),
        bounds=(0.0, None),
        method="highs",
        options={"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9},
    )
    assert answer.status == 0, answer.message
    return answer.x.reshape(m, -1) @ cost
