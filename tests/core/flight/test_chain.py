"""An abort's independent chain: whatever navigation believes, it thrusts the way and as long as it was told."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.assembly.build import build
from rvd.assembly.flyer import Flyer
from rvd.core.flight.chain import UNCALLED, share_burning, take_over
from rvd.core.kernel import plain
from rvd.core.safety.passive import During
from rvd.core.signals import Alarm, BackupReading, Outcome, Telemetry, Tick
from rvd.motion import cw
from tests.casefile.small import small

SECONDS, CALL, DELAY, COAST = 90, 20.0, 2.5, 15.0
GAIN = 0.3
BASE = {
    "disperse": None,
    "monitors": None,
    "sensors.noise": 0.0,
    "command": [{"what": "abort", "at": CALL}],
    "start.vbar": 0.0,
    "start.rbar": 100.0,
    "leg.wait.to": {"rbar": 100.0},
    "leg.wait.zone": "sphere",
}
ABORT = {"acceleration": 0.01, "time": COAST, "rate": 1.0, "control": "far", "nozzles": "burn"}
ON_HILL = {**ABORT, "dv": {"rbar": GAIN}, "chain": "independent", "delay": DELAY}
ON_BODY = {**ON_HILL, "dv": {"forward": -GAIN}}
DOWN = np.array([-1.0, 0.0, 0.0])
BACKUP = {"angle": 0.0, "walk": 0.0}
SOUND: dict = {}
WRONG = {
    # The laser reads 40 m short, the star tracker stands still, the gyro reads a turn that is none.
    "sensors.laser.range_bias": -40.0,
    "sensors.star_tracker": {"cross": 1e-5, "roll": 1e-5, "fault": "frozen"},
    "sensors.gyro.bias": [0.0, 0.01, 0.0],
}


def flown(folder, abort, backup=BACKUP, **more):
    """The built case with this abort and what else is changed, and its flight, a line of history a second."""
    values = {**BASE, "abort": abort, **({} if backup is None else {"sensors.backup": backup}), **more}
    built = build(small(folder).with_values(values))
    return built, Flyer(built.setup._replace(seconds=SECONDS), built.leg_names).flight(built.row, 1, 0, 1)


def gained(built, flight) -> np.ndarray:
    """Velocity (m/s, hill) that the burn truly gave, brought back to its middle: both coasts are taken out."""
    h, n = flight.history, built.setup.chain.orbit_rate
    r = np.stack([-h["rbar"], h["vbar"], -h["hbar"]], axis=1)
    v = np.stack([-h["rbar_rate"], h["vbar_rate"], -h["hbar_rate"]], axis=1)
    begin, end = (int(np.flatnonzero(h["t"] == t)[0]) for t in (CALL, CALL + DELAY + 30.5))
    middle = DELAY + 0.5 * built.setup.chain.burn
    before = cw.coast(r[begin], v[begin], n, middle)[1]
    after = cw.coast(r[end], v[end], n, middle - (h["t"][end] - CALL))[1]
    return after - before


def angle(a, b) -> float:
    """Between two vectors, rad."""
    return float(np.arccos(np.clip(a @ b / np.linalg.norm(a) / np.linalg.norm(b), -1.0, 1.0)))


def attitude(flight, t: float) -> Rotation:
    """From body axes to hill at a whole second."""
    h = flight.history
    now = int(np.flatnonzero(h["t"] == t)[0])
    return Rotation.from_quat([h[f"q_{x}"][now] for x in "xyzw"])


@pytest.mark.parametrize("errors", [SOUND, WRONG], ids=["sound", "wrong"])
def test_the_gain_along_hill_axes_is_what_was_asked_whatever_navigation_believes(tmp_path, errors):
    """Force times time over the true mass; the direction within the control's dead zone of 0.3 deg."""
    built, flight = flown(tmp_path, ON_HILL, **errors)
    mass = built.case.chaser.mass - 0.5 * flight.tally.used
    gain = gained(built, flight)
    assert np.linalg.norm(gain) == pytest.approx(GAIN * built.case.chaser.mass / mass, rel=0.002)
    assert angle(gain, DOWN) < np.radians(0.3)
    assert flight.outcome == Outcome.ABORTED and flight.tally.alarm == Alarm.COMMANDED
    # The coast ends by the clock; the stage and the tolerances each take a step of 1 s.
    assert flight.tally.t_end == pytest.approx(CALL + DELAY + built.setup.chain.burn + COAST, abs=2.0)


def test_the_flight_software_pushes_another_way_then(tmp_path):
    """The same errors without a chain of its own: 40 m and 9 deg off at the call, and it goes on turning."""
    _, flight = flown(tmp_path, {**ABORT, "dv": {"rbar": GAIN}, "time": 60.0}, **WRONG)
    h = flight.history
    assert abs(h["believed_rbar"] - h["rbar"])[int(CALL)] > 30.0
    early = range(int(CALL), int(CALL) + 10)
    force = np.stack([h[f"given_force_{word}"] for word in ("forward", "starboard", "down")], axis=1)
    pushed = np.mean([attitude(flight, t).apply(force[t]) for t in early], axis=0)
    assert angle(pushed, DOWN) > np.radians(9.0)


@pytest.mark.parametrize("errors", [SOUND, WRONG], ids=["sound", "wrong"])
def test_a_gain_along_the_body_is_along_the_body_of_the_call(tmp_path, errors):
    built, flight = flown(tmp_path, ON_BODY, **errors)
    aft = attitude(flight, CALL).apply([-1.0, 0.0, 0.0])
    gain = gained(built, flight)
    # Brought back over some degrees, the push is spread over them, and yields to the torque for a while.
    assert np.linalg.norm(gain) == pytest.approx(GAIN, rel=0.03 if errors else 0.002)
    # The turn of 0.57 deg/s that the flight software began lasts through the delay; then it is braked, and taken back.
    assert angle(gain, aft) < np.radians(4.0 if errors else 0.3)


def test_without_an_attitude_source_the_push_turns_with_the_body(tmp_path):
    """The chaser turns at the 0.57 deg/s that the flight software gave it: the gain is about the middle attitude."""
    built, flight = flown(tmp_path, ON_BODY, None, **WRONG)
    middle = attitude(flight, round(CALL + DELAY + 0.5 * built.setup.chain.burn)).apply([-1.0, 0.0, 0.0])
    assert built.setup.chain.holds == 0.0
    assert angle(gained(built, flight), middle) < np.radians(1.0)
    assert angle(gained(built, flight), attitude(flight, CALL).apply([-1.0, 0.0, 0.0])) > np.radians(5.0)


def test_an_attitude_source_that_is_askew_tilts_the_gain_by_as_much(tmp_path):
    built, flight = flown(tmp_path, ON_HILL, {**BACKUP, "angle_bias": [0.0, 0.05, 0.0]})
    straight = gained(*flown(tmp_path, ON_HILL))
    assert angle(gained(built, flight), straight) == pytest.approx(0.05, rel=0.05)


def test_nothing_fires_before_the_delay_nor_after_the_burn(tmp_path):
    """The flight software goes on commanding attitude and place until the call, and is not heard any more then."""
    built, flight = flown(tmp_path, ON_HILL, **WRONG)
    h, over = flight.history, CALL + DELAY + built.setup.chain.burn
    fires = (
        np.abs(h["given_force_forward"]) + np.abs(h["given_force_starboard"]) + np.abs(h["given_force_down"])
        > 0.0
    )
    assert fires[h["t"] < CALL].any()
    during = (h["t"] > CALL + DELAY - 1.0) & (h["t"] < over)
    np.testing.assert_array_equal(fires[h["t"] >= CALL], during[h["t"] >= CALL])
    away = flight.moments.during[flight.moments.t >= CALL]
    assert (away[: int(DELAY + built.setup.chain.burn)] == During.ABORT).all()


def test_an_abort_by_the_flight_software_is_untouched_by_a_backup_source(tmp_path):
    """Another row and another set-up, but the same flight, to the last bit."""
    plain_one = {**ABORT, "dv": {"rbar": GAIN}}
    with_source = flown(tmp_path, plain_one, BACKUP, **WRONG)[1]
    without = flown(tmp_path, plain_one, None, **WRONG)[1]
    np.testing.assert_array_equal(with_source.tally, without.tally)
    for name, values in without.history.items():
        np.testing.assert_array_equal(values, with_source.history[name])


# ---- the chain by itself

CALLED = Telemetry(leg=1.0, t_ready=-1.0, tries=0.0, target_free=0.0, alarm=float(Alarm.LASER))
READ = BackupReading(q_hill_body=(0.0, 0.0, 0.0, 1.0), w_body=(0.0, 0.0, 0.0))


def valves(chain, told, before=UNCALLED, t=20.0):
    """What the chain remembers and the on-times (s), where the flight software had opened every valve for 0.3 s."""
    on = np.full(len(chain.allocation.least_on), 0.3)
    tick = Tick(number=int(t) * 16, t=t, h=1.0, second=int(t), first=True)
    return plain(take_over)(chain, before, told, READ, on, tick), on


def test_what_the_flight_software_commands_is_ignored_once_the_chain_is_called(tmp_path):
    chain = build(small(tmp_path).with_values({"abort": ON_BODY, "sensors.backup": BACKUP})).setup.chain
    quiet = CALLED._replace(alarm=0.0)
    now, on = valves(chain, quiet)
    assert now == UNCALLED and (on == 0.3).all()
    now, on = valves(chain, CALLED)
    assert now.since == 20.0 and (on == 0.0).all()  # the delay
    again, on = valves(chain, quiet, now, 30.0)  # what was called is not called back
    assert again == now and 0 < np.count_nonzero(on) < on.size and (on[on > 0.0] != 0.3).all()
    _, on = valves(chain, CALLED, now, 60.0)
    assert (on == 0.0).all()


def test_a_chain_that_is_not_independent_leaves_the_valves_alone(tmp_path):
    chain = build(small(tmp_path)).setup.chain
    now, on = valves(chain, CALLED)
    assert chain.independent == 0.0 and now == UNCALLED and (on == 0.3).all()


@pytest.mark.parametrize("rate", [1, 2, 7, 10])
def test_the_ticks_thrust_for_the_whole_burn_and_no_longer(tmp_path, rate):
    chain = build(small(tmp_path).with_values({"abort": ON_BODY})).setup.chain
    h = 1.0 / rate
    shares = [plain(share_burning)(chain, k * h, h) for k in range(100 * rate)]
    assert h * np.sum(shares) == pytest.approx(chain.burn, rel=1e-12) and max(shares) == 1.0
    assert max(shares[: int(DELAY * rate)]) < 1e-9
