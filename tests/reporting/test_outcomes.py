import numpy as np
import pytest

from rvd.case.requirement import Condition, Requirement
from rvd.core.signals import Outcome
from rvd.reporting.outcomes import draw_outcomes, spread_columns
from rvd.reporting.quantities import finite
from tests.reporting.synthetic import SCENE, made_up_table

TABLE = made_up_table()


@pytest.fixture(scope="module")
def figure():
    asked = [
        Requirement("propellant_used", at_most=150.0, share=0.99, unit="kg"),
        Requirement(
            at_least=0.99, all_of=(Condition("captured"), Condition("delta_v", at_most=20.0, unit="m/s"))
        ),
    ]
    return draw_outcomes(SCENE, TABLE, asked)


def test_the_bars_count_every_run(figure):
    widths = [bar.get_width() for bar in figure.axes[0].patches]
    assert sum(widths) == TABLE["outcome"].size
    assert widths[0] == (TABLE["outcome"] == Outcome.CAPTURED).sum()


COLUMNS = (("propellant_used", 1.0), ("delta_v", 1.0), ("corridor_margin", np.degrees(1.0)))


def test_a_curve_reaches_its_shares_at_the_sorted_values(figure):
    for axes, (column, factor) in zip(figure.axes[1:], COLUMNS, strict=True):
        curve = axes.lines[0]
        assert np.array_equal(curve.get_xdata(), np.sort(factor * TABLE[column]))
        assert curve.get_ydata()[-1] == 1.0


def test_requirements_are_marked_on_the_column_they_speak_of(figure):
    marks = [[line.get_label() for line in axes.lines[1:-1]] for axes in figure.axes[1:]]
    assert marks == [["required: at most 150 kg in 99 %"], ["required: at most 20 m/s in 99 %"], []]


def test_the_mean_is_marked_with_three_sigma(figure):
    mean = figure.axes[2].lines[-1]
    assert mean.get_xdata()[0] == pytest.approx(TABLE["delta_v"].mean(), rel=1e-14)
    assert (
        mean.get_label()
        == f"mean {mean.get_xdata()[0]:.3g}, 3 sigma {3.0 * TABLE['delta_v'].std(ddof=1):.3g}"
    )


def test_everything_that_is_required_has_a_panel():
    asked = [
        Requirement("release_speed", at_most=0.006, share=0.99, unit="m/s"),
        Requirement("box_angle", at_most=0.09, at_least=-0.09, share=0.9, unit="rad"),
        Requirement("captured", at_least=0.9),
        Requirement(
            at_least=0.9,
            all_of=(Condition("closest", at_least=5.0, unit="m"), Condition("delta_v", at_most=20.0)),
        ),
    ]
    assert spread_columns(TABLE, asked) == ["release_speed", "box_angle", "closest", "delta_v"]
    figure = draw_outcomes(SCENE, TABLE, asked)
    labels = [axes.get_xlabel() for axes in figure.axes[1:]]
    assert labels[:4] == [
        "release: speed (mm/s)", "drift: attitude (deg)", "closest approach of the centres (m)", "delta-v (m/s)",
    ]  # fmt: skip
    assert spread_columns(TABLE, []) == [column for column, _ in COLUMNS]


@pytest.mark.parametrize("limit", [1e-3, 100.0, 1e4])
def test_a_limit_is_drawn_wherever_it_lies_and_what_is_beyond_is_shaded(limit):
    axes = draw_outcomes(SCENE, TABLE, [Requirement("delta_v", at_most=limit, share=0.99, unit="m/s")]).axes[
        1
    ]
    line = axes.lines[1]
    low, high = axes.get_xlim()
    assert line.get_xdata()[0] == limit and low < limit < high
    assert low < TABLE["delta_v"].min() and TABLE["delta_v"].max() < high
    (shade,) = axes.patches
    assert shade.get_bbox().x0 == pytest.approx(limit) and shade.get_bbox().x1 == pytest.approx(high)
    assert "outside" not in line.get_label()


def test_a_column_that_is_not_tabled_is_shown_under_its_own_name():
    table = {**TABLE, "lean": np.radians(np.linspace(1.0, 2.0, 400))}
    axes = draw_outcomes(SCENE, table, [Requirement("lean", at_least=0.0, share=0.9, unit="rad")]).axes[1]
    assert axes.get_xlabel() == "lean (deg)" and axes.lines[0].get_xdata()[-1] == pytest.approx(2.0)


def test_a_margin_that_was_never_at_stake_is_no_value():
    assert finite({"m": np.array([1.0, np.nan, -2.0, np.inf])}, "m").tolist() == [1.0, -2.0]
    nothing = draw_outcomes(SCENE, {**TABLE, "corridor_margin": np.full(TABLE["outcome"].size, np.nan)})
    assert "no run has a value" in {text.get_text() for text in nothing.axes[3].texts}


def test_a_curve_says_of_how_many_runs_it_is_and_its_percentiles():
    some = TABLE["corridor_margin"].copy()
    some[:30] = np.nan
    curve = draw_outcomes(SCENE, {**TABLE, "corridor_margin": some}).axes[3].lines[0]
    median = np.sort(np.degrees(some[30:]))[some[30:].size // 2 - 1]
    assert curve.get_label().startswith(f"{some.size - 30} of {some.size} runs: 1 % ")
    assert f"median {median:.3g}" in curve.get_label()
    assert curve.get_xdata().size == some.size - 30 and curve.get_ydata()[-1] == 1.0
