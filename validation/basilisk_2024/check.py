import math

import numpy as np

from rvd.core.algebra import mat, quat
from rvd.core.motion import attitude, rigid
from rvd.core.orbit import elements, frames, kepler
from validation.row import compare, data

PRINTED = "the digits printed"


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    i, e = d["basilisk_hill_state"]["inputs"], d["basilisk_hill_state"]["expected"]
    rt, vt = tuple(map(float, i["chief_r"])), tuple(map(float, i["chief_v"]))
    dr, dv = (tuple(np.subtract(i[f"deputy_{k}"], i[f"chief_{k}"]).astype(float)) for k in "rv")
    r, v = frames.hill_from_eci(rt, vt, dr, dv)
    yield compare("Hill state: position", e["pos_H"], r, 1e-12, "float64 rounding of 7100")
    yield compare("Hill state: velocity", e["vel_H"], v, 5.1e-9, PRINTED)
    i, e = d["basilisk_two_body_10s"]["inputs"], d["basilisk_two_body_10s"]["expected"]
    r, _ = kepler.coast(tuple(i["r0_m"]), tuple(i["v0_m_s"]), i["mu_m3_s2"], float(i["t_s"]))
    why = "theirs is a numerical integration, which its own test trusts to 1e-3 m; ours is closed"
    yield compare("two bodies, 10 s", e["r_m"], r, 3e-6, why, "m")
    i, e = d["elem2rv_basilisk"]["inputs"], d["elem2rv_basilisk"]["expected"]
    for name, c in i["cases"].items():
        angles = [math.radians(c[k]) for k in ("i", "O", "w", "f")]
        orbit = elements.Elements(c["a"] * (1.0 - c["e"] ** 2), float(c["e"]), *angles)
        r, v = elements.to_state(orbit, i["mu_km3_s2"])
        title = f"elements to state, {name.replace('_', ' ')}"
        yield compare(f"{title}: position", e[name]["r_km"], r, 1e-11, "float64 rounding of 7500", "km")
        yield compare(f"{title}: velocity", e[name]["v_km_s"], v, 1e-14, "float64 rounding of 7", "km/s")
        back = elements.to_state(elements.from_state(r, v, i["mu_km3_s2"]), i["mu_km3_s2"])
        yield compare(
            f"{title}: there and back", e[name]["r_km"], back[0], 1e-11, "float64 rounding of 7500", "km"
        )
    yield from pointing(d["hill_point_basilisk"])
    i, e = d["torque_free_mrp_basilisk"]["inputs"], d["torque_free_mrp_basilisk"]["expected"]
    inertia = (*i["I_diag_kg_m2"], 0.0, 0.0, 0.0)
    inverse = mat.sym_inverse(inertia)
    q, w = (0.0, 0.0, 0.0, 1.0), tuple(i["omega0_rad_s"])
    for _ in range(10000):
        q, w = rigid.step(inertia, inverse, q, w, (0.0, 0.0, 0.0), 0.001)
    yield compare("torque-free body, 10 s: MRP", e["sigma"], attitude.mrp_from_quat(q), 5.1e-10, PRINTED)
    yield from kinematics(d["attitude_conversions_basilisk_main"])


def pointing(d):
    """Hill-pointing reference: attitude and rate."""
    i, e = d["inputs"], d["expected"]
    orbit = elements.Elements(i["a_km"], 0.0, 0.0, 0.0, 0.0, math.radians(i["f_deg"]))
    r, v = elements.to_state(orbit, i["mu_km3_s2"])
    q = frames.q_eci_hill(r, v)
    yield compare("Hill-pointing reference: MRP", e["sigma_RN"], attitude.mrp_from_quat(q), 5.1e-13, PRINTED)
    rate = (0.0, 0.0, frames.hill_rate(r, v))
    yield compare(
        "Hill-pointing reference: rate", e["omega_RN_N_rad_s"], rate, 2e-19, "float64 rounding", "rad/s"
    )


def kinematics(d):
    """The vectors of Schaub's tests that have a counterpart here; EP = (scalar, vector)."""
    expected = {row["id"]: row["value"] for row in d["expected"]}

    def q(ep):
        return (*map(float, ep[1:]), float(ep[0]))

    def ep(q):
        return np.array((q[3], *q[:3])) * (1.0 if q[3] >= 0.0 else -1.0)

    def dcm(q):
        return np.array(
            [quat.unrotate(q, axis) for axis in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))]
        ).T

    def from_dcm(c):
        return quat.from_axes(*(tuple(row) for row in c))

    mrp, from_mrp = attitude.mrp_from_quat, attitude.quat_from_mrp
    laws = {
        "addEP": lambda a, b: np.array(ep(quat.multiply(q(a), q(b)))),
        "subEP": lambda a, b: np.array(ep(quat.multiply(quat.conjugate(q(b)), q(a)))),
        "C2EP": lambda c: ep(from_dcm(c)),
        "C2MRP": lambda c: mrp(from_dcm(c)),
        "C2PRV": lambda c: quat.to_rotvec(from_dcm(c)),
        "EP2C": lambda a: dcm(q(a)),
        "EP2MRP": lambda a: mrp(q(a)),
        "EP2PRV": lambda a: quat.to_rotvec(q(a)),
        "MRP2C": lambda s: dcm(from_mrp(tuple(s))),
        "MRP2EP": lambda s: ep(from_mrp(tuple(s))),
        "MRP2PRV": lambda s: quat.to_rotvec(from_mrp(tuple(s))),
        "PRV2C": lambda p: dcm(quat.from_rotvec(tuple(p))),
        "PRV2EP": lambda p: ep(quat.from_rotvec(tuple(p))),
        "PRV2MRP": lambda p: mrp(quat.from_rotvec(tuple(p))),
        "addMRP": lambda a, b: mrp(quat.multiply(from_mrp(tuple(a)), from_mrp(tuple(b)))),
        "addPRV": lambda a, b: quat.to_rotvec(quat.multiply(*(quat.from_rotvec(tuple(x)) for x in (a, b)))),
        "subMRP": lambda a, b: mrp(quat.multiply(quat.conjugate(from_mrp(tuple(b))), from_mrp(tuple(a)))),
        "subPRV": lambda a, b: quat.to_rotvec(
            quat.multiply(quat.conjugate(quat.from_rotvec(tuple(b))), quat.from_rotvec(tuple(a)))
        ),
        "dEP": lambda a, w: np.array([(p := rigid.rate(q(a), tuple(w)))[3], *p[:3]]),
    }
    for row in d["inputs"]:
        if row["function"] in laws:
            theirs = np.array(expected[row["id"]], float)
            if row["function"] in ("addEP", "subEP", "C2EP", "MRP2EP", "PRV2EP") and theirs[0] < 0.0:
                theirs = -theirs
            ours = np.array(laws[row["function"]](*row["args"]), float)
            eight = row["function"] == "subMRP"
            why = "printed to 8 digits" if eight else "printed to 16 digits, composed"
            allowed = 5.1e-9 if eight else 1e-14
            yield compare(f"attitude kinematics, {row['function']}", theirs, ours, allowed, why)
