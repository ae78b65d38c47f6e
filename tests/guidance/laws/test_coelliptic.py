"""A coelliptic drift: its burn, its coast, its trims, and its end."""

import pytest

from rvd.core.kernel import plain
from rvd.core.motion import cw
from rvd.guidance.laws.coelliptic import coelliptic
from tests.guidance.laws.moments import LEG, N, now_at

HEIGHT = -2000.0


def asked(r, v, stage=0.0, begin=(HEIGHT, -9000.0, 0.0), end=(HEIGHT, -3000.0, 0.0), trim=0.05):
    now = now_at(0.0, r_entry_leg=begin, r_leg=r, v_leg=v, stage=stage)
    return plain(coelliptic)(LEG._replace(to_leg=end), now, trim)


def test_it_burns_for_the_velocity_that_keeps_its_height():
    a = asked((HEIGHT, -9000.0, 0.0), (0.3, 0.0, 0.1))
    assert a.translate == 2.0 and a.stage == 0.0 and not a.over
    assert a.dv_leg == pytest.approx((-0.3, -1.5 * N * HEIGHT, -0.1))


def test_it_coasts_until_a_trim_is_due():
    keeps = -1.5 * N * HEIGHT
    assert asked((HEIGHT, -8000.0, 0.0), (0.0, keeps, 0.009)).translate == 0.0  # burnt
    assert asked((HEIGHT, -8000.0, 0.0), (0.0, keeps, 0.04), stage=1.0).translate == 0.0  # coasting
    again = asked((HEIGHT, -8000.0, 0.0), (0.0, keeps, 0.06), stage=1.0)
    assert again.translate == 2.0 and again.stage == 0.0


def test_free_motion_from_its_velocity_keeps_the_height_and_ends_abeam_of_the_end():
    v = (0.0, -1.5 * N * HEIGHT, 0.0)
    r, v = plain(cw.coast)((HEIGHT, -9000.0, 0.0), v, N, 6000.0 / (-1.5 * N * HEIGHT))
    assert r == pytest.approx((HEIGHT, -3000.0, 0.0), abs=1e-6)
    assert asked((r[0], r[1] + 1.0, 0.0), v, stage=1.0).over
    assert not asked((r[0], r[1] - 1.0, 0.0), v, stage=1.0).over


@pytest.mark.parametrize("ahead", [1.0, -1.0])
def test_it_ends_from_either_side(ahead):
    begin, end = (-ahead * 1000.0, 5000.0 * -ahead, 0.0), (-ahead * 1000.0, 0.0, 0.0)
    keeps = (0.0, 1.5 * N * ahead * 1000.0, 0.0)
    assert asked((begin[0], ahead, 0.0), keeps, 1.0, begin, end).over
    assert not asked((begin[0], -ahead, 0.0), keeps, 1.0, begin, end).over
