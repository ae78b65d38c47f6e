import numpy as np
from scipy.integrate import solve_ivp

from rvd.motion import nonlinear
from rvd.orbit import ephemeris, timescales
from validation.row import compare, data

MU_EARTH, MU_MOON = 3.986004415e14, 4.9028005821478e12


def rows():
    """Yields the comparisons."""
    case = data(__file__)["halo_earth_moon_gmat_2020"]
    i, e = case["inputs"], case["expected"]
    table = ephemeris.de440()
    # midnight TAI is 37 s before that of UTC
    start = timescales.tdb_from_utc("2019-12-31T23:59:23Z")
    zero = (0.0, 0.0, 0.0)

    def slope(t, y):
        moon, _ = ephemeris.moon_from_earth(table, start + t)
        r = tuple(map(float, y[:3]))
        pull, _ = nonlinear.third_body(MU_MOON, moon, r, zero)
        return np.concatenate((y[3:], np.array(pull) - MU_EARTH * y[:3] / np.linalg.norm(y[:3]) ** 3))

    sol = solve_ivp(slope, (0.0, i["t_s"]), 1e3 * np.array(i["x0"]), "DOP853", rtol=1e-12, atol=1e-6)
    theirs, ours = np.array(e["earth_moon"]), sol.y[:, -1] / 1e3
    why = "DE438 against DE440: metres in the Moon's place"
    yield compare("halo-like orbit, Earth and Moon, one day: position", theirs[:3], ours[:3], 5e-4, why, "km")
    yield compare(
        "halo-like orbit, Earth and Moon, one day: velocity", theirs[3:], ours[3:], 1e-8, why, "km/s"
    )
