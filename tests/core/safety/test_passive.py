import numpy as np
import pytest

from rvd.core.safety import passive as module
from rvd.core.safety.passive import (
    INSIDE,
    OUTSIDE,
    During,
    Fates,
    after_leaving,
    around,
    back,
    choose,
    judge,
)


def fates(closest, point=None, left=None, returned=None, last=None):
    closest = np.array(closest, dtype=float)
    far = np.full(closest.size, 1e4)
    return Fates(
        closest,
        far if point is None else np.array(point, dtype=float),
        np.zeros(closest.size) if left is None else np.array(left, dtype=float),
        closest if returned is None else np.array(returned, dtype=float),
        far if last is None else np.array(last, dtype=float),
    )


def test_every_kind_of_moment_has_its_words():
    assert len({doing.words for doing in During}) == len(During)
    assert all(During(doing.value) is doing for doing in During)


def test_what_is_judged_of_the_outside_excepts_the_first_burn_and_what_flies_within():
    """An abort is judged apart, a first burn as a share: each kind is in one place only."""
    assert not set(OUTSIDE) & set(INSIDE)
    assert {During.FIRST_BURN, During.ABORT, During.AWAY} == set(During) - set(OUTSIDE) - set(INSIDE)


@pytest.mark.parametrize("doing", OUTSIDE)
def test_the_margin_is_the_nearest_drift_beyond_the_sphere(doing):
    safety = judge([doing] * 3, np.array([10.0, 20.0, 30.0]), fates([900.0, 450.0, 700.0]), 200.0, 7.0)
    assert safety.passive_margin == 250.0
    assert safety.passive_epoch == 20.0
    assert np.isnan(safety[2:]).all()  # no first burn, and nothing inside: no number


def test_a_first_burn_counts_as_a_share_and_not_in_the_margin():
    during = [During.FIRST_BURN] * 4 + [During.COAST]
    safety = judge(during, np.arange(5.0), fates([50.0, 199.9, 200.0, 3000.0, 640.0]), 200.0, 7.0)
    assert safety.unsafe_share_first_burn == 0.5
    assert safety.passive_margin == 440.0
    assert safety.passive_margin_first_burn == -150.0


def test_a_flight_of_first_burns_alone_has_no_other_margin():
    safety = judge([During.FIRST_BURN] * 2, np.arange(2.0), fates([260.0, 3000.0]), 200.0, 7.0)
    assert safety.passive_margin_first_burn == 60.0 and safety.unsafe_share_first_burn == 0.0
    assert np.isnan([safety.passive_margin, safety.passive_epoch, safety.contact_margin]).all()


def test_within_the_sphere_contact_and_coming_back_are_judged():
    during = [During.ASCENT, During.ASCENT, During.FREE_DRIFT, During.COAST]
    fate = fates([30.0, 190.0, 20.0, 500.0], [22.0, 180.0, 9.0, 480.0], [600.0, 0.0, 900.0, 0.0],
                 [260.0, 190.0, 230.0, 500.0])  # fmt: skip
    safety = judge(during, np.arange(4.0), fate, 200.0, 7.0)
    assert safety.contact_margin == 2.0
    # the second moment starts outside, on its way in, and dips into the sphere: only contact is asked of it
    assert safety.return_margin == 30.0
    assert safety.passive_margin == 300.0


def test_a_drift_that_never_leaves_the_sphere_is_judged_where_it_ends():
    fate = fates([30.0], [40.0], [np.nan], [np.nan], [120.0])
    assert back(fate)[0] == 120.0
    assert judge([During.ASCENT], np.zeros(1), fate, 200.0, 7.0).return_margin == -80.0


def test_a_drift_that_leaves_for_good_comes_back_to_nothing_nearer_than_its_end():
    """Left at 30 s and gone; left, passes at 450 m and is gone; turned, and still coming nearer as the drift ends."""
    fate = fates([60.0] * 3, None, [30.0] * 3, [np.nan, 450.0, 450.0], [9e4, 9e4, 320.0])
    assert after_leaving(fate).tolist() == [9e4, 450.0, 320.0]
    assert judge([During.ASCENT] * 3, np.arange(3.0), fate, 200.0, 7.0).return_margin == 120.0


def test_of_a_moment_outside_no_return_is_asked():
    fate = fates([150.0], None, [0.0], [150.0], [9e4])
    assert np.isnan(back(fate)[0]) and after_leaving(fate)[0] == 150.0
    safety = judge([During.ASCENT], np.zeros(1), fate, 200.0, 7.0)
    assert np.isnan(safety.return_margin) and safety.contact_margin == 1e4 - 7.0


def test_what_is_not_a_number_is_not_safe():
    safety = judge([During.COAST] * 3, np.arange(3.0), fates([900.0, np.nan, 700.0]), 200.0, 7.0)
    assert not safety.passive_margin >= 0.0
    safety = judge([During.FIRST_BURN] * 2, np.arange(2.0), fates([900.0, np.nan]), 200.0, 7.0)
    assert safety.unsafe_share_first_burn == 0.5


def test_without_moments_nothing_is_said():
    assert np.isnan(judge([], np.empty(0), fates([]), 200.0, 7.0)).all()


# ---- which moments


def stretches(*parts):
    """during, leg, t, delta_v of stretches (doing, leg, moments, spacing, delta-v in all)."""
    columns = [[], [], [], []]
    t = spent = 0.0
    for doing, leg, count, spacing, gain in parts:
        for k in range(count):
            for column, value in zip(columns, (doing, leg, t, spent + gain * k / count), strict=True):
                column.append(value)
            t += spacing
        spent += gain
    return tuple(np.array(column, dtype=float) for column in columns)


PARTS = (
    (During.HOLD, 0, 16, 30.0, 0.2),
    (During.FIRST_BURN, 1, 60, 1.0, 0.8),
    (During.COAST, 1, 78, 30.0, 0.0),
    (During.MIDCOURSE, 1, 7, 1.0, 0.9),
    (During.COAST, 1, 2, 30.0, 0.0),
    (During.HOLD, 2, 1, 30.0, 0.0),
    (During.HOLD, 3, 20, 30.0, 0.1),
)


def test_each_stretch_gives_its_share_of_moments_with_its_first_and_last():
    columns = stretches(*PARTS)
    chosen = choose(*columns, 10, 4)
    assert np.array_equal(chosen, np.unique(chosen))
    first = 0
    for part, expected in zip(PARTS, (4, 10, 4, 7, 2, 1, 4), strict=True):
        inside = chosen[(chosen >= first) & (chosen < first + part[2])]
        assert inside.size == expected
        assert inside[0] == first and inside[-1] == first + part[2] - 1
        first += part[2]


def test_a_burn_is_cut_at_equal_shares_of_its_gain():
    """A burn that gains slowly at first: the moments lie where the gain is, not where the time is."""
    t = np.arange(100.0)
    gain = (t / 99.0) ** 3
    chosen = choose(np.full(100, During.FIRST_BURN), np.zeros(100), t, gain, 11, 3)
    assert chosen.size == 11
    # a moment is taken at the first second that has gained its share
    assert np.all(gain[chosen] >= np.linspace(0.0, 1.0, 11) - 1e-12)
    assert np.all(gain[np.maximum(chosen - 1, 0)] <= np.linspace(0.0, 1.0, 11))


def test_a_burn_that_gains_nothing_still_gives_a_moment():
    chosen = choose(np.full(5, During.ARRIVAL), np.zeros(5), np.arange(5.0), np.full(5, 0.3), 10, 3)
    assert chosen.tolist() == [0]


def test_no_moments_no_choice():
    empty = np.empty(0)
    assert choose(empty, empty, empty, empty, 10, 3).size == 0


@pytest.mark.parametrize("count", [1, 2, 3, 7, 30])
def test_moments_are_spread_as_numpy_spreads_numbers(count):
    """Written out, for NumPy promises no last digits of its own."""
    for first, last in ((0.0, 1.0), (0.1, 86400.7), (3.0, 3.0), (1e-3, 0.3)):
        assert module._spread(first, last, count).tolist() == np.linspace(first, last, count).tolist()


def test_the_moments_around_the_worst_lie_between_its_neighbours():
    during = np.full(41, During.COAST)
    chosen, fate = np.array([0, 10, 20, 30, 40]), fates([900.0, 800.0, 300.0, 500.0, 700.0])
    assert around(during, chosen, fate, 99).tolist() == [*range(11, 20), *range(21, 30)]
    assert around(during, chosen, fate, 4).tolist() == [12, 14, 16, 18, 22, 24, 26, 28]
    assert around(during, chosen, fate, 1).tolist() == [15, 25]


def test_around_the_first_and_the_last_there_is_one_side():
    during, chosen = np.full(9, During.HOLD), np.array([0, 4, 8])
    assert around(during, chosen, fates([300.0, 900.0, 900.0]), 9).tolist() == [1, 2, 3]
    assert around(during, chosen, fates([900.0, 900.0, 300.0]), 9).tolist() == [5, 6, 7]


def test_each_margin_is_looked_around():
    during = np.array([During.COAST] * 5 + [During.FIRST_BURN] * 5 + [During.ASCENT] * 5)
    chosen = np.array([0, 2, 5, 7, 9, 10, 12, 14])
    fate = fates([900, 300, 900, 90, 900, 90, 90, 90], [1e4] * 5 + [30, 20, 10], [0] * 5 + [30] * 3,
                 [1e4] * 5 + [400, 500, 600])  # fmt: skip
    assert around(during, chosen, fate, 9).tolist() == [1, 3, 4, 6, 8, 11, 13]


def test_where_nothing_was_flown_or_every_moment_there_is_nothing_around():
    assert around([], np.empty(0, dtype=np.int64), fates([]), 4).size == 0
    assert around([During.COAST] * 3, np.arange(3), fates([3.0, 2.0, 3.0]), 4).size == 0
