"""The faults of sensors: what is read during one, beside closed forms; before and after it nothing is changed."""

import numpy as np
import pytest

from rvd.case.sensors import SENSOR_FAULTS
from rvd.core.vehicle.faults import SOUND, Fault, SensorFault

from .aboard import Aboard, first_latent
from .oracles import rotation
from .test_sensors import LASER, QUIET, SUITE, ZERO, read, read_on, state, tracker

NAMES = ("gps", "laser", "star_tracker", "gyro", "accelerometer")

SIGMAS = {"gps": (3.0, 3.0, 3.0, 0.02, 0.02, 0.02), "laser": None, "star_tracker": (2e-5, 2e-5, 1e-4),
          "gyro": (1e-5, 1e-5, 1e-5), "accelerometer": (1e-4, 1e-4, 1e-4)}  # fmt: skip
"""One sigma of each number that a sensor reads in `NOISY`, at a period of 1 s; the laser's range grows."""

NOISY = QUIET._replace(
    gps=QUIET.gps._replace(position=3.0, velocity=0.02),
    laser=LASER,
    star_tracker=tracker(2e-5, 1e-4),
    gyro=QUIET.gyro._replace(walk=1e-5),
    accelerometer=QUIET.accelerometer._replace(walk=1e-4),
)


def failing(
    name: str, kind: SensorFault, size: float = 0.0, since: float = 100.0, until: float = 400.0
) -> Aboard:
    """The noisy sensors, one of them with a fault."""
    fault = Fault(kind=float(kind), since=since, until=until, size=size)
    return NOISY._replace(**{name: getattr(NOISY, name)._replace(fault=fault)})


def sigmas(name: str) -> np.ndarray:
    """One sigma of each number that the sensor reads."""
    known = SIGMAS[name]
    reach = read(QUIET, state()).laser[0]
    return np.array((0.02 + 0.0005 * reach, 0.001, 0.001) if known is None else known)


def numbers(name: str, reading) -> np.ndarray:
    """What a sensor read; the star tracker's as a turn (rad) from the true attitude."""
    if name == "gps":
        return np.array(reading.gps_r_hill + reading.gps_v_hill)
    if name == "star_tracker":
        off = rotation(state().q_eci_body).inv() * rotation(reading.tracker_q_eci_body)
        return np.asarray(off.as_rotvec())
    return np.array(
        {"laser": reading.laser, "gyro": reading.gyro_body, "accelerometer": reading.dv_body}[name]
    )


def gives(name: str, reading) -> bool:
    """Whether a sensor that may be without a reading has given one."""
    return {"gps": reading.has_gps, "laser": reading.has_laser, "star_tracker": reading.has_tracker}[
        name
    ] == 1.0


def test_the_words_of_a_case_are_the_kinds():
    assert tuple(kind.name.lower().replace("_", "-") for kind in SensorFault) == SENSOR_FAULTS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", SensorFault)
def test_outside_its_time_a_fault_changes_not_a_bit(name, kind):
    for t in (0.0, 99.9, 400.0, 1000.0):
        plain, latent = read_on(NOISY, state(), first_latent(1, 2), t=t)
        got, after = read_on(failing(name, kind, 7.0), state(), first_latent(1, 2), t=t)
        assert got == plain and after == latent


@pytest.mark.parametrize("name", NAMES)
def test_a_bias_moves_every_number_by_so_many_sigmas_and_no_other_sensor(name):
    plain, got = read(NOISY, state(), t=100.0), read(failing(name, SensorFault.BIAS, -5.0), state(), t=100.0)
    moved = numbers(name, got) - numbers(name, plain)
    # Small turns add up to their second order only: 5 sigmas are 5e-4 rad.
    np.testing.assert_allclose(moved, -5.0 * sigmas(name), rtol=1e-3 if name == "star_tracker" else 1e-8)
    for other in set(NAMES) - {name}:
        assert np.array_equal(numbers(other, got), numbers(other, plain))


@pytest.mark.parametrize("name", NAMES)
def test_a_ramp_grows_by_its_size_every_minute(name):
    of = failing(name, SensorFault.RAMP, 5.0)
    for t, grown in ((100.0, 0.0), (130.0, 2.5), (160.0, 5.0), (280.0, 15.0), (400.0, 0.0)):
        moved = numbers(name, read(of, state(), t=t)) - numbers(name, read(NOISY, state(), t=t))
        np.testing.assert_allclose(moved, grown * sigmas(name), rtol=1e-2 if name == "star_tracker" else 1e-7)


@pytest.mark.parametrize("name", NAMES)
def test_noise_scales_the_error_of_every_sample(name):
    """The same normals, so each error is four times what it was, and with it their standard deviation."""
    truth = numbers(name, read(QUIET, state()))
    sound = [numbers(name, read(NOISY, state(), t=200.0, tick=k)) - truth for k in range(200)]
    loud = [
        numbers(name, read(failing(name, SensorFault.NOISE, 4.0), state(), t=200.0, tick=k)) - truth
        for k in range(200)
    ]
    np.testing.assert_allclose(np.std(loud, axis=0), 4.0 * np.std(sound, axis=0), rtol=1e-3)
    np.testing.assert_allclose(loud, 4.0 * np.array(sound), rtol=1e-2, atol=1e-3 * float(sigmas(name).min()))


@pytest.mark.parametrize("name", NAMES)
def test_a_silent_sensor_says_nothing(name):
    of = failing(name, SensorFault.SILENT)
    got = read(of, state(), t=100.0)
    if name in ("gyro", "accelerometer"):
        assert np.array_equal(numbers(name, got), ZERO)
    else:
        assert not gives(name, got) and gives(name, read(NOISY, state(), t=100.0))


@pytest.mark.parametrize("name", NAMES)
def test_a_frozen_sensor_repeats_its_latest_reading_with_a_new_tag(name):
    of = failing(name, SensorFault.FROZEN)
    first, latent = read_on(of, state(), first_latent(1, 2), t=99.0, tick=1)
    # Elsewhere, out of the laser's field and turned: a sound sensor would read otherwise, or nothing.
    away = state((-900.0, 200.0, 5.0))
    for t in (100.0, 101.0, 399.0):
        got, latent = read_on(of, away, latent, t=t, tick=int(t))
        assert np.array_equal(numbers(name, got), numbers(name, first))
        if name not in ("gyro", "accelerometer"):
            assert gives(name, got)
            assert (got.gps_age, got.laser_age, got.tracker_age) == (0.0, 0.0, 0.0)
    got, _ = read_on(of, away, latent, t=400.0, tick=400)
    assert not np.array_equal(numbers(name, got), numbers(name, first)) or not gives(name, got)


@pytest.mark.parametrize("name", ["gyro", "accelerometer"])
def test_a_bias_of_a_sensor_that_integrates_does_not_depend_on_the_step(name):
    of, moved = failing(name, SensorFault.BIAS, 5.0), {}
    for period in (0.2, 1.0):
        got, _ = read_on(of, state(), first_latent(1, 2), t=200.0, period=period)
        plain, _ = read_on(NOISY, state(), first_latent(1, 2), t=200.0, period=period)
        per_second = 1.0 if name == "gyro" else 1.0 / period
        moved[period] = per_second * (numbers(name, got) - numbers(name, plain))
    np.testing.assert_allclose(moved[0.2], moved[1.0], rtol=1e-9)


@pytest.mark.parametrize("name", ["gps", "laser", "star_tracker"])
def test_a_stopped_sensor_repeats_its_latest_reading_under_its_old_tag(name):
    of = failing(name, SensorFault.STOPPED)
    first, latent = read_on(of, state(), first_latent(1, 2), t=99.0, tick=1)
    for t in (100.0, 101.0, 399.0):
        got, latent = read_on(of, state((-900.0, 200.0, 5.0)), latent, t=t, tick=int(t))
        ages = {"gps": got.gps_age, "laser": got.laser_age, "star_tracker": got.tracker_age}
        assert gives(name, got) and np.array_equal(numbers(name, got), numbers(name, first))
        assert ages.pop(name) == t - 99.0 and set(ages.values()) == {0.0}
    got, _ = read_on(of, state(), latent, t=400.0, tick=400)
    assert (got.gps_age, got.laser_age, got.tracker_age) == (0.0, 0.0, 0.0)


def test_a_wrong_target_is_of_the_laser_alone():
    for name in NAMES:
        plain = read(NOISY, state(), t=200.0)
        got = read(failing(name, SensorFault.WRONG_TARGET), state(), t=200.0)
        assert (got == plain) == (name != "laser")


def test_a_frozen_accelerometer_repeats_its_acceleration_whatever_the_length_of_the_step():
    of = failing("accelerometer", SensorFault.FROZEN)
    first, latent = read_on(of, state(), first_latent(1, 2), t=99.0)
    short, latent = read_on(of, state(), latent, t=100.0, period=0.2)
    long, _ = read_on(of, state(), latent, t=101.0, period=1.0)
    np.testing.assert_allclose(short.dv_body, np.multiply(0.2, first.dv_body), rtol=1e-14)
    np.testing.assert_allclose(long.dv_body, first.dv_body, rtol=1e-14)


@pytest.mark.parametrize("name", ["gps", "laser", "star_tracker"])
def test_a_sensor_that_froze_before_its_first_reading_is_silent(name):
    of = failing(name, SensorFault.FROZEN, since=0.0)
    got, latent = read_on(of, state(), first_latent(1, 2), t=0.0)
    again, _ = read_on(of, state(), latent, t=50.0)
    assert not gives(name, got) and not gives(name, again)


@pytest.mark.parametrize("name", ["gps", "laser", "star_tracker"])
def test_a_frozen_sensor_reads_at_its_own_period(name):
    of = failing(name, SensorFault.FROZEN)
    suite = SUITE._replace(gps_period=5.0, laser_period=5.0, tracker_period=5.0)
    _, latent = read_on(of, state(), first_latent(1, 2), t=95.0, second=95, suite=suite)
    for second in range(100, 111):
        got, latent = read_on(of, state(), latent, t=float(second), second=second, suite=suite)
        assert gives(name, got) == (second % 5 == 0)


def test_no_fault_is_that_of_a_sensor_made_without_one():
    assert QUIET.gps.fault == SOUND and SOUND.kind == SensorFault.NONE
