import numpy as np

from rvd.core.orbit import teme
from validation.row import compare, data

# dates are chosen to be exact in float64
DIGITS = "float64 rounding of sums of 1e-4 rad, and of 1e9 s of argument"


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    times = [(jd - 2451545.0) * 86400.0 for jd in d["jd_tt"]]
    yield compare("nutation 1980", d["nutation_rad"], [teme.nutation(t) for t in times], 1e-19, DIGITS, "rad")
    yield compare(
        "mean obliquity 1980",
        d["obliquity_rad"],
        [teme.obliquity(t) for t in times],
        6e-17,
        "float64 rounding",
        "rad",
    )
    ours = [teme.equation_of_the_equinoxes(t, teme.nutation(t)[0]) for t in times]
    yield compare("equation of the equinoxes 1994", d["equinoxes_rad"], ours, 1e-19, DIGITS, "rad")
    ours = np.array([teme.tod_from_j2000(t, *teme.nutation(t)) for t in times])
    why = "float64 rounding of three products of matrices, and of the node's terms"
    yield compare("precession 1976 and nutation 1980", d["tod_from_j2000"], ours, 5e-16, why)
