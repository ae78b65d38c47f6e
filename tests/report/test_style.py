import pytest

from rvd.report.style import COLOUR, DASHED, blank, drawing, legend_below, limit_line, png, stroke, word
from rvd.signals import Outcome


def test_every_outcome_has_a_look_of_its_own():
    # LOST has no path to draw, and a flight in a figure has ended.
    drawn = [outcome for outcome in Outcome if outcome not in (Outcome.FLYING, Outcome.LOST)]
    looks = {(stroke(outcome)["color"], str(stroke(outcome)["linestyle"])) for outcome in drawn}
    assert len(looks) == len(drawn)
    assert set(COLOUR) == set(Outcome) and set(COLOUR) >= DASHED


def test_outcomes_are_written_as_words():
    assert word(Outcome.LEFT_BOX) == "left box"


def test_the_house_style_ends_with_its_block():
    import matplotlib

    before = dict(matplotlib.rcParams)
    with pytest.raises(RuntimeError), drawing():
        assert matplotlib.rcParams["legend.frameon"] is False
        raise RuntimeError
    assert dict(matplotlib.rcParams) == before


def test_a_legend_names_each_label_once():
    figure = blank(4, 3)
    axes = figure.subplots(1, 2)
    for place in axes:
        limit_line(place, 1.0, "limit")
        place.plot([0, 1], [0, 1], label="a")
    legend_below(figure, axes)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["limit", "a"]
    assert png(figure).startswith(b"\x89PNG")
