"""What cannot be drawn gets one sentence."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from rvd import plot
from rvd.errors import ArgumentError, RvdError
from tests.plot.pages import RUNS, R, T, page, space

ZERO = (0.0, 0.0, 0.0)


class Metres:
    unit = "m"


BAD = [
    ("trajectory", (R[:, :2],), {}, r"r has shape \(4, 2\); its last axis holds 3 components"),
    ("trajectory", ("far",), {}, "r is not an array of numbers: it holds text"),
    ("trajectory", (np.ma.masked_greater(R, 0.0),), {}, "r has masked entries; leave them out"),
    (
        "trajectory",
        ([[0.0, 1.0, 2.0], [0.0]],),
        {},
        "r is not an array of numbers: its rows differ in length",
    ),
    ("trajectory", (R + np.inf,), {}, "r holds numbers that are infinite"),
    ("trajectory", (R[:0],), {}, "r holds no place"),
    ("trajectory", (Metres(),), {}, "r carries a unit"),
    ("trajectory", (R, T[:3]), {}, r"t has shape \(3,\); it should have \(4,\)"),
    ("trajectory", (R, -T), {}, "t is no row of times"),
    ("trajectory", (R,), {"every": 60.0}, "burns and every need t"),
    ("trajectory", (RUNS, T), {}, r"t, burns and every are of one trajectory; r has shape \(4, 4, 3\)"),
    ("trajectory", (R, T), {"every": 0.0}, "every is above 0, not 0"),
    ("trajectory", (R, T), {"every": 0.1}, "every makes 9,000 marks"),
    ("trajectory", (R, T), {"burns": (0.0,)}, "burns is a pair"),
    (
        "trajectory",
        (R, T),
        {"burns": (1000.0, ZERO)},
        "burns lie at 1000 to 1000 s, the trajectory from 0 to 900 s",
    ),
    ("trajectory", (R,), {"color": "blakc"}, "'blakc' is not a valid value for color"),
    ("trajectory", (R,), {"colr": "black"}, r"trajectory\(\) has no option 'colr'; options are label, color"),
    ("trajectory", (R,), {"label": 3}, "label is a text, not 3"),
    ("trajectory", (R,), {"linestyle": "wavy"}, "'wavy' is not a valid value for ls"),
    ("time_ticks", (R, T, "10 min"), {}, "every is not an array of numbers"),
    ("burns", (R, R[:2]), {}, "r and dv are of the same burns, not of 4 and 2"),
    ("burns", (R, R), {"names": ["a"]}, "names is a list of 4 texts"),
    ("burns", (R[0], R[0]), {"length": -1.0}, "length is above 0, not -1"),
    ("tube", (R,), {}, r"r has shape \(4, 3\); it should have \(m, k, 3\)"),
    ("tube", (RUNS,), {"sigma": -1.0}, "sigma is above 0"),
    ("ellipses", (R[0],), {}, r"r has shape \(3,\); it should have"),
    (
        "cone",
        (ZERO, "down", 0.1, 1.0),
        {},
        r"axis is one of \+V, -V, \+R, -R, \+H, -H, or a vector, not 'down'",
    ),
    ("cone", (ZERO, ZERO, 0.1, 1.0), {}, "axis is a zero vector"),
    ("cone", (ZERO, "+R", 10.0, 1.0), {}, r"half_angle is above 0 and below 1.571, not 10"),
    ("cone", (ZERO, "+R", 0.1, 1.0), {"fill": 2.0}, "fill is above"),
    ("sphere", (ZERO, -1.0), {}, "radius is above 0, not -1"),
    ("sphere", (R, 1.0), {}, r"centre has shape \(4, 3\)"),
    ("sphere", ((0.0, np.nan, 0.0), 1.0), {}, "centre holds 1 numbers that are no numbers"),
    ("ellipsoid", (ZERO, (1.0, 0.0, 1.0)), {}, "half_axes is above 0, not 0"),
    ("box", (ZERO, (1.0, -2.0, 1.0)), {}, "half_widths is above 0, not -2"),
    ("port", (ZERO,), {"name": None}, "name is a text, not None"),
    ("holds", (R, ["a", "b"]), {}, "names is a list of 4 texts"),
    ("speed", (R, R[:2]), {}, "r and v are of the same moments, not of 4 and 2"),
    ("envelope", ((1000.0, 250.0), (1.0, 0.1)), {}, "within is no row of times"),
    ("envelope", ((250.0,), (0.0,)), {}, "a speed above zero"),
    ("envelope", ((250.0,), (0.1, 0.2)), {}, r"most has shape \(2,\); it should have \(1,\)"),
    ("vbar_rbar", ("up",), {}, "vbar is one of right, left, not 'up'"),
    ("vbar_rbar", (), {"plane": "R-V"}, "plane is one of V-R, V-H, R-H, not 'R-V'"),
    ("vbar_rbar", (), {"unit": "ft"}, "unit is one of m, km, not 'ft'"),
    ("vbar_rbar", (), {"compass": "top"}, "compass is one of upper left"),
    ("vbar_rbar", (), {"origin": 3}, "origin is a text, not 3"),
]


FLAT = ("speed", "envelope")
"""What has no meaning in space."""


@pytest.mark.parametrize("axes", [page, space])
@pytest.mark.parametrize(("name", "given", "options", "sentence"), BAD)
def test_what_cannot_be_drawn_gets_a_sentence(name, given, options, sentence, axes):
    if name in FLAT and axes is space:
        sentence = "ax is a 3d Axes; draw on a plain one"
    ax = axes()
    before = len(ax.get_children())
    with pytest.raises(ArgumentError, match=sentence) as caught:
        getattr(plot, name)(ax, *given, **options)
    assert isinstance(caught.value, ValueError | RvdError) and "\n" not in str(caught.value)
    assert len(ax.get_children()) == before  # nothing is half drawn


def test_every_function_refuses_something():
    assert {name for name, *_ in BAD} | {"style"} == set(plot.__all__)


@pytest.mark.parametrize("name", sorted(set(plot.__all__) - {"style"}))
@pytest.mark.parametrize(
    ("ax", "told"), [(Figure(), "not Figure"), ([], "not list; take one of them"), (None, "not NoneType")]
)
def test_what_is_no_axes_gets_a_sentence(name, ax, told):
    given = next(given for one, given, *_ in BAD if one == name)
    with pytest.raises(ArgumentError, match=f"ax is an Axes of Matplotlib, {told}"):
        getattr(plot, name)(ax, *given)


def test_a_style_of_no_size_gets_a_sentence():
    with pytest.raises(ArgumentError, match="width is above 0"), plot.style(0.0):
        pass
    with pytest.raises(ArgumentError, match="height is given without a width"), plot.style(height=2.0):
        pass
