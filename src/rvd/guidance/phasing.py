"""Rendezvous between circular orbits of different radius: waiting, plane changes, phasing at the node.

Radii in m, angles in rad, burns in m/s and signed along the velocity, mu in m3/s2. Two-body motion, impulses.
Source: D. A. Vallado, Fundamentals of Astrodynamics, 2013, sections 6.5 and 6.6. Phasing on one circle:
`rvd.orbit.transfers.phasing`.
"""

import numpy as np

from rvd.array_arguments import angle, positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import phasing

__all__ = ["at_the_node", "split_plane_change", "wait"]


def __dir__() -> list[str]:
    return sorted(__all__)


_wait = by_rows(
    phasing.wait,
    "both radii are equal, so that the target never comes nearer, or so far apart that no turn can be told",
    r_from=positive,
    r_to=positive,
    ahead=angle,
    mu=positive,
    parts=True,
)
_split_plane_change = by_rows(
    phasing.split_plane_change,
    "tilt must be from 0 to pi",
    r_from=positive,
    r_to=positive,
    mu=positive,
    parts=True,
)
_at_the_node = by_rows(
    phasing.at_the_node,
    "turns and turns_target are whole numbers, turns above zero, to_node not below zero, tilt from 0 to pi, and the "
    "phasing ellipse needs time and must not pass the centre: take more turns of the target",
    r_from=positive,
    r_to=positive,
    target_place=angle,
    mu=positive,
    parts=True,
)


def wait(r_from, r_to, ahead, mu) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Wait (s), first and second burn (m/s) and time of flight (s), each (...), of a Hohmann transfer to a target.

    r_from, r_to: (...), m, circles of chaser and target in one plane, different; ahead: (...), rad, how far ahead of
    the chaser the target is now; mu: (...). The wait is the first from now on; others follow with the synodic period.

    >>> found = wait(6.7e6, 6.78e6, 0.3, 3.986004418e14)
    >>> [round(float(one), 3) for one in found]
    [13400.722, 22.854, 22.786, 2753.41]
    """
    return _wait(r_from, r_to, ahead, mu)


def split_plane_change(r_from, r_to, tilt, mu) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How much of a plane change the first burn of a Hohmann transfer takes (rad), and both burns (m/s), each (...).

    r_from, r_to: (...), m; tilt: (...), rad, 0 to pi, the whole change of plane; mu: (...). The sum of both burns is
    the least there is (Vallado 2013, section 6.5.3).

    >>> part, first, second = split_plane_change(6.569e6, 42.159e6, 0.4974, 3.986004418e14)
    >>> round(float(np.degrees(part)), 3), round(float(first), 1), round(float(second), 1)
    (2.167, 2480.3, 1790.0)
    """
    return _split_plane_change(r_from, r_to, tilt, mu)


def at_the_node(r_from, r_to, to_node, target_place, tilt, turns, turns_target, mu) -> tuple[np.ndarray, ...]:
    """Rendezvous with a target on another circle in another plane, by phasing at the node (Vallado 2013, 6.6.3).

    r_from, r_to: (...), m; to_node: (...), rad, how far the chaser is before the line in which the planes cross;
    target_place: (...), rad, where the target is now, counted in its plane from that same node; tilt: (...), rad,
    between the planes; turns: whole turns of the chaser on the phasing ellipse, 1 or more; turns_target: whole turns of
    the target meanwhile; mu: (...). Gives six of (...): wait to the node, time of the phasing turns, time of flight
    (s), phasing burn, burn into the transfer, and last burn with the whole plane change (m/s; the first two signed).

    >>> found = at_the_node(7.1e6, 42.159e6, 0.6, 1.0, 0.2, 1, 0, 3.986004418e14)
    >>> [round(float(one), 1) for one in found]
    [568.6, 9560.9, 19233.8, 953.7, 1356.5, 1493.3]
    """
    return _at_the_node(r_from, r_to, to_node, target_place, tilt, turns, turns_target, mu)


all_inside(globals(), phasing)
