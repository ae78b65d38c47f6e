import math

import numpy as np

from rvd.motion import cw
from rvd.orbit import cr3bp, elements, frames, lambert
from validation.row import compare, data


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    i, e = d["cw_stm_curtis_ex7_5"]["inputs"], d["cw_stm_curtis_ex7_5"]["expected"]
    m = np.array(cw.transition(i["n_rad_s"], i["t_s"]))
    why = "the digits printed, of the largest entry; n is printed with 5 digits"
    yield compare("CW, Example 7.5: Phi_rr", e["Phi_rr"], m[:3, :3], 5.1e-4, why)
    yield compare("CW, Example 7.5: Phi_rv", e["Phi_rv"], m[:3, 3:], 0.5, why, "s")
    yield compare("CW, Example 7.5: Phi_vr", e["Phi_vr"], m[3:, :3], 5.1e-9, why, "1/s")
    yield compare("CW, Example 7.5: Phi_vv", e["Phi_vv"], m[3:, 3:], 5e-4, why)
    yield from seen_from(d["relstate_curtis_ex7_1"])
    i, e = d["lambert"]["inputs"], d["lambert"]["expected"]
    r1, r2 = (tuple(map(float, i[k])) for k in ("r1_km", "r2_km"))
    found = lambert.transfer(i["mu_km3_s2"], r1, r2, i["tof_s"], True, 0, False)
    why = "the digits printed (5 after the point in the largest)"
    yield compare("Lambert, Example 5.2: v1", e["v1_km_s"], found.v1, 5.1e-6, why, "km/s")
    yield compare("Lambert, Example 5.2: v2", e["v2_km_s"], found.v2, 5.1e-6, why, "km/s")
    e = d["lagrange_points_curtis"]["expected"]
    mu = 0.01215
    points = (cr3bp.lagrange_points(mu)[:, :2] + (mu, 0.0)) * 384400.0
    why = "printed to 100 km, with a mass ratio that is not printed"
    theirs = [e["L1_km"], e["L2_km"]]
    yield compare("L1 and L2 from the Earth", theirs, points[:2, 0], 200.0, why, "km")
    yield compare("L4 from the Earth", e["L4_km"], points[3], 51.0, "printed to 100 km", "km")


def seen_from(d):
    """Example 7.1: position and velocity of B in the turning frame of A."""
    i, e = d["inputs"], d["expected"]
    mu = i["mu_km3_s2"]
    states = []
    for body in ("A", "B"):
        b = i[body]
        angles = (math.radians(b[k]) for k in ("i_deg", "raan_deg", "omega_deg", "theta_deg"))
        orbit = elements.Elements(b["h_km2_s"] ** 2 / mu, b["e"], *angles)
        states.append(elements.state_from_elements(mu, orbit))
    (ra, va), (rb, vb) = states
    r, v = frames.hill_from_eci(ra, va, tuple(np.subtract(rb, ra)), tuple(np.subtract(vb, va)))
    why = "5 digits are printed, of inputs with 5 digits"
    yield compare("Example 7.1: r of A", e["r_A_eci_km"], ra, 0.2, why, "km")
    yield compare("Example 7.1: v of A", e["v_A_eci_km_s"], va, 2e-4, why, "km/s")
    yield compare("Example 7.1: r of B seen from A", e["r_rel_lvlh_km"], r, 0.2, why, "km")
    yield compare("Example 7.1: v of B seen from A", e["v_rel_lvlh_km_s"], v, 2e-5, why, "km/s")
