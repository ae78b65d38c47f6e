"""What a campaign shares: the world, the rules, and the flight software built from the nominal case."""

from typing import NamedTuple

from rvd.core.control.allocation import Allocation
from rvd.core.guidance.plan import Plan
from rvd.core.kernel import Row, Table, Vec
from rvd.core.motion.nonlinear import Environment
from rvd.core.navigation.track import Filters
from rvd.core.safety.monitors import Limits
from rvd.core.safety.rules import Rules
from rvd.core.vehicle.mass import Chaser
from rvd.core.vehicle.nozzles import Nozzles
from rvd.core.vehicle.sensors import Suite
from rvd.core.vehicle.station import Points

Sky = tuple[float, float, float, float, float, float, float, float]
"""Two third bodies: mu (m3/s2) and place (m, inertial axes about the central body) of each; the second is the Sun."""


class Onboard(NamedTuple):
    """The flight software's own numbers, from the nominal case; `points` are the station's as designed.

    `reflectors_hill` are the believed reflectors; `sigma_r`, `sigma_v` (m, m/s) the first belief's.
    """

    filters: Filters
    plan: Plan
    gains: Row
    allocation: Allocation
    nozzles: Nozzles
    limits: Limits
    chaser: Chaser
    reflectors_hill: tuple[Vec, Vec]
    sigma_r: float
    sigma_v: float


class Setup(NamedTuple):
    """All that is the same in every run of a campaign.

    `sky` (k, 8) holds two third bodies (mu, place) every `sky_step` s, the second of them the Sun; one of mu = 0 does
    not pull. `seconds` is the longest flight.
    """

    onboard: Onboard
    environment: Environment
    sky: Table
    sky_step: float
    rules: Rules
    points: Points
    suite: Suite
    nozzles: Nozzles
    seconds: int
