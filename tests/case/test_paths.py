import pytest

from rvd.case.legs import ORDERS
from rvd.case.paths import EACH, FAULTS, PATHS, find_path, known_as, place_of, slots_of
from rvd.casefile.case import Case
from rvd.core.signals import Word
from rvd.core.vehicle.nozzles import NozzleFault
from rvd.errors import CaseError
from rvd.units import same_dimension
from tests.casefile.small import row_names

NAMES = row_names()
FORCE = "chaser.thrusters.force."
NOZZLES = [name.removeprefix(FORCE) for name in NAMES if name.startswith(FORCE)]
# Keys with no number in the plan: their nominal is nothing, or the nozzle file's.
PLANLESS = {
    "start.attitude",
    "start.rate",
    "knowledge",
    "chaser.products_of_inertia",
    "target.products_of_inertia",
}


def test_every_number_of_the_truth_is_reached_by_a_path():
    reached = {slot for path in PATHS.values() for slot in slots_of(path, NAMES)}
    assert reached == set(NAMES)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_path_names_slots_that_there_are(path):
    slots = slots_of(path, NAMES)
    assert set(slots) <= set(NAMES) and len(set(slots)) == len(slots)
    assert len(path.slots) == len(path.parts) == len(path.units)
    assert all(same_dimension(unit, unit) for unit in path.units)
    assert path.unit is None or not path.usual or same_dimension(path.unit, path.usual)


@pytest.mark.parametrize(
    "key",
    [k for k in PATHS if k not in PLANLESS and not k.startswith(("chaser.thrusters", "gates", "command"))],
)
def test_a_path_is_a_key_of_the_case_with_the_same_unit(key):
    from rvd.case.lists import Vector
    from rvd.case.table import inner
    from rvd.case.values import Kind, Quantity

    model, words = Case, key.split(".")
    for word in words[:-1]:
        model = inner(model.model_fields[word].annotation)
    if key == "start":
        assert set(PATHS[key].parts) < set(inner(Case.model_fields["start"].annotation).model_fields)
        return
    field = model.model_fields[words[-1]]
    kinds = [k for k in field.metadata if isinstance(k, Kind)]
    kinds += [
        k for part in getattr(field.annotation, "__args__", ()) for k in getattr(part, "__metadata__", ())
    ]
    kind = kinds[0].of if isinstance(kinds[0], Vector) else kinds[0]
    if PATHS[key].words:
        assert kind.known == PATHS[key].words
        return
    assert isinstance(kind, Quantity)
    assert same_dimension(kind.unit, PATHS[key].unit)
    if isinstance(kinds[0], Vector):
        assert len(kinds[0].axes) == len(PATHS[key].slots)


def test_parts_are_paths_too():
    assert find_path("start.vbar").slots == ("start.vbar",) and find_path("start.vbar_rate").unit == "m/s"
    assert find_path("chaser.centre_of_mass.2").slots == ("chaser.com.2",)
    assert find_path("target.attitude.phase.0").slots == ("target.phase.0",)
    assert find_path("chaser.products_of_inertia.0").slots == ("chaser.inertia.3",)
    assert find_path("chaser.thrusters.force.FA3").slots == ("chaser.thrusters.force.FA3",)
    assert find_path("chaser.thrusters.tilt.FA2").slots == (
        "chaser.thrusters.tilt_1.FA2",
        "chaser.thrusters.tilt_2.FA2",
    )
    assert find_path("gates.delay.A leg. With a point").slots == ("gates.delay.A leg. With a point",)


def test_nozzles_are_spelt_out_in_the_order_of_the_row():
    assert slots_of(find_path("chaser.thrusters.tilt"), NAMES) == tuple(
        f"chaser.thrusters.tilt_{axis}.{nozzle}" for axis in (1, 2) for nozzle in NOZZLES
    )
    assert find_path("chaser.thrusters.force").slots[0].endswith(EACH)


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("chaser.thrusters.force.FA44", 'names a nozzle that is not there; did you mean "FA4"?'),
        ("chaser.thrusters.force.32", "names a nozzle that is not there; write one of FA1, FA2"),
        ("chaser.thrusters.force.-1", "names a nozzle that is not there; write one of FA1, FA2"),
        ("gates.delay.clim", 'names a leg that is not there; did you mean "climb"?'),
        ("gates.delay.2", "names a leg that is not there; write one of wait, transfer, climb"),
    ],
)
def test_a_nozzle_or_a_leg_that_is_not_there_is_refused(key, remedy):
    with pytest.raises(CaseError) as caught:
        slots_of(find_path(key), NAMES)
    assert remedy in str(caught.value)


def test_a_nozzle_goes_by_its_number_too_unless_one_has_that_name():
    assert slots_of(find_path("chaser.thrusters.fault.3"), NAMES) == ("chaser.thrusters.fault.FA4",)
    odd = ("chaser.thrusters.fault.1", "chaser.thrusters.fault.0")
    assert slots_of(find_path("chaser.thrusters.fault.0"), odd) == ("chaser.thrusters.fault.0",)


BRANCHES = {"A": ["FA2", "FA4"], "upper": ["FB1"]}


def test_a_branch_is_all_nozzles_that_its_valve_isolates():
    path = find_path("chaser.thrusters.fault.branch.A")
    assert path.of_branch and not find_path("chaser.thrusters.fault.FA2").of_branch
    assert not find_path("gates.delay.branch.A").of_branch
    assert slots_of(path, NAMES, BRANCHES) == ("chaser.thrusters.fault.FA2", "chaser.thrusters.fault.FA4")
    assert slots_of(find_path("chaser.thrusters.tilt.branch.upper"), NAMES, BRANCHES) == (
        "chaser.thrusters.tilt_1.FB1",
        "chaser.thrusters.tilt_2.FB1",
    )


@pytest.mark.parametrize(
    ("key", "branches", "remedy"),
    [
        (
            "fault.branch.A",
            {},
            "names a branch, and the nozzle file has no column branch; add it, with what each",
        ),
        ("fault.branch.uper", BRANCHES, 'names a branch that is not there; did you mean "upper"?'),
        ("force.branch.B", BRANCHES, "names a branch that is not there; write one of A, upper"),
    ],
)
def test_a_branch_that_is_not_there_is_refused(key, branches, remedy):
    with pytest.raises(CaseError) as caught:
        slots_of(find_path(f"chaser.thrusters.{key}"), NAMES, branches)
    assert f'"chaser.thrusters.{key}" {remedy}' in str(caught.value)


def test_every_slot_is_known_by_its_own_key():
    keys = [known_as(name).dotted for name in NAMES]
    assert len(set(keys)) == len(keys)
    for name, key in zip(NAMES, keys, strict=True):
        assert slots_of(find_path(key), NAMES) == (name,)
        assert place_of(key, keys) == keys.index(key)
    known = dict(zip(NAMES, keys, strict=True))
    assert known["chaser.com.1"] == "chaser.centre_of_mass.1"
    assert known["chaser.inertia.4"] == "chaser.products_of_inertia.1"
    assert known["target.bias.0"] == "target.attitude.bias.0" and known["arm.time.2"] == "goal.time.2"
    assert known["sensors.gps.delivery.dropout"] == "sensors.gps.dropout"
    assert known["chaser.thrusters.tilt_1.MB2"] == "chaser.thrusters.tilt_1.MB2"
    assert place_of("chaser.thrusters.fault.3", keys) == keys.index("chaser.thrusters.fault.FA4")
    assert place_of("chaser.com.1", keys) == place_of("chaser.thrusters.tilt.FA1", keys) == -1


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("chaser.mas", 'did you mean "chaser.mass"?'),
        ("chaser.com", None),
        ("sensors.gps.bias.3", 'did you mean "sensors.gps.bias.2"?'),
        ("start.xbar", 'did you mean "start.vbar"?'),
        ("chaser", None),
        ("", None),
        ("chaser.mass.0", 'did you mean "chaser.mass"?'),
        ("name", None),
    ],
)
def test_what_cannot_be_dispersed_is_refused(key, remedy):
    with pytest.raises(CaseError, match="is nothing that can be dispersed") as caught:
        find_path(key)
    assert caught.value.remedy and remedy in (None, caught.value.remedy)


def test_the_words_of_faults_are_the_row_s_numbers():
    assert [fault.name.lower().replace("_", "-") for fault in NozzleFault] == list(FAULTS)


def test_the_words_of_orders_are_the_row_s_numbers():
    assert [word.name.lower().replace("_", "-") for word in Word] == list(ORDERS)
