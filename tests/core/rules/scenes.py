"""Sights of the truth for the tests of rules."""

from rvd.core.constants import RADIUS_EARTH
from rvd.core.rules.sight import Sight
from tests.core.goals.scenes import stand

APEX = (-5.0, 15.0, 0.0)
LEVEL = (0.0, 0.0, 0.0, 1.0)


def seen(r, v=(0.0, 0.0, 0.0)) -> Sight:
    """A sight of the truth with the fixture 2.2 m above the centre of mass, the target at an altitude of 400 km."""
    r = tuple(map(float, r))
    return Sight(
        r_hill=r, v_hill=tuple(map(float, v)), apex_hill=APEX, fixture_hill=(r[0] + 2.2, r[1], r[2]),
        q_hill_target=LEVEL, orbit_radius=RADIUS_EARTH + 400e3, stand=stand(),
    )  # fmt: skip
