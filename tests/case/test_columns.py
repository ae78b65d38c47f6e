import pytest

from rvd.assembly.flyer import REASON, TALLY
from rvd.case.columns import column
from rvd.case.paths import known_as
from rvd.case.requirement import unit_of
from rvd.case.results import HISTORY, LOGGED, QUANTITIES, RESULTS
from rvd.core.flight.history import HISTORY as COLUMNS_OF_A_HISTORY
from rvd.core.safety.passive import PassiveSafety
from rvd.units import same_dimension
from tests.casefile.small import row_names

NAMES = [known_as(name).dotted for name in row_names()]


def test_every_result_that_can_be_required_is_told_with_its_unit():
    assert all(unit_of(name) == RESULTS[name].unit for name in QUANTITIES)
    assert all(column(f"{name}.RI to 250 m").unit == unit_of(f"{name}.RI to 250 m") for name in LOGGED)


def test_every_column_of_a_history_and_of_a_flight_s_results_is_told():
    assert tuple(HISTORY) == COLUMNS_OF_A_HISTORY
    assert all(same_dimension(unit, unit) and meaning for unit, meaning, _ in HISTORY.values())
    assert {*TALLY, *REASON, *PassiveSafety._fields, "outcome", "captured", "leg", "alarm"} <= set(RESULTS)


def test_every_number_of_a_row_is_told_with_its_unit():
    told = {name: column(name) for name in NAMES}
    assert len({it.meaning for it in told.values()}) > 0.95 * len(told)
    for name, (unit, meaning, _) in told.items():
        assert meaning.startswith("drawn: ") and not meaning.endswith(": "), name
        assert not unit or same_dimension(unit, unit)


@pytest.mark.parametrize(
    ("name", "unit", "words"),
    [
        ("start.vbar", "m", "start.vbar: along V-bar, positive ahead"),
        ("start.rbar_rate", "m/s", "start.rbar_rate: velocity along R-bar"),
        ("knowledge.hbar", "m", "knowledge.hbar: error of navigation's first belief"),
        ("chaser.mass", "kg", "chaser.mass: propellant included"),
        ("chaser.centre_of_mass.1", "m", "chaser.centre_of_mass, starboard: from the body origin"),
        ("target.attitude.bias.2", "rad", "target.attitude.bias, down: constant error of the attitude"),
        (
            "sensors.laser.angle_bias.0",
            "rad",
            "sensors.laser.angle_bias, azimuth: constant error of the angles",
        ),
        ("sensors.gps.latency", "s", "sensors.gps.latency: from the moment a reading is taken"),
        ("sensors.gps.out_since", "s", "sensors.gps.out_since: start of a failure"),
        (
            "chaser.thrusters.fault.FA4",
            "",
            "chaser.thrusters.fault: fault (0 none, 1 stuck off",
        ),
        ("gates.delay.wait", "s", "gates.delay: from ready until the answer at the gate of leg wait arrives"),
        ("command.1.at", "s", "command.1.at: when, from the epoch"),
        ("atmosphere.density", "kg/m^3", "atmosphere.density: at the target's altitude"),
    ],
)
def test_a_drawn_number_is_told_as_the_case_file_tells_it(name, unit, words):
    assert column(name).unit == unit and column(name).meaning.startswith(f"drawn: {words}")
