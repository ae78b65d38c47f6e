"""The exact relative model beside 34 digits, and beside two inertial flights. Run: python -m validation.exact

Prints the largest error of a component of the relative position after one revolution at 410 km, and what is allowed;
the exit code is 1 where it is more. The reference is an extrapolated integration in decimal numbers; at 100 km also two
trajectories of SciPy's DOP853 at its tightest tolerance, subtracted, with every force: what is seen is their rounding.
"""

import math
import sys

import numpy as np

from rvd import motion
from rvd.core.constants import J2_EARTH, MU_EARTH, MU_MOON, MU_SUN, RADIUS_EARTH, SPIN_EARTH
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import frames
from tests.core.motion.oracles import fly_both, fly_in_many_digits

RADIUS = RADIUS_EARTH + 410e3
SPEED = math.sqrt(MU_EARTH / RADIUS)
RT, VT = (RADIUS, 0.0, 0.0), (0.0, 0.62 * SPEED, 0.78 * SPEED)
PERIOD = 5560.0
VACUUM = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 0.0, RADIUS, 60e3)
AIR = VACUUM._replace(density=4e-12)
SKY = (MU_MOON, 3.1e8, 2.0e8, 1.0e8, MU_SUN, -1.0e11, 1.0e11, 0.4e11)
#: (m, and what is allowed there: a nanometre, or what a step of 0.5 s leaves, 2e-12 of the separation)
RANGES = ((10.0, 1e-9), (30.0, 1e-9), (100.0, 1e-9), (300.0, 1e-9), (1e3, 1e-9), (1e5, 2e-7))
TOWARD = np.array((0.3, -0.9, math.sqrt(0.1)))


def main() -> int:
    """Prints the table."""
    starts = [frames.eci_from_hill(RT, VT, tuple(far * TOWARD), (0.0, 0.0, 0.0)) for far, _ in RANGES]
    truth, _ = fly_in_many_digits(VACUUM, RT, VT, starts, PERIOD)
    missed = 0
    for (far, allowed), (dr, dv), exact in zip(RANGES, starts, truth):
        for name, law, step in (("RK4", motion.nonlinear.coast, 0.5), ("leap", motion.nonlinear.leap, 60.0)):
            ours = law(RT, VT, dr, dv, VACUUM, PERIOD, step=step)[2]
            missed += told(f"{far:8.0f} m, J2, {name:4} {step:4.1f} s, 34 digits", ours - exact, allowed)
    dr, dv = starts[-1]
    both = {"ballistic_target": 0.008, "ballistic_chaser": 0.004, "sky": SKY}
    ours = motion.nonlinear.coast(RT, VT, dr, dv, AIR, PERIOD, **both)[2]
    theirs = fly_both(AIR, (0.008, 0.004), SKY, RT, VT, dr, dv, np.zeros(3), [PERIOD])[-1, 6:9]
    # DOP853 rounds 7e6 m a thousand times on either side
    missed += told("  100000 m, all forces, RK4  1.0 s, two inertial flights", ours - theirs, 3e-6)
    return 1 if missed else 0


def told(what: str, difference: np.ndarray, allowed: float) -> bool:
    """Prints a line; True where it missed."""
    error = float(np.max(np.abs(difference)))
    print(f"{'ok    ' if error <= allowed else 'MISSED'} {what:60} {error:.1e} m of {allowed:.0e}")
    return not error <= allowed


if __name__ == "__main__":
    sys.exit(main())
