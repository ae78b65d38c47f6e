import re

import pytest
from pydantic import BaseModel

from rvd.case.lists import Mixed, Pair, Several, Vector
from rvd.case.values import Kind, Quantity
from rvd.case.words import Direction, Instant, Whole, Word
from rvd.casefile import Case, load, say
from tests.casefile.small import HTV, SMALL, edited, save, small


def test_the_small_case_is_said_back_whole(tmp_path):
    said = say(small(tmp_path)).splitlines()
    for line in (
        "small",
        "  station at 410 km, inclination 51.6 deg, 420,000 kg",
        "  freighter: 15,500 kg with 1,200 kg of propellant; nozzles of nozzles.csv",
        "  begins 9 August 2013, 07:57:00 UTC; a flight longer than 5 h is over",
        "  the grapple fixture starts 5,000 m behind, at rest",
        "  the berthing point is 15 m forward and 5 m down of station's centre of mass",
        "  2. transfer: two impulses in 63 min to 500 m below, aiming first at 1,500 m ahead and 800 m below, "
        "the midcourse after 40 min; burns of at most 0.014 m/s^2 (default); at most 80 min; level; "
        "may enter the approach ellipsoid; 1 Hz, gains far, nozzles burn",
        "  not aboard: star_tracker",
        "  start: normal together, vbar 20 m, rbar_rate 0.02 m/s, correlated",
        "  chaser.mass: normal, 0.5 % of the nominal",
        "  chaser.thrusters.tilt: normal, 0.25 deg each by itself",
        "  target.altitude: normal, 1,000 m, cut at 3,000 m",
        "  captured in at least 99.73 % of runs, at 90 % confidence",
        "  propellant_used at most 300 kg in at least 99 % of runs, at 90 % confidence",
        "  judged on 200 runs of seed 7",
        "  target.eccentricity = 0",
        "  sensors.laser.scale = 0",
    ):
        assert line in said, line


def test_how_a_sensor_fails_is_said(tmp_path):
    def said(sensor: str, **known) -> str:
        values = {f"sensors.{sensor}.{key}": value for key, value in known.items()}
        lines = say(small(tmp_path).with_values(values)).splitlines()
        return next(
            line for line in lines if (sensor in line.lower() and "every" in line) or f"  {sensor}," in line
        )

    since = {"fault_since": 3600.0}
    assert said("gyro", fault="frozen", **since).endswith("; frozen from 60 min on")
    assert said("gyro", fault="silent", fault_until=7200.0).endswith("; silent from 0 s to 2 h")
    assert said("gps", fault="ramp", fault_size=5.0, **since).endswith(
        "; off by 5 sigmas more every minute from 60 min on"
    )
    assert said("laser", fault="bias", fault_size=-5.0, **since).endswith("; off by -5 sigmas from 60 min on")
    noisy = said("laser", fault="noise", fault_size=20.0, out_since=60.0, **since)
    assert noisy.endswith("; out from 60 s on; 20 times as noisy from 60 min on")
    assert ";" not in said("gyro")


def test_what_is_lost_and_late_is_said(tmp_path):
    case = small(tmp_path)
    assert " s late" not in say(case)
    late = case.with_values(
        {"sensors.gps.latency": 0.5, "sensors.laser.dropout": 0.02, "sensors.laser.time_bias": 0.01}
    )
    assert "0.02 m/s, 0.5 s late\n" in say(late)
    near = case.with_values(
        {"sensors.gps.multipath": 4.0, "sensors.gps.blocked_within": 30.0, "sensors.laser.sun_exclusion": 0.1}
    )
    assert "0.02 m/s, multipath of 4 m within 100 m, none within 30 m\n" in say(near)
    assert "0.03 deg, blind within 5.72958 deg of the Sun\n" in say(near)
    assert "0.03 deg, 0.01 s older than tagged, 2 % lost\n" in say(late)


def test_a_wrong_sign_is_seen(tmp_path):
    case = small(tmp_path)
    assert "starts 5,000 m ahead" in say(case.with_values({"start.vbar": 5000.0}))
    assert "to 500 m above, aiming" in say(case.with_values({"leg.transfer.to.rbar": -500.0}))
    assert "burns 0.3 m/s forward and 0.3 m/s down" in say(case.with_values({"abort.dv.vbar": 0.3}))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"chaser.mass" = { uniform = ["-5 %", "5 %"] }', "chaser.mass: uniform from -5 % to 5 %"),
        (
            '"chaser.mass" = { triangular = ["15 kg", "16 kg", "18 kg"] }',
            "chaser.mass: triangular from 15 kg to 18 kg, most likely 16 kg",
        ),
        (
            '"chaser.mass" = { normal = "1 %", within = "3 %" }',
            "chaser.mass: normal, 1 % of the nominal, cut at 3 % of the nominal",
        ),
        (
            '"chaser.mass" = { lognormal = "40 %", every = 1000 }',
            "chaser.mass: lognormal, 40 % of the nominal, the same for 1,000 runs",
        ),
        (
            '"chaser.mass" = { choice = ["15 kg", "16 kg"], weights = [1, 3] }',
            "chaser.mass: one of 15 kg (25 %), 16 kg (75 %)",
        ),
        (
            '"chaser.thrusters.fault.branch.A" = { choice = ["none", "stuck-off"] }',
            "chaser.thrusters.fault.branch.A: one of none, stuck-off all alike",
        ),
        (
            '"chaser.thrusters.fault_since" = { exponential = "1e-4 1/h" }',
            "chaser.thrusters.fault_since: exponential, 0.0001 per hour each by itself",
        ),
        (
            '"chaser.thrusters.fault" = { choice = ["none", "leak"] }',
            "chaser.thrusters.fault: one of none, leak each by itself",
        ),
        (
            '"chaser.thrusters.force" = { normal = "1 %", common = true }',
            "chaser.thrusters.force: normal, 1 % of the nominal all alike",
        ),
        ('"sensors.laser.field" = { normal = "2 deg" }', "sensors.laser.field: normal, 2 deg"),
    ],
)
def test_a_dispersion_is_said(tmp_path, line, words):
    case = load(save(tmp_path, edited('"chaser.mass" = { normal = "0.5 %" }', line)))
    assert f"  {words}" in say(case).splitlines()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('what = "contact"\nat_most = "0.1 %"', "contact in at most 0.1 % of runs, at 90 % confidence"),
        (
            'what = ["captured", { what = "t_end", at_most = "4 h" }]\nat_least = 0.9',
            "captured and t_end at most 14400 s in at least 90 % of runs",
        ),
        (
            'what = "closest"\nat_least = "1 m"\nat_most = "9 m"\nshare = 1',
            "closest at least 1 m and at most 9 m in every run flown",
        ),
        (
            'what = "closest"\nat_least = "1 m"\nshare = 0.9\nof = "captured"',
            "closest at least 1 m in at least 90 % of runs that were captured",
        ),
    ],
)
def test_a_requirement_is_said(tmp_path, table, words):
    case = load(save(tmp_path, edited('what = "captured"\nat_least = 0.9973', table)))
    assert f"  {words}" in say(case)


# ---- nothing is left out


def nudged(kind, value):
    """Another value of a kind, a little off."""
    if isinstance(kind, Quantity):
        return value * 0.97 if value else 1e-3
    if isinstance(kind, Vector):
        return [nudged(kind.of, value[0]), *value[1:]]
    if isinstance(kind, Pair):
        return [nudged(kind.of, x) for x in value]
    if isinstance(kind, Mixed):
        return [nudged(one, x) for one, x in zip(kind.of, value, strict=True)]
    if isinstance(kind, Several):
        if not value:
            return None  # nothing of it is given
        return (
            (["A"] if "B" in value else ["B"])
            if isinstance(kind.of, Word) and not kind.of.known
            else [nudged(kind.of, value[0]), *value[1:]]
        )
    if isinstance(kind, Direction):
        return [0.0, 0.6, 0.8]
    if isinstance(kind, Word):
        return next((word for word in kind.known if word != value), f"{value}x")
    if isinstance(kind, Whole):
        return value + 1
    return None if isinstance(kind, Instant) else value


def keys(path, model):
    """Path, kind and value of every key of a case that holds a value."""
    for name, field in type(model).model_fields.items():
        value, here = getattr(model, name), f"{path}.{field.alias or name}".lstrip(".")
        inside = [
            k for part in getattr(field.annotation, "__args__", ()) for k in getattr(part, "__metadata__", ())
        ]
        kinds = [k for k in [*field.metadata, *inside] if isinstance(k, Kind)]
        if isinstance(value, BaseModel):
            yield from keys(here, value)
        elif isinstance(value, dict):
            for word, one in value.items():
                yield from keys(f"{here}.{word}", one)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            for k, one in enumerate(value):
                yield from keys(f"{here}.{k}", one)
        elif kinds and value is not None and nudged(kinds[0], value) not in (None, value):
            yield here, kinds[0], value


# What a leg's law does not read is not said of it; names, laws and files lead elsewhere.
UNSAID = {
    "time",
    "midcourse",
    "speed",
    "dv",
    "acceleration",
    "braking",
    "slew_rate",
    "settle",
    "law",
    "thrusters",
    "schema",
}


@pytest.mark.parametrize("path", [HTV, None], ids=["htv", "small"])
def test_whatever_changes_in_a_case_changes_what_is_said(tmp_path, path):
    case = load(path) if path else small(tmp_path)
    said, unsaid, tried = say(case), [], 0
    for key, kind, value in keys("", case):
        words = key.split(".")
        if UNSAID & set(words) or words[-1] in ("control", "nozzles", "needs", "tries"):
            continue
        if words[0] == "leg" and words[-1] == "arrived" and not case.leg[int(words[1])].settles:
            continue
        try:
            other = case.with_values({key: nudged(kind, value)})
        except ValueError as error:
            raise AssertionError(key) from error
        except Exception as error:
            # A nudge may break an agreement between keys; then the key was not changed.
            assert type(error).__name__ in ("CaseError", "ManyFaultsError"), key
            continue
        tried += 1
        if say(other) == said:
            unsaid.append(key)
    assert unsaid == []
    assert tried > 100


def test_saying_needs_no_numbers_of_the_file_s_own_units(tmp_path):
    assert say(load(save(tmp_path, SMALL))) == say(load(save(tmp_path, small(tmp_path).with_values({}).text)))


def test_no_record_is_said_as_python_writes_it():
    assert not re.search(r"\w+\(\w+=", say(load(HTV)))


def test_the_case_is_what_is_said():
    assert isinstance(load(HTV), Case) and say(load(HTV)).startswith("HTV-4 R-bar berthing\n")


@pytest.mark.parametrize("nozzle", ["FA4", "3"])
def test_a_nozzle_is_said_by_its_name(tmp_path, nozzle):
    text = edited('"chaser.thrusters.tilt" =', f'"chaser.thrusters.tilt.{nozzle}" =')
    assert "  chaser.thrusters.tilt.FA4: normal, 0.25 deg" in say(
        load(save(tmp_path, text)), ["FA1", "FA2", "FA3", "FA4"]
    )
