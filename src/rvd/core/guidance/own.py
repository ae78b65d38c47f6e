"""Laws of the user's own: what such a law is, what it may ask for, and where the driver asks it.

A law is a function in a file of the user's, marked `own_law`. It is told its leg (`Leg`) and the moment (`Now`), then
the numbers that the case gives it; it answers with `track`, `gain` or `coast`:

    from rvd.guidance import own_law, track

    @own_law(speed="m/s")
    def outward(leg, now, speed=0.1):
        ...
        return track(r_leg, v_leg, over=now.s > 600.0)

The laws of a case become one compiled function, a ladder (`rvd.assembly.ladder`), which the driver takes as an
argument: another law compiles in a second, and the driver not at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from numba import types

from rvd.core.algebra.vec import select
from rvd.core.guidance.laws import Law
from rvd.core.guidance.plan import Plan
from rvd.core.kernel import Vec, function_at, inlined, kernel, numba_type
from rvd.core.signals import Asked, GuidanceState, Leg, Memory, Now, Request

ZERO = (0.0, 0.0, 0.0)

Numbers = tuple[float, float, float, float, float, float, float, float]
"""What the case gives to a law, in the order in which the law takes it; the rest are zero."""

SIGNATURE = numba_type(Asked)(types.int64, numba_type(Leg), numba_type(Now), numba_type(Numbers))

OwnLaws = Annotated[Callable[[int, Leg, Now, Numbers], Asked], types.FunctionType(SIGNATURE)]
"""The ladder of a case's own laws: (which, leg, now, numbers) -> Asked."""

laws_at = function_at(SIGNATURE)
"""The ladder at the place that an entry was given."""


def own_law(law: Callable | None = None, *, frame: str = "", **units: str) -> Any:
    """Marks a function as a guidance law, and compiles it; `units` are those of its numbers ("" where none is named).

    In a case the numbers stand in the leg: `parameters = { speed = "10 cm/s" }`; a law takes them in SI. A law with
    `frame="hill"` counts on the orbit's own motion: it is refused on legs in another frame, and its legs end, as
    transfers do, without waiting for tolerances.
    """

    def marked(function: Callable) -> Any:
        compiled: Any = inlined(function)
        compiled.own_law = dict(units)
        return compiled

    return marked if law is None else marked(law)


@kernel
def plain(v: Vec) -> Vec:
    """Three numbers as floats."""
    return (1.0 * v[0], 1.0 * v[1], 1.0 * v[2])


@kernel
def track(r_leg: Vec, v_leg: Vec, over: bool = False, stage: float = 0.0) -> Asked:
    """Asks to follow a point that moves: place (m) and velocity (m/s) of the centre of mass, in the leg's frame."""
    return coast(over, stage)._replace(translate=1.0, r_leg=plain(r_leg), v_leg=plain(v_leg))


@kernel
def gain(dv_leg: Vec, over: bool = False, stage: float = 0.0) -> Asked:
    """Asks to gain a velocity (m/s, the leg's axes), at no more than the leg's acceleration."""
    return coast(over, stage)._replace(translate=2.0, dv_leg=plain(dv_leg))


@kernel
def coast(over: bool = False, stage: float = 0.0) -> Asked:
    """Asks for nothing: no force, while the attitude is held."""
    return Asked(
        translate=0.0,
        r_leg=ZERO,
        v_leg=ZERO,
        dv_leg=ZERO,
        stage=1.0 * stage,
        over=1.0 if over else 0.0,
    )


@kernel
def sound(a: Asked) -> bool:
    """Whether an answer can be flown: a mode there is, and finite numbers."""
    r, v, d = a.r_leg, a.v_leg, a.dv_leg
    total = r[0] + r[1] + r[2] + v[0] + v[1] + v[2] + d[0] + d[1] + d[2] + a.stage + a.over
    return ((a.translate == 0.0) | (a.translate == 1.0) | (a.translate == 2.0)) & math.isfinite(total)


@kernel
def consult(
    own: OwnLaws, plan: Plan, n: float, memory: Memory, state: GuidanceState, request: Request, t: float
) -> tuple[Memory, Request]:
    """Memory and request once the leg's own law has been asked; both as they are where the leg flies another.

    An answer that is no number asks for nothing, and is an alarm at the next tick.
    """
    if int(memory.leg.law) != Law.OWN:
        return memory, request
    row = plan.own[int(memory.at)]
    numbers = (row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8])
    r, v = state.r_leg, state.v_leg
    now = Now(
        s=t - memory.t_entry,
        n=n,
        r_entry_leg=memory.r_entry_leg,
        v_entry_leg=memory.v_entry_leg,
        r_leg=r,
        v_leg=v,
        stage=memory.stage,
    )
    a = own(int(row[0]), memory.leg, now, numbers)
    ok = sound(a)
    mode = a.translate if ok else 0.0
    stage = a.stage if ok else memory.stage
    remembered = memory._replace(
        stage=stage,
        t_stage=memory.t_stage if stage == memory.stage else t,
        asked=mode if ok else -1.0,
        flown=1.0 if ok & (a.over != 0.0) else 0.0,
    )
    tracks = mode == 1.0
    gains = mode > 1.5
    return remembered, (
        mode,
        select(tracks, a.r_leg, r),
        select(tracks, a.v_leg, v),
        select(gains, a.dv_leg, ZERO),
    )
