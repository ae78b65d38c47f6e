import math

import numpy as np

from rvd.core.motion import roe
from rvd.core.orbit.elements import Kepler
from rvd.core.orbit.kepler import mean_from_true
from validation.row import compare, data


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    i, e = d["roe_to_ric_damico_table2_1"]["inputs"], d["roe_to_ric_damico_table2_1"]["expected"]
    a = 1e3 * i["a_km"]
    six = (0.0, 0.0, 0.0, i["a_dey_m"] / a, 0.0, i["a_diy_m"] / a)
    for u in (0, 90):
        theirs = 1e3 * np.array(e[f"u{u}_deg"]["ric_km"])
        for ecc, allowed, why in (
            (0.0, 2e-13, "float64 rounding"),
            (i["e"], 2.0 * i["e"] * 800.0, "Eq. 2.17 is for a circle: e = 0.001 moves 800 m by 2 e of it"),
        ):
            mean = mean_from_true(ecc, math.radians(u))
            target = Kepler(a, ecc, math.radians(i["i_deg"]), math.radians(i["raan_deg"]), 0.0, mean)
            # the along-track part of diy's node turn, dlambda = 0, vanishes at e = 0
            ours, _ = roe.hill_from_roe(six, target, 3.986004418e14)
            yield compare(f"ROE to hill, case 1, u = {u} deg, e = {ecc:g}", theirs, ours, allowed, why, "m")
    i, e = d["roe_from_elements_brahe"]["inputs"], d["roe_from_elements_brahe"]["expected"]
    radius = i["R_earth_m"]
    pair = []
    for name, height in (("chief", 700e3), ("deputy", 701e3)):
        c = i[name]
        angles = (math.radians(c[k]) for k in ("i_deg", "raan_deg", "argp_deg", "M_deg"))
        pair.append(Kepler(radius + height, c["e"], *angles))
    ours = np.array(roe.roe_from_elements(*pair))
    ours[[1, 4, 5]] = np.degrees(ours[[1, 4, 5]])
    yield compare(
        "ROE from two sets of elements", e["roe"], ours, 2e-14, "float64 rounding of differences of 100 deg"
    )
