"""A leg and moments of it, to ask laws that ship what they want there."""

from typing import Any

from rvd.core.kernel import size
from rvd.core.signals import Leg, Now

ZERO = (0.0, 0.0, 0.0)

N = 1.1e-3
"""Orbit rate, rad/s."""


def _filled(kind: Any) -> Any:
    """A record of zeros."""
    fields = {
        "to_leg": ZERO,
        "aim_leg": ZERO,
        "point_body": ZERO,
        "dv_leg": ZERO,
        "q_leg_body": (0.0, 0.0, 0.0, 1.0),
    }
    return kind(**{name: fields.get(name, 0.0) for name in kind._fields})


LEG: Leg = _filled(Leg)
assert size(Leg) > len(LEG)


def now_at(s: float, **known: Any) -> Now:
    """A moment s seconds after the leg was entered."""
    places = {"r_entry_leg": ZERO, "v_entry_leg": ZERO, "r_leg": ZERO, "v_leg": ZERO}
    return Now(**{"s": s, "n": N, "stage": 0.0, **places, **known})
