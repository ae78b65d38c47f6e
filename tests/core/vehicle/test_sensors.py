"""The family of sensors: without errors each reads the truth; a bias moves it, an outage silences it."""

import math

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from scipy.stats import binom, norm

from rvd.assembly.axes import mount_of
from rvd.core.hull.hull import CAPSULE
from rvd.core.orbit.frames import eci_from_hill, hill_from_eci, q_eci_hill
from rvd.core.orbit.sunlight import lit
from rvd.core.signals import Key, Reading, State, Tick
from rvd.core.vehicle.geometry import geometry_of
from rvd.core.vehicle.glare import blinded
from rvd.core.vehicle.mount import Mount
from rvd.core.vehicle.multipath import Echo, Multipath
from rvd.core.vehicle.sensors.accelerometer import Accelerometer, measure_gain
from rvd.core.vehicle.sensors.gps import Gps, measure_gps
from rvd.core.vehicle.sensors.gyro import Gyro, measure_rate
from rvd.core.vehicle.sensors.laser import Laser, bearing, in_view, measure_laser
from rvd.core.vehicle.sensors.sense import due
from rvd.core.vehicle.sensors.sensor import Heaven, Scene
from rvd.core.vehicle.sensors.star_tracker import StarTracker, measure_attitude
from rvd.core.vehicle.station import Points
from rvd.core.vehicle.transit import Delivery

from .aboard import Aboard, Latent, Suite, first_latent, read_scene
from .oracles import LEVEL, aim, angle_between, quaternion, rotation, vector

NEVER = 1.0e30
ZERO = (0.0, 0.0, 0.0)
AT_ONCE = Delivery(0.0, 0.0, 0.0)
CLEAR = Multipath(0.0, 100.0, 100.0), 0.0
STILL = Echo(ZERO, ZERO)
NOON = Heaven((1.5e11, 0.0, 0.0), 6.378e6)
Z = (0.3, -1.1, 0.7, 2.0)
NO_HULL = np.zeros((0, len(CAPSULE)))
LEVEL_TURN = Rotation.identity()
UP = Rotation.from_matrix(np.column_stack([[1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, -1.0]]))
MOUNT = Mount((1.0, -1.0, -2.2), quaternion(UP))
LASER = Laser(
    0.02, 0.0005, 0.001, 0.0, (0.0, 0.0), 520.0, 1.0, math.radians(40.0), NEVER, NEVER, AT_ONCE, 0.0
)
PERFECT = Laser(0.0, 0.0, 0.0, 0.0, (0.0, 0.0), 520.0, 1.0, math.radians(40.0), NEVER, NEVER, AT_ONCE, 0.0)
POINTS = Points((14.94, 0.0, 4.99), (14.5, -1.0, 4.6), (14.5, -3.0, 4.6), (0.0, 0.0, 1.0),
                math.cos(math.radians(40.0)), (0.3, 0.0, -2.2))  # fmt: skip
SUITE = Suite(MOUNT, Mount(ZERO, (0.0, 0.0, 0.0, 1.0)), 1.0, 1.0, 1.0)


def tracker(cross=0.0, roll=0.0, misalignment=ZERO) -> StarTracker:
    """A star tracker that never fails."""
    return StarTracker(cross, roll, misalignment, NEVER, NEVER, AT_ONCE, 0.0)


QUIET = Aboard(
    Gps(0.0, 0.0, ZERO, NEVER, NEVER, AT_ONCE, *CLEAR), PERFECT, tracker(), Gyro(0.0, ZERO),
    Accelerometer(0.0, ZERO, 1.0),
)  # fmt: skip


def state(r=(-100.0, 15.0, 0.5), turn=LEVEL_TURN, station=LEVEL_TURN) -> State:
    """A chaser below the station, turned from level, at some place of an orbit."""
    rt, vt = (6.7e6, 1.0e6, 3.0e5), (-1.1e3, 6.1e3, 4.4e3)
    q = rotation(q_eci_hill(rt, vt))
    dr, dv = eci_from_hill(rt, vt, r, (0.01, 0.02, -0.03))
    return State(
        rt, vt, dr, dv, quaternion(q * LEVEL * turn), (0.001, 0.002, 0.003), quaternion(q * LEVEL * station), ZERO,
        0.0, (0.01, 0.0, -0.02), (0.001, 0.002, 0.003),
    )  # fmt: skip


def read(of: Aboard, truth: State, **known) -> Reading:
    return read_on(of, truth, first_latent(1, 2), **known)[0]


def read_on(
    of: Aboard, truth: State, latent: Latent, t=0.0, second=10, on_second=True, seed=1, run=2, tick=160,
    suite=SUITE, heaven=NOON, period=1.0, points=POINTS, hull=NO_HULL, masked=False,
):  # fmt: skip
    scene = Scene(
        state=truth, geometry=geometry_of(truth), com_body=ZERO, points=points, hull=hull, heaven=heaven,
        period=period,
    )  # fmt: skip
    key = Key(seed, run, Tick(number=tick, t=t, h=1.0, second=second, first=on_second))
    return read_scene(of, suite, scene, latent, key, masked)


def tick_in(second: int, first: bool = True) -> Tick:
    """A tick of a second, its first or another."""
    return Tick(number=16 * second, t=float(second), h=0.5, second=second, first=first)


def test_without_errors_every_sensor_reads_the_truth():
    truth = state()
    r, v = hill_from_eci(truth.rt_eci, truth.vt_eci, truth.dr_eci, truth.dv_eci)
    got = read(QUIET, truth)
    assert (got.has_gps, got.has_laser, got.has_tracker) == (1.0, 1.0, 1.0)
    np.testing.assert_allclose(got.gps_r_hill, r, atol=1e-9)
    np.testing.assert_allclose(got.gps_v_hill, v, atol=1e-12)
    eye = np.add(r, LEVEL.apply(MOUNT.where_body))
    expected = aim(eye, quaternion(LEVEL * UP), LEVEL.apply(POINTS.reflector_0))
    np.testing.assert_allclose(got.laser, expected, atol=1e-9)
    assert (rotation(got.tracker_q_eci_body).inv() * rotation(truth.q_eci_body)).magnitude() < 1e-12
    assert got.gyro_body == truth.w_body
    assert got.dv_body == truth.dv_body


def test_a_bias_moves_its_sensor_and_no_other():
    truth, plain = state(), read(QUIET, state())
    biased = QUIET._replace(gps=QUIET.gps._replace(bias=(1.0, -2.0, 3.0)))
    np.testing.assert_allclose(
        np.subtract(read(biased, truth).gps_r_hill, plain.gps_r_hill), (1.0, -2.0, 3.0)
    )
    assert read(biased, truth).laser == plain.laser
    biased = QUIET._replace(laser=PERFECT._replace(range_bias=0.1, angle_bias=(0.01, -0.02)))
    np.testing.assert_allclose(
        np.subtract(read(biased, truth).laser, plain.laser), (0.1, 0.01, -0.02), atol=1e-12
    )
    biased = QUIET._replace(
        gyro=Gyro(0.0, (1e-4, 0.0, 0.0)), accelerometer=Accelerometer(0.0, (0.0, 1e-3, 0.0), 1.1)
    )
    got = read(biased, truth)
    np.testing.assert_allclose(got.gyro_body, np.add(truth.w_body, (1e-4, 0.0, 0.0)))
    np.testing.assert_allclose(got.dv_body, np.multiply(1.1, truth.dv_body) + (0.0, 1e-3, 0.0))
    biased = QUIET._replace(star_tracker=tracker(misalignment=(0.001, 0.0, -0.002)))
    off = rotation(truth.q_eci_body).inv() * rotation(read(biased, truth).tracker_q_eci_body)
    np.testing.assert_allclose(off.as_rotvec(), (0.001, 0.0, -0.002), atol=1e-12)


def test_an_outage_silences_its_sensor_in_its_window():
    out = QUIET._replace(
        gps=QUIET.gps._replace(out_since=5.0, out_until=8.0),
        laser=PERFECT._replace(out_since=7.0, out_until=9.0),
        star_tracker=tracker()._replace(out_since=4.0, out_until=5.0),
    )
    readings = [read(out, state(), t=t) for t in (4.9, 5.0, 7.5, 8.0, 9.0)]
    assert [x.has_gps for x in readings] == [1.0, 0.0, 0.0, 1.0, 1.0]
    assert [x.has_laser for x in readings] == [1.0, 1.0, 0.0, 0.0, 1.0]
    assert [x.has_tracker for x in readings] == [0.0, 1.0, 1.0, 1.0, 1.0]


def test_a_late_reading_is_of_the_moment_it_was_taken():
    late = Delivery(0.0, 0.3, 0.0)
    of = Aboard(*(one._replace(delivery=late) for one in QUIET[:3]), *QUIET[3:])
    then, now = state(), state((-90.0, 14.0, 0.4), Rotation.from_rotvec([0.01, 0.0, 0.02]))
    first, latent = read_on(of, then, first_latent(1, 2), t=10.0)
    assert (first.has_gps, first.has_laser, first.has_tracker) == (0.0, 0.0, 0.0)
    assert first.looked == (1.0, 1.0, 1.0)
    second, latent = read_on(of, now, latent, t=10.2, on_second=False)
    assert (second.has_gps, second.has_laser, second.has_tracker) == (0.0, 0.0, 0.0)
    got, latent = read_on(of, now, latent, t=10.4, on_second=False)
    prompt = read(QUIET, then)
    for name in ("gps_r_hill", "gps_v_hill", "laser", "tracker_q_eci_body"):
        assert getattr(got, name) == getattr(prompt, name)
    assert (got.has_gps, got.has_laser, got.has_tracker) == (1.0, 1.0, 1.0)
    assert (got.gps_age, got.laser_age, got.tracker_age) == pytest.approx((0.4, 0.4, 0.4))
    assert got.looked == ZERO and got.gyro_body == now.w_body
    after, _ = read_on(of, now, latent, t=10.6, on_second=False)
    assert (after.has_gps, after.has_laser, after.has_tracker) == (0.0, 0.0, 0.0)


def test_a_sensor_loses_readings_by_itself():
    """Of 1,000 readings each sensor loses its own share: binomial bands at 1e-5, false alarm 3e-5."""
    shares = (0.1, 0.5, 0.02)
    of = Aboard(
        *(one._replace(delivery=Delivery(p, 0.0, 0.0)) for one, p in zip(QUIET[:3], shares, strict=True)),
        *QUIET[3:],
    )
    readings = [read(of, state(), tick=16 * k) for k in range(1000)]
    for name, share in zip(("has_gps", "has_laser", "has_tracker"), shares, strict=True):
        low, high = binom.interval(1.0 - 1e-5, 1000, share)
        assert low <= sum(getattr(x, name) == 0.0 for x in readings) <= high


def test_a_wrong_time_tag_shows_where_the_chaser_was_before():
    bias = Delivery(0.0, 0.0, 0.5)
    of = Aboard(*(one._replace(delivery=bias) for one in QUIET[:3]), *QUIET[3:])
    truth = state()
    r, v = hill_from_eci(truth.rt_eci, truth.vt_eci, truth.dr_eci, truth.dv_eci)
    got = read(of, truth)
    assert (got.gps_age, got.laser_age, got.tracker_age) == (0.0, 0.0, 0.0)
    np.testing.assert_allclose(got.gps_r_hill, np.subtract(r, np.multiply(0.5, v)), atol=1e-9)
    before = Rotation.from_rotvec(np.multiply(0.5, truth.w_body))
    expected = rotation(truth.q_eci_body) * before.inv()
    assert (rotation(got.tracker_q_eci_body).inv() * expected).magnitude() < 1e-12
    # Half a second earlier the laser saw the station from another place and attitude.
    earlier = np.subtract(r, np.multiply(0.5, v))
    q_eci_hill_ = rotation(q_eci_hill(truth.rt_eci, truth.vt_eci))
    h = np.cross(truth.rt_eci, truth.vt_eci)
    frame = Rotation.from_rotvec([0.0, 0.0, 0.5 * np.linalg.norm(h) / np.dot(truth.rt_eci, truth.rt_eci)])
    body = frame * q_eci_hill_.inv() * expected
    eye = earlier + body.apply(MOUNT.where_body)
    np.testing.assert_allclose(
        got.laser, aim(eye, quaternion(body * UP), LEVEL.apply(POINTS.reflector_0)), atol=2e-6
    )


def test_sensors_speak_at_their_periods_only():
    assert [due(3.0, tick_in(s)) for s in range(7)] == [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0]
    assert due(1.0, tick_in(4, first=False)) == 0.0
    assert due(0.0, tick_in(4)) == 0.0
    got = read(QUIET, state(), on_second=False)
    assert (got.has_gps, got.has_laser, got.has_tracker) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("r", "turn", "seen"),
    [
        ((-100.0, 15.0, 0.5), [0, 0, 0], 1.0),
        ((-530.0, 15.0, 0.5), [0, 0, 0], 0.0),  # beyond its reach
        ((-100.0, 80.0, 0.5), [0, 0, 0], 0.0),  # 33 degrees off the boresight
        ((-100.0, 15.0, 0.5), [25, 0, 0], 0.0),  # rolled out of its field
        ((-100.0, 15.0, 0.5), [0, 0, 180], 1.0),  # through the yaw-around
        ((-100.0, 15.0, 0.5), [0, 0, 90], 1.0),
        ((100.0, 15.0, 0.5), [180, 0, 0], 0.0),  # behind the reflectors
    ],
)
def test_the_laser_sees_what_is_in_reach_in_its_field_and_turned_to_it(r, turn, seen):
    assert read(QUIET, state(r, Rotation.from_euler("xyz", turn, degrees=True))).has_laser == seen


def test_the_second_reflector_is_seen_where_the_first_is_not():
    """A station rolled so far that only its second reflector is in the field."""
    truth = state((-14.0, 14.5, 4.5))
    got = read(QUIET, truth)
    assert (got.has_laser, got.reflector) == (1.0, 1.0)
    r, _ = hill_from_eci(truth.rt_eci, truth.vt_eci, truth.dr_eci, truth.dv_eci)
    eye = np.add(r, LEVEL.apply(MOUNT.where_body))
    expected = aim(eye, quaternion(LEVEL * UP), LEVEL.apply(POINTS.reflector_1))
    np.testing.assert_allclose(got.laser, expected, atol=1e-9)


def test_a_reflector_turned_away_does_not_answer():
    tilted = Rotation.from_euler("x", 50.0, degrees=True)
    assert read(QUIET, state(station=tilted)).has_laser == 0.0


def test_bearing_is_that_of_plain_geometry():
    body = LEVEL * Rotation.from_rotvec([0.1, -0.2, 0.3])
    com, r, point = (0.1, 0.0, 0.2), (-60.0, 10.0, 3.0), (-4.6, 14.5, 1.0)
    eye = np.add(r, body.apply(np.subtract(MOUNT.where_body, com)))
    seen, line = bearing(MOUNT, com, quaternion(body), r, point)
    np.testing.assert_allclose(seen, aim(eye, quaternion(body * UP), point), atol=1e-12)
    assert np.linalg.norm(line) == pytest.approx(seen[0])
    assert in_view(LASER, seen, line, vector(-np.array(line) / seen[0]), 0.9)


def test_noise_is_of_the_size_asked():
    """Variance of 4,000 draws, each within the 99.99 % band of chi-square: false alarm 1e-4 a number, 12 numbers."""
    noisy = Aboard(
        Gps(3.0, 0.02, ZERO, NEVER, NEVER, AT_ONCE, *CLEAR), LASER, tracker(2e-5, 1e-4), Gyro(1e-5, ZERO),
        Accelerometer(1e-4, ZERO, 1.0),
    )  # fmt: skip
    truth, plain = state(), read(QUIET, state())
    readings = [read(noisy, truth, tick=k) for k in range(4000)]
    band = norm.ppf(1.0 - 0.5e-4) * math.sqrt(2.0 / 4000.0)

    def check(values, sigma):
        ratio = np.mean((np.asarray(values) / sigma) ** 2, axis=0)
        assert np.all(np.abs(ratio - 1.0) < band), ratio

    check([np.subtract(x.gps_r_hill, plain.gps_r_hill) for x in readings], 3.0)
    check([np.subtract(x.gps_v_hill, plain.gps_v_hill) for x in readings], 0.02)
    check(
        [np.subtract(x.laser, plain.laser) for x in readings], [0.02 + 0.0005 * plain.laser[0], 0.001, 0.001]
    )
    check([np.subtract(x.gyro_body, truth.w_body) for x in readings], 1e-5)
    check([np.subtract(x.dv_body, truth.dv_body) for x in readings], 1e-4)
    turn = [(rotation(truth.q_eci_body).inv() * rotation(x.tracker_q_eci_body)).as_rotvec() for x in readings]
    check(turn, [2e-5, 2e-5, 1e-4])


def test_noise_is_keyed_by_seed_run_and_tick():
    noisy = QUIET._replace(gps=Gps(3.0, 0.02, ZERO, NEVER, NEVER, AT_ONCE, *CLEAR))
    one = read(noisy, state())
    assert read(noisy, state()) == one
    for other in ({"seed": 2}, {"run": 3}, {"tick": 161}):
        assert read(noisy, state(), **other).gps_r_hill != one.gps_r_hill


def test_rates_and_gains_average_over_the_sample():
    assert measure_rate(Gyro(1e-5, ZERO), ZERO, 4.0, Z)[0] == pytest.approx(1e-5 / 2.0 * 0.3)
    assert measure_gain(Accelerometer(1e-4, ZERO, 1.0), ZERO, 4.0, Z)[0] == pytest.approx(2e-4 * 0.3)
    assert measure_gain(Accelerometer(0.0, (1e-3, 0.0, 0.0), 1.0), ZERO, 4.0, Z)[0] == pytest.approx(4e-3)


def test_single_sensors_with_unit_normals():
    ok, r, v = measure_gps(
        Gps(2.0, 0.1, (1.0, 0.0, 0.0), NEVER, NEVER, AT_ONCE, *CLEAR), ZERO, ZERO, STILL, 0.0, Z, Z
    )
    assert (ok, r[0], v[1]) == (1.0, pytest.approx(1.6), pytest.approx(-0.11))
    got = measure_laser(LASER._replace(range_bias=0.5), (100.0, 0.1, 0.2), Z)
    assert got == (
        pytest.approx(100.5 + 0.07 * 0.3),
        pytest.approx(0.1 - 0.0011),
        pytest.approx(0.2 + 0.0007),
    )
    _, q = measure_attitude(tracker(0.01, 0.02), (0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.0, 1.0), 0.0, Z)
    np.testing.assert_allclose(rotation(q).as_rotvec(), (0.003, -0.011, 0.014), atol=1e-12)


# ---- near the station, and in sunlight


def test_gps_is_blocked_near_the_station_and_errs_by_multipath():
    truth = state()
    distance = float(np.linalg.norm(truth.dr_eci))
    near = QUIET._replace(gps=QUIET.gps._replace(blocked_within=1.01 * distance))
    far = QUIET._replace(gps=QUIET.gps._replace(blocked_within=0.99 * distance))
    assert (read(near, truth).has_gps, read(far, truth).has_gps) == (0.0, 1.0)
    echo = QUIET._replace(gps=QUIET.gps._replace(multipath=Multipath(4.0, 2.0 * distance, 50.0)))
    got, plain = read(echo, truth), read(QUIET, truth)
    assert 0.1 < np.linalg.norm(np.subtract(got.gps_r_hill, plain.gps_r_hill)) < 20.0
    assert 0.001 < np.linalg.norm(np.subtract(got.gps_v_hill, plain.gps_v_hill)) < 0.5
    assert got.laser == plain.laser


def around(angle: float) -> State:
    """A level chaser beside the station at an angle (rad) of a circular orbit, whose noon is at zero."""
    r, v = 6.788e6, 7.66e3
    rt = (r * math.cos(angle), r * math.sin(angle), 0.0)
    vt = (-v * math.sin(angle), v * math.cos(angle), 0.0)
    dr, dv = eci_from_hill(rt, vt, (-100.0, 15.0, 0.5), ZERO)
    q = quaternion(rotation(q_eci_hill(rt, vt)) * LEVEL)
    return State(rt, vt, dr, dv, q, ZERO, q, ZERO, 0.0, ZERO, ZERO)


@pytest.mark.parametrize("boresight", [(1.0, 0.0, 0.0), (0.0, 0.0, -1.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0)])
def test_the_sun_blinds_a_star_tracker_unless_the_earth_hides_it(boresight):
    """Around one orbit with the Sun 10 degrees off its plane: beside angles by NumPy and the lit share of the disc."""
    sun = (1.5e11 * math.cos(math.radians(10.0)), 0.0, 1.5e11 * math.sin(math.radians(10.0)))
    heaven, exclusion = Heaven(sun, 6.378e6), math.radians(35.0)
    suite = SUITE._replace(star_tracker=mount_of(ZERO, boresight, (0.3, 0.4, 0.5)))
    of = QUIET._replace(star_tracker=tracker()._replace(sun_exclusion=exclusion))
    seen, hidden, blind = 0, 0, 0
    for angle in np.linspace(0.0, 2.0 * math.pi, 181):
        truth = around(float(angle))
        place = np.add(truth.rt_eci, truth.dr_eci)
        within = (
            angle_between(rotation(truth.q_eci_body).apply(boresight), np.subtract(sun, place)) < exclusion
        )
        in_sunlight = lit(vector(place), sun, 6.378e6) > 0.0
        got = read_on(of, truth, first_latent(1, 2), suite=suite, heaven=heaven)[0]
        assert got.has_tracker == (0.0 if within and in_sunlight else 1.0), np.degrees(angle)
        assert got.has_gps == 1.0
        seen, hidden, blind = (
            seen + (not within), hidden + (within and not in_sunlight), blind + (within and in_sunlight)
        )  # fmt: skip
    # Forward it passes the rising Sun, up the noon; down it only meets the Sun behind the Earth; starboard never.
    expected = {
        (1.0, 0.0, 0.0): (1, 1),
        (0.0, 0.0, -1.0): (0, 1),
        (0.0, 0.0, 1.0): (1, 0),
        (0.0, 1.0, 0.0): (0, 0),
    }
    assert ((hidden > 0) + 0, (blind > 0) + 0) == expected[boresight] and seen > 100


def test_the_sun_blinds_the_laser_too():
    of = QUIET._replace(laser=PERFECT._replace(sun_exclusion=math.radians(10.0)))
    sun = (1.5e11, 0.0, 0.0)
    flags = [
        read_on(of, around(math.radians(x)), first_latent(1, 2), heaven=Heaven(sun, 6.378e6))[0].has_laser
        for x in (-11.0, -9.0, 0.0, 9.0, 11.0, 180.0)
    ]
    assert flags == [1.0, 0.0, 0.0, 0.0, 1.0, 1.0]
    assert not blinded(0.0, MOUNT.q_body_sensor, (0.0, 0.0, -1.0), False)


# ---- wrong returns, and biases that walk

BALL = np.array([[3.0, -2.0, 1.0, 3.0, -2.0, 1.0, 4.0, 0.0]])
"""A hull that is one sphere: its nearest place lies on the line to its middle."""


def of_the_hull(truth: State) -> tuple[float, float, float]:
    """What the laser reads of the nearest place of `BALL`."""
    r, _ = hill_from_eci(truth.rt_eci, truth.vt_eci, truth.dr_eci, truth.dv_eci)
    eye = np.add(r, LEVEL.apply(MOUNT.where_body))
    middle = LEVEL.apply(BALL[0, :3])
    place = middle + 4.0 * (eye - middle) / np.linalg.norm(eye - middle)
    return aim(eye, quaternion(LEVEL * UP), place)


def of_reflector(truth: State, place) -> tuple[float, float, float]:
    """What the laser reads of a reflector."""
    r, _ = hill_from_eci(truth.rt_eci, truth.vt_eci, truth.dr_eci, truth.dv_eci)
    return aim(np.add(r, LEVEL.apply(MOUNT.where_body)), quaternion(LEVEL * UP), LEVEL.apply(place))


def test_a_wrong_return_is_of_the_other_reflector_or_of_the_hull_each_as_likely():
    """Of 1,000 readings half are wrong, and of those half of the hull: binomial bands at 1e-5, false alarm 2e-5."""
    truth, of = state(), QUIET._replace(laser=PERFECT._replace(wrong=0.5))
    readings = [read(of, truth, tick=16 * k, hull=BALL) for k in range(1000)]
    kinds = {"right": POINTS.reflector_0, "other": POINTS.reflector_1}
    read_of = {name: of_reflector(truth, place) for name, place in kinds.items()} | {
        "hull": of_the_hull(truth)
    }
    counts = dict.fromkeys(read_of, 0)
    for one in readings:
        assert one.has_laser == 1.0 and one.reflector == 0.0
        near = min(read_of, key=lambda name: math.dist(one.laser, read_of[name]))
        np.testing.assert_allclose(one.laser, read_of[near], atol=1e-9)
        counts[near] += 1
    low, high = binom.interval(1.0 - 1e-5, 1000, 0.5)
    assert low <= counts["right"] <= high
    low, high = binom.interval(1.0 - 1e-5, 1000 - counts["right"], 0.5)
    assert low <= counts["hull"] <= high


def test_a_wrong_return_needs_something_else_in_the_field():
    truth, of = state(), QUIET._replace(laser=PERFECT._replace(wrong=1.0))
    one = POINTS._replace(reflector_1=POINTS.reflector_0)
    assert read(of, truth, points=one).has_laser == 0.0
    np.testing.assert_allclose(read(of, truth, points=one, hull=BALL).laser, of_the_hull(truth), atol=1e-9)
    aside = BALL + np.array([0.0, 900.0, 0.0, 0.0, 900.0, 0.0, 0.0, 0.0])
    assert read(of, truth, points=one, hull=aside).has_laser == 0.0
    np.testing.assert_allclose(read(of, truth).laser, of_reflector(truth, POINTS.reflector_1), atol=1e-9)


def test_a_hull_hides_a_reflector_unless_it_stands_on_it():
    """A sphere half way to the first reflector hides it, and the second is seen; one that holds it hides nothing."""
    truth = state()
    r, _ = hill_from_eci(truth.rt_eci, truth.vt_eci, truth.dr_eci, truth.dv_eci)
    eye = LEVEL.inv().apply(np.add(r, LEVEL.apply(MOUNT.where_body)))

    def ball(share, radius):
        middle = eye + share * (np.array(POINTS.reflector_0) - eye)
        return np.array([[*middle, *middle, radius, 0.0]])

    between, wide, holding = ball(0.99, 0.4), ball(0.5, 20.0), ball(1.0, 3.0)
    assert read(QUIET, truth, hull=between, masked=True).reflector == 1.0
    assert read(QUIET, truth, hull=between).reflector == 0.0  # not asked for
    assert read(QUIET, truth, hull=wide, masked=True).has_laser == 0.0
    got = read(QUIET, truth, hull=holding, masked=True)
    assert (got.has_laser, got.reflector) == (1.0, 0.0)
    behind = read(QUIET, truth, hull=ball(1.2, 2.0), masked=True)
    assert (behind.has_laser, behind.reflector) == (1.0, 0.0)


@pytest.mark.parametrize("name", ["gyro", "accelerometer"])
def test_a_bias_walks_as_far_as_it_should(name):
    """The bias after 100 steps of 0.5 s in 150 runs: its variance is walk2 times 50 s; a normal band at 3e-5."""
    walk, ends = 2e-6, []
    of = QUIET._replace(**{name: getattr(QUIET, name)._replace(bias_walk=walk)})
    still = state()
    for run in range(150):
        latent = first_latent(1, run)
        for tick in range(100):
            got, latent = read_on(of, still, latent, run=run, tick=tick, period=0.5, on_second=False)
        if name == "gyro":
            ends.append(np.subtract(got.gyro_body, still.w_body))
        else:
            ends.append(np.subtract(got.dv_body, still.dv_body) / 0.5)
    ratio = np.mean((np.array(ends) / (walk * math.sqrt(50.0))) ** 2)
    assert abs(ratio - 1.0) < norm.ppf(1.0 - 1.5e-5) * math.sqrt(2.0 / 450.0)
