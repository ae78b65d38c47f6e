import numpy as np
import pytest

from rvd.montecarlo.distributions import Normal
from rvd.montecarlo.draws import Draw, Given
from rvd.montecarlo.plan import sources
from tests.montecarlo.cheap import NOMINAL, CheapFlyer, plan


def identity(seed=7, runs=10, until=None, **change):
    return plan(**change).manifest(CheapFlyer(), seed, runs, until).identity


def test_the_same_plan_has_the_same_identity_whatever_the_number_of_runs():
    assert identity() == identity(runs=99999)
    assert identity(requirements=()) == identity()  # what is asked of the rows changes no row


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 8},
        {"case_text": "x"},
        {"nominal": np.nextafter(NOMINAL, 9.0)},
        {"draws": (Draw("start.vbar", (0,), Normal(1.0 + 1e-15)),)},
        {"draws": (Draw("start.vbar", (0,), Normal(1.0), every=2),)},
        {"parts": {"a": b"1"}},
        {"code": {"a": b"1"}},
        {"sampling": "sobol"},
        {"sampling": "latin-hypercube"},
        {"until": 10},
    ],
)
def test_whatever_changes_a_row_changes_the_identity(change):
    assert identity(**change) != identity()


def test_one_number_of_a_given_table_changes_it():
    values = np.zeros((5000, 1))
    one = identity(draws=(Given("t", (0,), values.copy()),))
    values[2500] = 1e-300
    assert identity(draws=(Given("t", (0,), values),)) != one


def test_a_latin_hypercube_is_a_design_of_so_many_runs():
    assert identity(sampling="latin-hypercube", runs=10) != identity(sampling="latin-hypercube", runs=11)


def test_an_edit_of_what_draws_is_another_source_and_of_a_figure_is_not(tmp_path):
    for room in ("montecarlo", "reporting", "core/motion"):
        (tmp_path / room).mkdir(parents=True)
    for name in ("montecarlo/draws.py", "reporting/page.py", "core/motion/cw.py", "units.py"):
        (tmp_path / name).write_text("a = 1\n")
    before = sources(tmp_path)
    (tmp_path / "reporting/page.py").write_text("a = 2\n")
    assert sources(tmp_path) == before
    seen = {before}
    for name in ("montecarlo/draws.py", "core/motion/cw.py", "units.py"):
        (tmp_path / name).write_text("a = 2\n")
        seen.add(sources(tmp_path))
    assert len(seen) == 4


def test_a_path_drawn_twice_is_no_plan():
    with pytest.raises(ValueError, match="drawn twice"):
        plan(draws=(Draw("a", (0,), Normal(1.0)), Draw("a", (1,), Normal(1.0))))
