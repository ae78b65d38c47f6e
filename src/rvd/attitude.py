"""Attitudes of many bodies: motion, gravity gradient, pointing and determination; `rvd.core.motion.rigid`, `.attitude`.

Quaternions (..., 4) have the scalar last; q_a_body takes body components to axes a. Inertia (..., 6) is (xx, yy, zz,
xy, xz, yz) of the tensor, kg m2, in body axes.
"""

import numpy as np

from rvd import wahba
from rvd.array_arguments import (
    ArgumentError,
    angle,
    finite,
    leading,
    numbers,
    off_centre,
    positive,
    rows,
    shaped,
    single,
    steps_of,
    turning,
)
from rvd.by_rows import by_rows
from rvd.core.kernel import Block, Row, Sheet, Table, entry, inside, over_arrays
from rvd.core.motion import attitude, domains, euler, rigid
from rvd.core.motion.domains import MOST_STEPS, TURN, UNIT
from rvd.core.orbit.domains import turns

__all__ = [
    "angle_between",
    "coast",
    "compose",
    "euler_from_quat",
    "euler_rates",
    "gibbs_from_quat",
    "gravity_gradient",
    "hill_pointing",
    "lvlh_pointing",
    "mean",
    "mrp_from_quat",
    "quat_from_euler",
    "quat_from_gibbs",
    "quat_from_mrp",
    "quest",
]


def __dir__() -> list[str]:
    return sorted(__all__)


_TOO_QUICK = f"the turn is too quick to be followed for so long, in {MOST_STEPS:g} steps of {TURN:g} rad"


@entry
def _coast(q: Sheet, w: Sheet, inertia: Table, torque: Table, t: float, step: float) -> None:
    for i in range(q.shape[0]):
        a = (inertia[i, 0], inertia[i, 1], inertia[i, 2], inertia[i, 3], inertia[i, 4], inertia[i, 5])
        m, u = (torque[i, 0], torque[i, 1], torque[i, 2]), (w[i, 0], w[i, 1], w[i, 2])
        p, u = attitude.coast((q[i, 0], q[i, 1], q[i, 2], q[i, 3]), u, a, t, m, step)
        q[i, 0], q[i, 1], q[i, 2], q[i, 3] = p
        w[i, 0], w[i, 1], w[i, 2] = u


@entry
def _bodies(inertia: Table, out: Block) -> None:
    for i in range(out.size):
        a = (inertia[i, 0], inertia[i, 1], inertia[i, 2], inertia[i, 3], inertia[i, 4], inertia[i, 5])
        out[i] = domains.is_inertia(a)


@entry
def _gradient(r: Table, inertia: Table, mu: Row, out: Sheet) -> None:
    for i in range(mu.size):
        a = (inertia[i, 0], inertia[i, 1], inertia[i, 2], inertia[i, 3], inertia[i, 4], inertia[i, 5])
        out[i, 0], out[i, 1], out[i, 2] = rigid.gravity_gradient((r[i, 0], r[i, 1], r[i, 2]), a, mu[i])


@entry
def _pointing(r: Table, v: Table, lvlh: bool, q: Sheet, w: Sheet) -> None:
    for i in range(r.shape[0]):
        x, u = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2])
        p, rate = attitude.hill_pointing(x, u)
        if lvlh:
            p, rate = attitude.lvlh_pointing(x, u)
        q[i, 0], q[i, 1], q[i, 2], q[i, 3] = p
        w[i, 0], w[i, 1], w[i, 2] = rate


@entry
def _to_mrp(q: Table, out: Sheet) -> None:
    for i in range(q.shape[0]):
        out[i, 0], out[i, 1], out[i, 2] = attitude.mrp_from_quat((q[i, 0], q[i, 1], q[i, 2], q[i, 3]))


@entry
def _from_mrp(sigma: Table, out: Sheet) -> None:
    for i in range(sigma.shape[0]):
        p = attitude.quat_from_mrp((sigma[i, 0], sigma[i, 1], sigma[i, 2]))
        out[i, 0], out[i, 1], out[i, 2], out[i, 3] = p


@entry
def _angle(p: Table, q: Table, out: Block) -> None:
    for i in range(p.shape[0]):
        a, b = (p[i, 0], p[i, 1], p[i, 2], p[i, 3]), (q[i, 0], q[i, 1], q[i, 2], q[i, 3])
        out[i] = attitude.angle_between(a, b)


def _unit(name: str, q: np.ndarray) -> None:
    """Refuses quaternions that are not of length one, within `UNIT`."""
    if not np.all(np.abs(np.linalg.norm(q, axis=-1) - 1.0) < UNIT):
        raise ArgumentError(f"{name} holds quaternions that are not of length one")


def _body(inertia: np.ndarray) -> None:
    """Refuses what is no body's: not positive definite, or one axis more than the other two."""
    sound = np.empty(len(inertia))
    _bodies(inertia, sound)
    if not np.all(sound):
        raise ArgumentError(
            "inertia is no body's: a principal moment is not above zero, or more than the sum of the others"
        )


def coast(q, w, inertia, t, torque=(0.0, 0.0, 0.0), step=0.1) -> tuple[np.ndarray, np.ndarray]:
    """(q_a_body (..., 4), w (..., 3)) after `t` seconds, one for all, under a torque that is constant in body axes.

    q: (..., 4); w: (..., 3) inertial rate in body axes, rad/s; inertia: (..., 6), kg m2; torque: (..., 3), N m.
    Runge-Kutta of order 4 with steps of at most `step` seconds and of at most 0.02 rad. A turn about one axis errs by
    1e-10 of the angle turned. The rate of a body that cones loses some of its size in each step, and the error of its
    attitude grows with the square of time: at 3.7 rad/s, of inertia (20, 20, 10), it is 6.9e-7 rad after 1e3 s, 3.4e-5
    after 1e4 s and 3e-3 after 1e5 s. Raises ArgumentError where that takes more than 1e8 steps.
    """
    t, step = single("t", t), single("step", positive("step", step))
    given = {"q": q, "w": w, "inertia": inertia, "torque": torque}
    lead, (q, w, inertia, torque) = rows(given, {}, q=4, inertia=6)
    _unit("q", q)
    _body(inertia)
    steps_of(t, step)
    if np.any(np.linalg.norm(w, axis=-1) * abs(t) > MOST_STEPS * TURN):
        raise ArgumentError(_TOO_QUICK)
    q, w = q.copy(), w.copy()
    _coast(q, w, inertia, torque, t, step)
    finite(w, _TOO_QUICK)
    return shaped(lead, q), shaped(lead, w)


inside(coast, attitude.coast, domains.is_followed)


def gravity_gradient(r_body, inertia, mu) -> np.ndarray:
    """Torques (..., 3), N m, body axes; r_body: (..., 3), m, from the central body to the craft, in body axes."""
    lead, (r, inertia, mu) = rows(
        {"r_body": r_body, "inertia": inertia}, {"mu": positive("mu", mu)}, inertia=6
    )
    off_centre("r_body", r)
    _body(inertia)
    out = np.empty_like(r)
    _gradient(r, inertia, mu, out)
    return shaped(lead, out)


inside(gravity_gradient, rigid.gravity_gradient, domains.is_pulled)


def hill_pointing(r, v) -> tuple[np.ndarray, np.ndarray]:
    """(q_eci_hill (..., 4), rates (..., 3) in hill axes, rad/s) of a body held to the hill frame; r, v: inertial."""
    return _held(r, v, False)


inside(hill_pointing, attitude.hill_pointing, turns)


def lvlh_pointing(r, v) -> tuple[np.ndarray, np.ndarray]:
    """(q_eci_lvlh (..., 4), rates (..., 3) in lvlh axes, rad/s) of a body held to forward, starboard, down."""
    return _held(r, v, True)


inside(lvlh_pointing, attitude.lvlh_pointing, turns)


def _held(r, v, lvlh: bool) -> tuple[np.ndarray, np.ndarray]:
    lead, (r, v) = rows({"r": r, "v": v}, {})
    turning("r and v", r, v, "local frame")
    q, w = np.empty((len(r), 4)), np.empty((len(r), 3))
    _pointing(r, v, lvlh, q, w)
    return shaped(lead, q), shaped(lead, w)


def quest(v_body, v_a, weights=1.0) -> np.ndarray:
    """q_a_body (..., 4) that best takes directions seen, (..., n, 3), to known ones (..., n, 3): Wahba's problem.

    Directions need not be of length one; weights: (..., n), above zero. The answer of the method named QUEST, found by
    singular values and Newton's steps: right to 1e-16 over the angle between the directions. Raises ArgumentError where
    all directions of a row are within 1e-6 rad of one line, because the turn about it is unknown, and where weights
    1e13 apart or mirrored directions leave it open. Source: see rvd.wahba.
    """
    seen, known, weight = numbers("v_body", v_body), numbers("v_a", v_a), positive("weights", weights)
    for name, array in (("v_body", seen), ("v_a", known)):
        if array.ndim < 2 or array.shape[-1] != 3 or array.shape[-2] < 2:
            raise ArgumentError(f"{name} has shape {array.shape}; its last axes hold n >= 2 directions of 3")
        off_centre(name, array)
    try:
        shape = np.broadcast_shapes(seen.shape[:-1], known.shape[:-1], weight.shape)
    except ValueError:
        told = f"v_body {seen.shape}, v_a {known.shape}, weights {weight.shape}"
        raise ArgumentError(f"the leading axes do not broadcast: {told}") from None
    seen, known = (
        np.broadcast_to(a / np.linalg.norm(a, axis=-1, keepdims=True), (*shape, 3)).reshape(-1, shape[-1], 3)
        for a in (seen, known)
    )
    for name, a in (("v_body", seen), ("v_a", known)):
        if np.any(np.linalg.svd(a, compute_uv=False)[:, 1] < 1e-6):
            raise ArgumentError(f"the directions of {name} are parallel in at least one row")
    flat = np.broadcast_to(weight, shape).reshape(-1, shape[-1])
    found = wahba.from_directions(seen, known, flat)
    finite(found, "weights too far apart, or directions that are mirrored, leave the attitude open")
    return found.reshape(*shape[:-1], 4)


def mean(q, weights=1.0) -> np.ndarray:
    """The mean (..., 4) of n quaternions (..., n, 4): the least weighted sum of squares of sin(angle / 2) to them.

    q: of length one to 1e-3, q and -q being the same; weights: (..., n), above zero. The eigenvector of the largest
    eigenvalue of sum w q q', scalar from zero on; it errs by some 1e-16 of that over its gap to the next. Raises
    ArgumentError where the gap is below 1e-12: two opposite attitudes have no mean. Source: F. L. Markley, Y. Cheng,
    J. L. Crassidis, Y. Oshman, J. Guidance, Control, and Dynamics 30(4), 2007, 1193-1197, eq. 13.

    >>> s, c = np.sin(0.1), np.cos(0.1)
    >>> mean([(0.0, 0.0, s, c), (0.0, 0.0, -s, c), (0.0, 0.0, 0.0, -1.0)]).round(6).tolist()
    [0.0, 0.0, 0.0, 1.0]
    """
    array, weight = numbers("q", q), positive("weights", weights)
    if array.ndim < 2 or array.shape[-1] != 4 or not array.shape[-2]:
        raise ArgumentError(f"q has shape {array.shape}; its last axes hold n >= 1 quaternions of 4")
    _unit("q", array)
    shape = leading({"q": array.shape[:-1], "weights": weight.shape})
    share = np.broadcast_to(weight / np.max(weight, axis=-1, keepdims=True), shape)
    unit = array / np.linalg.norm(array, axis=-1, keepdims=True)
    spread = np.einsum("...n,...ni,...nj->...ij", share, unit, unit)
    values, vectors = np.linalg.eigh(spread)
    if np.any(values[..., 3] - values[..., 2] <= 1e-12 * values[..., 3]):
        raise ArgumentError("q has no mean in at least one row: two attitudes are equally near to all")
    found = vectors[..., 3]
    return np.where(found[..., 3:] < 0.0, -found, found)


def mrp_from_quat(q) -> np.ndarray:
    """Modified Rodrigues parameters (..., 3), the short set, of quaternions (..., 4)."""
    lead, (q,) = rows({"q": q}, {}, q=4)
    out = np.empty((len(q), 3))
    _unit("q", q)
    _to_mrp(q, out)
    return shaped(lead, out)


inside(mrp_from_quat, attitude.mrp_from_quat, domains.is_attitude)


def quat_from_mrp(sigma) -> np.ndarray:
    """Quaternions (..., 4) of modified Rodrigues parameters (..., 3)."""
    lead, (sigma,) = rows({"sigma": sigma}, {})
    out = np.empty((len(sigma), 4))
    _from_mrp(sigma, out)
    return shaped(lead, out)


inside(quat_from_mrp, attitude.quat_from_mrp)


def angle_between(p, q) -> np.ndarray:
    """Angles (...), rad, 0 to pi, of the turns between attitudes (..., 4)."""
    lead, (p, q) = rows({"p": p, "q": q}, {}, p=4, q=4)
    out = np.empty(len(p))
    _unit("p", p)
    _unit("q", q)
    _angle(p, q, out)
    return shaped(lead, out)


inside(angle_between, attitude.angle_between, domains.are_attitudes)


_SEQUENCE = "axes are three of 1, 2, 3, no two alike in a row"
_quat_from_euler = by_rows(euler.quat_from_euler, _SEQUENCE, angles=angle)
_euler_from_quat = by_rows(euler.euler_from_quat, f"q is of length one, and {_SEQUENCE}")
_euler_rates = by_rows(
    euler.euler_rates,
    f"the first and the last axis coincide at this middle angle, or {_SEQUENCE}",
    angles=angle,
)
_gibbs_from_quat = by_rows(
    euler.gibbs_from_quat, "q is of length one, and no half turn, where Gibbs' vector ends"
)
_quat_from_gibbs = by_rows(euler.quat_from_gibbs)
_compose = by_rows(euler.compose, "q_a_b and q_b_c are of length one")


def quat_from_euler(angles, axes) -> np.ndarray:
    """q_a_body (..., 4) of three turns about axes of the body in order.

    angles: (..., 3), rad; axes: (..., 3), their numbers, as (3, 2, 1) of yaw, pitch and roll. Each turn carries the
    axes of those after it. Source: Schaub and Junkins, Analytical Mechanics of Space Systems, 2018, section 3.3.

    >>> quat_from_euler((1.5707963267948966, 0.0, 0.0), (3, 2, 1)).round(4).tolist()
    [0.0, 0.0, 0.7071, 0.7071]
    """
    return _quat_from_euler(angles, axes)


def euler_from_quat(q, axes) -> np.ndarray:
    """Angles (..., 3), rad, of three turns about axes of the body in order: the inverse of `quat_from_euler`.

    q: (..., 4), q_a_body of length one to 1e-3; axes: (..., 3), as (3, 2, 1). First and last are within pi, the middle
    one within pi/2, or from 0 to pi where the first axis is the last. Where the turns cannot be told apart the last is
    zero. Source: E. Bernardes, S. Viollet, PLoS ONE 17(11), 2022, algorithm 1.

    >>> euler_from_quat((0.0, 0.0, 0.7071067811865476, 0.7071067811865476), (3, 2, 1)).round(4).tolist()
    [1.5708, 0.0, 0.0]
    """
    return _euler_from_quat(q, axes)


def euler_rates(angles, axes, w) -> np.ndarray:
    """Rates (..., 3), rad/s, of the three angles of a sequence from the body's rate w (..., 3), body axes.

    angles, axes: as `quat_from_euler`. Raises ArgumentError where first and last axis coincide, which is a middle angle
    of a right angle, or of zero where the sequence ends with its first axis. Source: Schaub and Junkins 2018, 3.3.

    >>> euler_rates((0.5, 0.0, 0.0), (3, 2, 1), (0.01, 0.02, 0.03)).round(4).tolist()
    [0.03, 0.02, 0.01]
    """
    return _euler_rates(angles, axes, w)


def gibbs_from_quat(q) -> np.ndarray:
    """Gibbs' vectors (..., 3), e tan(phi / 2), of quaternions (..., 4); ArgumentError at half a turn.

    Source: Schaub and Junkins 2018, section 3.5 (classical Rodrigues parameters).

    >>> gibbs_from_quat((0.0, 0.0, 0.7071067811865476, 0.7071067811865476)).round(6).tolist()
    [0.0, 0.0, 1.0]
    """
    return _gibbs_from_quat(q)


def quat_from_gibbs(g) -> np.ndarray:
    """Quaternions (..., 4), scalar last and positive, of Gibbs' vectors (..., 3).

    >>> quat_from_gibbs((0.0, 0.0, 1.0)).round(4).tolist()
    [0.0, 0.0, 0.7071, 0.7071]
    """
    return _quat_from_gibbs(g)


def compose(q_a_b, q_b_c) -> np.ndarray:
    """q_a_c (..., 4) of two attitudes (..., 4), each of length one to 1e-3: first b from c, then a from b.

    >>> quarter = (0.0, 0.0, 0.7071067811865476, 0.7071067811865476)
    >>> compose(quarter, quarter).round(6).tolist()
    [0.0, 0.0, 1.0, 0.0]
    """
    return _compose(q_a_b, q_b_c)


for _face in (quat_from_euler, euler_from_quat, euler_rates, gibbs_from_quat, quat_from_gibbs, compose):
    inside(_face, getattr(euler, _face.__name__))


over_arrays(mean, "find the mean before, and give it")
over_arrays(quest, "find the attitude before, and give its quaternion")
