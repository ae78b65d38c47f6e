"""The workspace of a flight: every array that its driver hands down, whole."""

from typing import NamedTuple

from rvd.core.algebra.covariance import Covariance
from rvd.core.kernel import Block, Sheet


class Work(NamedTuple):
    """What one flight is worked out in, and what it leaves behind; a sheet takes as many lines as it has."""

    #: On-times of the nozzles (n,), s.
    on: Block
    #: A line a leg (count + 1, `LEGS`).
    legs: Sheet
    #: A line every so often (k, `HISTORY`, then the on-times of the nozzles where it is as wide).
    history: Sheet
    #: The moments at which thrust may be lost (k, `KEPT`).
    moments: Sheet
    #: How the target's attitude moves beside its limit cycle (`END`, `LINE`): see `start_lines`.
    lines: Sheet
    #: What the rules have seen, a line a rule (`SCORE`).
    scores: Sheet
    #: What the sensors say at this tick, a line a sensor (`Sensed`): all that the flight software has of them.
    readings: Sheet
    #: What has not come out of the sensors, a line a sensor (`LATENT`).
    latent: Sheet
    #: The covariance of the relative filter, and what it is computed in.
    covariance: Covariance
