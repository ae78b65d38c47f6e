import math

import numpy as np

from rvd.core.guidance.toolbox import low_thrust
from rvd.core.motion import cw
from rvd.core.orbit import frames, kepler, lambert, teme, transfers
from validation.row import compare, data

PRINTED = "the digits printed"
ROUNDING = "float64 rounding of values printed in full"


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    for name in ("cw_vallado_ex6_14", "cw_vallado_large_state"):
        i, e = d[name]["inputs"], d[name]["expected"]
        r0, v0 = i.get("r0", i.get("r0_km")), i.get("v0", i.get("v0_km_s"))
        r, v = cw.coast(tuple(map(float, r0)), tuple(map(float, v0)), i["n_rad_s"], i["t_s"])
        title = "CW, Example 6-14" if "14" in name else "CW, large state"
        size = np.max(np.abs(e["r"]))
        yield compare(f"{title}: position", e["r"], r, 2e-15 * max(size, 50.0), ROUNDING)
        yield compare(f"{title}: velocity", e["v"], v, 4e-15 * max(np.max(np.abs(e["v"])), 0.1), ROUNDING)
    i, e = d["kepler_vallado_2_4"]["inputs"], d["kepler_vallado_2_4"]["expected"]
    r, v = kepler.coast(tuple(i["r0_km"]), tuple(i["v0_km_s"]), 398600.4418, float(i["t_s"]))
    yield compare("Kepler, Example 2-4: position", e["r_km"], r, 5.1e-5, PRINTED, "km")
    yield compare("Kepler, Example 2-4: velocity", e["v_km_s"], v, 5.1e-7, PRINTED, "km/s")
    i, e = d["vallado_rsw_ntw_frames"]["inputs"], d["vallado_rsw_ntw_frames"]["expected"]
    r, v = tuple(i["r_km"]), tuple(i["v_km_s"])
    yield compare("RSW axes", e["R_eci_to_rsw"], frames.hill_axes(r, v), 4e-16, ROUNDING)
    yield compare("NTW axes", e["R_eci_to_ntw"], frames.ntw_axes(r, v), 4e-16, ROUNDING)
    yield compare(
        "velocity in RSW", e["v_rsw_km_s"], frames.into(frames.hill_axes(r, v), v), 2e-15, ROUNDING, "km/s"
    )
    yield compare(
        "velocity in NTW", e["v_ntw_km_s"], frames.into(frames.ntw_axes(r, v), v), 2e-15, ROUNDING, "km/s"
    )
    yield from planned(d["transfers_vallado_ch6"])
    i, e = d["lambert"]["inputs"], d["lambert"]["expected"]
    r1, r2 = (tuple(map(float, i[k])) for k in ("r1_km", "r2_km"))
    found = lambert.transfer(r1, r2, i["tof_s"], i["mu_km3_s2"], True, 0, False)
    yield compare("Lambert, Example 7-5: v1", e["v1_km_s"], found.v1, 5.1e-7, PRINTED, "km/s")
    why = "the book's iteration stops early: its printed v1 misses its own r2 by 4 m"
    yield compare("Lambert, Example 7-5: v2", e["v2_km_s"], found.v2, 2e-6, why, "km/s")
    yield from teme_rows(d["teme_vallado_3_15"])
    yield from spirals(d["low_thrust_vallado_6_13"])


def teme_rows(d):
    """TEME to GCRF (with the pole's offsets) and to J2000 (without)."""
    i, e = d["inputs"], d["expected"]
    tt = (i["jd_tt"] - 2451545.0) * 86400.0
    offsets = [i[k] * teme.ARCSEC for k in ("dpsi_arcsec", "deps_arcsec")]
    why = "digits printed, twice, and those of the date: 1e-9 day"
    for name, matrix in (
        ("gcrf", np.array(teme.turn(tt, *offsets)).T),
        ("j2000", np.array(teme.turn(tt, 0.0, 0.0)).T),
    ):
        ours = matrix @ i["r_teme_km"], matrix @ i["v_teme_km_s"]
        title = f"TEME to {name.upper()}, Example 3-15"
        yield compare(f"{title}: position", e[f"r_{name}_km"], ours[0], 1e-7, why, "km")
        yield compare(f"{title}: velocity", e[f"v_{name}_km_s"], ours[1], 1e-9, why, "km/s")


def planned(d):
    """Hohmann, bi-elliptic, phasing."""
    i, e = d["inputs"], d["expected"]
    mu = i["mu_km3_s2"]
    a, b, t = transfers.hohmann(i["hohmann"]["r1_km"], i["hohmann"]["r2_km"], mu)
    theirs = [e["hohmann"][k] for k in ("dva_km_s", "dvb_km_s", "tof_min")]
    yield compare("Hohmann: impulses, minutes", theirs, (a, b, t / 60.0), 6e-14, ROUNDING, "km/s, min")
    k = i["bielliptic"]
    *dv, t = transfers.bielliptic(k["r1_km"], k["rb_km"], k["r2_km"], mu)
    ours = [*map(abs, dv), t / 3600.0]
    theirs = [*e["bielliptic"]["dv_km_s"], e["bielliptic"]["tof_h"]]
    yield compare("bi-elliptic: impulses (sizes), hours", theirs, ours, 2e-13, ROUNDING, "km/s, h")
    for row in e["phasing"]:
        t, dv = transfers.phasing(i["phasing"]["a_km"], math.radians(i["phasing"]["phase_deg"]), row["k"], mu)
        theirs, ours = (row["wait_min"], row["dv_km_s"]), (t / 60.0, dv)
        yield compare(
            f"phasing, {row['k']} revolutions: minutes, dv", theirs, ours, 1e-13, ROUNDING, "min, km/s"
        )


def spirals(d):
    """Small thrust from a low orbit to a stationary one with a change of plane."""
    i, e = d["inputs"], d["expected"]
    mu, r_from, r_to = i["mu_km3_s2"], i["R_km"] + i["h_from_km"], i["R_km"] + i["h_to_km"]
    speed = math.sqrt(mu / r_from)
    ours = low_thrust.cost(r_from, r_to, math.radians(i["tilt_deg"]), mu) / speed
    why = "theirs turns the yaw within each turn (a quadrature gives 0.7522) and is read off a chart to two digits"
    yield compare(
        "small thrust, Example 6-13: dv over the first speed", e["dv_circular_speeds"], ours, 0.0222, why
    )
