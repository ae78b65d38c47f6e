"""What a record says of its numbers: marks for its fields, by which a case is read, checked and said back.

    half_angle: Annotated[float, P("rad", "deg", above=0.0, most=HALF_TURN)]

A kernel is given the plain type. The comment above the field (`#:`) is what the case file's reference says of it, and
the default of the field is the one of the case.
"""

from typing import NamedTuple

HALF_TURN = 3.141592653589794
"""Half a turn, rad, and a little more: the largest angle between two directions."""


class P(NamedTuple):
    """A number with a unit, or several of one kind.

    On `tuple[float, float]` it is a pair, the least and the largest; on `Vec` there are three, by the words of `axes`.
    """

    #: Its SI unit; empty for a pure number.
    unit: str
    #: The unit in which people write it, where that is another.
    usual: str = ""
    #: It is more than this.
    above: float | None = None
    #: It is at least this.
    least: float | None = None
    #: It is at most this.
    most: float | None = None
    #: Of a vector: "body", a list along forward, starboard and down; "hill", sizes along V-bar, R-bar and H-bar, which
    #: the record holds on hill axes.
    axes: str = ""


class Along(NamedTuple):
    """A direction by a word of the orbit's frame (`rbar`, `-vbar`); the record holds the unit vector, hill axes."""


class Column(NamedTuple):
    """What a column of results holds, and in which runs. A result is null where it does not exist."""

    #: Its SI unit; empty for numbers, words and truth values.
    unit: str
    #: What it holds.
    meaning: str
    #: In which runs it is there.
    exists: str = "in every run"

    @property
    def marks(self) -> dict[str, str]:
        """What goes with the column into other programs: its unit and its meaning."""
        return {"unit": self.unit, "meaning": self.meaning}
