"""Legs in the frame of a port: what they may say, what is said of mistakes at their line, and that they follow it."""

import numpy as np
import pytest

from rvd.assembly.axes import level_attitude, level_place, port_axes
from rvd.assembly.build import build
from rvd.assembly.sketch import sketch
from rvd.case.vehicles import Port
from rvd.casefile import load, say
from rvd.core.algebra import quat
from rvd.core.kernel import plain
from rvd.errors import CaseError
from rvd.montecarlo.mission import Mission
from rvd.reporting.scene import scene_of
from tests.casefile.small import edited, line_with, save, small
from tests.short_case import short_case

PORTS = '[target.ports.nadir]\nat = ["15 m", "0 m", "5 m"]\nout = "down"\ndown = "aft"\n\n[abort]'
LEG = 'to = { rbar = "10 m" }\nspeed'


def framed(tmp_path, leg, ports=PORTS):
    """The small case with the climb changed and a port."""
    text = edited(LEG, f"{leg}\nspeed").replace("[abort]", ports)
    return text, lambda: load(save(tmp_path, text))


def test_a_leg_of_a_port_leads_where_the_port_is(tmp_path):
    _, read = framed(tmp_path, 'frame = "port nadir"\nto = { out = "10 m" }')
    case, plain_case = read(), small(tmp_path)
    leg = case.leg[2]
    assert (leg.port, leg.axes, leg.of) == ("nadir", "own", None)
    hill = plain_case.leg[2]
    np.testing.assert_allclose(level_place(case, leg, leg.to), level_place(plain_case, hill, hill.to))
    assert 'to 10 m out of the port "nadir"' in say(case) and "on axes that turn with the target" in say(case)
    assert "yaw 180 deg against the axes of the port" in say(case)
    assert len(sketch(case)) == len(sketch(plain_case))


def test_the_axes_of_a_port_are_out_right_and_down():
    port = Port.model_validate({"at": [0.0, 0.0, 0.0], "out": "down", "down": "aft"}, context={"si": True})
    turned = [plain(quat.rotate)(port_axes(port), axis) for axis in ((1.0, 0, 0), (0, 1.0, 0), (0, 0, 1.0))]
    np.testing.assert_allclose(turned, [(0, 0, 1), (0, 1, 0), (-1, 0, 0)], atol=1e-15)


def test_figures_show_a_leg_where_it_leads_whatever_its_frame(tmp_path):
    _, read = framed(tmp_path, 'frame = "port nadir"\nto = { out = "10 m" }')
    mark, hill = scene_of(build(read())).legs[2], scene_of(build(small(tmp_path))).legs[2]
    assert mark.to == pytest.approx(hill.to) == (0.0, 10.0, 0.0)


def test_a_hold_in_another_frame_says_how_long_it_may_last(tmp_path):
    held = 'hold = { at_least = "2 min", frame = "body", to = { forward = "15 m", down = "15 m" } }'
    _, read = framed(tmp_path, f'to = {{ rbar = "10 m" }}\n{held}')
    with pytest.raises(CaseError, match="the leg above is in another frame"):
        read()


def test_an_attitude_counts_from_the_axes_of_the_frame(tmp_path):
    _, read = framed(tmp_path, 'frame = "body"\nto = { forward = "15 m", down = "15 m" }')
    case = read()
    hill = small(tmp_path)
    np.testing.assert_allclose(
        level_attitude(case, case.leg[2]), level_attitude(hill, hill.leg[2]), atol=1e-15
    )


@pytest.mark.parametrize(
    ("leg", "line", "said"),
    [
        (
            'frame = "port zenith"\nto = { out = "10 m" }',
            'frame = "port zenith"',
            'the target has no port "zenith"',
        ),
        ('frame = "harbour"\nto = { rbar = "10 m" }', 'frame = "harbour"', 'there is no frame "harbour"'),
        (
            'frame = "port nadir"\nof = "nose"\nto = { out = "10 m" }',
            'of = "nose"',
            'the chaser has no port "nose"',
        ),
        (
            'frame = "port nadir"\nto = { rbar = "10 m" }',
            'to = { rbar = "10 m" }',
            "rbar is no word for a place",
        ),
        ('to = { out = "10 m" }', 'to = { out = "10 m" }', "out is no word for a place in the frame hill"),
        ('axes = "level"\nto = { rbar = "10 m" }', 'axes = "level"', "the hill frame has its own axes alone"),
    ],
)
def test_a_frame_that_is_not_there_is_said_with_its_line(tmp_path, leg, line, said):
    text, read = framed(tmp_path, leg)
    with pytest.raises(CaseError) as caught:
        read()
    assert said in str(caught.value) and caught.value.line == line_with(line, text)


def test_a_transfer_is_flown_in_the_hill_frame_alone(tmp_path):
    text = edited('law = "two-impulse"\n', 'law = "two-impulse"\nframe = "body"\n')
    with pytest.raises(CaseError, match=r"flown by the orbit's own motion"):
        load(save(tmp_path, text))


def test_a_roll_datum_lies_across_the_axis(tmp_path):
    _, read = framed(tmp_path, 'to = { rbar = "10 m" }', PORTS.replace('"aft"', '"down"'))
    with pytest.raises(CaseError, match="the roll datum does not lie across the axis"):
        read()


def test_a_line_into_another_frame_says_how_long_it_may_last(tmp_path):
    text, _ = framed(tmp_path, 'frame = "port nadir"\nto = { out = "10 m" }')
    at = text.index('name = "climb"')
    short = text[:at] + text[at:].replace('at_most = "80 min"\n', "", 1)
    with pytest.raises(CaseError, match="the leg above is in another frame") as caught:
        load(save(tmp_path, short))
    assert str(caught.value).count("climb") == 1 and "at_most" in caught.value.key


SWING = {"target.attitude.deadband": [0.02, 0.02, 0.02], "sensors.noise": 0.0, "disperse": None}
BOX = {"forward": 14.94, "starboard": 0.0, "down": 14.99}


def flown(**leg):
    """How far the fixture is from the box's centre on the target's axes, while the box is held and it has settled."""
    lasts = {"at_least": 1500.0, "at_most": 2000.0, "arrived": [9.0, 1.0, 0.2], "rate": 2}
    changed = {f"leg.box.{key}": value for key, value in {**lasts, **leg}.items()}
    case = short_case({**SWING, **changed})
    history = Mission(case).flight(None, case.campaign.seed).history
    held = (history["leg"] == 0) & (history["t"] > 500.0)
    offsets = np.stack([history[f"offset_{axis}"] for axis in ("forward", "starboard", "down")], axis=-1)
    return np.linalg.norm(offsets[held], axis=1)


def test_a_leg_of_the_target_s_frame_follows_it():
    """The box moves by 0.02 rad on a lever of 20 m; only a hold in the frame of the target's body follows it."""
    still, following = flown(), flown(frame="body", to=BOX)
    assert still.max() > 0.4
    assert following.max() < 0.5 * still.max()
    assert np.median(following) < 0.5 * np.median(still)
