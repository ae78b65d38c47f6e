import math

import numpy as np

from rvd.core.motion import yamanaka_ankersen
from rvd.core.orbit import frames, kepler
from rvd.core.orbit.elements import Elements, to_state
from validation.row import compare, data


def rows():
    """Yields the comparisons."""
    case = data(__file__)["coelliptic_circumnavigation_orekit"]
    for k, (i, e) in enumerate(zip(case["inputs"]["cases"], case["expected"]["cases"])):
        t = i["target"]
        tilt = plane_angle(t["i_rad"], t["raan_rad"], e["i_rad"], e["raan_rad"])
        theirs, ours = i["cross_plane_offset"] / t["a"], tilt
        why = "float64 rounding of an angle of 1e-3 from a cosine-free form of angles of 0.2"
        yield compare(f"angle between the planes, case {k + 1}", theirs, ours, 1e-15, why, "rad")
    trip = case["inputs"]["round_trip"]
    mu, n, e = trip["mu_m3_s2"], trip["n_rad_s"], trip["e"]
    a = (mu / n**2) ** (1.0 / 3.0)
    b = float(trip["semi_minor_axis_m"])
    target = Elements(a * (1.0 - e * e), e, 0.2, 0.3, 0.4, 0.0)
    more = e + b / a
    chaser = target._replace(e=more, p=a * (1.0 - more * more))
    (rt, vt), (rc, vc) = (to_state(x, mu) for x in (target, chaser))
    half = math.pi / n
    rt1, vt1 = kepler.coast(rt, vt, mu, half)
    rc1, vc1 = kepler.coast(rc, vc, mu, half)
    r1, _ = frames.hill_from_eci(rt1, vt1, tuple(np.subtract(rc1, rt1)), tuple(np.subtract(vc1, vt1)))
    x, y, z = case["expected"]["round_trip"]["pos_half_period_lvlh_m"]
    why = "float64 rounding of two positions of 7e6 m, over half a period"
    yield compare("round trip at e = 0.1: half a period on, exact", (-z, x, -y), r1, 3e-8, why, "m")
    r0, v0 = frames.hill_from_eci(rt, vt, tuple(np.subtract(rc, rt)), tuple(np.subtract(vc, vt)))
    r1, _ = yamanaka_ankersen.coast(r0, v0, mu, target.p, e, 0.0, half)
    why = "linear: 3 separation2 / radius, with 200 m along track in between, is 17 mm"
    yield compare("round trip at e = 0.1: half a period on, YA", (-z, x, -y), r1, 0.017, why, "m")


def plane_angle(i, raan, i1, raan1):
    """Angle between two orbital planes, by the chord of their normals."""

    def normal(i, raan):
        return np.array((math.sin(i) * math.sin(raan), -math.sin(i) * math.cos(raan), math.cos(i)))

    return 2.0 * math.asin(0.5 * np.linalg.norm(normal(i1, raan1) - normal(i, raan)))
