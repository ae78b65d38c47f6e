import math

from rvd.motion import roe
from rvd.orbit.elements import Kepler, state_from_kepler
from rvd.orbit.kepler import mean_from_true
from validation.row import compare, data

MU, J2, RADIUS = 3.986004415e14, 0.0010826261738522227, 6378137.0


def rows():
    """Yields the comparisons."""
    case = data(__file__)["j2_secular_stk"]
    i, e = case["inputs"], case["expected"]
    i_, raan, argp, nu = (math.radians(i[k]) for k in ("i_deg", "raan_deg", "argp_deg", "true_anomaly_deg"))
    start = Kepler(1e3 * i["a_km"], i["e"], i_, raan, argp, mean_from_true(i["e"], nu))
    t = 86400.0 * i["t_days"]
    end = roe.drift(MU, J2, RADIUS, start, t)
    r, v = state_from_kepler(MU, end)
    # node, perigee: 3/4 J2 (R/p)2 n t = 0.04 rad each, times J2 (R/p)2 = 7e-4 of the mean motion's correction
    extra = j2_squared(start, t)
    why = "STK drifts node and perigee with the J2-corrected mean motion: second order in J2"
    yield compare(
        "secular J2, 4 days: position", e["r_km"], [x / 1e3 for x in r], extra * i["a_km"], why, "km"
    )
    yield compare("secular J2, 4 days: velocity", e["v_km_s"], [x / 1e3 for x in v], extra * 7.1, why, "km/s")


def j2_squared(start, t):
    """Size (rad) of the second-order difference of the two conventions."""
    raan, argp, mean = roe.secular_rates(MU, J2, RADIUS, start)
    n = math.sqrt(MU / start.a) / start.a
    return (abs(raan) + abs(argp)) * t * abs(mean / n - 1.0) * 1.1
