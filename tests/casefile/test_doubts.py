"""Doubts follow dispersions unless the case says them."""

from pathlib import Path

import pytest

from rvd.case.paths import find_path
from rvd.casefile.doubts import DOUBTS, with_doubts
from rvd.casefile.keys import Spot


def raw(line, **laser):
    return {"sensors": {"laser": laser}, "disperse": {"sensors.laser.range_bias": line}}


def told(case):
    return with_doubts(case, {})["sensors"]["laser"].get("range_bias_sigma")


def test_a_doubt_is_what_is_drawn():
    assert told(raw({"normal": "3 cm"})) == "3 cm"
    assert told(raw({"normal": "3 cm", "within": "9 cm"})) == "3 cm"


def test_a_doubt_that_the_case_says_stays():
    assert told(raw({"normal": "3 cm"}, range_bias_sigma="1 m")) == "1 m"


@pytest.mark.parametrize(
    "line", [{"normal": "3 %"}, {"uniform": ["-1 m", "1 m"]}, {"normal": 3}, "3 cm", None]
)
def test_of_what_is_no_normal_with_an_amount_nothing_follows(line):
    assert told(raw(line)) is None


def test_without_the_sensor_there_is_no_doubt_and_what_was_read_stays():
    case = {"disperse": {"sensors.gyro.bias": {"normal": "1 deg/h"}}, "sensors": {}}
    assert with_doubts(case, {}) == case
    case = raw({"normal": "3 cm"})
    with_doubts(case, {})
    assert case["sensors"]["laser"] == {}


@pytest.mark.parametrize("place", list(DOUBTS))
def test_each_doubt_is_of_what_can_be_dispersed(place):
    find_path(DOUBTS[place])


def test_a_doubt_stands_where_what_it_follows_from_stands():
    spots = {("disperse", "sensors.laser.range_bias"): Spot(Path("a.toml"), 7)}
    with_doubts(raw({"normal": "3 cm"}), spots)
    assert spots["sensors", "laser", "range_bias_sigma"] == Spot(Path("a.toml"), 7)
