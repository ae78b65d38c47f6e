"""Where functions of relative motion have an answer: what `inside` asks before it calls a kernel."""

import math

from rvd.core.algebra.elementary import MOST_TURNED
from rvd.core.kernel import kernel

#: Largest eccentricity at which the linear models about an ellipse keep five digits, near the equator too.
MOST_ECCENTRIC = 0.999


@kernel
def target_turns(n: float, t: float) -> bool:
    """About a circle; the target turns by no more than an angle of which sines keep their digits."""
    return (n > 0.0) & (abs(n * t) <= MOST_TURNED)


@kernel
def target_goes_on(n: float, t: float) -> bool:
    """`target_turns`, forward in time."""
    return target_turns(n, t) & (t > 0.0)


@kernel
def target_flies(mu: float, p: float, e: float, nu: float, t: float) -> bool:
    """About an ellipse; the target's anomalies are angles of which sines keep their digits."""
    orbit = (mu > 0.0) & (p > 0.0) & (e >= 0.0) & (e <= MOST_ECCENTRIC)
    return orbit & (abs(nu) <= MOST_TURNED) & (math.sqrt(mu / p) / p * abs(t) <= MOST_TURNED)


@kernel
def target_flies_on(mu: float, p: float, e: float, nu: float, t: float) -> bool:
    """`target_flies`, forward in time."""
    return target_flies(mu, p, e, nu, t) & (t > 0.0)
