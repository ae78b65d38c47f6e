import numpy as np
import pytest

from rvd.core.signals import Outcome
from rvd.montecarlo.requirement import Condition, Requirement
from rvd.reporting.outcomes import SPREADS, draw_outcomes, finite
from tests.reporting.synthetic import SCENE, made_up_table

TABLE = made_up_table()


@pytest.fixture(scope="module")
def figure():
    asked = [
        Requirement("propellant_used", at_most=150.0, share=0.99),
        Requirement(at_least=0.99, all_of=(Condition("captured"), Condition("delta_v", at_most=20.0))),
    ]
    return draw_outcomes(SCENE, TABLE, asked)


def test_the_bars_count_every_run(figure):
    widths = [bar.get_width() for bar in figure.axes[0].patches]
    assert sum(widths) == TABLE["outcome"].size
    assert widths[0] == (TABLE["outcome"] == Outcome.CAPTURED).sum()


def test_a_curve_reaches_its_shares_at_the_sorted_values(figure):
    for axes, (column, _, factor) in zip(figure.axes[1:], SPREADS, strict=True):
        curve = axes.lines[0]
        assert np.array_equal(curve.get_xdata(), np.sort(factor * TABLE[column]))
        assert curve.get_ydata()[-1] == 1.0


def test_requirements_are_marked_on_the_column_they_speak_of(figure):
    marks = [[line.get_label() for line in axes.lines[1:]] for axes in figure.axes[1:]]
    assert marks == [["required: at most 150"], ["required: at most 20"], []]


def test_a_margin_that_was_never_at_stake_is_no_value():
    assert finite({"m": np.array([1.0, np.nan, -2.0, np.inf])}, "m").tolist() == [1.0, -2.0]
    nothing = draw_outcomes(SCENE, {**TABLE, "corridor_margin": np.full(TABLE["outcome"].size, np.nan)})
    assert "no run has a value" in {text.get_text() for text in nothing.axes[3].texts}


def test_a_curve_says_of_how_many_runs_it_is():
    some = TABLE["corridor_margin"].copy()
    some[:30] = np.nan
    curve = draw_outcomes(SCENE, {**TABLE, "corridor_margin": some}).axes[3].lines[0]
    assert curve.get_label() == f"{some.size - 30} of {some.size} runs"
    assert curve.get_xdata().size == some.size - 30 and curve.get_ydata()[-1] == 1.0
