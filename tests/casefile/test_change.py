import pickle

import numpy as np
import pytest

from rvd.casefile import load
from rvd.errors import CaseError
from tests.casefile.small import HTV, small


def test_values_are_si_and_the_rest_stays(tmp_path):
    case = small(tmp_path)
    other = case.with_values(
        {"start.vbar": -4000.0, "chaser.mass": "15 kg", "monitors.reserve": 1, "chaser.propellant": 5}
    )
    assert other.start.vbar == -4000.0 and other.chaser.mass == 15.0
    assert case.start.vbar == -5000.0 and case.chaser.mass == 15500.0
    assert other.leg == case.leg and other.disperse == case.disperse
    assert other.path == case.path and other.folder == case.folder


@pytest.mark.parametrize(
    ("values", "get", "value"),
    [
        ({"leg.1.time": 3600.0}, lambda c: c.leg[1].time, 3600.0),
        ({"leg.transfer.time": "1 h"}, lambda c: c.leg[1].time, 3600.0),
        ({"leg.climb.speed": (0.2, 0.1)}, lambda c: c.leg[2].speed, (0.2, 0.1)),
        ({"leg.wait.arrived": np.array([5.0, 0.2, 0.1])}, lambda c: c.leg[0].arrived, (5.0, 0.2, 0.1)),
        ({"leg.climb.to.rbar": np.float64(12.0)}, lambda c: c.leg[2].to.rbar, 12.0),
        ({"start.rbar_rate": 0.5}, lambda c: c.start.rbar_rate, 0.5),
        (
            {"target.attitude.deadband": [0.1, 0.1, 0.1]},
            lambda c: c.target.attitude.deadband,
            (0.1, 0.1, 0.1),
        ),
        ({"campaign.seed": 99}, lambda c: c.campaign.seed, 99),
        ({"control.near": "far"}, None, None),
        ({"disperse.chaser.mass": {"normal": 20.0}}, lambda c: c.disperse[1].numbers, (20.0,)),
        ({"disperse.chaser.mass": None}, lambda c: len(c.disperse), 3),
        ({"require.1.at_most": 250.0}, lambda c: c.require[1].at_most, 250.0),
        ({"require": None}, lambda c: c.require, ()),
        ({"sensors.laser": None}, lambda c: c.sensors.laser, None),
        ({"leg.climb": None}, lambda c: [leg.name for leg in c.leg], ["wait", "transfer"]),
        ({"rules.speed.steps.1": None}, lambda c: len(c.rules["speed"].steps), 1),
        ({"nozzles.burn.inhibit": "up"}, lambda c: c.nozzles["burn"].inhibit, (0.0, 0.0, -1.0)),
    ],
)
def test_any_key_can_be_changed(tmp_path, values, get, value):
    case = small(tmp_path)
    if get is None:
        with pytest.raises(CaseError, match="stands where a table belongs"):
            case.with_values(values)
        return
    other = case.with_values(values)
    assert get(other) == value
    # It is what it would be had it been written so.
    again = tmp_path / "again.toml"
    again.write_text(other.text)
    assert load(again).model_dump() == other.model_dump()
    assert other.with_values({}).model_dump() == other.model_dump()


def test_what_is_taken_away_is_not_dispersed_either():
    case = load(HTV).with_values({"sensors.star_tracker": None})
    assert case.sensors.star_tracker is None
    assert not [entry.path for entry in case.disperse if entry.path.startswith("sensors.star_tracker")]
    assert [entry.path for entry in case.disperse if entry.path.startswith("sensors.gps")]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"start.vbarr": 3.0}, 'start.vbarr: the key is not known; did you mean "vbar"?'),
        ({"chaser.mass": -3.0}, 'chaser.mass: must be positive, not -3; write "3 kg".'),
        ({"chaser.mass": None}, 'chaser.mass: the key is missing; write mass = "1 kg".'),
        ({"leg.9.time": 3.0}, "leg.9.time: there is no such place; see the case."),
        ({"leg.clim.time": 3.0}, "leg.clim.time: there is no such place; see the case."),
        ({"title.x": 3.0}, "title.x: there is no such place; see the case."),
        (
            {"chaser.mass": float("nan")},
            'chaser.mass: nan is not a finite number; write a number such as "1 kg", or leave the key out.',
        ),
    ],
)
def test_a_wrong_change_is_a_case_error(tmp_path, values, sentence):
    case = small(tmp_path)
    with pytest.raises(CaseError) as caught:
        case.with_values(values)
    assert str(caught.value) == f"{case.path}: {sentence}"


def test_without_dispersions_and_noise(tmp_path):
    case = small(tmp_path)
    assert case.without_dispersions().disperse == ()
    quiet = case.without_noise()
    assert quiet.sensors.noise == 0.0 and quiet.sensors.gps == case.sensors.gps


def test_a_case_cannot_be_changed_in_place_and_crosses_processes(tmp_path):
    case = small(tmp_path)
    with pytest.raises(ValueError, match="frozen"):
        case.start.vbar = 3.0
    other = pickle.loads(pickle.dumps(case.with_values({"start.vbar": -4e3})))
    assert other.start.vbar == -4e3 and other.with_values({"start.rbar": 1.0}).start.rbar == 1.0
