import numpy as np
import pytest
from scipy import stats

from rvd.montecarlo.distributions import (
    Choice,
    Exponential,
    LogNormal,
    Normal,
    Triangular,
    TruncatedNormal,
    Uniform,
)

U = (np.arange(20000) + 0.5) / 20000

EVERY = [
    (Normal(2.0, 1.0), stats.norm(1.0, 2.0)),
    (TruncatedNormal(2.0, -1.0, 3.0, 0.5), stats.truncnorm(-0.75, 1.25, 0.5, 2.0)),
    (TruncatedNormal(1.0, 6.0, 9.0), stats.truncnorm(6.0, 9.0)),
    (TruncatedNormal(1.0, -9.0, -6.0), stats.truncnorm(-9.0, -6.0)),
    (Uniform(-1.0, 4.0), stats.uniform(-1.0, 5.0)),
    (Triangular(-1.0, 0.5, 2.0), stats.triang(0.5, -1.0, 3.0)),
    (Triangular(0.0, 0.0, 2.0), stats.triang(0.0, 0.0, 2.0)),
    (LogNormal(0.3, 2.0), stats.lognorm(0.3, 0.0, 2.0)),
    (Exponential(0.3), stats.expon(0.0, 1.0 / 0.3)),
]


@pytest.mark.parametrize(("ours", "theirs"), EVERY, ids=lambda d: type(d).__name__)
def test_every_quantile_function_is_scipys(ours, theirs):
    np.testing.assert_allclose(ours.quantile(U), theirs.ppf(U), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("ours", "_"), EVERY, ids=lambda d: type(d).__name__)
def test_every_quantile_is_elementwise_to_the_bit(ours, _):
    whole = ours.quantile(U[:1000])
    single = np.array([ours.quantile(U[i : i + 1])[0] for i in range(1000)])
    assert np.array_equal(whole, single)
    assert np.array_equal(ours.quantile(np.column_stack([U[:1000], U[:1000]])[:, 0]), whole)


def test_a_bounded_normal_is_truncated_not_clipped():
    values = TruncatedNormal(1.0, -1.0, 1.0).quantile(U)
    assert values.min() > -1.0 and values.max() < 1.0
    assert len(np.unique(values)) == U.size


def test_choice_keeps_its_weights():
    values = Choice((3.0, 5.0, 9.0, 11.0), (1.0, 0.0, 3.0, 0.0)).quantile(U)
    assert dict(zip(*np.unique(values, return_counts=True), strict=True)) == {3.0: 5000, 9.0: 15000}
    assert Choice((1.0, 2.0)).quantile(np.array([2.0**-53, 1 - 2.0**-53])).tolist() == [1.0, 2.0]
    tenths = Choice(tuple(range(10)))  # 0.1 added ten times is less than one
    assert tenths.quantile(np.array([1 - 2.0**-53]))[0] == 9.0


@pytest.mark.parametrize(
    "make",
    [
        lambda: Normal(-1.0),
        lambda: Normal(float("nan")),
        lambda: TruncatedNormal(1.0, 2.0, 1.0),
        lambda: TruncatedNormal(1.0, 90.0, 91.0),
        lambda: Uniform(1.0, 1.0),
        lambda: Triangular(0.0, 3.0, 2.0),
        lambda: LogNormal(0.1, -1.0),
        lambda: Exponential(0.0),
        lambda: Choice(()),
        lambda: Choice((1.0, 2.0), (1.0,)),
        lambda: Choice((1.0, 2.0), (0.0, 0.0)),
    ],
)
def test_a_law_that_is_none_is_refused(make):
    with pytest.raises(ValueError):
        make()
