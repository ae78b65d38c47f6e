import math

import numpy as np
import pytest

from rvd.core.constants import J2_EARTH, MU_EARTH, MU_MOON, RADIUS_EARTH, RADIUS_MOON, SPIN_EARTH
from rvd.core.motion.nonlinear import Environment
from rvd.errors import ArgumentError
from rvd.motion import nonlinear, tangent

RADIUS = RADIUS_EARTH + 410e3
EARTH = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 0.0, RADIUS, 6e4)
AIR = EARTH._replace(density=4e-12)
MOON = Environment(MU_MOON, 0.0, RADIUS_MOON, 0.0, 0.0, RADIUS_MOON, 1e4)
SPEED = math.sqrt(MU_EARTH / RADIUS)
RT, VT, DR, DV = (RADIUS, 0.0, 0.0), (0.0, 0.6 * SPEED, 0.8 * SPEED), (300.0, -1000.0, 200.0), (0.1, 0.0, 0.0)
EPOCH = 8.3e8
FACES = {
    "coast": lambda environment=EARTH, rt=RT, vt=VT, t=600.0, **more: nonlinear.coast(
        rt, vt, DR, DV, environment, t, **more
    ),
    "leap": lambda environment=EARTH, rt=RT, vt=VT, t=600.0, **more: nonlinear.leap(
        rt, vt, DR, DV, environment._replace(density=min(environment.density, 0.0)), t, **more
    ),
    "tangent": lambda environment=EARTH, rt=RT, vt=VT, t=600.0, **more: tangent.transition(
        rt, vt, environment, t, **more
    ),
}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("eccentricity", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("step", [10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0, 2000.0, 1e4, 1e9])
def test_a_step_is_refused_or_its_error_is_small(face, eccentricity, step):
    """From the perigee over 1.6 hours: 1e-5 of the separation that is reached, or a sentence with a shorter step."""
    vt = tuple(math.sqrt(1.0 + eccentricity) * x for x in VT)
    fine = FACES[face](vt=vt, t=5600.0, step=1.0)
    try:
        found = FACES[face](vt=vt, t=5600.0, step=step)
    except ArgumentError as error:
        assert "is too long" in str(error) and step > (200.0 if face == "leap" else 20.0)
        better = float(str(error).rpartition("at most ")[2].removesuffix(" s"))
        assert better < step
        FACES[face](vt=vt, t=5600.0, step=0.98 * better)
        return
    assert step < (500.0 if face == "leap" else 50.0) or eccentricity > 0.0
    ours, theirs = (found[2], fine[2]) if face != "tangent" else (found[:3], fine[:3])
    assert np.max(np.abs(ours - theirs)) < 1e-5 * np.max(np.abs(theirs))


@pytest.mark.parametrize("face", FACES)
def test_the_step_is_judged_where_the_path_comes_nearest(face):
    """From the apogee of an ellipse the first steps are short enough for 200 s; those at the perigee are not."""
    vt, rt = tuple(math.sqrt(2.0 / (9.5 * 10.5)) * x for x in VT), tuple(9.5 * x for x in RT)
    period = 2.0 * math.pi * math.sqrt((5.25 * RADIUS) ** 3 / MU_EARTH)
    more = {"rt": rt, "vt": vt, "step": 200.0 if face != "leap" else 1000.0}
    FACES[face](t=0.05 * period, **more)
    with pytest.raises(ArgumentError, match="is too long"):
        FACES[face](t=0.9 * period, **more)


WRONG = [
    ("radius", RADIUS_EARTH / 1e3, "are they in m3/s2 and m"),
    ("mu", MU_EARTH / 1e9, "are they in m3/s2 and m"),
    ("mu", -MU_EARTH, "environment.mu must be above zero"),
    ("j2", 1082.6, "j2 is a pure number"),
    ("spin", math.degrees(SPIN_EARTH), "is it in degrees"),
    ("spin", 1.0027, "is it in degrees"),
    ("spin", 15.04, "is it in degrees"),
    ("density", -4e-12, "density must not be below zero"),
    ("radius", "6378137", "environment.radius is not an array of numbers"),
    ("j2", True, "environment.j2 is not an array of numbers"),
    ("radius", math.nan, "environment.radius"),
    ("mu", [MU_EARTH, MU_EARTH], "environment.mu is one number"),
]
WRONG_AIR = [
    ("density", 4e3, "more than any air"),
    ("reference_radius", RADIUS / 1e3, "reference_radius .* in metres"),
    ("reference_radius", 410e3, "counts from the centre"),
    ("scale_height", 60.0, "scale_height .* in metres"),
    ("scale_height", 6e7, "scale_height"),
]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(("field", "value", "sentence"), WRONG)
def test_an_environment_of_mixed_units_is_refused(face, field, value, sentence):
    with pytest.raises(ArgumentError, match=sentence):
        FACES[face](environment=EARTH._replace(**{field: value}))
    if field in ("radius", "mu", "spin"):
        with pytest.raises(ArgumentError, match=sentence):
            FACES[face](environment=EARTH._replace(**{"j2": 0.0, field: value}))


@pytest.mark.parametrize("face", ["coast", "tangent"])
@pytest.mark.parametrize(("field", "value", "sentence"), WRONG_AIR)
def test_air_of_mixed_units_is_refused_where_there_is_air(face, field, value, sentence):
    with pytest.raises(ArgumentError, match=sentence):
        FACES[face](environment=AIR._replace(**{field: value}))
    FACES[face](environment=EARTH._replace(**({field: value} if field != "density" else {})))


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(
    "body",
    [
        AIR,
        MOON._replace(j2=2.03e-4),
        Environment(
            4.282837e13, 1.9566e-3, 3.3962e6, 7.088e-5, 2e-2, 3.3962e6, 11.1e3
        ),  # Mars, from its ground up
        Environment(1.26687e17, 1.4736e-2, 7.1492e7, 1.7585e-4, 0.16, 7.1492e7, 27e3),  # Jupiter
        Environment(1.327e20, 2e-7, 6.957e8, 2.86e-6, 0.0, 1.0, 1.0),  # the Sun
        Environment(4.892, 6e-2, 245.9, 4.06e-4, 0.0, 1.0, 1.0),  # Bennu
        Environment(6.26e10, 2.65e-2, 4.696e5, 1.924e-4, 0.0, 1.0, 1.0),  # Ceres
        Environment(4.463e5, 0.1, 1.6e4, 3.312e-4, 0.0, 1.0, 1.0),  # Eros in its circumscribed sphere
        Environment(MU_EARTH, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0),  # a point, whose radius plays no part
    ],
)
def test_bodies_that_there_are_are_taken(face, body):
    scale = 1.5 * max(body.radius, 7e6 if body.j2 == 0.0 else 0.0)
    speed = math.sqrt(body.mu / scale)
    FACES[face](environment=body, rt=(scale, 0.0, 0.0), vt=(0.0, speed, 0.0), t=1e-3 * scale / speed)


@pytest.mark.parametrize("face", FACES)
def test_a_start_within_the_body_is_refused(face):
    with pytest.raises(ArgumentError, match=r"rt lies inside the body .* \(are both in metres"):
        FACES[face](rt=tuple(x / 1e3 for x in RT))


@pytest.mark.parametrize("face", ["coast", "tangent"])
@pytest.mark.parametrize("about", ["mars", "Moon", "", None, 3, ["earth"], "sun"])
@pytest.mark.parametrize("epoch", [None, EPOCH])
def test_a_body_that_is_none_is_refused_with_and_without_an_epoch(face, about, epoch):
    with pytest.raises(ArgumentError, match='about is "earth" or "moon", not'):
        FACES[face](about=about, epoch=epoch)


@pytest.mark.parametrize("face", ["coast", "tangent"])
def test_the_environment_is_that_of_the_body_about_which_the_sky_turns(face):
    low = {"rt": (2e6, 0.0, 0.0), "vt": (0.0, 1500.0, 0.0)}
    FACES[face](epoch=EPOCH)
    FACES[face](environment=MOON, epoch=EPOCH, about="moon", **low)
    with pytest.raises(ArgumentError, match="is not that of the moon"):
        FACES[face](epoch=EPOCH, about="moon")
    with pytest.raises(ArgumentError, match="is not that of the earth"):
        FACES[face](environment=MOON, epoch=EPOCH, **low)


@pytest.mark.parametrize("face", ["coast", "tangent"])
@pytest.mark.parametrize(
    "sky", [(-5e12, 4e8, 0, 0, 0, 0, 0, 0), (5e12, 0, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 1.3e20, 0, 0, 0)]
)
def test_a_third_body_has_a_mass_and_a_place(face, sky):
    with pytest.raises(ArgumentError, match="mu is not negative, and none is at the centre"):
        FACES[face](sky=sky)


@pytest.mark.parametrize("sun", [(1.0, 0.0, 0.0), (1.5e8, 0.0, 0.0)])
def test_a_sun_that_lights_is_in_metres(sun):
    with pytest.raises(ArgumentError, match="the Sun of sky is a place in metres"):
        nonlinear.coast(RT, VT, DR, DV, EARTH, 10.0, reflect_chaser=0.01, sky=(0.0,) * 5 + sun)


@pytest.mark.parametrize("ephemeris", ["de440", 3, (1.0, 2.0), {}])
def test_an_ephemeris_that_is_none_is_refused(ephemeris):
    with pytest.raises(ArgumentError, match="ephemeris is one of"):
        nonlinear.coast(RT, VT, DR, DV, EARTH, 10.0, epoch=EPOCH, ephemeris=ephemeris)
