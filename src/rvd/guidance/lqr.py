"""Gains of the linear quadratic regulator on Clohessy-Wiltshire motion, with pushes or with pulses.

Frame: hill; the state is (r, v) less the place and velocity wanted; n is the target's mean motion, rad/s. The weights
are the squares of what is one unit of cost: A. E. Bryson, Y.-C. Ho, Applied Optimal Control, 1975, section 5.2.
Source: B. D. O. Anderson, J. B. Moore, Optimal Control, 1990, chapters 2 and 3; Riccati's equation is solved by SciPy.
To a point that the motion does not keep by itself add `rvd.guidance.forced.hold_push`.
"""

import numpy as np
from scipy.linalg import solve_continuous_are, solve_discrete_are

from rvd.array_arguments import ArgumentError, positive, rows, shaped
from rvd.core.kernel import over_arrays
from rvd.core.motion import cw

__all__ = ["pulsed", "pushed"]


def __dir__() -> list[str]:
    return sorted(__all__)


def _costs(*sizes: float) -> np.ndarray:
    """The weights of errors or burns: one over the square of each, three axes of each kind."""
    with np.errstate(all="ignore"):
        return np.diag(np.repeat(1.0 / np.square(sizes), 3))


def pushed(miss, speed, push, n) -> np.ndarray:
    """Gain (..., 3, 6), 1/s2 and 1/s, of an acceleration -K (r, v) that acts all the time.

    miss (m), speed (m/s), push (m/s2): (...), above zero, the errors and the push that cost as much as one another; n:
    (...), rad/s. The integral of the squares of all three is the least.

    >>> pushed(1.0, 0.1, 0.001, 0.00113)[1].round(6).tolist()
    [4.9e-05, 0.000999, 0.0, 2e-06, 0.045799, 0.0]
    """
    given = {"miss": miss, "speed": speed, "push": push, "n": n}
    lead, flat = rows({}, {name: positive(name, value) for name, value in given.items()})
    out = np.empty((flat[0].size, 3, 6))
    for k, (m, s, a, rate) in enumerate(zip(*flat)):
        motion = np.zeros((6, 6))
        motion[:3, 3:] = np.eye(3)
        motion[3, 0], motion[5, 2] = 3.0 * rate * rate, -rate * rate
        motion[3, 4], motion[4, 3] = 2.0 * rate, -2.0 * rate
        inlet = np.vstack((np.zeros((3, 3)), np.eye(3)))
        state = _costs(m, s)
        found = _solved(solve_continuous_are, motion, inlet, state, _costs(a))
        gain = a**2 * inlet.T @ found
        _check(motion.T @ found + found @ motion + state, found @ inlet @ gain)
        out[k] = gain
    return shaped(lead, out)


def pulsed(miss, speed, burn, period, n) -> np.ndarray:
    """Gain (..., 3, 6), 1/s and 1, of a burn -K (r, v) once each `period` seconds, with free motion between.

    miss (m), speed (m/s), burn (m/s): (...), above zero, the errors before the burn and the burn that cost as much as
    one another; period: (...), s; n: (...), rad/s. The sum of the squares of all three is the least.

    >>> pulsed(1.0, 0.1, 0.01, 20.0, 0.00113)[1].round(5).tolist()
    [0.00053, 0.00723, 0.0, 5e-05, 0.47506, 0.0]
    """
    given = {"miss": miss, "speed": speed, "burn": burn, "period": period, "n": n}
    lead, flat = rows({}, {name: positive(name, value) for name, value in given.items()})
    out = np.empty((flat[0].size, 3, 6))
    for k, (m, s, dv, t, rate) in enumerate(zip(*flat)):
        motion = np.array(cw.transition(float(rate), float(t)))
        inlet = motion[:, 3:]
        state, cost = _costs(m, s), _costs(dv)
        found = _solved(solve_discrete_are, motion, inlet, state, cost)
        gain = np.linalg.solve(cost + inlet.T @ found @ inlet, inlet.T @ found @ motion)
        _check(motion.T @ found @ motion + state, found + motion.T @ found @ inlet @ gain)
        out[k] = gain
    return shaped(lead, out)


def _solved(solver, motion: np.ndarray, inlet: np.ndarray, state: np.ndarray, cost: np.ndarray) -> np.ndarray:
    try:
        with np.errstate(all="ignore"):
            return solver(motion, inlet, state, cost)
    except (np.linalg.LinAlgError, ValueError):
        raise _no_solution() from None


def _check(left: np.ndarray, right: np.ndarray) -> None:
    """Raises ArgumentError where the two sides of Riccati's equation are not equal to six digits of the larger numbers.

    Whether LAPACK finds no solution by itself, or gives one that is none, depends on the machine.
    """
    if not np.max(np.abs(left - right)) <= 1e-6 * np.max(np.abs(right)):
        raise _no_solution()


def _no_solution() -> ArgumentError:
    words = "Riccati's equation has no solution to six digits: the weights, n or the period are too far apart"
    return ArgumentError(words)


for _face in (pushed, pulsed):
    over_arrays(_face, "find the gain before, and give it as an argument")
