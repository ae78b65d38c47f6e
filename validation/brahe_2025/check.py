import numpy as np

from rvd.core.motion import nonlinear
from rvd.core.orbit import ephemeris, timescales
from validation.row import compare, data

MU_SUN, MU_MOON = 1.32712440018e20, 4.9028e12
WHY = "their analytic places err by 0.1-0.4 % and stand on the equator of date"


def rows():
    """Yields the comparisons."""
    case = data(__file__)["third_body_accel_brahe"]
    i, e = case["inputs"], case["expected"]
    t = timescales.tdb_from_tt((i["mjd_tt"] - 51544.5) * 86400.0)
    table = ephemeris.de440()
    zero = (0.0, 0.0, 0.0)
    for name, mu, where in (
        ("sun", MU_SUN, ephemeris.sun_from_earth(t, table)[0]),
        ("moon", MU_MOON, ephemeris.moon_from_earth(t, table)[0]),
    ):
        ours = [nonlinear.third_body(mu, where, tuple(r), zero)[0] for r in i[name]]
        theirs = np.array(e[f"{name}_m_s2"])
        yield compare(
            f"tide of the {name}, 8 places", theirs, ours, 0.004 * np.max(np.abs(theirs)), WHY, "m/s2"
        )
