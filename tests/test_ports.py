"""Docking ports in a case: what the mission leads to, mated attitudes, reflectors, a laser that looks any way."""

import math
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.assembly.axes import leg_attitude, level_attitude, port_axes
from rvd.assembly.onboard import limits_of
from rvd.assembly.remarks import remarks
from rvd.assembly.sensors import mount_in
from rvd.assembly.world import points_of, reflectors_of
from rvd.casefile import load
from rvd.core.vehicle.sensors.kinds import SensorKind
from rvd.errors import CaseError
from tests.casefile.small import edited, line_with, save

PORTS = """\
[target.ports.front]
at = ["20 m", "0 m", "3 m"]
out = "forward"
down = "down"
reflectors = [["19.8 m", "0.9 m", "3 m"]]
half_angle = "30 deg"

[target.ports.under]
at = ["15 m", "0 m", "5 m"]
out = "down"
down = "aft"

[chaser.ports.nose]
at = ["3 m", "0 m", "0 m"]
out = "forward"
down = "down"

[abort]"""
TOUCH = """\
[goal]
kind = "touch"
port = "front"
of = "nose"
ring_radius = "0.6 m"
port_radius = "0.6 m"
closing_speed = ["0.05 m/s", "0.10 m/s"]
lateral_speed = "0.04 m/s"
lateral_offset = "0.10 m"
tilt = "4 deg"
roll_error = "4 deg"
tilt_rate = "0.2 deg/s"
roll_rate = "0.2 deg/s"

[disperse]"""
CLIMB = 'to = { rbar = "10 m" }\nspeed'


def docking(**leg):
    """The small case whose climb leads to the port ahead, with what else its leg says."""
    text = edited("[abort]", PORTS)
    goal = text[text.index("[goal]") : text.index("[disperse]") + len("[disperse]")]
    text = text.replace(goal, TOUCH).replace('what = "captured"', 'what = "docked"')
    text = text.replace('attitude = { yaw = "180 deg" }\n', "")
    said = "".join(f"{key} = {value}\n" for key, value in leg.items())
    return text.replace(CLIMB, f'frame = "port front"\nto = {{ out = "10 m" }}\n{said}speed')


def read(tmp_path, **leg):
    return load(save(tmp_path, docking(**leg)))


def test_a_mated_port_faces_the_other_with_its_roll(tmp_path):
    for roll, degrees in (('"0 deg"', 0.0), ('"90 deg"', 90.0)):
        case = read(tmp_path, of='"nose"', mated=f"{{ roll = {roll} }}")
        leg, port, nose = case.leg[2], case.target.ports["front"], case.chaser.ports["nose"]
        q = Rotation.from_quat(port_axes(port)) * Rotation.from_quat(
            leg_attitude(case, leg)
        )  # target from body
        np.testing.assert_allclose(q.apply(nose.out), -np.array(port.out), atol=1e-12)
        assert np.dot(q.apply(nose.down), port.down) == pytest.approx(
            math.cos(math.radians(degrees)), abs=1e-12
        )
        # Seen along the axis of the chaser's port, its datum is turned by the roll, right-handed about the port's.
        turned = Rotation.from_rotvec(math.radians(degrees) * np.array(port.out)).apply(port.down)
        np.testing.assert_allclose(q.apply(nose.down), turned, atol=1e-12)


def test_a_nose_forward_mated_ahead_looks_back(tmp_path):
    case = read(tmp_path, of='"nose"', mated='{ roll = "0 deg" }')
    q = Rotation.from_quat(level_attitude(case, case.leg[2]))
    np.testing.assert_allclose(
        q.apply([1.0, 0.0, 0.0]), [0.0, -1.0, 0.0], atol=1e-12
    )  # hill: back along the orbit
    np.testing.assert_allclose(q.apply([0.0, 0.0, 1.0]), [-1.0, 0.0, 0.0], atol=1e-12)  # down stays down


@pytest.mark.parametrize(
    ("leg", "key", "what"),
    [
        ({"of": '"nose"', "mated": "{}"}, "leg.climb.mated.roll", "the key is missing"),
        (
            {"mated": '{ roll = "0 deg" }'},
            "leg.climb.mated",
            "the leg does not say which port of the chaser is mated",
        ),
        (
            {"of": '"nose"', "mated": '{ roll = "0 deg" }', "attitude": '{ yaw = "9 deg" }'},
            "leg.climb.attitude",
            "the ports tell the attitude",
        ),
        ({"of": '"tail"', "mated": '{ roll = "0 deg" }'}, "leg.climb.of", 'the chaser has no port "tail"'),
    ],
)
def test_what_is_no_mated_attitude_gets_one_sentence_with_its_line(tmp_path, leg, key, what):
    text = docking(**leg)
    with pytest.raises(CaseError) as caught:
        load(save(tmp_path, text))
    assert (
        caught.value.key == key
        and what in str(caught.value)
        and caught.value.line >= line_with("climb", text)
    )


def test_no_port_is_mated_in_the_hill_frame(tmp_path):
    text = docking(of='"nose"', mated='{ roll = "0 deg" }')
    text = text.replace('frame = "port front"\nto = { out = "10 m" }', 'to = { vbar = "10 m" }')
    with pytest.raises(CaseError, match='no port is mated in the frame "hill"'):
        load(save(tmp_path, text))


def test_the_port_of_the_goal_brings_its_reflectors(tmp_path):
    case = read(tmp_path, of='"nose"')
    found = reflectors_of(case)
    assert found.places == ((19.8, 0.9, 3.0),) and found.facing == (1.0, 0.0, 0.0)
    assert found.half_angle == pytest.approx(math.radians(30.0))
    assert points_of(case).berthing == (20.0, 0.0, 3.0) and points_of(case).grapple == (3.0, 0.0, 0.0)
    under = load(save(tmp_path, docking(of='"nose"').replace('port = "front"', 'port = "under"')))
    assert reflectors_of(under).places == ((12.0, -6.0, 4.0),)  # those of the target


@pytest.mark.parametrize(
    ("boresight", "axis", "up"),
    [("up", (0.0, 0.0, -1.0), (1.0, 0.0, 0.0)), ("forward", (1.0, 0.0, 0.0), (0.0, 0.0, -1.0))],
)
def test_a_laser_looks_along_its_boresight(tmp_path, boresight, axis, up):
    case = load(save(tmp_path, edited('field = "40 deg"', f'field = "40 deg"\nboresight = "{boresight}"')))
    mount = mount_in(case, SensorKind.LASER)
    turn = Rotation.from_quat(mount.q_body_sensor)
    np.testing.assert_allclose(turn.apply([0.0, 0.0, 1.0]), axis, atol=1e-15)
    np.testing.assert_allclose(turn.apply([1.0, 0.0, 0.0]), up, atol=1e-15)


def test_the_monitored_corridor_is_as_wide_at_the_port_as_the_rule(tmp_path):
    text = edited('half_angle = "10 deg"\nfrom', 'half_angle = "10 deg"\nhalf_width = "2 m"\nfrom')
    case, plain = load(save(tmp_path, text)), load(save(tmp_path))
    limits, without = (limits_of(one, points_of(one)) for one in (case, plain))
    behind = np.subtract(limits.apex_hill, without.apex_hill)
    np.testing.assert_allclose(behind, [2.0 / math.tan(math.radians(8.0)), 0.0, 0.0])  # axis down: apex above


def test_a_goal_without_a_time_limits_no_row(tmp_path):
    from rvd.montecarlo.mission import Mission

    plan = Mission(read(tmp_path, of='"nose"')).plan
    assert not plan.limits.broken(plan.nominal[None])[0]


# ---- what is remarked of a docking

DOCKING = Path(__file__).parents[1] / "cases" / "crew_dragon_docking.toml"


def remarked(**changes) -> list[str]:
    """The remarks on the docking case that ships, with some keys changed; `__` stands for a dot."""
    case = load(DOCKING).with_values({key.replace("__", "."): value for key, value in changes.items()})
    return [f"{fault.place} {fault.what}" for fault in remarks(case)]


def test_nothing_is_remarked_of_a_leg_that_leads_on_through_the_port():
    assert remarked() == []


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("sensors__laser__boresight", (0.0, 0.0, 1.0), "which sees no reflector from it"),
        ("navigation__hand_over", 150.0, "navigation listens to the laser within 150 m"),
        ("chaser__hull__nose__radius", 9.0, "leads nose into"),
    ],
)
def test_a_docking_that_will_not_work_has_its_sentence(key, value, what):
    assert any(what in remark for remark in remarked(**{key: value}))
