import pytest
from matplotlib.figure import Figure

from rvd.core.goals.goals import GoalKind
from rvd.core.signals import SUCCESSES, Outcome
from rvd.reporting.style import (
    COLOUR,
    DASHED,
    blank,
    drawing,
    legend_below,
    limit_line,
    logarithmic,
    png,
    power,
    said,
    stroke,
    word,
)


@pytest.mark.parametrize("goal", GoalKind)
def test_every_outcome_of_a_goal_has_a_look_of_its_own(goal):
    # LOST has no path to draw, and a flight in a figure has ended.
    others = set(SUCCESSES) - {goal.module.SUCCESS}
    others.add(Outcome.MISSED if goal is GoalKind.BOX else Outcome.LEFT_BOX)
    never = {Outcome.FLYING, Outcome.LOST}
    drawn = [outcome for outcome in Outcome if outcome not in others | never]
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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("HTV-4", "HTV-4"),
        ("$x_{$", "$x_{$"),
        ("x" * 28, "x" * 28),
        ("x" * 29, "x" * 27 + "…"),
        ("_hidden", "\N{THIN SPACE}_hidden"),
    ],
)
def test_a_users_text_is_shortened_and_never_hidden(text, shown):
    assert said(text) == shown


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (1.0, "10⁰"),
        (1e-3, "10⁻³"),
        (1e12, "10¹²"),
        (-0.01, "−10⁻²"),
        (2e-3, "2×10⁻³"),
        (0.0, "0"),
        (0.1, "10⁻¹"),
    ],
)
def test_powers_are_plain_text(x, text):
    assert power(x) == text


def test_no_tick_of_a_logarithmic_axis_is_mathematics():
    with drawing():
        figure = blank(4, 3)
        one, other = figure.subplots(1, 2)
        one.plot([1, 2], [0.02, 5.0]), logarithmic(one)
        other.plot([1, 2], [-3.0, 100.0]), logarithmic(other, 0.1)
    png(figure)
    texts = {tick.get_text() for axes in (one, other) for tick in axes.get_yticklabels(which="both")}
    assert {"10⁻¹", "−10⁻¹", "0", "10⁰"} <= texts and not any("$" in text for text in texts)


def test_a_legend_names_each_label_once():
    figure = blank(4, 3)
    axes = figure.subplots(1, 2)
    for place in axes:
        limit_line(place, 1.0, "limit")
        place.plot([0, 1], [0, 1], label="a")
    legend_below(figure, axes)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["limit", "a"]
    assert png(figure).startswith(b"\x89PNG")


@pytest.mark.parametrize("words", [2, 9])
def test_a_legend_below_is_never_wider_than_its_figure(words):
    figure = Figure(figsize=(6.0, 3.0), layout="constrained")
    axes = figure.subplots()
    for k in range(6):
        axes.plot([0.0, 1.0], [0.0, k], label=f"line {k} of {'long ' * words}words")
    legend_below(figure, [axes])
    (legend,) = figure.legends
    assert legend.get_window_extent().width <= figure.bbox.width
    assert len(legend.get_texts()) == 6
