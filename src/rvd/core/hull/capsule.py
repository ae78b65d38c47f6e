"""Capsules: all points within a radius of a segment; a sphere is one whose segment is a point."""

from rvd.core.algebra.vec import axpy, dot, norm, scale, sub
from rvd.core.kernel import Vec, kernel

SHORT = 1e-12
"""The square of a length below which a segment is a point, m2."""


@kernel
def between(a: Vec, b: Vec, c: Vec, d: Vec) -> float:
    """Distance (m) of the segment from a to b from that from c to d.

    Source: Ericson, Real-Time Collision Detection, 2005, section 5.1.9: the nearest points of the two lines, each
    clamped to its segment, and the other then taken anew.
    """
    u, v, w = sub(b, a), sub(d, c), sub(a, c)
    s, t = nearest(dot(u, u), dot(v, v), dot(u, v), dot(u, w), dot(v, w))
    return norm(sub(axpy(s, u, w), scale(t, v)))


@kernel
def nearest_of(a: Vec, b: Vec, p: Vec) -> Vec:
    """The point of the segment from a to b that is nearest to p."""
    u = sub(b, a)
    square = dot(u, u)
    return axpy(clamped(dot(sub(p, a), u) / square), u, a) if square > SHORT else a


@kernel
def nearest(uu: float, vv: float, uv: float, uw: float, vw: float) -> tuple[float, float]:
    """The shares of both segments at which they are nearest.

    From the products of their vectors u and v, and of w from the begin of the second to that of the first.
    """
    if (uu <= SHORT) & (vv <= SHORT):
        return 0.0, 0.0
    if uu <= SHORT:
        return 0.0, clamped(vw / vv)
    if vv <= SHORT:
        return clamped(-uw / uu), 0.0
    across = uu * vv - uv * uv
    s = clamped((uv * vw - uw * vv) / across) if across > SHORT * uu * vv else 0.0
    t = (uv * s + vw) / vv
    if t < 0.0:
        return clamped(-uw / uu), 0.0
    if t > 1.0:
        return clamped((uv - uw) / uu), 1.0
    return s, t


@kernel
def clamped(share: float) -> float:
    """A share of a segment, from 0 to 1."""
    return min(max(share, 0.0), 1.0)
