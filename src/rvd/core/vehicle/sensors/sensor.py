"""What every sensor has, what there is to be sensed, and what one look of a sensor gives."""

import math
from typing import NamedTuple

from rvd.core.algebra.quat import from_small_rotvec, multiply, unrotate
from rvd.core.algebra.random import normal4
from rvd.core.algebra.vec import add, axpy, scale, sub, unit
from rvd.core.kernel import Quat, Table, Vec, kernel, size
from rvd.core.orbit.sunlight import umbra
from rvd.core.signals import Key, SixNumbers, State
from rvd.core.vehicle.faults import Fault
from rvd.core.vehicle.geometry import Geometry
from rvd.core.vehicle.glare import blinded
from rvd.core.vehicle.mount import Mount
from rvd.core.vehicle.noise import noisy
from rvd.core.vehicle.station import Points
from rvd.core.vehicle.transit import Delivery, Transit


class Sensor(NamedTuple):
    """A sensor aboard: a line of the table of sensors. What is drawn of it stands in the row."""

    #: `SensorKind`, as a number.
    kind: float
    #: The slot of the row where its numbers begin.
    at: float
    #: Time between two looks, whole s; 0 for a sensor that reads at every step.
    period: float
    #: Where it sits and how.
    mount: Mount
    #: 1.0 where the target's hull hides what it looks at, else 0.0.
    masked: float
    #: The streams of its random numbers, whole numbers: as many as its kind has (`STREAMS`), then zeros.
    streams: tuple[float, float, float, float]
    #: The stream by which its readings are lost, a whole number.
    dropout: float


class Heaven(NamedTuple):
    """What blinds sensors, and what shades it."""

    #: Where the Sun is from the centre of the central body, m, inertial axes.
    sun_eci: Vec
    #: Radius of the central body, m, which shades the Sun.
    radius: float


class Scene(NamedTuple):
    """What there is to be sensed at one tick."""

    #: Both bodies.
    state: State
    #: How they stand to one another.
    geometry: Geometry
    #: Centre of mass of the chaser, m, body axes from the body's origin.
    com_body: Vec
    #: The points that are looked at.
    points: Points
    #: The target's hull (k, `CAPSULE`), target axes from its centre of mass.
    hull: Table
    #: What blinds sensors.
    heaven: Heaven
    #: The time since the tick before, over which gyro and accelerometer integrate, s.
    period: float


class Look(NamedTuple):
    """What a sensor sees in one look."""

    #: 1.0 where it reads something, else 0.0.
    fresh: float
    #: The numbers read, as its kind has them, then zeros.
    numbers: SixNumbers
    #: Number of what it looked at, where there are several.
    which: float
    #: How its readings reach navigation.
    delivery: Delivery
    #: How it fails, if it does.
    fault: Fault


class UnderWay(NamedTuple):
    """The latest reading of a sensor that was taken, and whether it still is to come out."""

    #: Whether it is under way, and when it was taken.
    transit: Transit
    #: When it was taken, by its time tag, s.
    tagged: float
    #: The time on the way, s.
    latency: float
    #: What it read of.
    which: float
    #: What it read.
    numbers: SixNumbers


class Felt(NamedTuple):
    """What a sensor that reads at every step remembers."""

    #: Of its latest reading, as its kind says.
    latest: Vec
    #: How far its bias has drifted, in the unit of its bias, body axes.
    drift: Vec


@kernel
def drifted(drift: Vec, walk: float, stream: int, scene: Scene, key: Key) -> Vec:
    """A bias that walks at random, one step later: its variance grows by the square of `walk` in a second."""
    if walk <= 0.0:
        return drift
    return noisy(drift, walk * math.sqrt(scene.period), normal4(key.seed, key.run, stream, key.tick.number))


SENSOR = size(Sensor)
"""Numbers of a line of the table of sensors."""

MEMORY = size(UnderWay)
"""Where in a line of what is latent the numbers of a kind's own process begin."""


@kernel
def in_glare(exclusion: float, mount: Mount, scene: Scene) -> bool:
    """Whether the Sun blinds a sensor: it stands within `exclusion` (rad) of the boresight, and nothing hides it."""
    if exclusion <= 0.0:
        return False
    state, sun_eci = scene.state, scene.heaven.sun_eci
    r_eci = add(state.rt_eci, state.dr_eci)
    sun_body = unrotate(state.q_eci_body, unit(sub(sun_eci, r_eci)))
    return blinded(exclusion, mount.q_body_sensor, sun_body, umbra(r_eci, sun_eci, scene.heaven.radius))


@kernel
def earlier(true: Geometry, state: State, ago: float) -> Geometry:
    """Place and attitude of the chaser as they were `ago` s before; velocity, station and frame as they are."""
    w_body = sub(state.w_body, unrotate(true.q_hill_body, true.w_hill))
    return true._replace(
        r_hill=axpy(-ago, true.v_hill, true.r_hill), q_hill_body=turned(true.q_hill_body, w_body, -ago)
    )


@kernel
def turned(q_a_body: Quat, w_body: Vec, seconds: float) -> Quat:
    """An attitude after so many seconds at a rate (rad/s)."""
    return multiply(q_a_body, from_small_rotvec(scale(seconds, w_body)))
