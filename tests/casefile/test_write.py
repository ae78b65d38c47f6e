import signal
import tomllib

import pytest

from rvd.casefile import load
from tests.casefile.small import HTV, SMALL, edited, save, small


@pytest.mark.parametrize("path", [HTV, None], ids=["htv", "small"])
def test_what_is_written_reads_as_the_same_case_to_the_bit(tmp_path, path):
    case = load(path) if path else small(tmp_path)
    text = case.written().replace("parts/htv_rcs.csv", "nozzles.csv")
    again = load(save(tmp_path, text))
    assert again.model_dump(exclude={"chaser": {"thrusters"}}) == case.model_dump(
        exclude={"chaser": {"thrusters"}}
    )
    assert again.written() == text


def test_every_distribution_and_requirement_survives(tmp_path):
    head = SMALL[: SMALL.index("[disperse]")]
    text = (
        head
        + """
[disperse]
"start" = { covariance = [[400, -0.2], [-0.2, 4e-4]], order = ["vbar", "rbar_rate"], every = 10 }
"knowledge" = { sigma = { vbar = "20 m", rbar_rate = "2 cm/s" }, correlation = [["vbar", "rbar_rate", -0.1]] }
"chaser.mass" = { uniform = ["-5 %", "5 %"] }
"sensors.laser.field" = { triangular = ["10 deg", "20 deg", "40 deg"] }
"chaser.thrusters.fault" = { choice = ["none", "stuck-off"], weights = [0.99, 0.01], common = true }
"atmosphere.density" = { lognormal = "40 %" }
"chaser.thrusters.fault_since" = { exponential = "1e-4 1/h" }
"target.altitude" = { normal = "1 km", within = "3 km" }

[[require]]
what = ["captured", { what = "release_speed", at_most = "6 mm/s" }]
at_least = 0.99

[[require]]
what = "entered.climb"
at_least = "1 h"
share = "90 %"
of = "reached"
confidence = 0.95
"""
    )
    case = load(save(tmp_path, text))
    changed = case.with_values(
        {"disperse.chaser.mass": {"uniform": [15e3, 16e3]}, "require.1.at_least": 3500}
    )
    again = load(save(tmp_path, changed.text))
    assert (again.disperse, again.require) == (changed.disperse, changed.require)


def test_texts_that_toml_would_misread_are_quoted(tmp_path):
    title = r"a \"quote\", a \\ and é $x_{$"
    text = edited('title = "small"', f'title = "{title}"\nsource = "two\\nlines\\tand a tab"')
    text = text.replace("[control.far]", '[control."far off"]').replace(
        'control = "far"', 'control = "far off"'
    )
    case = load(save(tmp_path, text))
    assert load(save(tmp_path, case.written())).model_dump() == case.model_dump()
    assert case.title == 'a "quote", a \\ and é $x_{$' and case.source == "two\nlines\tand a tab"


def test_a_loaded_case_keeps_the_text_of_its_file(tmp_path):
    case = small(tmp_path)
    assert case.text == SMALL
    assert tomllib.loads(case.with_values({"campaign.runs": 3}).text)["campaign"] == {"runs": 3, "seed": 7}


def test_a_signal_that_comes_while_a_case_is_written_is_no_fault_of_a_value(tmp_path, monkeypatch):
    """pydantic would make an error of its own of it."""

    def interrupting(value):
        signal.raise_signal(signal.SIGINT)
        return str(value)

    case = small(tmp_path)
    monkeypatch.setattr("rvd.case.values.brief", interrupting)
    with pytest.raises(KeyboardInterrupt):
        case.written()
