import pytest

import rvd
from rvd.control.attainable import DIRECTIONS, ONE_OUT
from rvd.reporting.wrench import attainable_of, direction, draw_wrench, wrench_grid
from tests.short_case import HTV


@pytest.fixture(scope="module")
def summary():
    return attainable_of(rvd.load(HTV))


def test_every_direction_has_words_of_its_own():
    words = [direction(name) for name in DIRECTIONS]
    assert len(set(words)) == 12
    assert direction("force -z") == "up" and direction("torque +z") == "+ about down"


def test_all_nozzles_each_string_and_each_set_are_there(summary):
    sets = {f"set {name}" for name in rvd.load(HTV).nozzles}
    assert set(summary.names) == {"all", "string A", "string B", ONE_OUT} | sets
    rows = dict(zip(summary.names, summary.largest, strict=True))
    assert all((rows["all"] >= row - 1e-6).all() for row in rows.values())  # fewer nozzles give no more
    assert (rows[ONE_OUT] > 0.0).all()


def test_table_and_bars_show_every_number(summary):
    grid = wrench_grid(summary)
    assert [row[0] for row in grid.rows] == list(summary.names)
    assert grid.rows[0][1].text == f"{summary.largest[0, 0]:.0f}"
    above, below = draw_wrench(summary, "HTV").axes
    assert [bar.get_height() for bar in above.containers[0]] == pytest.approx(summary.largest[0, :6])
    assert len(below.containers) == len(summary.names)
