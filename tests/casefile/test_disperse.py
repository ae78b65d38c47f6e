import math

import pytest

from rvd.case.dispersion import DisperseEntry
from rvd.casefile import load
from rvd.casefile.disperse import read_entry
from rvd.errors import CaseError
from rvd.montecarlo.mission import spelt_out as draws
from tests.casefile.small import edited, line_with, row_names, save, small

DEG = math.radians(1.0)
THREE = {"vbar": "1 m", "rbar": "1 m", "hbar": "1 m"}
IMPOSSIBLE = [["vbar", "rbar", 0.9], ["rbar", "hbar", 0.9], ["vbar", "hbar", -0.9]]


@pytest.mark.parametrize(
    ("key", "line", "kind", "numbers", "how"),
    [
        ("start.vbar", {"normal": "50 m"}, "normal", (50.0,), "add"),
        ("chaser.mass", {"normal": "3 %"}, "normal", (0.03,), "multiply"),
        ("chaser.mass", {"normal": "20 kg", "within": "60 kg"}, "truncated", (20.0, -60.0, 60.0), "add"),
        ("chaser.mass", {"normal": "1 %", "within": "3 %"}, "truncated", (0.01, 0.97, 1.03), "multiply"),
        ("target.latitude", {"uniform": ["0 deg", "90 deg"]}, "uniform", (0.0, 90.0 * DEG), "put"),
        ("chaser.mass", {"uniform": ["-5 %", "5 %"]}, "uniform", (0.95, 1.05), "multiply"),
        ("chaser.mass", {"triangular": ["1 tn", "2 tn", "4 tn"]}, None, None, None),
        ("chaser.mass", {"triangular": ["1 t", "2 t", "4 t"]}, "triangular", (1e3, 2e3, 4e3), "put"),
        ("chaser.mass", {"triangular": ["1 kg", "2 kg", "4 kg"]}, "triangular", (1.0, 2.0, 4.0), "put"),
        ("atmosphere.density", {"lognormal": "40 %"}, "lognormal", (0.4,), "multiply"),
        ("atmosphere.density", {"lognormal": 0.4}, "lognormal", (0.4,), "multiply"),
        ("chaser.thrusters.fault_since", {"exponential": "0.36 1/h"}, "exponential", (1e-4,), "put"),
        ("sensors.gps.out_since", {"exponential": "2 1/d"}, "exponential", (2.0 / 86400.0,), "put"),
        ("sensors.gps.bias.0", {"choice": ["0 m", "5 m"]}, "choice", (0.0, 5.0), "put"),
        (
            "chaser.thrusters.fault",
            {"choice": ["none", "stuck-off", "leak"]},
            "choice",
            (0.0, 1.0, 3.0),
            "put",
        ),
        ("sensors.accelerometer.scale", {"normal": "175e-6"}, "normal", (175e-6,), "add"),
        ("sensors.accelerometer.scale", {"normal": 175e-6}, "normal", (175e-6,), "add"),
        ("sensors.accelerometer.scale", {"normal": "175 ppm"}, "normal", (175e-6,), "multiply"),
        ("sensors.accelerometer.scale", {"normal": "1%"}, "normal", (0.01,), "multiply"),
        ("sensors.laser.field", {"normal": "2 deg"}, "normal", (2.0 * DEG,), "add"),
        ("sensors.laser.field", {"normal": "2 %"}, "normal", (0.02,), "multiply"),
        (
            "sensors.laser.field",
            {"uniform": ["20 deg", "40 deg"]},
            "uniform",
            (20.0 * DEG, 40.0 * DEG),
            "put",
        ),
    ],
)
def test_a_line_becomes_plain_si(key, line, kind, numbers, how):
    if kind is None:
        with pytest.raises(CaseError, match="no unit known"):
            read_entry(key, line)
        return
    entry = read_entry(key, line)
    assert (entry.path, entry.kind, entry.how) == (key, kind, how)
    assert entry.numbers == pytest.approx(numbers, rel=1e-15)


def test_a_group_has_the_covariance_of_its_sigmas_and_correlations():
    line = {
        "sigma": {"vbar": "20 m", "rbar": "10 m", "rbar_rate": "0.02 m/s"},
        "correlation": [["vbar", "rbar_rate", -0.5], ["rbar", "vbar", "25 %"]],
    }
    entry = read_entry("start", line)
    assert entry.slots == ("start.vbar", "start.rbar", "start.rbar_rate")
    assert entry.kind == "group" and entry.how == "add"
    assert entry.covariance == ((400.0, 50.0, -0.2), (50.0, 100.0, 0.0), (-0.2, 0.0, 0.0004))


def test_a_covariance_may_be_written_in_any_order_or_for_a_vector():
    entry = read_entry("start", {"covariance": [[4e-4, -0.2], [-0.2, 400]], "order": ["rbar_rate", "vbar"]})
    assert entry.slots == ("start.rbar_rate", "start.vbar") and entry.covariance[1] == (-0.2, 400.0)
    vector = read_entry("chaser.centre_of_mass", {"covariance": [[1, 0, 0], [0, 1, 0], [0, 0, 1]]})
    assert vector.slots == ("chaser.com.0", "chaser.com.1", "chaser.com.2")


def test_beside_a_distribution():
    entry = read_entry("chaser.thrusters.force", {"normal": "1 %", "common": True, "every": 50})
    assert entry.common and entry.every == 50
    assert read_entry("sensors.gps.bias", {"choice": ["0 m", "1 m"], "weights": [3, 1]}).weights == (3.0, 1.0)


@pytest.mark.parametrize(
    ("key", "line", "what"),
    [
        ("chaser.mass", "3 %", 'stands where a distribution belongs; write { normal = "3 %" }'),
        ("chaser.mass", "78 kg", 'stands where a distribution belongs; write { normal = "78 kg" }'),
        ("chaser.mass", {}, "no distribution given where one"),
        ("chaser.mass", {"normal": "3 %", "uniform": ["1 kg", "2 kg"]}, "normal and uniform given where one"),
        ("chaser.mass", {"gauss": "3 %"}, '"gauss" is no distribution'),
        ("chaser.mass", {"normal": "3 %", "withn": "9 %"}, '"withn" does not belong beside normal'),
        ("chaser.mass", {"normal": 3}, "3 has no unit"),
        ("chaser.mass", {"normal": "3 m"}, '"m" is a length where a mass belongs'),
        ("chaser.mass", {"normal": "-3 kg"}, "a standard deviation is not negative"),
        ("chaser.mass", {"normal": "3 kg", "within": "9 %"}, "one a percentage, the other not"),
        ("chaser.mass", {"normal": "3 kg", "within": "0 kg"}, "a positive sigma and a positive bound"),
        ("chaser.mass", {"uniform": "3 kg"}, "is not a list of 2"),
        ("chaser.mass", {"uniform": ["3 kg", "2 kg"]}, "not in ascending order"),
        ("chaser.mass", {"uniform": ["3 %", "2 kg"]}, "some numbers are percentages"),
        ("chaser.mass", {"triangular": ["1 kg", "3 kg", "2 kg"]}, "not in ascending order"),
        ("chaser.mass", {"lognormal": "1100 %"}, "beyond 10"),
        ("chaser.mass", {"lognormal": "3 kg"}, "a unit where a pure number belongs"),
        ("chaser.thrusters.force.branch.A", {"normal": "3 %", "common": False}, "of a branch have one value"),
        ("chaser.thrusters.fault_since", {"exponential": "1e-4"}, '1e-4 has no unit; write "1e-4 1/h"'),
        ("chaser.thrusters.fault_since", {"exponential": "5 h"}, "is a time, not a rate"),
        ("chaser.thrusters.fault_since", {"exponential": "0 1/h"}, "must be positive"),
        (
            "chaser.thrusters.fault_since",
            {"exponential": "1e-40 1/h"},
            "by so small a rate nothing ever comes",
        ),
        (
            "chaser.thrusters.fault.FA4",
            {"exponential": "1 1/h"},
            "is no time, and exponential is the time until something comes; draw when it begins: "
            '"chaser.thrusters.fault_since.FA4" = { exponential = "1e-4 1/h" }',
        ),
        (
            "chaser.mass",
            {"exponential": "1 1/h"},
            "chaser.mass is no time, and exponential is the time until",
        ),
        (
            "sensors.gps.fault",
            {"kind": "frozen", "rate": "1e-4 1/h"},
            '"kind" is no distribution; draw when it begins: "sensors.gps.fault_since" = { exponential = ',
        ),
        ("command.0.what", {"exponential": "1 1/h"}, "command.0.what is no time"),
        ("chaser.mass", {"choice": []}, "is no list of values"),
        ("chaser.mass", {"choice": ["1 kg"], "weights": [1, 2]}, "1 values need as many weights"),
        ("chaser.mass", {"choice": ["1 kg", "2 kg"], "weights": [0, 0]}, "all weights are zero"),
        ("chaser.mass", {"choice": ["1 kg", "2 kg"], "weights": [-1, 2]}, "must not be negative"),
        ("chaser.mass", {"normal": "3 %", "common": 1}, "neither true nor false"),
        ("chaser.mass", {"normal": "3 %", "every": 0}, "is no number of runs"),
        ("chaser.mass", {"normal": "3 %", "every": True}, "is no number of runs"),
        ("chaser.mass", {"sigma": {"vbar": "1 m"}}, "chaser.mass has no parts"),
        ("start", {"normal": "3 m"}, "has parts of different units"),
        ("start", {"sigma": {"vbarr": "1 m"}}, '"vbarr" is no part of start; did you mean "vbar"?'),
        ("start", {"sigma": {"vbar": "1 m/s"}}, '"m/s" is a speed where a length belongs'),
        ("start", {"sigma": {"vbar": "3 %"}}, "not drawn in percent"),
        (
            "start",
            {"sigma": {"vbar": "1 m"}, "correlation": [["vbar", "rbar", 0.5]]},
            "has no sigma to correlate",
        ),
        (
            "start",
            {"sigma": {"vbar": "1 m"}, "correlation": [["vbar", "vbar", 0.5]]},
            "correlated with itself",
        ),
        ("start", {"sigma": THREE, "correlation": [["vbar", "rbar", 1.5]]}, "must be at most 1"),
        ("start", {"sigma": {"vbar": "1 m", "rbar": "1 m"}, "correlation": ["vbar"]}, "is no correlation"),
        ("start", {"sigma": THREE, "correlation": IMPOSSIBLE}, "negative variance"),
        ("start", {"covariance": [[1, 2], [3, 4]], "order": ["vbar", "rbar"]}, "is not symmetric"),
        ("start", {"covariance": [[1, 2]], "order": ["vbar", "rbar"]}, "is not 2 by 2"),
        ("start", {"covariance": [[1, 0], [0, 1]], "order": ["vbar", "vbar"]}, "names a part twice"),
        ("start", {"covariance": [[-1]], "order": ["vbar"]}, "negative variance"),
        ("start", {"covariance": [["1e400"]], "order": ["vbar"]}, "is not a finite number"),
        ("chaser.thrusters.fault", {"normal": 1}, "is one of none, stuck-off, stuck-on, leak, weak"),
        ("chaser.thrusters.fault", {"choice": ["stuck_off"]}, 'did you mean "stuck-off"?'),
    ],
)
def test_what_is_no_distribution_is_refused(key, line, what):
    with pytest.raises(CaseError) as caught:
        read_entry(key, line)
    assert what in str(caught.value) and caught.value.remedy


def test_a_case_s_draws_name_slots_of_its_row(tmp_path):
    case = small(tmp_path)
    names = row_names()
    found = draws(case, names)
    assert [entry.path for entry in found] == [
        "start",
        "chaser.mass",
        "chaser.thrusters.tilt",
        "target.altitude",
    ]
    assert all(isinstance(entry, DisperseEntry) and set(entry.slots) <= set(names) for entry in found)
    assert len(found[2].slots) == 64
    assert found[3].numbers == (1000.0, -3000.0, 3000.0)


def test_a_nozzle_too_many_is_said_with_its_line(tmp_path):
    text = edited('"chaser.thrusters.tilt" =', '"chaser.thrusters.force.99" =').replace("0.25 deg", "1 %")
    case = load(save(tmp_path, text))
    with pytest.raises(CaseError) as caught:
        draws(case, row_names())
    assert caught.value.line == line_with("force.99", text)
    assert caught.value.key == "disperse.chaser.thrusters.force.99"
