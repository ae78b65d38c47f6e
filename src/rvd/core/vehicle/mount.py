"""How a sensor is fixed to the chaser."""

from typing import NamedTuple

from rvd.core.kernel import Quat, Vec


class Mount(NamedTuple):
    """Where a sensor sits and how."""

    #: Its place, m, body axes from the body's origin.
    where_body: Vec
    #: Its axes: z is the boresight, x and y span the field of view.
    q_body_sensor: Quat
