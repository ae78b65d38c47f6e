import numpy as np
import pytest
from scipy import stats

from rvd.montecarlo.distributions import Normal, Triangular, TruncatedNormal, Uniform
from rvd.montecarlo.draws import (
    Draw,
    Given,
    Group,
    How,
    check_draws,
    cholesky,
    correlated,
    draw_rows,
    drawn_slots,
)
from rvd.montecarlo.uniforms import SAMPLERS, sampler

NOMINAL = np.array([10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0])
COVARIANCE = ((4.0, 1.2, 0.0), (1.2, 1.0, -0.3), (0.0, -0.3, 9.0))
DRAWS = (
    Draw("start.vbar", (0,), Normal(2.0)),
    Draw("chaser.thrusters.force", (1, 2), TruncatedNormal(0.03, 0.9, 1.1, 1.0), How.MULTIPLY),
    Group("start", (3, 4, 5), COVARIANCE),
    Draw("chaser.mass", (6,), Uniform(1.0, 2.0), How.PUT),
)
RUNS = np.arange(3000)


def test_each_draw_changes_its_slots_and_no_other():
    for draw in DRAWS:
        rows = draw_rows([draw], NOMINAL, 1, RUNS)
        changed = (rows != NOMINAL).any(axis=0)
        assert tuple(np.flatnonzero(changed)) == draw.slots == drawn_slots([draw])
        assert all(len(np.unique(rows[:, slot])) == RUNS.size for slot in draw.slots)
    assert drawn_slots(DRAWS) == (0, 1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize("name", SAMPLERS)
def test_rows_are_the_same_bits_in_any_batches(name):
    s = sampler(name, 300)
    whole = draw_rows(DRAWS, NOMINAL, 9, np.arange(300), s)
    for size in (1, 7, 64):
        parts = [
            draw_rows(DRAWS, NOMINAL, 9, np.arange(a, min(a + size, 300)), s) for a in range(0, 300, size)
        ]
        assert np.array_equal(np.concatenate(parts), whole)


def test_a_new_dispersion_moves_no_other_draw():
    before = draw_rows(DRAWS, NOMINAL, 1, RUNS)
    after = draw_rows((Draw("new", (7,), Normal(1.0)), *reversed(DRAWS)), NOMINAL, 1, RUNS)
    assert np.array_equal(before[:, :7], after[:, :7])


def test_two_seeds_share_no_draw():
    one, other = draw_rows(DRAWS, NOMINAL, 1, RUNS), draw_rows(DRAWS, NOMINAL, 2, RUNS)
    for slot in drawn_slots(DRAWS):
        assert not np.intersect1d(one[:, slot], other[:, slot]).size


def test_neighbouring_runs_of_neighbouring_seeds_share_no_draw():
    rows = {s: draw_rows(DRAWS, NOMINAL, s, RUNS)[:, 0] for s in range(1, 6)}
    assert len(np.unique(np.concatenate(list(rows.values())))) == 5 * RUNS.size


def test_the_covariance_drawn_is_the_one_asked_for():
    """Bartlett-corrected likelihood ratio that 3,000 runs have this covariance and mean: false-alarm rate 1e-6.

    Anderson, An Introduction to Multivariate Statistical Analysis, 3rd ed., section 10.8.4 (eq. 10.8.2).
    """
    rows = draw_rows(DRAWS, NOMINAL, 4, RUNS)[:, 3:6]
    away = rows - NOMINAL[3:6]
    n, p = away.shape
    cov = np.asarray(COVARIANCE)
    b = np.linalg.solve(cov, away.T @ away / n)
    ratio = n * (np.trace(b) - np.log(np.linalg.det(b)) - p)  # mean known to be zero
    degrees = p * (p + 1) // 2
    assert stats.chi2(degrees).sf(ratio) > 1e-6
    mean = away.mean(axis=0)
    assert stats.chi2(p).sf(n * mean @ np.linalg.solve(cov, mean)) > 1e-6
    wrong = np.linalg.solve(np.diag(np.diag(cov)), away.T @ away / n)  # the test can fail
    assert stats.chi2(degrees).sf(n * (np.trace(wrong) - np.log(np.linalg.det(wrong)) - p)) < 1e-6


@pytest.mark.parametrize("draw", [DRAWS[0], DRAWS[1], DRAWS[3], Draw("t", (7,), Triangular(0.0, 1.0, 4.0))])
def test_each_slot_has_the_law_asked_for(draw):
    """Kolmogorov-Smirnov over 3,000 runs; false-alarm rate 1e-6 each."""
    rows = draw_rows([draw], NOMINAL, 6, RUNS)
    for slot in draw.slots:
        u = np.linspace(0.0005, 0.9995, 1000)
        law = {How.ADD: lambda x, s=slot: x - NOMINAL[s], How.MULTIPLY: lambda x, s=slot: x / NOMINAL[s]}.get(
            draw.how, lambda x: x
        )
        assert stats.ks_2samp(law(rows[:, slot]), draw.distribution.quantile(u)).pvalue > 1e-6


def test_a_dispersion_of_zero_is_the_nominal_flight():
    zero = [
        Draw("a", (0, 1), Normal(0.0)),
        Draw("b", (2,), Normal(0.0, 1.0), How.MULTIPLY),
        Group("c", (3, 4), ((0.0, 0.0), (0.0, 0.0))),
    ]
    assert np.array_equal(draw_rows(zero, NOMINAL, 1, RUNS), np.tile(NOMINAL, (RUNS.size, 1)))
    assert np.array_equal(draw_rows([], NOMINAL, 1, RUNS[:2]), [NOMINAL, NOMINAL])


def test_common_draws_give_all_slots_one_value_and_batches_give_runs_one():
    rows = draw_rows([Draw("all", (0, 1, 2), Normal(1.0), common=True)], 0.0 * NOMINAL, 1, RUNS)
    assert np.array_equal(rows[:, 0], rows[:, 1]) and np.array_equal(rows[:, 0], rows[:, 2])
    rows = draw_rows([Draw("batch", (0,), Normal(1.0), every=100)], NOMINAL, 1, RUNS)
    assert len(np.unique(rows[:, 0])) == 30


def test_a_given_table_is_flown_as_given():
    given = Given("table", (1, 7), np.arange(20.0).reshape(10, 2))
    rows = draw_rows([given], NOMINAL, 1, np.array([9, 0]))
    assert rows[:, [1, 7]].tolist() == [[18.0, 19.0], [0.0, 1.0]]
    with pytest.raises(ValueError, match="table has 10 rows, run 10 has none"):
        draw_rows([given], NOMINAL, 1, np.array([10]))


def test_a_path_drawn_twice_is_refused():
    check_draws(DRAWS)
    with pytest.raises(ValueError, match=r"start\.vbar is drawn twice"):
        check_draws([*DRAWS, DRAWS[0]])


def test_cholesky_factors_singular_matrices_and_refuses_impossible_ones():
    for cov in (COVARIANCE, correlated([2.0, 3.0], [[1.0, 1.0], [1.0, 1.0]]), ((0.0, 0.0), (0.0, 4.0))):
        factor = np.array(cholesky(cov))
        np.testing.assert_allclose(factor @ factor.T, cov, rtol=1e-14, atol=1e-14)
    np.testing.assert_allclose(cholesky(COVARIANCE), np.linalg.cholesky(COVARIANCE), rtol=1e-14)
    for bad, why in [
        (((1.0, 2.0), (2.0, 1.0)), "negative variance"),
        (((0.0, 1.0), (1.0, 1.0)), "negative variance"),
        (((-1.0,),), "negative variance"),
        (((1.0, 0.5), (0.4, 1.0)), "symmetric"),
        (((1.0, 0.5),), "square"),
        (((float("nan"),),), "finite"),
    ]:
        with pytest.raises(ValueError, match=why):
            cholesky(bad)
    with pytest.raises(ValueError, match="ones on its diagonal"):
        correlated([1.0, 2.0], [[1.0, 0.0], [0.0, 2.0]])
    with pytest.raises(ValueError, match="shape"):
        Group("g", (1, 2), COVARIANCE)
