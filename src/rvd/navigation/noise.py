"""Process noise: what the unknown adds to a covariance over a time.

Frame: hill (x outward, y along track, z normal); the target is on a circle, `n` is its mean motion, rad/s.
Source: J. R. Carpenter, C. N. D'Souza (eds.), Navigation Filter Best Practices, NASA/TP-2018-219822, chapter 2.
"""

import numpy as np

from rvd.array_arguments import numbers, positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.navigation.toolbox import noise
from rvd.errors import ArgumentError

__all__ = ["coasting", "fading"]


def __dir__() -> list[str]:
    return sorted(__all__)


def _not_negative(name: str, value) -> np.ndarray:
    array = numbers(name, value)
    if np.any(array < 0.0):
        raise ArgumentError(f"{name} must not be below zero; the least is {np.min(array):g}")
    return array


_coasting = by_rows(
    noise.coasting,
    "the target turns too often: at most 800 times",
    density=_not_negative,
    n=positive,
    t=_not_negative,
    matrix=True,
    at_once=True,
)
_fading = by_rows(noise.fading, sigma=_not_negative, memory=positive, t=_not_negative, parts=True)


def coasting(density, n, t) -> np.ndarray:
    """Covariance (..., 6, 6) of (r, v) in hill after `t` s of coasting under white acceleration, from none.

    density: (..., 3), m2/s3 along each hill axis, not below zero: the spectral density of the acceleration, which moves
    a velocity by its root times the root of the time; n: (...), rad/s; t: (...), s, not below zero. To twelve digits,
    by quadrature of Clohessy and Wiltshire's motion; raises ArgumentError beyond 800 turns of the target.
    Source: Carpenter and D'Souza 2018, chapter 2.

    >>> import numpy as np
    >>> np.sqrt(np.diagonal(coasting((1e-8, 1e-8, 1e-8), 0.00113, 100.0))).round(6).tolist()
    [0.057882, 0.057662, 0.057661, 0.001006, 0.001, 0.000998]
    """
    return _coasting(density, n, t)


def fading(sigma, memory, t) -> tuple[np.ndarray, np.ndarray]:
    """(kept, added), each (...): what a Gauss-Markov bias keeps over `t` s, and the variance added meanwhile.

    sigma: (...), of the bias, not below zero; memory: (...), s, above zero; t: (...), s, not below zero. kept is
    exp(-t / memory), and the variance stays as it is: kept2 sigma2 + added = sigma2.
    Source: Carpenter and D'Souza 2018, chapter 2.

    >>> [one.round(6).item() for one in fading(2.0, 600.0, 60.0)]
    [0.904837, 0.725077]
    """
    return _fading(sigma, memory, t)


all_inside(globals(), noise)
