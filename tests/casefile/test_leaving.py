import math

import numpy as np
import pytest

from rvd.case.bounds import Span, span_of
from rvd.case.paths import SLOTS
from rvd.casefile import load
from rvd.casefile.disperse import read_entry
from rvd.casefile.leaving import MOST_OUTSIDE, law_of, share_outside
from rvd.errors import CaseError
from rvd.montecarlo.mission import distribution_of
from tests.casefile.small import HTV, edited, line_with, save


@pytest.fixture(scope="module")
def htv():
    return load(HTV)


# Key, line, what its sentence says. Every kind of limited number that can be drawn has a member here.
LEAVING = [
    ("chaser.propellant", {"normal": "400 kg"}, "that is not positive in 1 run of 741 (the plan has 1200 kg)"),
    ("chaser.mass", {"normal": "40 %"}, "that is not positive in 1 run of 161"),
    ("target.mass", {"uniform": ["-1 kg", "1 kg"]}, "that is not positive in 50 % of runs"),
    ("chaser.inertia", {"normal": "30 %"}, "that is not positive in 1 run of 777"),
    ("target.inertia.1", {"normal": "50 %"}, "that is not positive in 2.3 % of runs"),
    ("chaser.drag_coefficient", {"normal": 1.0}, "that is not positive in 1.4 % of runs (the plan has 2.2)"),
    ("chaser.drag_area", {"normal": "50 m^2"}, "that is negative in 77 % of runs"),
    ("chaser.thrusters.force", {"normal": "25 %"}, "that is negative in 1 run of 31,574"),
    ("chaser.thrusters.force.7", {"choice": [-1, 1]}, "that is negative in 50 % of runs"),
    ("chaser.thrusters.fault_since", {"normal": "1 h"}, "that is negative in 50 % of runs"),
    ("chaser.thrusters.fault_size", {"normal": "50 %"}, "outside 0 to 1 in 2.3 % of runs (the plan has 0.05)"),
    ("chaser.thrusters.repeatability", {"normal": "40 %"}, "outside 0 to 1 in 1 run of 161"),
    ("chaser.thrusters.bit", {"normal": 0.3}, "outside -1 to 10 in 1 run of 2,331 (the plan has 0)"),
    ("target.eccentricity", {"normal": 0.001}, "outside 0 to"),
    ("target.altitude", {"normal": "90 km"}, "outside 100 km to 50000 km in 1 run of 3,495"),
    ("target.inclination", {"normal": "40 deg"}, "outside 0 deg to 180 deg in 9.9 % of runs"),
    ("target.attitude.deadband", {"normal": "0.1 deg"}, "that is negative in 1 run of 247"),
    ("target.attitude.period", {"normal": "300 s"}, "that is not positive in 1 run of 676"),
    ("target.attitude.rms", {"uniform": ["-0.1 deg", "0.9 deg"]}, "that is negative in 30 % of runs"),
    ("target.attitude.correlation_time", {"normal": "150 s"}, "below 1 s in 6.9 % of runs (the plan has 300 s)"),
    ("target.attitude.momentum.amplitude", {"uniform": ["-0.1 deg", "0.9 deg"]}, "that is negative in 30 % of runs"),
    ("target.attitude.momentum.bandwidth", {"normal": 0.4}, "below 0.1 in 3.7 % of runs (the plan has 1)"),
    ("atmosphere.density", {"normal": "40 %"}, "that is negative in 1 run of 161"),
    ("goal.time", {"normal": "30 s"}, "that is not positive in 1 run of 690"),
    ("gates.delay", {"normal": "10 s"}, "that is negative in 1 run of 741 (the plan has 30 s)"),
    ("gates.refused", {"uniform": [0, 3]}, "that is no whole number from 0 to 100 in all runs"),
    ("gates.refused", {"choice": [0, 1.5], "weights": [9, 1]}, "that is no whole number from 0 to 100 in 10 %"),
    ("sensors.gps.position", {"normal": "1 m"}, "that is negative in 1 run of 741"),
    ("sensors.gps.dropout", {"uniform": [-0.1, 0.1]}, "outside 0 to 1 in 50 % of runs"),
    ("sensors.gps.latency", {"uniform": ["0 s", "3 s"]}, "outside 0 ms to 1000 ms in 67 % of runs"),
    ("sensors.gps.multipath_memory", {"uniform": ["0 s", "10 s"]}, "below 5 s in 50 % of runs"),
    ("sensors.gps.out_since", {"uniform": ["-1 h", "2 h"]}, "that is negative in 33 % of runs"),
    ("sensors.laser.range", {"normal": "0.01 m"}, "that is negative in 2.3 % of runs (the plan has 0.02 m)"),
    ("sensors.laser.scale", {"triangular": [-0.001, 0, 0.001]}, "that is negative in 50 % of runs"),
    # The row holds half the field, the case and the sentence all of it.
    ("sensors.laser.field", {"normal": "60 deg"}, "outside 0 deg to 180 deg in 26 % of runs (the plan has 40 deg)"),
    ("sensors.star_tracker.cross", {"normal": "2 arcsec"}, "that is negative in 1 run of 161"),
    ("sensors.star_tracker.sun_exclusion", {"lognormal": 1}, "outside 0 deg to 180 deg in 3.7 % of runs"),
    ("sensors.gyro.walk", {"normal": "0.002 deg/h^0.5"}, "that is negative in 1 run of 161"),
    ("sensors.accelerometer.scale", {"normal": "30 %"}, "that is not positive in 1 run of 2,331"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "line", "what"), LEAVING)
def test_a_law_that_leaves_the_limits_of_its_key_is_refused(htv, key, line, what):
    with pytest.raises(CaseError) as caught:
        htv.with_values({f"disperse.{key}": line})
    assert f"disperse.{key}: draws a value {what}" in str(caught.value) and caught.value.remedy


def test_the_sentence_has_the_line_of_the_file(tmp_path):
    text = edited('"chaser.mass" = { normal = "0.5 %" }', '"chaser.propellant" = { normal = "400 kg" }')
    with pytest.raises(CaseError, match="1 run of 741") as caught:
        load(save(tmp_path, text))
    assert caught.value.line == line_with('"chaser.propellant"', text)


@pytest.mark.parametrize(
    ("key", "line", "remedy"),
    [
        ("chaser.propellant", {"normal": "400 kg"}, {"normal": "400 kg", "within": "1200 kg"}),
        ("chaser.propellant", {"normal": "40 %"}, {"lognormal": "40 %"}),
        ("sensors.laser.field", {"normal": "60 deg"}, {"normal": "60 deg", "within": "40 deg"}),
        ("target.altitude", {"normal": "90 km"}, {"normal": "90 km", "within": "310 km"}),
        ("gates.delay", {"normal": "10 s"}, {"normal": "10 s", "within": "30 s"}),
        ("sensors.laser.range", {"normal": "50 %"}, {"normal": "50 %", "within": "100 %"}),
    ],
)
def test_the_remedy_is_one(htv, key, line, remedy):
    with pytest.raises(CaseError) as caught:
        htv.with_values({f"disperse.{key}": line})
    for word, amount in remedy.items():
        assert word == "normal" or f'{word} = "{amount}"' in caught.value.remedy
    assert htv.with_values({f"disperse.{key}": remedy})


def test_one_run_in_a_million_is_where_refusal_begins(htv):
    # The standard normal leaves 1.0e-6 below -4.7534 sigmas (Abramowitz and Stegun, table 26.5).
    assert htv.with_values({"disperse.chaser.propellant": {"normal": 1200.0 / 4.754}})
    with pytest.raises(CaseError, match="1 run of 997,903"):
        htv.with_values({"disperse.chaser.propellant": {"normal": 1200.0 / 4.753}})
    assert MOST_OUTSIDE == 1e-6


def test_numbers_of_a_vector_count_together_unless_they_are_common(htv):
    sigma = {"normal": 900.0 / 4.80}  # 0.79 in a million for one of three, the other two are farther off
    same = {"target.attitude.period": [900.0, 900.0, 900.0]}
    with pytest.raises(CaseError, match="1 run of 42"):
        htv.with_values(same | {"disperse.target.attitude.period": sigma})
    assert htv.with_values(same | {"disperse.target.attitude.period": sigma | {"common": True}})


def test_a_group_is_judged_by_each_of_its_marginals(htv):
    line = {"sigma": {"0": 10e3, "1": 1.0}, "correlation": [["0", "1", 0.9]]}
    with pytest.raises(CaseError, match="that is not positive in 1 run of 11,310"):
        htv.with_values({"disperse.chaser.inertia": line})


def test_what_is_not_aboard_or_not_gated_has_no_limit(htv):
    gates = [span_of(htv, f"gates.delay.{leg.name}") for leg in htv.leg if leg.gate is None]
    assert gates and set(gates) == {Span(-math.inf, math.inf, False, False)}
    assert htv.with_values({"disperse.gates.delay": {"normal": "5 s", "within": "30 s"}})


def test_noise_that_is_scaled_away_is_not_drawn(htv):
    noisy = htv.with_values({"disperse.sensors.gps.position": {"normal": "0.3 m"}})
    assert "sensors.gps.position" not in {entry.path for entry in noisy.without_noise().disperse}
    with pytest.raises(CaseError, match="that is negative in 50 % of runs"):
        noisy.with_values({"sensors.noise": 0.0})


# ---- the closed forms, against the quantile of the law that is drawn

LINES = [
    {"normal": "2 kg"},
    {"normal": "2 kg", "within": "3 kg"},
    {"uniform": ["-1 kg", "5 kg"]},
    {"triangular": ["-1 kg", "0.5 kg", "4 kg"]},
    {"choice": ["-1 kg", "0 kg", "1 kg", "3 kg"], "weights": [1, 2, 3, 4]},
    {"normal": "70 %"},
    {"normal": "70 %", "within": "150 %"},
    {"uniform": ["-300 %", "50 %"]},
    {"triangular": ["-250 %", "0 %", "100 %"]},
    {"lognormal": "80 %"},
    {"choice": ["-200 %", "-100 %", "30 %"]},
]
SPANS = [
    Span(0.0, math.inf, True, False),
    Span(0.0, math.inf, False, False),
    Span(0.0, 2.5, False, False),
    Span(-math.inf, 1.0, False, False),
    Span(0.25, 0.5, True, False),
]


@pytest.mark.parametrize("line", LINES, ids=str)
@pytest.mark.parametrize("span", SPANS, ids=str)
@pytest.mark.parametrize("nominal", [1.5, -1.5])
def test_the_share_outside_is_that_of_what_is_drawn(line, span, nominal):
    entry = read_entry("chaser.mass", line)
    u = (np.arange(400_000) + 0.5) / 400_000
    drawn = distribution_of(entry).quantile(u)
    values = {"add": nominal + drawn, "multiply": nominal * drawn, "put": drawn}[entry.how]
    below = values <= span.low if span.open else values < span.low
    expected = np.mean(below | (values > span.high))
    found = share_outside(law_of(entry, 0), entry.how, nominal, span)
    # The mid-points resolve a share to one of their steps at each end.
    assert found == pytest.approx(expected, abs=2.1 / u.size)


@pytest.mark.parametrize("span", SPANS, ids=str)
def test_the_share_outside_of_times_by_a_rate_is_that_of_what_is_drawn(span):
    entry = read_entry("gates.delay", {"exponential": "0.5 Hz"})
    drawn = distribution_of(entry).quantile((np.arange(400_000) + 0.5) / 400_000)
    expected = np.mean((drawn < span.low) | (drawn > span.high))
    found = share_outside(law_of(entry, 0), entry.how, 30.0, span)
    assert found == pytest.approx(expected, abs=2.1 / drawn.size)


def test_far_tails_are_not_lost_in_rounding():
    # Above 20 sigmas: 2.75e-89 (mpmath: ncdf(-20) at 50 digits), where one minus the share below is zero.
    law = law_of(read_entry("chaser.mass", {"normal": "1 kg"}), 0)
    found = share_outside(law, "add", 0.0, Span(-math.inf, 20.0, False, False))
    assert found == pytest.approx(2.7536241186062337e-89, rel=1e-12)


LIMITED = [
    "chaser.mass", "chaser.propellant", "chaser.drag_coefficient", "target.drag_coefficient",
    "target.altitude", "target.inclination", "target.eccentricity", "target.mass", "atmosphere.density",
    "goal.time", "sensors.gps.position", "sensors.gps.velocity", "sensors.gps.dropout",
    "sensors.gps.latency", "sensors.gps.multipath", "sensors.gps.multipath_range",
    "sensors.gps.multipath_memory", "sensors.gps.blocked_within", "sensors.laser.range",
    "sensors.laser.scale", "sensors.laser.angle", "sensors.laser.within", "sensors.laser.beyond",
    "sensors.laser.field", "sensors.laser.dropout", "sensors.laser.sun_exclusion",
    "sensors.star_tracker.cross", "sensors.star_tracker.roll", "sensors.star_tracker.sun_exclusion",
    "sensors.gyro.walk", "sensors.gyro.bias_walk", "sensors.accelerometer.walk", "sensors.accelerometer.bias_walk",
    "sensors.accelerometer.scale", "sensors.laser.wrong",
]  # fmt: skip


@pytest.mark.parametrize("key", LIMITED)
def test_a_value_the_plan_may_not_have_is_not_drawn_either(htv, key):
    """On both sides of each end of the key's limits; another fault of the plan (more propellant than mass) is none."""
    (slot,) = (slot for slot, known in SLOTS.items() if known.key == key and known.part == 0)
    span = span_of(htv, slot)
    ends = [(end, side) for end, side in ((span.low, -1.0), (span.high, 1.0)) if math.isfinite(end)]
    assert ends
    for end, side in ends:
        beyond = end + side * 1e-3 * max(abs(end), 1e-3)
        for change in ({key: beyond}, {f"disperse.{key}": {"choice": [beyond, beyond]}}):
            with pytest.raises(CaseError) as caught:
                htv.with_values(change)
            assert key in str(caught.value)


def test_every_limited_number_is_in_that_list(htv):
    """But for vectors, nozzles, gates and orders, which are above; a new key of a row has to be named here."""
    several = {"chaser.inertia", "chaser.drag_area", "target.inertia", "target.drag_area", "target.attitude.deadband",
               "target.attitude.period", "target.attitude.rms",
               "target.attitude.correlation_time", "target.attitude.momentum.amplitude",
               "target.attitude.momentum.bandwidth"}  # fmt: skip
    limited = {
        known.key
        for slot, known in SLOTS.items()
        if span_of(htv, slot) != Span(-math.inf, math.inf, False, False)
        and not known.key.startswith(("gates.", "command.", "chaser.thrusters."))
        and not known.key.endswith(("out_since", "out_until", ".fault", "fault_since", "fault_until"))
    }
    assert limited == {
        *LIMITED,
        *several,
        "sensors.backup.angle",  # the case has none aboard
        "sensors.backup.walk",
        "sensors.laser.latency",
        "sensors.star_tracker.latency",
        "sensors.star_tracker.dropout",
    }
