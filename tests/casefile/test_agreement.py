import pytest

from rvd.casefile import load
from rvd.errors import CaseError
from tests.casefile.small import SMALL, edited, line_with, save

CLIMB = 'speed = ["0.15 m/s", "0.06 m/s"]'
MISTAKES = [
    # The legs.
    ('law = "hold"', 'law = "drift"', "leg.wait.law", "the first leg is a free drift"),
    ('name = "climb"', 'name = "wait"', "leg 3.name", '"wait" is already leg 1'),
    ('name = "climb"', 'name = "abort"', "leg.abort.name", '"abort" is already the abort'),
    (
        'at_most = "30 min"',
        'at_most = "30 min"\nat_least = "31 min"',
        "leg.wait.at_least",
        "at_least 1860 s is longer than at_most 1800 s",
    ),
    (
        'at_most = "30 min"',
        'at_most = "301 min"',
        "leg.wait.at_most",
        '"wait" may last 18060 s, longer than the flight',
    ),
    ('arrived = ["50 m", "0.1 m/s", "2 deg"]', "", "leg.wait.arrived", "a hold needs its tolerances"),
    ('arrived = ["1 m", "0.03 m/s", "2 deg"]', "", "leg.climb.arrived", "a glideslope needs its tolerances"),
    ('time = "63 min"', "", "leg.transfer.time", "a two-impulse transfer needs its time"),
    (
        'time = "63 min"',
        'time = "39 min"',
        "leg.transfer.midcourse",
        "the midcourse at 2400 s is not before the end at 2340 s",
    ),
    (
        'time = "63 min"',
        'time = "81 min"',
        "leg.transfer.at_most",
        "at_most 4800 s ends the leg before its transfer",
    ),
    ('aim = { vbar = "1500 m", rbar = "800 m" }', "", "leg.transfer.aim", "needs where it aims first"),
    ('midcourse = "40 min"', "", "leg.transfer.midcourse", "needs a midcourse"),
    (
        'to = { rbar = "10 m" }\n',
        'to = { rbar = "10 m" }\naim = { rbar = "9 m" }\n',
        "leg.climb.aim",
        "a glideslope has no aim",
    ),
    (CLIMB, "", "leg.climb.speed", "a glideslope needs its speed"),
    (CLIMB, 'speed = "0.15 m/s"', "leg.climb.speed", "a glideslope slows down"),
    (CLIMB, 'speed = ["0.15 m/s", "0 m/s"]', "leg.climb.speed", "a glideslope slows down"),
    (CLIMB, 'speed = ["0.06 m/s", "0.15 m/s"]', "leg.climb.speed", "a glideslope slows down"),
    ('law = "glideslope"', 'law = "straight"', "leg.climb.speed", "a straight line has one speed"),
    ('law = "glideslope"', 'law = "hold"', "leg.climb.speed", "a hold has no speed"),
    (
        'law = "glideslope"\n',
        'law = "glideslope"\ndv = { rbar = "1 m/s" }\n',
        "leg.climb.dv",
        "has no burn of its own",
    ),
    ('law = "two-impulse"', 'law = "retreat"', "leg.transfer.dv", "a retreat needs its burn"),
    (
        'law = "two-impulse"\naim = { vbar = "1500 m", rbar = "800 m" }\nto = { rbar = "500 m" }\ntime = "63 min"\n'
        'midcourse = "40 min"\n',
        'law = "drift"\nto = { rbar = "500 m" }\n',
        "leg.climb",
        'no leg leads to "climb" after the free drift',
    ),
    (
        'dv = { rbar = "0.3 m/s", vbar = "-0.3 m/s" }\ntime = "10 min"\nrate = "1 Hz"\ncontrol = "far"',
        'dv = { rbar = "0.3 m/s", vbar = "-0.3 m/s" }\ntime = "10 min"\nrate = "1 Hz"\ncontrol = "fra"',
        "abort.control",
        "there is no [control.fra]",
    ),
    ("[nozzles.burn]", "[nozzles.burns]", "leg.wait.nozzles", "there is no [nozzles.burn]"),
    # The bodies.
    (
        'propellant = "1200 kg"',
        'propellant = "16000 kg"',
        "chaser.propellant",
        "16000 kg of propellant is not less than the mass",
    ),
    (
        'laser_age = "60 s"',
        'then = { laser_age = "hold" }',
        "monitors.then.laser_age",
        "no monitor watches laser_age",
    ),
    (
        'laser_age = "60 s"',
        'laser_age = "60 s"\nthen = { laser_age = "retreat" }',
        "monitors.then.laser_age",
        "no leg has a fallback to retreat to",
    ),
    ('reserve = "300 kg"', 'reserve = "1200 kg"', "monitors.reserve", "the reserve 1200 kg is not less than"),
    ('"37500 kg m^2"', '"375000 kg m^2"', "chaser.inertia", "larger than the other two together"),
    (
        '{ within = "1 km", at_most = "1.5 m/s" },',
        '{ within = "1 km", at_most = "1.5 m/s" },' * 4,
        "rules.speed.steps",
        "more than 4 steps",
    ),
    (
        "[goal]\n",
        '[rules.apart]\nkind = "hull"\nat_least = "1 m"\n\n[goal]\n',
        "rules.apart",
        "the target has none",
    ),
    # The sensors.
    (
        'within = "520 m"',
        'within = "520 m"\nbeyond = "520 m"',
        "sensors.laser.beyond",
        "is not less than within 520 m",
    ),
    (
        'within = "520 m"',
        'within = "520 m"\nout_until = "2 h"',
        "sensors.laser.out_until",
        "is not after its start",
    ),
    (
        'position = "3 m"',
        'position = "3 m"\nout_since = "2 h"\nout_until = "1 h"',
        "sensors.gps.out_until",
        "is not after its start",
    ),
    (
        'position = "3 m"',
        'position = "3 m"\nlatency = "1.5 s"',
        "sensors.gps.latency",
        "a latency of 1.5 s is longer than the period of 1 s",
    ),
    (
        'position = "3 m"',
        'position = "3 m"\nfault = "stuck"',
        "sensors.gps.fault",
        '"stuck" is not a way to fail',
    ),
    (
        'position = "3 m"',
        'position = "3 m"\nfault = "frozen"\nfault_since = "2 h"\nfault_until = "1 h"',
        "sensors.gps.fault_until",
        "the end of the fault is not after its start",
    ),
    (
        'position = "3 m"',
        'position = "3 m"\nfault = "frozen"\nfault_size = 5',
        "sensors.gps.fault_size",
        "a sensor that is frozen errs by no size",
    ),
    (
        'position = "3 m"',
        'position = "3 m"\nfault = "ramp"\nfault_since = "1 h"',
        "sensors.gps.fault",
        "a ramp of no size is no fault",
    ),
    (
        'position = "3 m"',
        'position = "3 m"\nfault = "noise"\nfault_size = -2',
        "sensors.gps.fault_size",
        "noise is not multiplied by -2",
    ),
    (
        'position = "3 m"',
        'position = "3 m"\nfault_since = "1 h"',
        "sensors.gps.fault",
        "there is no fault that this is of",
    ),
    # What differs.
    (
        '"target.altitude" =',
        '"sensors.star_tracker.cross" = { normal = "1 deg" }\nx =',
        "disperse.sensors.star_tracker.cross",
        "there is no [sensors.star_tracker] aboard",
    ),
    ('"chaser.mass" =', '"start.rbar" =', "disperse.start.rbar", "a percentage of zero changes nothing"),
    (
        '"chaser.mass" =',
        '"knowledge.rbar" =',
        "disperse.knowledge.rbar",
        "a percentage of zero changes nothing",
    ),
    (
        '"chaser.mass" =',
        '"chaser.tank.0" =',
        "disperse.chaser.tank.0",
        "a percentage of zero changes nothing",
    ),
    (
        '"chaser.mass" =',
        '"sensors.gps.out_since" =',
        "disperse.sensors.gps.out_since",
        "the plan has no time there that could vary",
    ),
    (
        '"chaser.mass" =',
        '"chaser.thrusters.tilt_1.3" =',
        "disperse.chaser.thrusters.tilt_1.3",
        "a percentage of zero changes nothing",
    ),
    ('"chaser.mass" = {', '"start.vbar" = {', "disperse.start.vbar", '"start" disperses the same number'),
    (
        '"target.altitude" = { normal = "1 km", within = "3 km" }',
        '"chaser.thrusters.tilt_1.3" = { normal = "1 deg" }',
        "disperse.chaser.thrusters.tilt_1.3",
        '"chaser.thrusters.tilt" disperses the same number',
    ),
    (
        '"chaser.thrusters.tilt" = { normal = "0.25 deg" }\n',
        '"chaser.thrusters.tilt.3" = { normal = "0.25 deg" }\n"chaser.thrusters.tilt_2" = { normal = "1 deg" }\n',
        "disperse.chaser.thrusters.tilt_2",
        '"chaser.thrusters.tilt.3" disperses the same number',
    ),
]


@pytest.mark.parametrize(("old", "new", "key", "what"), MISTAKES)
def test_keys_that_do_not_fit_one_another_are_refused(tmp_path, old, new, key, what):
    text = edited(old, new) if SMALL.count(old) == 1 else SMALL.replace(old, new, 1)
    with pytest.raises(CaseError) as caught:
        load(save(tmp_path, text))
    every = [caught.value, *getattr(caught.value, "others", ())]
    error = next((one for one in every if one.key == key), None)
    assert error is not None, [one.key for one in every]
    assert what in error.what and error.remedy
    assert error.line > 0 and all(one.line <= len(text.splitlines()) for one in every)


def test_a_fault_between_keys_stands_at_the_key(tmp_path):
    text = edited(CLIMB, 'speed = "0.15 m/s"')
    with pytest.raises(CaseError) as caught:
        load(save(tmp_path, text))
    assert caught.value.line == line_with('speed = "0.15 m/s"', text)
    assert caught.value.key == "leg.climb.speed"


def test_two_lines_of_different_nozzles_are_no_rivals(tmp_path):
    text = edited('"chaser.thrusters.tilt" =', '"chaser.thrusters.tilt.1" =')
    text = text.replace(
        '"target.altitude"', '"chaser.thrusters.tilt.2" = { normal = "1 deg" }\n"target.altitude"'
    )
    assert len(load(save(tmp_path, text)).disperse) == 5


def test_no_leg_at_all_is_said(tmp_path):
    head, _, rest = SMALL.partition("[[leg]]")
    text = head.replace("[target]", "leg = []\n\n[target]", 1) + rest[rest.index("[abort]") :]
    with pytest.raises(CaseError, match="there is no leg"):
        load(save(tmp_path, text))


def test_without_a_sensor_that_measures_where_the_chaser_is_there_is_no_case(tmp_path):
    whole = load(save(tmp_path, SMALL))
    with pytest.raises(CaseError) as caught:
        whole.with_values({"sensors.gps": None, "sensors.laser": None})
    assert caught.value.key == "sensors" and "nothing measures where the chaser is" in caught.value.what


def test_a_leg_that_needs_a_laser_needs_one_aboard(tmp_path):
    whole = load(save(tmp_path, SMALL))
    with pytest.raises(CaseError) as caught:
        whole.with_values({"leg.climb.needs": "laser", "sensors.laser": None})
    assert caught.value.key == "leg.climb.needs" and "none is aboard" in caught.value.what


def test_what_hides_a_reflector_is_there(tmp_path):
    case = load(save(tmp_path, SMALL))
    with pytest.raises(CaseError, match="the target has no hull that could hide a reflector") as caught:
        case.with_values({"sensors.laser.hidden_by": "hull"})
    assert caught.value.key == "sensors.laser.hidden_by"
    hull = {"target.hull": {"body": {"from": [0.0, 0.0, 0.0], "radius": 2.0}}}
    assert case.with_values(hull | {"sensors.laser.hidden_by": "hull"}).sensors.laser.hidden_by == "hull"


def test_a_fault_that_is_drawn_has_a_size_too(tmp_path):
    case = load(save(tmp_path, SMALL))
    drawn = {"disperse.sensors.gps.fault": {"choice": ["none", "noise"]}}
    with pytest.raises(CaseError, match="a noise of no size is drawn; write fault_size = 5 in"):
        case.with_values(drawn)
    case.with_values(drawn | {"sensors.gps.fault_size": 5.0})
    case.with_values(drawn | {"disperse.sensors.gps.fault_size": {"uniform": [3.0, 9.0]}})
    case.with_values({"disperse.sensors.gps.fault": {"choice": ["none", "silent"]}})
