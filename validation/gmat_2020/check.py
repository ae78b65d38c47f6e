import numpy as np
from scipy.integrate import solve_ivp

from rvd.core.motion import nonlinear
from rvd.core.orbit import ephemeris, timescales
from validation.row import compare, data

MU_EARTH, MU_MOON = 3.986004415e14, 4.9028005821478e12
MU_SUN = 1.32712440018e20  # nearly all values in use agree to 2e-10


def rows():
    """Yields the comparisons."""
    case = data(__file__)["halo_earth_moon_gmat_2020"]
    i, e = case["inputs"], case["expected"]
    table = ephemeris.de440()
    # midnight TAI is 37 s before that of UTC
    start = timescales.tdb_from_utc("2019-12-31T23:59:23Z")
    zero = (0.0, 0.0, 0.0)

    def slope(t, y, mu_sun):
        moon, _ = ephemeris.moon_from_earth(start + t, table)
        sun, _ = ephemeris.sun_from_earth(start + t, table)
        r = tuple(map(float, y[:3]))
        pull = np.add(
            nonlinear.third_body(MU_MOON, moon, r, zero)[0], nonlinear.third_body(mu_sun, sun, r, zero)[0]
        )
        return np.concatenate((y[3:], pull - MU_EARTH * y[:3] / np.linalg.norm(y[:3]) ** 3))

    def end(mu_sun):
        begin = 1e3 * np.array(i["x0"])
        sol = solve_ivp(slope, (0.0, i["t_s"]), begin, "DOP853", rtol=1e-12, atol=1e-6, args=(mu_sun,))
        return sol.y[:, -1] / 1e3

    theirs, ours = np.array(e["earth_moon"]), end(0.0)
    why = "DE438 against DE440: a metre in the Moon's place, which is 0.1 to 0.2 m here"
    yield compare("halo-like orbit, Earth and Moon, one day: position", theirs[:3], ours[:3], 2e-4, why, "km")
    yield compare(
        "halo-like orbit, Earth and Moon, one day: velocity", theirs[3:], ours[3:], 4e-9, why, "km/s"
    )
    theirs, ours = np.array(e["earth_moon_sun_jupiter"]), end(MU_SUN)
    why = "theirs has Jupiter: 2 mu r / d3 at 6.2 au is 1.1e-10 m/s2 here, 0.4 m and 1e-5 m/s a day; DE438 0.1 m"
    yield compare("the same with the Sun: position", theirs[:3], ours[:3], 5e-4, why, "km")
    yield compare("the same with the Sun: velocity", theirs[3:], ours[3:], 1.1e-8, why, "km/s")
