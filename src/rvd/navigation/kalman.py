"""A Kalman filter of six states and linear motion: what time and a measurement do to a state and its covariance.

The states are any six numbers, mostly position and velocity in hill; covariances, transitions and noise are
(..., 6, 6). A covariance is symmetric, and no correlation in it is above one, both to 1e-9.
`rvd.motion.cw.transition` and `rvd.motion.yamanaka_ankersen.transition` give transitions,
`rvd.navigation.noise.coasting` what they leave out.
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.navigation.toolbox import kalman

__all__ = ["predict", "update", "update3"]


def __dir__() -> list[str]:
    return sorted(__all__)


_COVARIANCE = "covariance is none: not symmetric, a variance below zero, or a correlation above one"
_predict = by_rows(kalman.predict, f"{_COVARIANCE}, or noise is none")
_update = by_rows(kalman.update, _COVARIANCE, variance=positive, gate=positive)
_update3 = by_rows(
    kalman.update3,
    f"{_COVARIANCE}, or noise is none, or their sum in the three numbers is not positive definite",
    gate=positive,
)


def predict(x, covariance, transition, noise) -> tuple[np.ndarray, np.ndarray]:
    """State (..., 6) and covariance (..., 6, 6) after a step of time: F x and F P F' + Q.

    x: (..., 6); covariance P, transition F, noise Q: (..., 6, 6). Raises ArgumentError where P or Q is no covariance.
    Source: A. Gelb (ed.), Applied Optimal Estimation, 1974, table 4.2-1.

    >>> import numpy as np
    >>> from rvd.motion import cw
    >>> x, P = (0.0, -1000.0, 0.0, 0.0, 0.0, 0.0), np.diag([100.0, 100.0, 100.0, 0.01, 0.01, 0.01])
    >>> x, P = predict(x, P, cw.transition(0.00113, 60.0), np.zeros((6, 6)))
    >>> np.sqrt(np.diagonal(P)[:3]).round(3).tolist()
    [11.726, 11.66, 11.64]
    """
    return _predict(x, covariance, transition, noise)


def update(x, covariance, z, row, variance, gate) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """State (..., 6), covariance (..., 6, 6) and NIS (...) after one number z (...) that is measured.

    z measures row . x, row: (..., 6), with white noise of `variance` (...), above zero. NIS is the square of the
    innovation over its variance. Beyond `gate` (...), sigmas above zero, z is edited: NIS is above the gate's square,
    and state and covariance stay as they were. Raises ArgumentError where the covariance is none.
    Source: Gelb 1974, table 4.2-1; the covariance by Joseph's form (Bucy and Joseph 1968).

    >>> import numpy as np
    >>> P = np.diag([100.0, 100.0, 100.0, 0.01, 0.01, 0.01])
    >>> x, P, nis = update((0.0, -1000.0, 0.0, 0.0, 0.0, 0.0), P, -1010.0, (0, 1, 0, 0, 0, 0), 25.0, 5.0)
    >>> x[1].round(6).item(), P[1, 1].round(6).item(), nis.round(6).item()
    (-1008.0, 20.0, 0.8)
    """
    return _update(x, covariance, z, row, variance, gate)


def update3(x, covariance, z, rows, noise, gate) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`update` with three numbers at once: z (..., 3) measures H x with noise of the covariance `noise`.

    rows: H (..., 3, 6); noise: R (..., 3, 3); gate: (...), the root of the NIS of all three beyond which they are
    edited. Of three numbers whose noise is independent, `update` with each in turn gives the same.
    Raises ArgumentError where P or R is no covariance, or H P H' + R is not positive definite.
    Source: Gelb 1974, table 4.2-1; the covariance by Joseph's form (Bucy and Joseph 1968).

    >>> import numpy as np
    >>> P, H = np.diag([100.0, 100.0, 100.0, 0.01, 0.01, 0.01]), np.eye(3, 6)
    >>> x, P, nis = update3((0.0, -1000.0, 0.0, 0.0, 0.0, 0.0), P, (5.0, -1010.0, 0.0), H, 25.0 * np.eye(3), 5.0)
    >>> x.round(6).tolist(), nis.round(6).item()
    ([4.0, -1008.0, 0.0, 0.0, 0.0, 0.0], 1.0)
    """
    return _update3(x, covariance, z, rows, noise, gate)


all_inside(globals(), kalman)
