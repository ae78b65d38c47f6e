"""Lambert's intercept of a target that moves.

Source: D. Izzo, Celestial Mechanics and Dynamical Astronomy 121 (2015) 1-15 (`rvd.orbit.lambert`), from the chaser's
place to where the target will be; D. A. Vallado, Fundamentals of Astrodynamics, section 7.7. Two-body motion.
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import interception

__all__ = ["intercept"]


def __dir__() -> list[str]:
    return sorted(__all__)


_intercept = by_rows(
    interception.intercept,
    "the time is too short for so many turns, turns is no whole number, or start and end are in line with "
    "the centre",
    mu=positive,
    t=positive,
)


def intercept(r, v, rt, vt, turns, mu, t) -> tuple[np.ndarray, np.ndarray]:
    """Burns now and at arrival (..., 3), m/s, that take the chaser to the target in `t` seconds, and to its velocity.

    r, v: chaser's, rt, vt: target's (..., 3), m and m/s, inertial axes; turns: (...), whole, 0 or more;
    mu: (...), m3/s2; t: (...), s. The transfer turns the way the chaser does; after whole turns the cheaper of
    both orbits is taken. Raises ArgumentError where there is none. Try many times at once: `t` may be an array.

    >>> first, second = intercept(
    ...     (7.0e6, 0.0, 0.0), (0.0, 7546.0, 0.0), (7.05e6, 2e5, 0.0), (-213.0, 7516.0, 0.0), 0, 3.986004418e14, 2500.0
    ... )
    >>> first.round(2).tolist(), second.round(2).tolist()
    ([-26.1, 19.27, 0.0], [30.78, -26.42, -0.0])
    """
    return _intercept(r, v, rt, vt, turns, mu, t)


all_inside(globals(), interception)
