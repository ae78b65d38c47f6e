"""Local orbital frames, and states between them and the inertial axes, velocities included.

hill   x radial outward, y along track, z orbit normal (also called RTN, RSW, QSW, RIC)
lvlh   x forward (along track), y starboard (minus normal), z down (toward the central body)
ntw    x normal to the velocity in plane (outward), y along the velocity, z orbit normal
A triple of row tuples holds the frame's unit vectors on inertial axes: applied to a vector it gives components.
"""

import math

from rvd.core.algebra.quat import from_axes
from rvd.core.algebra.vec import add, cross, dot, neg, scale, sub
from rvd.core.kernel import Quat, Vec, kernel

Axes = tuple[Vec, Vec, Vec]


@kernel
def hill_axes(r_eci: Vec, v_eci: Vec) -> Axes:
    """Unit vectors radial, along track, normal. Undefined for straight-line motion (r x v = 0)."""
    radial = scale(1.0 / math.sqrt(dot(r_eci, r_eci)), r_eci)
    h = cross(r_eci, v_eci)
    normal = scale(1.0 / math.sqrt(dot(h, h)), h)
    return radial, cross(normal, radial), normal


@kernel
def lvlh_axes(r_eci: Vec, v_eci: Vec) -> Axes:
    """Unit vectors forward, starboard, down."""
    radial, along, normal = hill_axes(r_eci, v_eci)
    return along, neg(normal), neg(radial)


@kernel
def ntw_axes(r_eci: Vec, v_eci: Vec) -> Axes:
    """Unit vectors across the velocity in plane, along the velocity, orbit normal (Vallado, section 3.3)."""
    tangent = scale(1.0 / math.sqrt(dot(v_eci, v_eci)), v_eci)
    h = cross(r_eci, v_eci)
    normal = scale(1.0 / math.sqrt(dot(h, h)), h)
    return cross(tangent, normal), tangent, normal


@kernel
def into(axes: Axes, a: Vec) -> Vec:
    """Components of an inertial vector along the axes."""
    return dot(axes[0], a), dot(axes[1], a), dot(axes[2], a)


@kernel
def out_of(axes: Axes, a: Vec) -> Vec:
    """The inertial vector whose components along the axes are given."""
    return add(add(scale(a[0], axes[0]), scale(a[1], axes[1])), scale(a[2], axes[2]))


@kernel
def hill_rate(r_eci: Vec, v_eci: Vec) -> float:
    """Turn rate of hill about its z axis, rad/s: |r x v| / r2, exact at every instant of any orbit."""
    h = cross(r_eci, v_eci)
    return math.sqrt(dot(h, h)) / dot(r_eci, r_eci)


@kernel
def hill_rates(r_eci: Vec, v_eci: Vec, a_eci: Vec) -> Vec:
    """Turn rate of hill in hill axes when the target accelerates by `a_eci` in all (gravity included).

    The radial part, r a_normal / h, is the turn of the plane: 1.6e-6 rad/s at most from J2 at 400 km and
    51.6 deg, which is 8 mm/s at 5 km. `hill_from_eci` leaves it out, as every two-body frame does.
    """
    h = cross(r_eci, v_eci)
    h2 = dot(h, h)
    r2 = dot(r_eci, r_eci)
    return math.sqrt(r2) * dot(a_eci, h) / h2, 0.0, math.sqrt(h2) / r2


@kernel
def hill_from_eci(rt_eci: Vec, vt_eci: Vec, dr_eci: Vec, dv_eci: Vec) -> tuple[Vec, Vec]:
    """(r_hill, v_hill) of the chaser from its inertial relative state; velocity as seen in the rotating frame.

    The frame turns at its exact osculating rate |r x v| / r2 about the normal (see `hill_rates`).
    """
    axes = hill_axes(rt_eci, vt_eci)
    w = hill_rate(rt_eci, vt_eci)
    x, y, z = into(axes, dr_eci)
    vx, vy, vz = into(axes, dv_eci)
    return (x, y, z), (vx + w * y, vy - w * x, vz)


@kernel
def eci_from_hill(rt_eci: Vec, vt_eci: Vec, r_hill: Vec, v_hill: Vec) -> tuple[Vec, Vec]:
    """(dr_eci, dv_eci) from the state in the rotating hill frame: the inverse of `hill_from_eci`."""
    axes = hill_axes(rt_eci, vt_eci)
    w = hill_rate(rt_eci, vt_eci)
    x, y, _z = r_hill
    return out_of(axes, r_hill), out_of(axes, (v_hill[0] - w * y, v_hill[1] + w * x, v_hill[2]))


@kernel
def hill_from_eci_turning(rt_eci: Vec, vt_eci: Vec, w_hill: Vec, dr_eci: Vec, dv_eci: Vec) -> tuple[Vec, Vec]:
    """As `hill_from_eci`, with the frame's turn rate given (see `hill_rates`)."""
    axes = hill_axes(rt_eci, vt_eci)
    r = into(axes, dr_eci)
    return r, sub(into(axes, dv_eci), cross(w_hill, r))


@kernel
def lvlh_from_eci(rt_eci: Vec, vt_eci: Vec, dr_eci: Vec, dv_eci: Vec) -> tuple[Vec, Vec]:
    """As `hill_from_eci`, on the axes forward, starboard, down: the same turning frame, otherwise named."""
    r, v = hill_from_eci(rt_eci, vt_eci, dr_eci, dv_eci)
    return (r[1], -r[2], -r[0]), (v[1], -v[2], -v[0])


@kernel
def eci_from_lvlh(rt_eci: Vec, vt_eci: Vec, r_lvlh: Vec, v_lvlh: Vec) -> tuple[Vec, Vec]:
    """The inverse of `lvlh_from_eci`."""
    r, v = (-r_lvlh[2], r_lvlh[0], -r_lvlh[1]), (-v_lvlh[2], v_lvlh[0], -v_lvlh[1])
    return eci_from_hill(rt_eci, vt_eci, r, v)


@kernel
def ntw_rate(mu: float, r_eci: Vec, v_eci: Vec) -> float:
    """Turn rate of ntw about its z axis, rad/s: that of the velocity's direction under two-body gravity."""
    h = cross(r_eci, v_eci)
    d2 = dot(r_eci, r_eci)
    return mu / (d2 * math.sqrt(d2)) * math.sqrt(dot(h, h)) / dot(v_eci, v_eci)


@kernel
def ntw_from_eci(mu: float, rt_eci: Vec, vt_eci: Vec, dr_eci: Vec, dv_eci: Vec) -> tuple[Vec, Vec]:
    """(r_ntw, v_ntw) of the chaser from its inertial relative state; velocity as seen in the turning frame."""
    axes, w = ntw_axes(rt_eci, vt_eci), ntw_rate(mu, rt_eci, vt_eci)
    r, v = into(axes, dr_eci), into(axes, dv_eci)
    return r, (v[0] + w * r[1], v[1] - w * r[0], v[2])


@kernel
def eci_from_ntw(mu: float, rt_eci: Vec, vt_eci: Vec, r_ntw: Vec, v_ntw: Vec) -> tuple[Vec, Vec]:
    """The inverse of `ntw_from_eci`."""
    axes, w = ntw_axes(rt_eci, vt_eci), ntw_rate(mu, rt_eci, vt_eci)
    x, y, _z = r_ntw
    return out_of(axes, r_ntw), out_of(axes, (v_ntw[0] - w * y, v_ntw[1] + w * x, v_ntw[2]))


@kernel
def q_eci_hill(r_eci: Vec, v_eci: Vec) -> Quat:
    """Quaternion that takes hill components to inertial ones."""
    radial, along, normal = hill_axes(r_eci, v_eci)
    return from_axes(radial, along, normal)


@kernel
def q_eci_lvlh(r_eci: Vec, v_eci: Vec) -> Quat:
    """Quaternion that takes lvlh components (forward, starboard, down) to inertial ones."""
    forward, starboard, down = lvlh_axes(r_eci, v_eci)
    return from_axes(forward, starboard, down)
