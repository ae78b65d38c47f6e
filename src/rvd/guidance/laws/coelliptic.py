"""Coelliptic drift: the chaser keeps its height and so drifts along the orbit, until it is abeam of its end.

Source: W. Fehse 2003, sections 3.2.3 and 3.3.2: at height x the velocity (0, -3/2 n x, 0) keeps the height.
"""

from rvd.core.algebra.vec import norm, sub
from rvd.core.guidance.toolbox.coelliptic import velocity
from rvd.guidance import coast, gain, own_law

LEFT = 0.2
"""A burn ends when less than this share of the trim is left to gain."""


@own_law(frame="hill", trim="m/s")
def coelliptic(leg, now, trim=0.05):
    """A drift along the orbit at the height that it has, until it is as far along as its end.

    It burns at its begin for the velocity that keeps the height, and again whenever `trim` (m/s) is missing. What is
    missing until then moves the height: along the orbit by up to four times itself over n, radially by up to once.
    So a drift close by asks for a fine trim.
    """
    missing = sub(velocity(now.r_leg[0], now.n), now.v_leg)
    burning = norm(missing) > (LEFT * trim if now.stage < 0.5 else trim)
    over = (now.r_leg[1] - leg.to_leg[1]) * (now.r_entry_leg[1] - leg.to_leg[1]) <= 0.0
    if burning:
        return gain(missing, over=over, stage=0.0)
    return coast(over=over, stage=1.0)
