"""Readings under way: when each arrives, how old it says it is, and how many never do."""

import pytest
from scipy.stats import binom

from rvd.core.algebra.random import stream_of, uniform4
from rvd.core.vehicle.transit import Delivery, Transit, deliver, kept


def arrivals(latency, rate, period=1, seconds=6, lost=()):
    """(time taken, time of arrival, age) of each reading that arrives, tick by tick, as a flight asks for them."""
    delivery, transit, came, on_its_way = Delivery(0.0, latency, 0.0), Transit(0.0, 0.0), [], None
    for second in range(seconds):
        for part in range(rate):
            t = second + part * (1.0 / rate)
            taken = 1.0 if part == 0 and second % period == 0 and second not in lost else 0.0
            earlier, has, transit = deliver(delivery.latency, transit, taken, t)
            if has:
                of = on_its_way if earlier else second
                came.append((of, t, t - of))
            if taken:
                on_its_way = second
    return came


@pytest.mark.parametrize(
    ("latency", "rate", "age"),
    [(0.0, 5, 0.0), (0.2, 5, 0.2), (0.3, 5, 0.4), (0.6, 5, 0.6), (0.2, 1, 1.0), (1.0, 1, 1.0), (1.0, 2, 1.0)],
)
def test_a_reading_arrives_at_the_first_tick_after_its_latency(latency, rate, age):
    came = arrivals(latency, rate)
    assert [taken for taken, _, _ in came] == [k for k in range(6) if k + age < 6.0 - 1e-9]
    for taken, t, told in came:
        assert t == pytest.approx(taken + age) and told == pytest.approx(age)


def test_a_reading_may_take_its_whole_period():
    assert arrivals(3.0, 2, period=3, seconds=10) == [(0, 3.0, 3.0), (3, 6.0, 3.0), (6, 9.0, 3.0)]


def test_a_latency_beyond_the_period_ends_with_the_next_reading():
    """A dispersed latency may be longer than the case allows: no reading is lost by it."""
    assert arrivals(1.7, 1) == [(k, k + 1.0, 1.0) for k in range(5)]
    assert arrivals(1.7, 1, lost=(1, 2)) == [(0, 2.0, 2.0), (3, 4.0, 1.0), (4, 5.0, 1.0)]


def test_what_is_lost_never_arrives_and_delays_nothing():
    assert arrivals(0.5, 2, lost=(1, 3)) == [(k, k + 0.5, 0.5) for k in (0, 2, 4, 5)]


def test_the_share_lost_is_the_share_asked():
    """Each count within its binomial band at 1e-4; false alarm 3e-4 together."""
    stream, n = stream_of("dropout"), 4000
    for share in (0.01, 0.2, 0.9):
        delivery = Delivery(share, 0.0, 0.0)
        lost = sum(kept(delivery, uniform4(5, 3, stream, tick)[0]) == 0.0 for tick in range(n))
        low, high = binom.interval(1.0 - 1e-4, n, share)
        assert low <= lost <= high
    assert kept(Delivery(0.0, 0.0, 0.0), 1e-12) == 1.0
    assert kept(Delivery(1.0, 0.0, 0.0), 1.0 - 1e-12) == 0.0
