import numpy as np

from rvd.core.orbit import curvilinear, elements, ephemeris, frames, kepler, timescales
from validation.row import compare, data


def from_lvlh(a):
    """Hill components of (forward, starboard, down)."""
    return (-float(a[2]), float(a[0]), -float(a[1]))


def to_lvlh(a):
    """(forward, starboard, down) of hill components."""
    return (a[1], -a[2], -a[0])


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    i, e = d["jeod_lvlh_rectilinear_init"]["inputs"], d["jeod_lvlh_rectilinear_init"]["expected"]
    rt, vt = tuple(i["target_r_m"]), tuple(i["target_v_m_s"])
    dr, dv = frames.eci_from_hill(rt, vt, from_lvlh(i["lvlh_pos_m"]), from_lvlh(i["lvlh_vel_m_s"]))
    yield compare(
        "LVLH to inertial: position", e["chaser_r_m"], np.add(rt, dr), 1e-9, "float64 rounding of 7e6 m", "m"
    )
    yield compare(
        "LVLH to inertial: velocity",
        e["chaser_v_m_s"],
        np.add(vt, dv),
        1e-12,
        "float64 rounding of 7e3",
        "m/s",
    )
    rate = -frames.hill_rate(rt, vt)
    yield compare("LVLH rate", e["target_lvlh_rate_y_rad_s"], rate, 1e-16, "16 digits printed", "rad/s")
    i, e = d["jeod_lvlh_relative_toy"]["inputs"], d["jeod_lvlh_relative_toy"]["expected"]
    state = {k: (tuple(map(float, i[k]["r_m"])), tuple(map(float, i[k]["v_m_s"]))) for k in "AB"}
    for seen, by in (("A", "B"), ("B", "A")):
        (rs, vs), (rb, vb) = state[seen], state[by]
        r, v = frames.hill_from_eci(rb, vb, tuple(np.subtract(rs, rb)), tuple(np.subtract(vs, vb)))
        t = e[f"{seen}_in_{by}_rect"]
        yield compare(
            f"{seen} in LVLH of {by}: position", t["pos_m"], to_lvlh(r), 4e-15, "float64 rounding of 15", "m"
        )
        yield compare(
            f"{seen} in LVLH of {by}: velocity",
            t["vel_m_s"],
            to_lvlh(v),
            4e-15,
            "float64 rounding of 15",
            "m/s",
        )
        if seen == "B":
            r, v = curvilinear.curvilinear_from_hill(r, v, 10.0, 0.0)
            t = e["B_in_A_curv"]
            yield compare(
                "B in A, curvilinear: position", t["pos_m"], to_lvlh(r), 4e-15, "float64 rounding of 15", "m"
            )
            yield compare(
                "B in A, curvilinear: velocity",
                t["vel_m_s"],
                to_lvlh(v),
                4e-15,
                "float64 rounding of 15",
                "m/s",
            )
    yield from eccentric(d["jeod_orbital_elements_ecc"])
    yield from moon(d["moon_earth_ssb_de421_jeod"])


def eccentric(d):
    """Anomalies and radii of an e = 0.36 orbit, from its elements at apogee."""
    i, e = d["inputs"], d["expected"]
    o, mu = i["elements_t0"], i["mu_m3_s2_implied"]
    orbit = elements.Kepler(o["a_m"], o["e"], o["i_rad"], o["raan_rad"], o["argp_rad"], o["M_rad"])
    r, v = elements.state_from_kepler(orbit, mu)
    for t in (300.0, 468.0):
        theirs = e[f"t{t:.0f}"]
        r1, v1 = kepler.coast(r, v, mu, t)
        sizes = (np.linalg.norm(r1), np.linalg.norm(v1))
        want = (theirs["r_m"], theirs["v_m_s"])
        yield compare(
            f"radius and speed after {t:.0f} s", want, sizes, 4e-8, "16 digits printed of 1.4e7 m", "m, m/s"
        )
        now = elements.from_state(r1, v1, mu)
        angles = (now.nu, kepler.mean_from_true(now.e, now.nu), kepler.eccentric_from_true(now.e, now.nu))
        ours = np.mod(angles, 2.0 * np.pi)
        want = [theirs[k] for k in ("nu_rad", "M_rad", "E_rad")]
        yield compare(f"anomalies after {t:.0f} s", want, ours, 2e-15, "16 digits printed", "rad")
        # the log's position is that of a structure frame up to 2.6 m away, inertially fixed
        moved = np.subtract(theirs["pos_m"], e["t0"]["pos_m"])
        why = "16 digits printed of 1.4e7 m, twice"
        yield compare(f"moved in {t:.0f} s", moved, np.subtract(r1, r), 4e-8, why, "m")


def moon(d):
    """The Moon from the Earth on a day of 2009, which tests the time scales too: one leap second is a kilometre.

    The package's tables begin in 2020: the one piece of DE440 that is needed stands in data.json.
    """
    piece, e = d["inputs"]["de440_moon_piece"], d["expected"]
    table = np.array(piece["moon"])
    t = timescales.tdb_from_utc(d["inputs"]["epoch"].replace(" UTC", "Z"))
    r, v = ephemeris.piece(table, piece["start"], piece["length"], t)
    theirs = np.subtract(e["moon_r"], e["earth_r"])
    why = "DE421 against DE440: 1.2 m here"
    yield compare("Moon from Earth, 2009: position", theirs, r, 1.3, why, "m")
    theirs = np.subtract(e["moon_v"], e["earth_v"])
    why = "DE421 against DE440: 1.2 m, times the Moon's mean motion"
    yield compare("Moon from Earth, 2009: velocity", theirs, v, 3.3e-6, why, "m/s")
