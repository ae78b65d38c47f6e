"""Where functions of relative motion have an answer: what `inside` asks before it calls a kernel."""

import math

from rvd.core.algebra.elementary import MOST_TURNED, sin
from rvd.core.algebra.mat import Sym
from rvd.core.algebra.vec import norm
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit.domains import is_body, is_ellipse
from rvd.core.orbit.elements import Kepler

#: Largest eccentricity at which the linear models about an ellipse keep five digits, near the equator too.
MOST_ECCENTRIC = 0.999
#: Least inclination of a target of relative elements, or distance from half a turn, rad: they keep ten digits there.
LEAST_INCLINED = 1e-6
#: Largest share by which a quaternion's length may be off one.
UNIT = 1e-3
MOST_STEPS = 1e8
#: Most that a body turns in a step of `rvd.core.motion.attitude.coast`, rad: Runge-Kutta then errs by 1e-10 of a steady
#: turn.
TURN = 0.02


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


Six = tuple[float, float, float, float, float, float]


@kernel
def has_elements(target: Kepler) -> bool:
    """A target of relative elements: an ellipse with a node, not too near a parabola."""
    return is_ellipse(target) & (target.e <= MOST_ECCENTRIC) & (abs(sin(target.i)) > LEAST_INCLINED)


@kernel
def has_elements_about(target: Kepler, mu: float) -> bool:
    """`has_elements`, about a body that pulls."""
    return has_elements(target) & (mu > 0.0)


@kernel
def drifts(target: Kepler, mu: float, j2: float, radius: float) -> bool:
    """`has_elements`, about a body that there can be."""
    return has_elements(target) & is_body(mu, j2, radius)


@kernel
def drifts_on(target: Kepler, t: float, mu: float, j2: float, radius: float) -> bool:
    """`drifts`, forward in time."""
    return drifts(target, mu, j2, radius) & (t > 0.0)


@kernel
def both_have_elements(target: Kepler, chaser: Kepler) -> bool:
    """`has_elements`, and a chaser on an ellipse."""
    return has_elements(target) & is_ellipse(chaser)


@kernel
def node_is_near(six: Six, target: Kepler) -> bool:
    """`has_elements`, and diy turns the node by at most half a turn."""
    return has_elements(target) & (abs(six[5]) <= math.pi * abs(sin(target.i)))


@kernel
def is_environment(environment: Environment) -> bool:
    """What there can be around a body: what is not is mostly a unit other than SI."""
    e = environment
    lengths = (e.radius > 0.0) & (e.reference_radius > 0.0) & (e.scale_height > 0.0)
    # twice as quick as an orbit along the ground would tear it apart
    whole = e.spin * e.spin * e.radius * e.radius * e.radius <= 4.0 * e.mu
    near = (e.reference_radius >= 0.9 * e.radius) & (e.reference_radius <= 10.0 * e.radius)
    thin = (e.scale_height >= 1e-4 * e.radius) & (e.scale_height <= e.radius)
    air = (e.density == 0.0) | ((e.density > 0.0) & (e.density <= 100.0) & near & thin)
    return lengths & is_body(e.mu, e.j2, e.radius) & whole & air


@kernel
def is_dragged(
    target: Kepler, environment: Environment, ballistic_target: float, ballistic_chaser: float
) -> bool:
    """`has_elements`, in an environment, and no craft that air pulls forward."""
    craft = (ballistic_target >= 0.0) & (ballistic_chaser >= 0.0)
    return has_elements(target) & is_environment(environment) & craft


@kernel
def is_attitude(q: Quat) -> bool:
    """A quaternion of length one, within `UNIT`."""
    size = math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3])
    return abs(size - 1.0) < UNIT


@kernel
def are_attitudes(p: Quat, q: Quat) -> bool:
    """Two quaternions of length one."""
    return is_attitude(p) & is_attitude(q)


@kernel
def is_definite(s: Sym) -> bool:
    """Whether a symmetric matrix is positive definite: its leading minors are positive."""
    xx, yy, zz, xy, xz, yz = s
    flat = xx * yy - xy * xy
    whole = xx * (yy * zz - yz * yz) + xy * (xz * yz - xy * zz) + xz * (xy * yz - xz * yy)
    return (xx > 0.0) & (flat > 0.0) & (whole > 0.0)


@kernel
def is_inertia(inertia: Sym) -> bool:
    """A body's: principal moments are above zero, and none is more than the sum of the others (to 1e-9).

    The second is that half of the trace less the tensor, the integral of x x dm, is positive definite.
    """
    trace = inertia[0] + inertia[1] + inertia[2]
    k = 1.0 / trace
    xx, yy, zz = k * inertia[0], k * inertia[1], k * inertia[2]
    xy, xz, yz = k * inertia[3], k * inertia[4], k * inertia[5]
    half = (1.0 + 1e-9) / (2.0 + 1e-9)
    return (
        (trace > 0.0)
        & is_definite((xx, yy, zz, xy, xz, yz))
        & is_definite((half - xx, half - yy, half - zz, -xy, -xz, -yz))
    )


@kernel
def is_pulled(r_body: Vec, inertia: Sym, mu: float) -> bool:
    """A body off the centre of one that pulls."""
    return (mu > 0.0) & (norm(r_body) > 0.0) & is_inertia(inertia)


@kernel
def is_followed(q: Quat, w: Vec, inertia: Sym, t: float, step: float) -> bool:
    """A body whose turn can be followed in `MOST_STEPS`."""
    short = (step > 0.0) & (abs(t) <= MOST_STEPS * step) & (norm(w) * abs(t) <= MOST_STEPS * TURN)
    return is_attitude(q) & is_inertia(inertia) & short
