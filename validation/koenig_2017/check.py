import math

import numpy as np

from rvd.core.motion import roe
from rvd.core.orbit.elements import Kepler
from validation.row import compare, data


def rows():
    """Yields the comparisons."""
    case = data(__file__)["roe_j2_stm_koenig_eqA6_case1"]
    i, e = case["inputs"], case["expected"]["test1"]
    o = i["orbits"]["test1"]
    angles = (math.radians(o[k]) for k in ("i_deg", "raan_deg", "argp_deg", "M_deg"))
    target = Kepler(1e3 * o["a_km"], o["e"], *angles)
    mu, j2, radius = 1e9 * i["mu_km3_s2"], i["J2"], 1e3 * i["Re_km"]
    ours = np.array(roe.transition(target, e["tau_s"], mu, j2, radius))
    yield compare("ROE J2 matrix, Eq. A6", e["stm"], ours, 1e-14, "float64 rounding of entries up to 9.5")
    numeric = jacobian(mu, j2, radius, target, e["tau_s"])
    why = "central difference of the secular map, steps of 1e-5: their square, times 50"
    yield compare("ROE J2 matrix, Jacobian of the secular map", numeric, ours, 5e-9, why)


def jacobian(mu, j2, radius, target, t):
    """Derivative of the elements' own secular drift, without the matrix."""
    end, step, columns = roe.drift(target, t, mu, j2, radius), 1e-5, []
    for k in range(6):
        both = []
        for way in (step, -step):
            six = [0.0] * 6
            six[k] = way
            moved = roe.drift(roe.elements_from_roe(tuple(six), target), t, mu, j2, radius)
            both.append(np.array(roe.roe_from_elements(end, moved)))
        columns.append((both[0] - both[1]) / (2.0 * step))
    return np.array(columns).T
