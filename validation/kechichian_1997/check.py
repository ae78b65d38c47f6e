import math

from rvd.core.guidance.toolbox import low_thrust
from validation.row import compare, data

DAY = 86400.0


def rows():
    """Yields the comparisons."""
    d = data(__file__)["edelbaum_leo_geo"]
    i = d["inputs"]
    digits = {28.5: (1e-5, 6e-4), 90.0: (5e-3, 0.05)}
    why = {
        28.5: "a unit of the last digit, mu is not stated; their time is 3.8e-4 day above dv over thrust",
        90.0: "the digits printed",
    }
    for e in d["expected"]:
        tilt = e["tilt_deg"]
        dv = low_thrust.cost(i["r_from_km"], i["r_to_km"], math.radians(tilt), i["mu_km3_s2"])
        days = low_thrust.burning(dv, i["push_km_s2"], 0.0) / DAY
        name = f"small thrust to a stationary orbit, {tilt:g} deg"
        yield compare(f"{name}: dv", e["dv_km_s"], dv, digits[tilt][0], why[tilt], "km/s")
        yield compare(f"{name}: time", e["days"], days, digits[tilt][1], why[tilt], "days")
