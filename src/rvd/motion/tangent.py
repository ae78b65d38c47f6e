"""Transition matrices along many references under any force: `rvd.core.motion.tangent` over arrays."""

import numpy as np

from rvd.array_arguments import ArgumentError, flag, positive, rows, shaped, single, steps_of, turning
from rvd.core.kernel import inside
from rvd.core.motion import exact, tangent
from rvd.errors import RvdError
from rvd.motion.nonlinear import NO_SKY, outside, surroundings, third_bodies

__all__ = ["transition"]


def __dir__() -> list[str]:
    return sorted(__all__)


def transition(
    rt, vt, environment, t, step=10.0, ballistic=0.0, sky=NO_SKY, epoch=None, about="earth", hill=True
) -> np.ndarray:
    """Matrices (..., 6, 6) on relative (r, v) after `t` seconds along targets rt, vt (..., 3), inertial axes, SI.

    They act in the rotating hill frame, or on inertial axes if `hill` is false. Arguments as for
    rvd.motion.nonlinear.coast; both craft have the same `ballistic` coefficient, one number. Each target is flown
    alone. Raises ArgumentError where the steps are too long for a path. Source: see rvd.core.motion.tangent.
    """
    surroundings(environment)
    t, step, ballistic = (
        single("t", t),
        single("step", positive("step", step)),
        single("ballistic", ballistic),
    )
    steps_of(t, step)
    if ballistic < 0.0:
        raise ArgumentError("a ballistic coefficient Cd A / m is not negative")
    hill, still, epoch = flag("hill", hill), *third_bodies(environment, sky, epoch, about)
    lead, (rt, vt) = rows({"rt": rt, "vt": vt}, {})
    turning("rt and vt", rt, vt, "hill frame")
    out = np.empty((len(rt), 6, 6))
    options = {"step": step, "ballistic": ballistic, "sky": still, "epoch": epoch, "about": about}
    outside(environment, "rt", rt)
    for i in range(len(rt)):
        try:
            matrix, r, v = tangent.transition(rt[i], vt[i], environment, t, **options)
        except RvdError as error:
            raise ArgumentError(str(error)) from None
        out[i] = tangent.in_hill(matrix, rt[i], vt[i], r, v) if hill else matrix
    return shaped(lead, out, "the path meets the centre")


inside(transition, exact.transition, exact.turns_on)
