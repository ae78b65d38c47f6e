"""Arc: forced motion about the origin of the leg's frame, as a fly-around of a target or of a port is flown.

Source: W. Fehse 2003, section 3.3.3 (circular fly-around); the speed has the trapezoidal profile of a straight line.
"""

from rvd.core.algebra.elementary import atan2
from rvd.core.algebra.vec import add, cross, dot, norm, scale
from rvd.core.guidance.toolbox.forced import circle, line, line_time
from rvd.guidance import own_law, track

ORIGIN = (0.0, 0.0, 0.0)


@own_law(speed="m/s")
def arc(leg, now, speed=0.1):
    """An arc about the origin of the leg's frame, from where it begins to its end, its radius changing evenly.

    It goes the shorter way round, in the plane of both places and the origin; where they lie opposite one another, in
    the plane of the frame's first two axes. `speed` (m/s) is that at the larger of the two radii.
    """
    start, end = now.r_entry_leg, leg.to_leg
    near, far = norm(start), norm(end)
    across = cross(start, end)
    lies = norm(across) > 1e-9 * near * far
    axis = across if lies else (0.0, 0.0, 1.0)
    turn = atan2(norm(across), dot(start, end))

    # The angle grows from rest to rest, as the length of a line does.
    most = max(near, far)
    there = (turn, 0.0, 0.0)
    pace, gather, lose = speed / most, leg.acceleration / most, leg.braking / most
    (angle, _, _), (rate, _, _), _ = line(ORIGIN, there, pace, gather, lose, now.s)
    arm, tangent, _ = circle(scale(1.0 / near, start), ORIGIN, axis, 1.0, angle)

    widens = (far - near) / turn if turn > 0.0 else 0.0
    radius = near + widens * angle
    v_leg = add(scale(rate * radius, tangent), scale(rate * widens, arm))
    return track(scale(radius, arm), v_leg, over=now.s >= line_time(ORIGIN, there, pace, gather, lose))
