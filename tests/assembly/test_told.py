"""What the flight software is told exactly: found by the quick trial of `rvd check`, and by a slower one here."""

import inspect
from types import SimpleNamespace

import pytest

from rvd.assembly import sensors, told
from rvd.assembly.build import build
from rvd.assembly.nozzle_table import read_nozzles
from rvd.assembly.onboard import means_of, onboard_of
from rvd.assembly.row import nominal_row
from rvd.assembly.told import NOZZLES, changed, dotted, in_effect, in_lines, inside, same, told_exactly
from rvd.assembly.world import environment_of, goal_of, hulls_of, points_of
from rvd.case.paths import PATHS
from rvd.case.table import Table
from rvd.casefile import load
from rvd.core.flight import aboard
from rvd.core.flight.truth import row_names
from rvd.core.flight.world import uplink
from rvd.core.kernel import plain
from rvd.core.signals import Uplink
from rvd.core.vehicle.nozzles import Nozzles
from tests.casefile.small import HTV, small

CASES = sorted(HTV.parent.glob("*.toml"))
DOCKING = HTV.with_name("crew_dragon_docking.toml")
BESIDE = {"chaser.products_of_inertia", "chaser.thrusters", "chaser.thrusters.thrust", "chaser.thrusters.direction",
    "knowledge"}  # fmt: skip
"""What is told and has no key of its own in a case."""


def places(built, drawn=()):
    return [one.place for one in told_exactly(built, drawn)]


def of_key(built, key):
    """The slots of a row that a path draws."""
    return [name for name, dotted in zip(built.names, built.keys, strict=True) if dotted.startswith(key)]


# ---- the trial against a slower one, number by number


def numbers(value, at=()):
    """Where every number of a case stands, each of a list by itself."""
    if isinstance(value, float):
        yield at
    elif isinstance(value, tuple):
        for k, one in enumerate(value):
            yield from numbers(one, (*at, k))
    else:
        for key, one in inside(value).items():
            yield from numbers(one, (*at, key))


def place_of(case, at):
    """A number as it is listed: a part of what can be drawn by itself, else its key."""
    key = dotted([one for one in at if isinstance(one, str)])
    return dotted(at) if key in PATHS else key


def halves(case, means, names):
    """The flight software and the truth of a case, whole."""
    points = points_of(case)
    outside = environment_of(case), points, sensors.mounted(case), hulls_of(case), goal_of(case)
    return in_effect(onboard_of(case, means, points)), (nominal_row(case, names), *outside)


def slowly(case):
    """The places of all numbers of a case whose change changes both halves."""
    table = read_nozzles(case.folder / case.chaser.thrusters)
    means = means_of(case, table)
    names = row_names(table.names[:1], [leg.name for leg in case.leg], sensors.aboard(case))
    onboard, truth = halves(case, means, names)
    found = set()
    for at in numbers(case):
        told_now, true_now = halves(changed(case, at), means, names)
        if not same(told_now, onboard) and not same(true_now, truth):
            found.add(place_of(case, at))
    return found


def value_at(case, place):
    value = case
    for word in place.split("."):
        value = value[word] if isinstance(value, dict) else getattr(value, word)
    return value


def spelt_out(case, listed):
    """The places of a list with each number of what can be drawn by itself."""
    for place in listed:
        value = value_at(case, place) if place in PATHS else None
        yield from [f"{place}.{k}" for k in range(len(value))] if isinstance(value, tuple) else [place]


def is_no_error(case, place):
    """Whether a number is the size of an error that is not flown."""
    key = place if place in PATHS else place.rpartition(".")[0]
    if key not in PATHS or not PATHS[key].mark.noise:
        return False
    value = value_at(case, key)
    return not any(value) if isinstance(value, tuple) else value == 0.0


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_number_that_changes_both_halves_is_listed_and_no_other(path):
    case = load(path)
    listed = set(spelt_out(case, [place for place in places(build(case)) if place not in BESIDE]))
    assert listed == {place for place in slowly(case) if not is_no_error(case, place)}
    assert len(listed) > 30


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_pushes_is_of_the_nozzle_file_alone(path):
    # The trial does not make it anew: that takes most of the time of a set-up.
    case = load(path)
    table = read_nozzles(case.folder / case.chaser.thrusters)
    other = case
    for key, value in inside(case).items():
        if isinstance(value, Table):
            other = changed(other, (key,))
    assert other.chaser.mass != case.chaser.mass and other.navigation.gate != case.navigation.gate
    assert same(means_of(other, table), means_of(case, table))


def test_what_navigation_is_told_tomorrow_is_listed_tomorrow(tmp_path, monkeypatch):
    built = build(small(tmp_path))
    assert "target.raan" not in places(built)

    def told_of_the_node(case, *rest):
        return onboard_of(case, *rest)._replace(sigma_r=case.target.raan)

    monkeypatch.setattr(told, "onboard_of", told_of_the_node)
    later = built._replace(setup=built.setup._replace(onboard=built.setup.onboard._replace(sigma_r=0.0)))
    assert "target.raan" in places(later)


# ---- what is listed


def test_the_htv_case_lists_what_no_line_of_it_draws():
    built = build(load(HTV))
    drawn = [name for entry in built.case.disperse for path in [entry.path] for name in of_key(built, path)]
    found = {one.place: one for one in told_exactly(built, drawn)}
    assert found["target.attitude.period"].words == "15 min, 1,100 s, 1,300 s"
    assert found["chaser.tank"].words == "2.5 m aft"
    assert found["chaser.repeatability"].path == "chaser.thrusters.repeatability"
    assert found["target.drag_area.0"].words == "1,470 m^2 forward"  # guidance expects no other area
    assert found["sensors.laser.where"].path == "" and "sensors.laser.boresight" not in found
    assert found["chaser.thrusters"].words == "place, specific impulse, shortest on-time of all nozzles"
    for place in (
        "chaser.mass",
        "chaser.centre_of_mass",
        "target.altitude",
        "atmosphere.density",
        "knowledge",
    ):
        assert place not in found and place in {one.place for one in told_exactly(built, ())}


def test_a_docking_lists_the_ports_that_it_leads_to_and_no_others():
    listed = places(build(load(DOCKING)))
    assert {"target.ports.forward.at", "chaser.ports.nose.at", "target.ports.forward.reflectors"} <= set(
        listed
    )
    assert not [place for place in listed if "zenith" in place or place.startswith("target.points")]


@pytest.mark.parametrize(
    ("drawn", "gone", "left"),
    [
        ("chaser.mass", ["chaser.mass"], []),
        ("chaser.tank.1", ["chaser.tank"], ["chaser.tank.0", "chaser.tank.2"]),
        ("chaser.products_of_inertia.0", ["chaser.products_of_inertia"], ["chaser.products_of_inertia.1"]),
        ("chaser.thrusters.repeatability", ["chaser.repeatability"], []),
        ("chaser.thrusters.force", ["chaser.thrusters.thrust"], ["chaser.thrusters.direction"]),
        ("chaser.thrusters.tilt_1", ["chaser.thrusters.direction"], ["chaser.thrusters.thrust"]),
        ("sensors.laser.angle_bias", ["sensors.laser.boresight"], ["sensors.laser.where"]),
    ],
)
def test_what_is_drawn_is_not_listed(tmp_path, drawn, gone, left):
    built = build(small(tmp_path))
    slots = [
        name for name, key in zip(built.names, built.keys, strict=True) if f"{key}.".startswith(f"{drawn}.")
    ]
    before, after = places(built), places(built, slots)
    assert slots and set(gone) <= set(before) and not set(gone) & set(after) and set(left) <= set(after)


def test_nozzles_that_are_not_drawn_are_counted(tmp_path):
    built = build(small(tmp_path))
    one = f"chaser.thrusters.force.{built.nozzle_names[0]}"
    (thrust,) = [exact for exact in told_exactly(built, [one]) if exact.path == "chaser.thrusters.force"]
    n = len(built.nozzle_names)
    assert thrust.words == f"of {n - 1} of {n} nozzles"
    assert set(NOZZLES) == set(Nozzles._fields)


def test_noise_that_is_scaled_is_another_than_navigation_is_told(tmp_path):
    built = build(small(tmp_path))
    louder = build(built.case.with_values({"sensors.noise": 1.2}))
    gone = set(places(built)) - set(places(louder))
    assert {"sensors.gps.position", "sensors.laser.range", "sensors.gyro.walk"} <= gone
    assert not [place for place in gone if not place.startswith(("sensors.", "chaser.repeatability"))]


# ---- what has no key


def test_of_the_start_only_place_and_velocity_are_told_with_an_error():
    state = SimpleNamespace(q_eci_body=(0.0, 0.6, 0.0, 0.8), rt_eci=(7e6, 1.0, 2.0), vt_eci=(3.0, 7e3, 4.0))
    geometry = SimpleNamespace(r_hill=(1.0, 2.0, 3.0), v_hill=(0.1, 0.2, 0.3))
    error = dict.fromkeys(("vbar", "rbar", "hbar", "vbar_rate", "rbar_rate", "hbar_rate"), 0.5)
    run = SimpleNamespace(truth=SimpleNamespace(knowledge=SimpleNamespace(**error)))
    said = plain(uplink)(run, SimpleNamespace(state=state, geometry=geometry))
    assert Uplink._fields == ("r_hill", "v_hill", "q_eci_body", "rt_eci", "vt_eci")
    assert said[2:] == (state.q_eci_body, state.rt_eci, state.vt_eci)
    assert said.r_hill != geometry.r_hill and said.v_hill != geometry.v_hill


def test_what_is_taken_to_lead_to_nothing_leads_to_nothing():
    onboard = build(load(HTV)).setup.onboard
    assert onboard.filters.environment.density == 0.0
    assert "drag" not in inspect.getsource(aboard)


# ---- in words


def test_the_lines_are_few_and_say_how_it_ends():
    built = build(load(HTV))
    lines = list(in_lines(told_exactly(built, ())))
    assert len(lines) <= 20
    assert '"target.altitude" = { normal = ... }' in lines[1] and "choice" in lines[1]
    assert any(line.startswith("  target.points: berthing 14.94 m forward") for line in lines)
    assert lines[-1] == "  at the start: what the run drew of the target's orbit and of the chaser's attitude"
