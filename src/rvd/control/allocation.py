"""The tables from which the on-times of nozzles are found: built once for each nozzle set."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from rvd.control.facets import FacetTable, facets, wrenches
from rvd.core.constants import G0
from rvd.core.control.allocation import Allocation
from rvd.core.kernel import Vec, over_arrays

__all__ = ["build_allocation"]


def __dir__() -> list[str]:
    return sorted(__all__)


def build_allocation(
    where_body: np.ndarray,
    push_body: np.ndarray,
    thrust: np.ndarray,
    isp: np.ndarray,
    least_on: np.ndarray,
    sets: Sequence[np.ndarray],
    about_body: Vec = (0.0, 0.0, 0.0),
) -> Allocation:
    """The tables of the nozzle sets given, each a row of marks (n,) bool; table k is of `sets[k]`.

    where_body, push_body (n, 3) m and unit; thrust (n,) N; isp, least_on (n,) s. `about_body` is any fixed point:
    `allocate` moves the torque there, so that a table serves every centre of mass.
    """
    full = wrenches(where_body, push_body, thrust, about_body)
    flows = np.asarray(thrust) / (G0 * np.asarray(isp))
    tables = [facets(full, flows, np.asarray(usable, dtype=bool)) for usable in sets]
    return _stacked(tables, full, np.array(least_on, dtype=np.float64), about_body)


def _stacked(
    tables: list[FacetTable], full: np.ndarray, least_on: np.ndarray, about_body: Sequence[float]
) -> Allocation:
    last = np.array(list(accumulate(len(table.prices) for table in tables)), dtype=np.int64)
    x, y, z = (float(value) for value in about_body)
    return Allocation(
        np.ascontiguousarray(np.concatenate([table.prices for table in tables])),
        np.ascontiguousarray(np.concatenate([table.inverses for table in tables])),
        np.ascontiguousarray(np.concatenate([table.columns for table in tables]).ravel().astype(np.int64)),
        np.ascontiguousarray(full),
        least_on,
        np.concatenate([[0], last[:-1]]).astype(np.int64),
        last,
        (x, y, z),
    )


over_arrays(build_allocation, "it makes a table of a set of nozzles; make it before, and give its arrays")
