"""Constants of nature and of the Earth, Moon and Sun, in SI, each with its source.

Sources
    IERS   Petit & Luzum, IERS Conventions (2010), Technical Note 36, Table 1.1.
    EGM08  Pavlis et al., EGM2008 (tide-free), unnormalised zonals J_n = -sqrt(2n+1) C_n0.
    DE440  Park et al., The JPL Planetary and Lunar Ephemerides DE440 and DE441, AJ 161:105 (2021).
    WGS84  NGA.STND.0036, World Geodetic System 1984.
    IAU12  IAU 2012 Resolution B2.
    CODATA exact by the SI or by definition.
"""

MU_EARTH = 3.986004418e14  # m3/s2, IERS (TCG-compatible value, also WGS84 and EGM08)
RADIUS_EARTH = 6378137.0  # m, equatorial, WGS84
SPIN_EARTH = 7.292115e-5  # rad/s, IERS nominal mean angular velocity

J2_EARTH = 1.0826261738522e-3  # EGM08, tide-free
J3_EARTH = -2.5324105185677e-6  # EGM08
J4_EARTH = -1.6198975999169e-6  # EGM08
J5_EARTH = -2.2775359073083e-7  # EGM08
J6_EARTH = 5.4066657628e-7  # EGM08

MU_MOON = 4.902800118e12  # m3/s2, DE440, Table 2
RADIUS_MOON = 1.7374e6  # m, mean, IAU working group on cartographic coordinates 2015
MU_SUN = 1.32712440041279419e20  # m3/s2, DE440, Table 2
RADIUS_SUN = 6.957e8  # m, IAU 2015 Resolution B3 nominal

AU = 1.495978707e11  # m, exact, IAU12
SPEED_OF_LIGHT = 299792458.0  # m/s, exact, CODATA
SOLAR_PRESSURE = 4.5390e-6  # N/m2 at 1 au: 1360.8 W/m2 (Kopp & Lean, GRL 38, 2011) over the speed of light
G0 = 9.80665  # m/s2, standard gravity, exact, CODATA
OBLIQUITY_J2000 = 84381.406 / 3600.0 * 3.141592653589793 / 180.0  # rad, IERS (IAU 2006)

#: Newton's constant, m3/kg/s2, of CODATA 2018.
GRAVITATION = 6.6743e-11
