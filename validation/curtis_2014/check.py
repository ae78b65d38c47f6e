import decimal
import math

import numpy as np

from rvd.core.motion import cw
from rvd.core.orbit import elements, frames, lambert
from rvd.orbit import three_bodies
from validation.row import compare, data


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    i, e = d["cw_stm_curtis_ex7_5"]["inputs"], d["cw_stm_curtis_ex7_5"]["expected"]
    m = np.array(cw.transition(i["n_rad_s"], i["t_s"]))
    why = (
        "one unit of the last digit printed of each entry: some are cut off, not rounded (0.15499 is 0.1549)"
    )
    for name, part in (
        ("Phi_rr", m[:3, :3]),
        ("Phi_rv", m[:3, 3:]),
        ("Phi_vr", m[3:, :3]),
        ("Phi_vv", m[3:, 3:]),
    ):
        units = np.array([[last_digit(x) for x in row] for row in e[name]])
        theirs, ours = np.array(e[name]) / units, part / units
        yield compare(f"CW, Example 7.5: {name}, in units of its last digits", theirs, ours, 1.0, why)
    yield from seen_from(d["relstate_curtis_ex7_1"])
    i, e = d["lambert"]["inputs"], d["lambert"]["expected"]
    r1, r2 = (tuple(map(float, i[k])) for k in ("r1_km", "r2_km"))
    found = lambert.transfer(r1, r2, i["tof_s"], i["mu_km3_s2"], True, 0, False)
    why = "the digits printed (5 after the point in the largest)"
    yield compare("Lambert, Example 5.2: v1", e["v1_km_s"], found.v1, 5.1e-6, why, "km/s")
    yield compare("Lambert, Example 5.2: v2", e["v2_km_s"], found.v2, 5.1e-6, why, "km/s")
    e = d["lagrange_points_curtis"]["expected"]
    mu = 0.01215
    points = (three_bodies.lagrange_points(mu)[:, :2] + (mu, 0.0)) * 384400.0
    yield compare("L1 from the Earth", e["L1_km"], points[0, 0], 51.0, "printed to 100 km", "km")
    why = "no one mass ratio gives the figure's points to 50 km: with that of L1, 0.01215, its L2 is 186 km too far"
    yield compare("L2 from the Earth", e["L2_km"], points[1, 0], 190.0, why, "km")
    why = "the same: its L3 is 76 km too near"
    yield compare("L3 from the Earth", e["L3_km"], points[2, 0], 80.0, why, "km")
    yield compare("L4 from the Earth", e["L4_km"], points[3], 51.0, "printed to 100 km", "km")


def last_digit(x: float) -> float:
    """One unit of the last digit with which a number is written."""
    _, digits, exponent = decimal.Decimal(repr(x)).as_tuple()
    return 10.0**exponent if any(digits) and x != round(x) else 1.0


def seen_from(d):
    """Example 7.1: position and velocity of B in the turning frame of A."""
    i, e = d["inputs"], d["expected"]
    mu = i["mu_km3_s2"]
    states = []
    for body in ("A", "B"):
        b = i[body]
        angles = (math.radians(b[k]) for k in ("i_deg", "raan_deg", "omega_deg", "theta_deg"))
        orbit = elements.Elements(b["h_km2_s"] ** 2 / mu, b["e"], *angles)
        states.append(elements.to_state(orbit, mu))
    (ra, va), (rb, vb) = states
    r, v = frames.hill_from_eci(ra, va, tuple(np.subtract(rb, ra)), tuple(np.subtract(vb, va)))
    why = "the digits printed"
    yield compare("Example 7.1: r of A", e["r_A_eci_km"], ra, 5.1e-2, why, "km")
    yield compare("Example 7.1: v of A", e["v_A_eci_km_s"], va, 5.1e-5, why, "km/s")
    yield compare("Example 7.1: r of B seen from A", e["r_rel_lvlh_km"], r, 5.1e-2, why, "km")
    yield compare("Example 7.1: v of B seen from A", e["v_rel_lvlh_km_s"], v, 5.1e-6, why, "km/s")
