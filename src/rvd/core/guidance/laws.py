"""The family of guidance laws: the list of its members. `rvd.core.guidance.law` chooses among them.

A law is a module of this package, named as its member is in small letters, with three kernels; n is the target's
mean motion (rad/s), s the time (s) since the leg was entered:

    request(memory, state, n, s) -> Request     what it asks of translation, in the frame of its leg
    next_stage(memory, state, n, s) -> float    its stage after this tick; left out by a law that has one stage, 0
    flown(memory, s) -> bool                    whether it has nothing more to fly; left out: once the slew is over

To add one: its module, its test, and a line here. A case names it by its word.
"""

from enum import IntEnum


class Law(IntEnum):
    """The guidance laws a leg may fly; each member carries the word by which a case names it."""

    HOLD = 0
    TWO_IMPULSE = 1
    STRAIGHT = 2
    GLIDESLOPE = 3
    DRIFT = 4
    RETREAT = 5
    OWN = 6
    """A law of the user's own (`rvd.core.guidance.own`), which is asked elsewhere."""

    @property
    def word(self) -> str:
        """What a case calls it."""
        return self.name.lower().replace("_", "-")


BUILT_IN = tuple(law for law in Law if law is not Law.OWN)
"""The laws that have a module here."""

WORDS = {law.word: law for law in BUILT_IN}
"""The laws by the words that cases use."""
