"""Whether a filter's errors are as large as it says: their squares over its covariance.

Source: Y. Bar-Shalom, X. R. Li, T. Kirubarajan, Estimation with Applications to Tracking and Navigation, 2001,
section 5.4: of a consistent filter `nees` has a chi-square distribution of six degrees, `nis` of three.
"""

import numpy as np

from rvd.by_rows import all_inside, by_rows
from rvd.core.navigation.toolbox import consistency

__all__ = ["nees", "nis"]


def __dir__() -> list[str]:
    return sorted(__all__)


_NONE = "covariance is not symmetric and positive definite"
_nees = by_rows(consistency.nees, _NONE)
_nis = by_rows(consistency.nis, _NONE)


def nees(error, covariance) -> np.ndarray:
    """Normalised error squared (...), e' P^-1 e, of six states; six on average over flights of a consistent filter.

    error: (..., 6), estimate less truth; covariance: (..., 6, 6). Raises ArgumentError where it is not positive
    definite. Source: Bar-Shalom, Li and Kirubarajan 2001, section 5.4.

    >>> import numpy as np
    >>> nees((1.0, 2.0, 0.0, 0.0, 0.0, 0.3), np.diag([1.0, 4.0, 1.0, 0.01, 0.01, 0.01])).round(6).item()
    11.0
    """
    return _nees(error, covariance)


def nis(innovation, covariance) -> np.ndarray:
    """Normalised innovation squared (...), v' S^-1 v, of three numbers measured at once; three on average.

    innovation: (..., 3), measured less expected; covariance: (..., 3, 3) of it, H P H' + R. Raises ArgumentError where
    it is not positive definite. Source: Bar-Shalom, Li and Kirubarajan 2001, section 5.4.

    >>> import numpy as np
    >>> nis((1.0, 2.0, 0.0), np.diag([1.0, 4.0, 1.0])).round(6).item()
    2.0
    """
    return _nis(innovation, covariance)


all_inside(globals(), consistency)
