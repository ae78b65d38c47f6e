"""Sights of the truth for the tests of rules."""

from rvd.core.rules.sight import Sight
from tests.core.goals.scenes import stand

APEX = (-5.0, 15.0, 0.0)
LEVEL = (0.0, 0.0, 0.0, 1.0)


def seen(r, v=(0.0, 0.0, 0.0)) -> Sight:
    """A sight of the truth with the fixture 2.2 m above the centre of mass."""
    r = tuple(map(float, r))
    return Sight(r, v, APEX, (r[0] + 2.2, r[1], r[2]), LEVEL, stand())
