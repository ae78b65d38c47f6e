import pytest

from rvd.core.goals.box import box_of, box_overrun

from .scenes import BOX


def test_the_box_has_its_own_width_on_each_axis():
    box = box_of(BOX.numbers)._replace(half_width=(1.0, 1.0, 2.0))
    assert box_overrun(box, (0.5, -0.9, 1.0)) == pytest.approx(0.9)
    assert box_overrun(box, (0.0, 0.0, -2.2)) == pytest.approx(1.1)
