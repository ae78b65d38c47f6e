import numpy as np

from rvd.orbit import teme
from validation.row import compare, data

DIGITS = (
    "float64 rounding of Julian dates: 4e-5 s, over a motion of 3e-11 rad/s, and of 2e9 arcsec of argument"
)


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    times = [(jd - 2451545.0) * 86400.0 for jd in d["jd_tt"]]
    yield compare("nutation 1980", d["nutation_rad"], [teme.nutation(t) for t in times], 2e-18, DIGITS, "rad")
    yield compare(
        "mean obliquity 1980",
        d["obliquity_rad"],
        [teme.obliquity(t) for t in times],
        2e-16,
        "float64 rounding",
        "rad",
    )
    ours = [teme.equation_of_the_equinoxes(t) for t in times]
    yield compare("equation of the equinoxes 1994", d["equinoxes_rad"], ours, 2e-18, DIGITS, "rad")
    ours = np.array([teme.tod_from_j2000(t) for t in times])
    why = "float64 rounding of three products of matrices, and of the node's terms"
    yield compare("precession 1976 and nutation 1980", d["tod_from_j2000"], ours, 1e-14, why)
