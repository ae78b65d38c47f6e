"""What the nozzles really give: pulses that vary, on top of what the flight software commands."""

from types import SimpleNamespace

import numpy as np
import pytest

from rvd.case.table import FOREVER
from rvd.core.constants import G0
from rvd.core.flight.aboard import fired
from rvd.core.flight.truth import THRUSTERS, TRUTH
from rvd.core.flight.world import Commanded, Thrusters, truly_fired, turned_chaser
from rvd.core.kernel import plain
from rvd.core.motion import attitude
from rvd.core.signals import Key, Tick
from rvd.core.vehicle.nozzles import LEAK_SHARE, NozzleFault, pulse_of
from rvd.montecarlo.draws import draw_rows
from rvd.montecarlo.mission import Mission

from .htv import case, mission

TRULY = mission().built.setup.outside.thrusters
NOZZLES = TRULY.nozzles
COUNT = len(NOZZLES.thrust)
COM, PERIOD = (0.1, -0.02, 0.03), 0.5


def gives(thrusters: Thrusters, row: np.ndarray, com, times: np.ndarray, key: Key, aborts: bool = False):
    """The firing that happens, of a flight that is not aborted."""
    return truly_fired(thrusters, row, com, Commanded(times, aborts), key)


def row(repeatability: float, **more: float) -> np.ndarray:
    """The nominal row with pulses that vary so, and with other errors of every nozzle."""
    out = mission().built.row.copy()
    for name, value in {"repeatability": repeatability, **more}.items():
        first = TRUTH + THRUSTERS.index(name) * COUNT
        out[first : first + COUNT] = value
    return out


def on(**seconds: float) -> np.ndarray:
    """On-times (s) by nozzle number: `on(n3=0.1)`."""
    out = np.zeros(COUNT)
    for name, value in seconds.items():
        out[int(name[1:])] = value
    return out


def impulses(times: np.ndarray, repeatability: float, ticks: int, run: int = 5) -> np.ndarray:
    """Impulses (N s, body) of one command given again and again."""
    given = row(repeatability)
    return np.array([
        gives(TRULY, given, COM, times, key(tick, run)).impulse_body for tick in range(ticks)
    ])  # fmt: skip


def key(tick: int, run: int) -> Key:
    """The key of a tick 10 s into the flight."""
    return Key(3, run, Tick(number=tick, t=10.0, h=PERIOD, second=10, first=True))


def test_steady_nozzles_give_what_was_commanded():
    times = on(n0=0.1, n5=0.008, n9=PERIOD)
    told = fired(NOZZLES, COM, times, PERIOD)
    given = gives(TRULY, row(0.0), COM, times, key(7, 5))
    for name in ("impulse_body", "turn_body", "reach_body", "total", "used", "period"):
        assert getattr(given, name) == pytest.approx(getattr(told, name), rel=1e-14, abs=1e-14)


@pytest.mark.parametrize("seconds", [0.008, 0.1])
def test_a_pulse_varies_by_a_share_of_the_least_impulse_however_long_it_is(seconds):
    """Mean and scatter of 4,000 pulses within four standard errors."""
    least = NOZZLES.thrust[0] * NOZZLES.least_on[0]
    push = np.array(NOZZLES.push_body[0])
    given = impulses(on(n0=seconds), 0.1, 4000) @ push
    assert np.mean(given) == pytest.approx(NOZZLES.thrust[0] * seconds, abs=4.0 * 0.1 * least / np.sqrt(4000))
    assert np.std(given) == pytest.approx(0.1 * least, rel=4.0 / np.sqrt(2 * 4000))


def test_pulses_vary_by_themselves_and_a_run_again_gives_the_same():
    one, other = impulses(on(n0=0.01), 0.1, 2000), impulses(on(n1=0.01), 0.1, 2000)
    x, y = (a @ np.array(NOZZLES.push_body[k]) for a, k in ((one, 0), (other, 1)))
    assert abs(np.corrcoef(x, y)[0, 1]) < 4.0 / np.sqrt(2000)
    assert abs(np.corrcoef(x[1:], x[:-1])[0, 1]) < 4.0 / np.sqrt(2000)
    np.testing.assert_array_equal(one[:50], impulses(on(n0=0.01), 0.1, 50))
    assert not np.array_equal(one[:50], impulses(on(n0=0.01), 0.1, 50, run=6))


@pytest.mark.parametrize("bit", [-0.3, 0.3])
def test_an_engine_gives_more_or_less_in_every_pulse_by_a_share_of_its_least_impulse(bit):
    """Pulses of any length by as much, each the same; a nozzle that stays open gives its thrust."""
    push = np.array(NOZZLES.push_body[0])
    least = NOZZLES.thrust[0] * NOZZLES.least_on[0]
    for seconds in (0.008, 0.1, PERIOD):
        told = NOZZLES.thrust[0] * seconds + (bit * least if seconds < PERIOD else 0.0)
        for tick in (7, 8):
            given = gives(TRULY, row(0.0, bit=bit), COM, on(n0=seconds), key(tick, 5))
            assert np.array(given.impulse_body) == pytest.approx(told * push, rel=1e-12, abs=1e-12)
            assert given.used == pytest.approx(told / (9.80665 * NOZZLES.isp[0]), rel=1e-12)


def test_a_pulse_that_lags_gives_more_later_and_a_short_one_less_for_its_propellant():
    """Its impulse and centroid are those of `pulse_of`, its propellant goes by `isp_of_pulse`."""
    times = {"dead_time": 0.01, "rise": 0.004, "decay": 0.012, "half_isp": 0.008}
    given = gives(TRULY, row(0.0, **times), COM, on(n0=0.02), key(7, 5))
    whole, centroid = pulse_of(0.02, PERIOD, 0.01, 0.004, 0.012)
    impulse = NOZZLES.thrust[0] * whole * np.array(NOZZLES.push_body[0])
    assert whole > 0.02 and centroid > 0.02
    assert np.array(given.impulse_body) == pytest.approx(impulse, rel=1e-12, abs=1e-12)
    assert np.array(given.reach_body) == pytest.approx((PERIOD - centroid) * impulse, rel=1e-12, abs=1e-12)
    mass = given.total / (9.80665 * NOZZLES.isp[0] * 0.02 / 0.028)
    assert given.used == pytest.approx(mass, rel=1e-12)
    steady = [gives(TRULY, row(0.0, **more), COM, on(n0=PERIOD), key(7, 5)) for more in (times, {})]
    assert steady[0] == steady[1]


def test_engines_of_one_vehicle_differ_as_they_are_drawn():
    """Of 40 vehicles the bits of their nozzles, from the impulses given: within four standard errors of 30 %."""
    dispersed = case().with_values({"disperse": {"chaser.thrusters.bit": {"normal": 0.3, "within": 0.8}}})
    plan = Mission(dispersed).plan
    rows = draw_rows(plan.draws, plan.nominal, 1, np.arange(40), plan.sampler(40))
    least = NOZZLES.thrust[0] * NOZZLES.least_on[0]
    told = NOZZLES.thrust[0] * 0.05
    bits = [
        (gives(TRULY, given, COM, on(n0=0.05), key(7, 5)).total - told) / least for given in rows
    ]  # fmt: skip
    assert np.abs(bits).max() < 0.8 + 1e-9
    # Cut at 0.8 / 0.3 sigma, a normal keeps 0.969 of its sigma; four standard errors of 40 of them.
    assert np.std(bits) == pytest.approx(0.3 * 0.969, rel=4.0 / np.sqrt(2.0 * 40))


def test_a_nozzle_that_stays_open_is_steady():
    steady = impulses(on(n0=PERIOD), 0.1, 20)
    np.testing.assert_array_equal(steady, np.tile(steady[0], (20, 1)))


def test_a_poor_valve_never_pulls():
    given = impulses(on(n0=0.008), 0.9, 2000) @ np.array(NOZZLES.push_body[0])
    assert given.min() == 0.0 and np.mean(given == 0.0) == pytest.approx(0.133, abs=0.03)


def test_the_flight_software_counts_the_valves_that_move():
    """Each by the square of its least impulse along each body axis; the variance of many pulses agrees."""
    times = on(n0=0.1, n2=0.02, n9=PERIOD, n12=0.009)
    told = np.array(fired(NOZZLES, COM, times, PERIOD).valves_body)
    bits = [NOZZLES.thrust[k] * NOZZLES.least_on[k] * np.array(NOZZLES.push_body[k]) for k in (0, 2, 12)]
    np.testing.assert_allclose(told, np.sum(np.square(bits), axis=0), rtol=1e-12, atol=1e-30)
    spread = np.var(impulses(times, 0.1, 4000), axis=0)
    np.testing.assert_allclose(spread, 0.01 * told, rtol=4.0 * np.sqrt(2.0 / 4000), atol=1e-12)


LEAK = {"fault": float(NozzleFault.LEAK), "fault_until": FOREVER}
PULSES = {"bit": 0.3, "dead_time": 0.01, "rise": 0.02, "decay": 0.03, "half_isp": 0.008}


@pytest.mark.parametrize("size", [0.05, 0.31])
def test_a_closed_valve_leaks_evenly_and_as_no_pulse(size):
    """By its share of the true thrust, centred in the period, at the steady specific impulse; no two ticks differ."""
    given = row(0.1, **PULSES, **LEAK, force=1.02, fault_size=size)
    firing = gives(TRULY, given, COM, on(), key(7, 5))
    impulse = 1.02 * size * PERIOD * NOZZLES.thrust @ NOZZLES.push_body
    arms = NOZZLES.where_body - COM
    each = 1.02 * size * PERIOD * NOZZLES.thrust[:, None] * NOZZLES.push_body
    np.testing.assert_allclose(firing.impulse_body, impulse, atol=1e-10)
    np.testing.assert_allclose(firing.turn_body, np.cross(arms, each).sum(axis=0), atol=1e-10)
    np.testing.assert_allclose(firing.reach_body, 0.5 * PERIOD * impulse, atol=1e-10)
    assert firing.used == pytest.approx((1.02 * size * PERIOD * NOZZLES.thrust / (G0 * NOZZLES.isp)).sum())
    assert gives(TRULY, given, COM, on(), key(8, 6)) == firing


def test_an_open_valve_that_leaks_gives_its_pulse_and_leaks_in_the_rest_of_the_period():
    """Of one nozzle; of one that stays open the leak is nothing."""
    few = one_of(3)
    sound, leaking = (alone(3, row(0.1, **PULSES, **more)) for more in ({}, LEAK))
    for seconds in (0.02, 0.3, PERIOD):
        times = np.array([seconds])
        pulse, both = (gives(few, given, COM, times, key(7, 5)) for given in (sound, leaking))
        leak = LEAK_SHARE * NOZZLES.thrust[3] * (PERIOD - seconds)
        assert both.total - pulse.total == pytest.approx(leak, abs=1e-9)
        late = np.subtract(both.reach_body, pulse.reach_body) @ NOZZLES.push_body[3]
        assert late == pytest.approx(leak * 0.5 * (PERIOD - seconds), abs=1e-9)
        assert both.used - pulse.used == pytest.approx(leak / (G0 * NOZZLES.isp[3]), abs=1e-12)


@pytest.mark.parametrize("seconds", [0.02, 0.3, PERIOD])
def test_a_weak_nozzle_gives_a_share_of_all_it_would_give(seconds):
    """Of its impulse with all errors, by so much less propellant; its centroid stays."""
    few, times = one_of(3), np.array([seconds])
    weak = {"fault": float(NozzleFault.WEAK), "fault_until": FOREVER, "fault_size": 0.4}
    whole, given = (
        gives(few, alone(3, row(0.1, **PULSES, **more)), COM, times, key(7, 5)) for more in ({}, weak)
    )
    for name in ("impulse_body", "turn_body", "reach_body", "total", "used"):
        expected = 0.4 * np.array(getattr(whole, name))
        np.testing.assert_allclose(getattr(given, name), expected, rtol=1e-14, atol=1e-12)


def test_a_size_without_a_fault_changes_no_bit():
    times = on(n0=0.1, n5=0.008, n9=PERIOD)
    given = [gives(TRULY, row(0.1, **PULSES, fault_size=x), COM, times, key(7, 5)) for x in (0.0, 1.0)]
    assert given[0] == given[1]


def one_of(k: int) -> Thrusters:
    """Nozzle k of the vehicle, alone."""
    return Thrusters(
        type(NOZZLES)(*(value[k : k + 1].copy() for value in NOZZLES)),
        TRULY.streams[k : k + 1].copy(),
        TRULY.isolated[k : k + 1].copy(),
    )


def alone(k: int, whole: np.ndarray) -> np.ndarray:
    """A row of nozzle k alone, from one of the vehicle."""
    out = np.zeros(TRUTH + len(THRUSTERS))
    out[TRUTH:] = whole[TRUTH : TRUTH + COUNT * len(THRUSTERS)].reshape(len(THRUSTERS), COUNT)[:, k]
    return out


def test_a_nozzle_keeps_its_pulses_when_others_join_it():
    """The stream is that of its name: the same nozzle behind another gives the same pulses."""
    few = Thrusters(
        type(NOZZLES)(*(value[1:].copy() for value in NOZZLES)),
        TRULY.streams[1:].copy(),
        TRULY.isolated[1:].copy(),
    )
    out = np.zeros(few.streams.size * len(THRUSTERS) + TRUTH)
    whole = row(0.1)[TRUTH : TRUTH + COUNT * len(THRUSTERS)].reshape(len(THRUSTERS), COUNT)
    out[TRUTH:] = whole[:, 1:].ravel()
    times = on(n3=0.01)
    one = gives(TRULY, row(0.1), COM, times, key(7, 5))
    assert gives(few, out, COM, times[1:].copy(), key(7, 5)) == one
    assert one.impulse_body != gives(TRULY, row(0.0), COM, times, key(7, 5)).impulse_body


def test_what_an_abort_shuts_off_gives_nothing_though_it_is_stuck_open():
    """The other nozzle that is stuck open goes on; without an abort both push."""
    shut = np.zeros(COUNT)
    shut[3] = 1.0
    both = gives(TRULY._replace(isolated=shut), row(0.0, fault=2.0, fault_until=1e9), COM, on(), key(7, 5))
    left = gives(
        TRULY._replace(isolated=shut), row(0.0, fault=2.0, fault_until=1e9), COM, on(), key(7, 5), aborts=True
    )
    lost = NOZZLES.thrust[3] * PERIOD * np.array(NOZZLES.push_body[3])
    assert np.subtract(both.impulse_body, left.impulse_body) == pytest.approx(lost, abs=1e-9)
    assert both.used - left.used == pytest.approx(
        NOZZLES.thrust[3] * PERIOD / (9.80665 * NOZZLES.isp[3]), rel=1e-9
    )


@pytest.mark.parametrize("spin", [0.2, 1.0, 6.0, 20.0])
def test_a_chaser_that_spins_fast_is_turned_as_slow_steps_turn_it(spin):
    """A minute in seconds of the flight, about no principal axis, against Runge-Kutta in steps of 0.02 rad."""
    inertia = (9000.0, 24000.0, 27000.0, 150.0, -80.0, 40.0)
    chaser = SimpleNamespace(mass=12000.0, inertia=inertia)
    firing = SimpleNamespace(period=1.0, turn_body=(3.0, -2.0, 1.0))
    q, w = (0.0, 0.0, 0.0, 1.0), (spin, 0.05 * spin, 0.02 * spin)
    p, u = attitude.coast(q, w, inertia, 60.0, firing.turn_body, 1.0)
    far = (4.2e10, 0.0, 0.0)  # no gradient of gravity worth the name
    for _ in range(60):
        state = SimpleNamespace(used=0.0, q_eci_body=q, w_body=w)
        q, w, turned = plain(turned_chaser)(3.986e14, chaser, state, firing, far)
    # What a gyro that adds up its turns must read: the mean of the rate, however often it goes round.
    assert np.linalg.norm(turned) == pytest.approx(np.linalg.norm(u), rel=0.05)
    assert np.linalg.norm(np.subtract(w, u)) < 1e-3 * spin
    assert plain(attitude.angle_between)(q, p) < 0.06 * spin  # of 60 times spin rad that it has turned
