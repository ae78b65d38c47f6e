"""Whether errors are as large as the filter says: their squares over its covariance.

Source: Y. Bar-Shalom, X. R. Li, T. Kirubarajan, Estimation with Applications to Tracking and Navigation, 2001,
section 5.4: of a consistent filter the first has a chi-square distribution of six degrees, the second of three.
"""

import math

from rvd.core.algebra.mat import Mat, sym_apply, sym_inverse
from rvd.core.algebra.triangular6 import whitened
from rvd.core.algebra.vec import dot
from rvd.core.kernel import Vec, sweep
from rvd.core.motion.domains import is_definite
from rvd.core.navigation.toolbox.matrices import Matrix, Six, dot6, is_covariance, is_covariance3


@sweep
def nees(error: Six, covariance: Matrix) -> float:
    """e' P^-1 e: NaN where P is not positive definite."""
    if not is_covariance(covariance):
        return math.nan
    a, b, c, d, e, f = covariance
    upper = (
        a,
        (b[1], b[2], b[3], b[4], b[5]),
        (c[2], c[3], c[4], c[5]),
        (d[3], d[4], d[5]),
        (e[4], e[5]),
        (f[5],),
    )
    one = whitened(error, upper)
    return dot6(one, one)


@sweep
def nis(innovation: Vec, covariance: Mat) -> float:
    """v' S^-1 v: NaN where S is not positive definite."""
    x, y, z = covariance
    six = (x[0], y[1], z[2], x[1], x[2], y[2])
    good = is_covariance3(covariance) & is_definite(six)
    return dot(innovation, sym_apply(sym_inverse(six), innovation)) if good else math.nan
