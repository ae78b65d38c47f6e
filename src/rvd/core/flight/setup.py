"""What a campaign shares, in two halves that never see each other: the flight software's, and the world's."""

from typing import NamedTuple

from rvd.core.flight.aboard import Onboard
from rvd.core.flight.chain import Chain
from rvd.core.flight.world import Outside


class Setup(NamedTuple):
    """All that is the same in every run of a campaign."""

    #: What the flight software was told, from the nominal case.
    onboard: Onboard
    #: All else.
    outside: Outside
    #: The longest flight, s.
    seconds: int
    #: The abort's own chain.
    chain: Chain
