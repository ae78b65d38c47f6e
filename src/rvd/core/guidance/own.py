"""Laws of the user's own: what such a law is, what it may ask for, and where the driver asks it.

A law is a function in a file of the user's, marked `own_law`. It is told its leg (`Leg`) and the moment (`Now`), then
the numbers that the case gives it; it answers with `track`, `gain` or `coast`:

    from rvd.core.guidance import own_law, track

    @own_law(speed="m/s")
    def outward(leg, now, speed=0.1):
        ...
        return track(r_hill, v_hill, over=now.s > 600.0)

The laws of a case become one compiled function, a ladder (`rvd.assembly.ladder`), which the driver takes as an
argument: another law compiles in a second, and the driver not at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from numba import types

from rvd.core.algebra.vec import select
from rvd.core.guidance.law import Law
from rvd.core.kernel import inlined, kernel, numba_type
from rvd.core.signals import Aim, Asked, Leg, Memory, Now

ZERO = (0.0, 0.0, 0.0)

Numbers = tuple[float, float, float, float, float, float, float, float]
"""What the case gives to a law, in the order in which the law takes it; the rest are zero."""

SIGNATURE = numba_type(Asked)(types.int64, numba_type(Leg), numba_type(Now), numba_type(Numbers))

OwnLaws = Annotated[object, types.FunctionType(SIGNATURE)]
"""The ladder of a case's own laws: (which, leg, now, numbers) -> Asked."""


def own_law(law: Callable | None = None, **units: str) -> Any:
    """Marks a function as a guidance law, and compiles it; `units` are those of its numbers ("" where none is named).

    In a case the numbers stand in the leg: `parameters = { speed = "10 cm/s" }`; a law takes them in SI.
    """

    def marked(function: Callable) -> Any:
        compiled: Any = inlined(function)
        compiled.own_law = dict(units)
        return compiled

    return marked if law is None else marked(law)


@kernel
def plain(v):
    """Three numbers as floats."""
    return (1.0 * v[0], 1.0 * v[1], 1.0 * v[2])


@kernel
def track(r_hill, v_hill, over=False, stage=0.0):
    """Asks to follow a point that moves: its place (m) and velocity (m/s), hill axes, of the centre of mass."""
    return Asked(1.0, plain(r_hill), plain(v_hill), ZERO, 1.0 * stage, 1.0 if over else 0.0)


@kernel
def gain(dv_hill, over=False, stage=0.0):
    """Asks to gain a velocity (m/s, hill axes), at no more than the leg's acceleration."""
    return Asked(2.0, ZERO, ZERO, plain(dv_hill), 1.0 * stage, 1.0 if over else 0.0)


@kernel
def coast(over=False, stage=0.0):
    """Asks for nothing: no force, while the attitude is held."""
    return Asked(0.0, ZERO, ZERO, ZERO, 1.0 * stage, 1.0 if over else 0.0)


@kernel
def sound(a):
    """Whether an answer can be flown: a mode there is, and finite numbers."""
    r, v, d = a.r_hill, a.v_hill, a.dv_hill
    total = r[0] + r[1] + r[2] + v[0] + v[1] + v[2] + d[0] + d[1] + d[2] + a.stage + a.over
    return ((a.translate == 0.0) | (a.translate == 1.0) | (a.translate == 2.0)) & math.isfinite(total)


@kernel
def consult(own, plan, n, memory, belief, aim, t):
    """Memory and aim once the leg's own law has been asked; both as they are where the leg flies another.

    An answer that is no number asks for nothing, and is an alarm at the next tick.
    """
    m = memory
    if int(m.leg.law) != Law.OWN:
        return memory, aim
    row = plan.own[int(m.at)]
    numbers = (row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8])
    r, v = belief.r_hill, belief.v_hill
    now = Now(t - m.t_entry, n, m.r_entry_hill, m.v_entry_hill, r, v, m.stage)
    a = own(int(row[0]), m.leg, now, numbers)
    ok = sound(a)
    mode, stage = (a.translate if ok else 0.0), (a.stage if ok else m.stage)
    tracks = mode == 1.0
    remembered = Memory(
        m.at, m.leg, m.t_entry, m.r_entry_hill, m.v_entry_hill, stage, (m.t_stage if stage == m.stage else t),
        m.slew_from, m.slew_rotvec, m.slew_time, m.t_settled, m.t_ready, m.tries, m.halted, m.alarm, m.over,
        (mode if ok else -1.0), (1.0 if ok & (a.over != 0.0) else 0.0),
    )  # fmt: skip
    asked = Aim(
        mode, select(tracks, a.r_hill, r), select(tracks, a.v_hill, v), select(mode > 1.5, a.dv_hill, ZERO),
        aim.point, aim.q_hill_body, aim.w_rel_body,
    )  # fmt: skip
    return remembered, asked
