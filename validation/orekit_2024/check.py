import math

import numpy as np

from rvd.core.motion import cw, rigid, yamanaka_ankersen
from rvd.core.orbit import kepler
from validation.row import below, compare, data

ROUNDING = "float64 rounding of values printed to 15 digits"


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    i, e = d["cw_stm_orekit_8h"]["inputs"], d["cw_stm_orekit_8h"]["expected"]
    m = np.array(cw.transition(i["n_rad_s"], i["t_s"]))
    for name, part, allowed, unit in (
        ("PhiRR", m[:3, :3], 3e-13, ""),
        ("PhiRV", m[:3, 3:], 2e-11, "s"),
        ("PhiVR", m[3:, :3], 1e-17, "1/s"),
        ("PhiVV", m[3:, 3:], 1e-14, ""),
    ):
        yield compare(f"CW after 8 h: {name}", e[name], part, allowed, ROUNDING + ", nt = 33", unit)
    i, e = d["cw_two_impulse_orekit_curtis"]["inputs"], d["cw_two_impulse_orekit_curtis"]["expected"]
    why = ROUNDING + " of 70, nt = 33 and a determinant of 8 (1 - cos) - 3 nt sin"
    dv1, dv2 = cw.two_impulse(tuple(i["r0_m"]), tuple(i["v0_m_s"]), (0.0, 0.0, 0.0), i["n_rad_s"], i["t_s"])
    yield compare("CW two impulses, first", e["dv1_m_s"], dv1, 5e-12, why, "m/s")
    yield compare("CW two impulses, second", e["dv2_m_s"], dv2, 5e-12, why, "m/s")
    yield from circumnavigation(d["natural_circumnavigation_orekit"])
    i, e = d["cw_vs_two_body_geo_orekit"]["inputs"], d["cw_vs_two_body_geo_orekit"]["expected"]
    yield from linearisation(i, e)
    yield from scaled_matrices(d["ya_matrices_orekit"])
    i, e = d["gravity_gradient_max_torque"]["inputs"], d["gravity_gradient_max_torque"]["expected"]
    ours = []
    for altitude, difference in i["rows"]:
        r = (6378137.0 + 1e3 * altitude) * math.sqrt(0.5)
        inertia = (100.0, 100.0, 100.0 + difference, 0.0, 0.0, 0.0)
        ours.append(np.linalg.norm(rigid.gravity_gradient((0.0, r, r), inertia, i["mu"])))
    why = "float64 rounding of values printed to 16 digits, of 140 kg m2 differences"
    yield compare("largest gravity-gradient torque, 20 cases", e["T_max_Nm"], ours, 3e-19, why, "N m")


def circumnavigation(d):
    """The injection velocity is theirs; that it closes under our CW is ours."""
    i, e = d["inputs"], d["expected"]
    n = i["n_rad_s"]
    r, v = tuple(map(float, e["pos_qsw_m"])), tuple(e["vel_qsw_m_s"])
    r1, _ = cw.coast(r, v, n, 2.0 * math.pi / n)
    why = "their velocity is printed to 1e-11 m/s, times 6 pi / n"
    yield compare("natural circumnavigation closes", r, r1, 1.7e-7, why, "m")  # 1e-11 * 6 pi / n
    quarter, _ = cw.coast(r, v, n, 0.5 * math.pi / n)
    slope = math.tan(math.radians(i["inclination_deg"]))
    theirs = (-0.5 * i["semi_major_m"], 0.0, slope * 0.5 * i["semi_major_m"])
    yield compare("natural circumnavigation, a quarter on", theirs, quarter, 1e-8, why, "m")


def linearisation(i, e):
    """Error of CW against two bodies over 100 s at GEO, within the bound Orekit asserts."""
    mu, a = i["mu_m3_s2"], 35800e3 + 6378136.3
    n = math.sqrt(mu / a) / a
    offset = tuple(map(float, i["offset_m"]))
    r0, v0 = (a, 0.0, 0.0), (0.0, n * a, 0.0)
    rt, _ = kepler.coast(r0, v0, mu, 100.0)
    rc, _ = kepler.coast(tuple(np.add(r0, offset)), v0, mu, 100.0)
    seen = (n * offset[1], -n * offset[0], 0.0)  # the same inertial velocity, seen in the turning frame
    r, _ = cw.coast(offset, seen, n, 100.0)
    c, s = math.cos(n * 100.0), math.sin(n * 100.0)
    x, y, z = np.subtract(rc, rt)
    error = np.max(np.abs(np.subtract((c * x + s * y, c * y - s * x, z), r)))
    why = "the bound Orekit asserts"
    yield below("CW against two bodies, 100 s at GEO", e["pos_error_bound_m"], error, why, "m")


def scaled_matrices(d):
    """The paper's matrices in its scaled coordinates."""
    i, e = d["inputs"], d["expected"]
    ecc, nu0, nu = i["e"], math.radians(i["theta0_deg"]), math.radians(i["theta_deg"])
    p = i["a_m"] * (1.0 - ecc**2)
    j = math.sqrt(i["mu_m3_s2"] / p**3) * i["dt_s"]
    columns = []
    for k in range(4):
        one = [0.0] * 4
        one[k] = 1.0
        constants = yamanaka_ankersen.constants_in_plane(ecc, nu0, one)
        columns.append(yamanaka_ankersen.state_in_plane(ecc, nu, j, constants))
    yield compare(
        "YA in-plane matrix (scaled)", e["in_plane_tilde"], np.array(columns).T, 5.1e-9, "the digits printed"
    )
    x, y, z = i["pos_m"]
    u, v, w = i["vel_m_s"]
    rate = math.sqrt(i["mu_m3_s2"] / p) / p
    arc = yamanaka_ankersen.Arc(rate=rate, e=ecc, nu=nu0, nu_end=nu, t=i["dt_s"])
    r, s = yamanaka_ankersen.between((-z, x, -y), tuple(map(float, (-w, u, -v))), arc)
    r, s = (r[1], -r[2], -r[0]), (s[1], -s[2], -s[0])
    yield compare("YA state: position", e["pos_m"], r, 2e-11, ROUNDING + " of 2e4", "m")
    yield compare("YA state: velocity", e["vel_m_s"], s, 3e-14, ROUNDING + " of 30", "m/s")
