"""What no statistic may take for an argument: each function, each kind of nonsense."""

import math

import numpy as np
import pytest

from rvd.errors import ArgumentError, RvdError
from rvd.statistics import binomial, check, consistency, order, paired, sequential

X = np.arange(20.0)
TRUE = np.arange(20) % 2 == 0

CALLS = {
    "clopper_pearson": (binomial.clopper_pearson, {"successes": 2, "runs": 10, "confidence": 0.9, "side": "lower"}),
    "wilson": (binomial.wilson, {"successes": 2, "runs": 10, "confidence": 0.9, "side": "upper"}),
    "jeffreys": (binomial.jeffreys, {"successes": 2, "runs": 10, "confidence": 0.9}),
    "failures_allowed": (binomial.failures_allowed, {"runs": 10, "share": 0.5, "confidence": 0.9}),
    "runs_required": (binomial.runs_required, {"failures": 1, "share": 0.5, "confidence": 0.9}),
    "upper_rank": (order.upper_rank, {"runs": 10, "share": 0.5, "confidence": 0.9}),
    "lower_rank": (order.lower_rank, {"runs": 10, "share": 0.5, "confidence": 0.9}),
    "quantile": (order.quantile, {"values": X, "share": 0.5}),
    "quantile_interval": (order.quantile_interval, {"values": X, "share": 0.5, "confidence": 0.9, "side": "two-sided"}),
    "mean_difference": (paired.mean_difference, {"first": X, "second": X + 1.0, "confidence": 0.9}),
    "share_difference": (paired.share_difference, {"first": TRUE, "second": ~TRUE, "confidence": 0.9}),
    "consistency": (consistency.consistency, {"squares": X, "numbers": 6, "confidence": 0.9}),
    "looks": (sequential.looks, {"most": 100}),
    "rule": (sequential.rule, {"share": 0.9, "confidence": 0.9, "most": 100}),
}  # fmt: skip
SHARE = (math.nan, "0.9", -0.1, 1.1, 90, math.inf, None, [0.9, 0.9], True, 0.9j)
COUNT = (-1, 2.5, math.nan, "3", None, True, [1, 2], 2**53 + 1)
COLUMN = (
    ["a", "b"],
    "abc",
    np.ones((20, 1)),
    [[1.0], [1.0, 2.0]],
    3.0,
    [None, 1.0],
    np.ma.masked_equal(X, 3.0),
)
NONSENSE = {
    "confidence": (*SHARE, 0.0, 1.0),
    "share": SHARE,
    "successes": (*COUNT, 11),
    "runs": COUNT,
    "failures": COUNT,
    "most": (*COUNT, 0),
    "side": ("Lower", "both", "one-sided", "", None, 1),
    "values": COLUMN,
    "first": (*COLUMN, X[:3], np.where(X == 3.0, math.nan, X)),
    "second": (*COLUMN, X[:3], np.where(X == 3.0, math.nan, X)),
    "squares": (*COLUMN, np.where(X == 3.0, -1.0, X)),
    "numbers": ("six", -1, math.nan, math.inf, [1, 2, 3], None, True, np.True_),
}


def test_every_function_is_called():
    public = {
        name
        for module in (binomial, order, paired, consistency, sequential)
        for name, value in vars(module).items()
        if callable(value) and not isinstance(value, type) and not name.startswith("_")
        and getattr(value, "__module__", "") == module.__name__
    }  # fmt: skip
    assert public - {"first_stop", "chance_of_at_most"} == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_what_is_meant_is_taken(name):
    call, given = CALLS[name]
    call(**given)
    for key in {"successes", "runs", "failures", "most"} & set(given):
        for kind in (np.int32, np.uint8, np.int64):
            assert call(**{**given, key: kind(given[key])}) == call(**given)


@pytest.mark.parametrize(
    ("name", "key"), [(name, key) for name, (_, given) in CALLS.items() for key in given]
)
def test_nonsense_is_refused_in_one_sentence(name, key):
    call, given = CALLS[name]
    for bad in NONSENSE[key]:
        with pytest.raises(ArgumentError) as caught:
            call(**{**given, key: bad})
        assert isinstance(caught.value, RvdError | ValueError) and len(str(caught.value).splitlines()) == 1, (
            bad
        )


def test_the_ends_of_a_share_are_taken_where_they_mean_something():
    assert order.quantile(X, 0.0) == 0.0 and order.quantile(X, 1.0) == 19.0
    for call in (binomial.runs_required, binomial.failures_allowed, order.upper_rank):
        for end in (0.0, 1.0):
            with pytest.raises(ArgumentError, match="between 0 and 1"):
                call(3, end, 0.9)


def test_a_confidence_too_near_to_one_for_two_bounds_is_refused():
    """The half of 1.1e-16 is lost beside one; a single bound is still there."""
    near = 1.0 - 1e-16
    for call, *given in [
        (binomial.wilson, 10**6, 10**6),
        (order.quantile_interval, X, 0.5),
        (paired.mean_difference, X, X + 1.0),
        (paired.share_difference, TRUE, ~TRUE),
    ]:
        with pytest.raises(ArgumentError, match="too near to 1 for two bounds"):
            call(*given, near)
        call(*given, 1.0 - 2.3e-16)
    assert binomial.wilson(10**6, 10**6, near, "lower").low == pytest.approx(1.0 - 6.73e-5, abs=1e-7)
    assert order.quantile_interval(X, 0.5, near, "lower").low == -math.inf


def test_a_count_of_failures_grows_and_is_within_its_runs():
    rule = sequential.rule(0.9, 0.9, 100)
    for bad in ([-1], [21], [3, 2], [0.5], ["0"], [math.nan], None, 5, "20", [[20]]):
        with pytest.raises(ArgumentError):
            sequential.first_stop(rule, bad)
    assert sequential.first_stop(rule, np.array([20], dtype=np.int32)) == (20, 20, False)


def test_truths_are_truth_values_or_zeros_and_ones():
    assert check.truths("x", [True, False]).tolist() == check.truths("x", [1, 0.0]).tolist() == [True, False]
    assert paired.share_difference([1, 1, 0], [0.0, 1.0, 0.0], 0.9) == paired.share_difference(
        [True, True, False], [False, True, False], 0.9
    )
    with pytest.raises(ArgumentError, match="1 runs that are neither true nor false"):
        check.truths("x", [1.0, math.nan])
