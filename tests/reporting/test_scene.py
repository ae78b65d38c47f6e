import numpy as np
import pytest

import rvd
from rvd.assembly.build import build
from rvd.core.signals import Outcome
from rvd.montecarlo.mission import Mission
from rvd.reporting.contact import along_port
from rvd.reporting.scene import scene_of
from rvd.reporting.shown import Shown
from tests.reporting.docking_case import docking_text, write_docking
from tests.short_case import short_case


@pytest.fixture(scope="module")
def docking(tmp_path_factory):
    return rvd.load(write_docking(tmp_path_factory.mktemp("docking")))


def test_a_scene_says_the_goal_in_the_words_of_its_case():
    scene = scene_of(build(short_case()))
    assert (scene.goal, scene.success, scene.place) == ("box", "captured", (0.0, 10.0, 0.0))
    assert (scene.origin, scene.point) == ("berthing point", "grapple fixture")
    assert scene.half_width == (1.0, 1.0, 1.0) and scene.limits.time == 99.0
    assert scene.port == ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    assert scene.margins == {
        "corridor_margin": "rad", "speed_margin": "m/s", "keep_out_margin": "m", "ellipsoid_margin": "m",
    }  # fmt: skip


def test_a_docking_has_the_axes_of_its_port(docking):
    scene = scene_of(build(docking))
    assert (scene.goal, scene.success, scene.place) == ("touch", "docked", (0.0, 0.0, 0.0))
    assert (scene.origin, scene.point) == ("target's port", "chaser's port")
    assert np.array(scene.port) == pytest.approx(np.array([(0, 0, 1), (0, 1, 0), (-1, 0, 0)]))
    assert scene.half_width == (0.0, 0.0, 0.0) and scene.axis == pytest.approx((0.0, 1.0, 0.0))


def test_without_a_cone_the_approach_is_along_the_port(docking, tmp_path):
    path = write_docking(tmp_path)
    text = docking_text().replace('out = "down"\ndown = "aft"', 'out = "forward"\ndown = "down"')
    cone = text[text.index("[rules.corridor]") : text.index("[rules.speed]")]
    path.write_text(text.replace(cone, ""), encoding="utf-8")
    scene = scene_of(build(rvd.load(path)))
    assert scene.corridor == 0.0 and scene.axis == pytest.approx((1.0, 0.0, 0.0))
    assert "corridor_margin" not in scene.margins


def test_a_flight_touches_where_its_history_crosses_the_plane_of_the_port(docking):
    """The ring is tilted by half a degree: its edge touches while its centre is 5 mm before the plane."""
    mission = Mission(docking)
    flight = mission.flight(None, 5, 5)
    assert flight.outcome is Outcome.DOCKED
    _, path = along_port(scene_of(mission.built), Shown(None, flight))
    assert np.hypot(*path[-1, 1:]) == pytest.approx(flight.result["lateral_offset"], abs=1e-3)
    assert abs(path[-1, 0]) < 0.01
