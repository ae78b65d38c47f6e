"""Lambert's intercept of a target that moves: both burns, inertial axes.

Source: D. Izzo 2015 (`rvd.core.orbit.lambert`) from the chaser's place to where the target will be; Vallado 2013,
section 7.7 (target and interceptor).
"""

import math

from rvd.core.algebra.allowed import above_zero
from rvd.core.algebra.vec import add, cross, dot, norm, select, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.orbit import kepler, lambert


@kernel
def intercept(r: Vec, v: Vec, rt: Vec, vt: Vec, turns: float, mu: float, t: float) -> tuple[Vec, Vec]:
    """Burns now and at arrival that take the chaser (r, v) to the target (rt, vt) in `t` seconds, and to its velocity.

    The transfer turns as the chaser does. After whole `turns` the cheaper of both orbits is taken. NaN where
    there is none.
    """
    mu, t = above_zero(mu), above_zero(t)
    whole = (turns == math.floor(turns)) & (turns >= 0.0) & (turns <= 1e6)
    count = int(turns) if whole else 0
    end, speed = kepler.coast(rt, vt, mu, t)
    # r x end, as `lambert.transfer` forms it; the transfer turns as the chaser does, whatever its own z is
    across = cross(r, sub(end, r) if dot(r, end) >= 0.0 else add(end, r))
    prograde = (across[2] >= 0.0) == (dot(across, cross(r, v)) >= 0.0)
    best = math.inf
    first, second = (math.nan, math.nan, math.nan), (math.nan, math.nan, math.nan)
    for k in range(2 if count > 0 else 1):
        found = lambert.transfer(r, end, t, mu, prograde=prograde, revolutions=count, left=k == 1)
        a, b = sub(found.v1, v), sub(speed, found.v2)
        cost = norm(a) + norm(b)
        better = whole & (cost < best)
        first, second = select(better, a, first), select(better, b, second)
        best = cost if better else best
    return first, second
