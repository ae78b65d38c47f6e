"""The short ways to write a sequence: modes, places, holds and time-outs stand for legs in full."""

import shutil

import pytest

from rvd.casefile import load
from rvd.errors import CaseError
from tests.casefile.small import HTV, SMALL

HEAD = SMALL[: SMALL.index("[[leg]]")]
TAIL = SMALL[SMALL.index("[abort]") :]

SEQUENCE = """\
[place]
"far point" = { vbar = "-5000 m" }
"below" = { rbar = "500 m" }

[mode.far]
zone = "outside"
rate = "1 Hz"
control = "far"
nozzles = "burn"
arrived = ["50 m", "0.1 m/s", "2 deg"]

[[leg]]
name = "wait"
law = "hold"
mode = "far"
to = "far point"
at_least = "5 min"

[[leg]]
name = "transfer"
law = "two-impulse"
mode = "far"
zone = "ellipsoid"
to = "below"
time = "60 min"
hold = "2 min"
gate = { delay = "30 s" }

[[leg]]
name = "climb"
law = "straight"
mode = "far"
zone = "ellipsoid"
to = { rbar = "250 m" }
speed = "0.25 m/s"
acceleration = "0.005 m/s^2"
settle = "10 s"
hold = { at_least = "3 min", settle = "20 s", zone = "sphere", arrived = ["3 m", "0.05 m/s", "2 deg"] }

"""


@pytest.fixture
def case(tmp_path):
    """Loads the short case with a sequence, some of its text changed; keeps the path at hand."""

    def load_it(*changes, head=HEAD):
        text = SEQUENCE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        shutil.copy(HTV.parent / "parts" / "htv_rcs.csv", tmp_path / "nozzles.csv")
        (tmp_path / "case.toml").write_text(head + text + TAIL, encoding="utf-8")
        return load(tmp_path / "case.toml")

    load_it.line = lambda text: (tmp_path / "case.toml").read_text().splitlines().index(text) + 1
    return load_it


def legs(case):
    return {leg.name: leg for leg in case.leg}


def test_a_hold_follows_the_leg_that_ends_in_it_and_is_called_as_its_place(case):
    found = legs(case())
    assert list(found) == ["wait", "transfer", "below", "climb", "climb: hold"]
    hold = found["below"]
    assert (hold.law, hold.at_least, hold.zone, hold.to.rbar) == ("hold", 120.0, "ellipsoid", 500.0)
    assert hold.arrived == (50.0, 0.1, pytest.approx(0.0349, rel=1e-3)) and hold.time == 0.0


def test_the_go_is_waited_for_in_the_hold(case):
    found = legs(case())
    assert found["transfer"].gate is None and found["below"].gate.delay == 30.0


def test_a_table_says_what_differs_in_the_hold(case):
    found = legs(case())
    climb, hold = found["climb"], found["climb: hold"]
    assert (climb.settle, climb.zone, climb.arrived[0]) == (10.0, "ellipsoid", 50.0)
    assert (hold.settle, hold.zone, hold.arrived[0], hold.speed) == (20.0, "sphere", 3.0, (0.0, 0.0))


def test_the_keys_of_a_leg_win_over_those_of_its_mode(case):
    found = legs(case(('name = "wait"', 'name = "wait"\nrate = "2 Hz"')))
    assert (found["wait"].rate, found["transfer"].rate) == (2.0, 1.0)
    assert (found["wait"].zone, found["transfer"].zone) == ("outside", "ellipsoid")


def test_places_go_by_their_names(case):
    at = ('vbar = "-5000 m"\n', 'at = "far point"\n')
    found = case(("time =", 'aim = "far point"\nmidcourse = "20 min"\ntime ='), head=HEAD.replace(*at))
    assert (found.start.vbar, found.leg[0].to.vbar, found.leg[1].aim.vbar) == (-5000.0, -5000.0, -5000.0)


def test_a_leg_may_last_twice_its_plan_and_ten_minutes(case):
    found = legs(case())
    assert found["wait"].at_most == 2 * 300 + 600
    assert found["transfer"].at_most == 2 * 3600 + 600
    # 250 m at 0.25 m/s; each end costs half the time in which speed is gathered; it settles for 10 s
    assert found["climb"].at_most == pytest.approx(2 * (1000 + 2 * 25 + 10) + 600)
    assert found["climb: hold"].at_most == 2 * (180 + 20) + 600
    assert (
        legs(case(('at_least = "5 min"', 'at_least = "5 min"\nat_most = "7 min"')))["wait"].at_most == 420.0
    )


def test_a_hold_has_the_time_to_turn(case):
    turned = ('hold = "2 min"', 'hold = { at_least = "2 min", attitude = { yaw = "180 deg" } }')
    assert legs(case(turned))["below"].at_most == pytest.approx(2 * 180 / 0.25 + 600)


def test_a_glideslope_takes_its_distance_over_the_logarithmic_mean_of_its_speeds(case):
    slower = ('law = "straight"', 'law = "glideslope"'), ('"0.25 m/s"', '["0.4 m/s", "0.1 m/s"]')
    planned = 250.0 * 1.3862943611198906 / 0.3 + 40.0 + 10.0 + 10.0
    assert legs(case(*slower))["climb"].at_most == pytest.approx(2 * planned + 600)


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (('mode = "far"\nto', 'mode = "fra"\nto'), 'mode = "fra"', 'mode: there is no mode "fra"; did you mean "far"?'),
        (('to = "below"', 'to = "belov"'), 'to = "belov"', 'to: there is no place "belov"; did you mean "below"?'),
        (('rate = "1 Hz"', 'rate = "fast"'), 'rate = "fast"', "leg.wait.rate: "),
        (('rate = "1 Hz"', 'pace = "fast"'), 'pace = "fast"', "mode.far.pace: the key is not known"),
        (('rate = "1 Hz"', 'name = "x"'), 'name = "x"', "mode.far.name: it belongs to one leg, not to a mode"),
        (('hold = "2 min"', "hold = { speed = 3 }"), "hold = { speed = 3 }", "hold.speed: a hold does not move"),
        (('settle = "10 s"', 'slew_rate = "0 deg/s"'), 'slew_rate = "0 deg/s"', "slew_rate: must be"),
        (('"below" = { rbar = "500 m" }', '"below" = 3'), '"below" = 3', "place.below: 3 stands where a place belongs"),
        (('"below" = { rbar', '"low" = { up = 3 }\n"below" = { rbar'), '"low" = { up = 3 }', "low.up: the key is not"),
        (('hold = "2 min"', "hold = 2"), "hold = 2", "leg.transfer.hold: 2 is no hold; write hold ="),
        (('hold = "2 min"', 'hold = "soon"'), 'hold = "soon"', "leg.below.at_least: "),
        (('hold = "2 min"', "hold = { att = 3 }"), "hold = { att = 3 }", "leg.below.att: the key is not known"),
        (('at_least = "5 min"', 'hold = "5 min"'), 'hold = "5 min"', "leg.wait.hold: a hold ends in no other"),
        (('[mode.far]', "[mode]\nfar = 3\n[mode.near]"), "far = 3", "mode.far: 3 stands where a table belongs"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_at_its_line(case, change, line, said):
    with pytest.raises(CaseError) as caught:
        case(change)
    sentence = str(caught.value).splitlines()[0]
    assert f"case.toml:{case.line(line)}: " in sentence and said in sentence


def test_a_hold_has_names_and_a_mode_of_its_own(case):
    asked = '{ at_least = "2 min", name = "rest", to = "far point", mode = "far" }'
    hold = legs(case(('hold = "2 min"', f"hold = {asked}")))["rest"]
    assert (hold.to.vbar, hold.zone) == (-5000.0, "outside")


def test_time_outs_are_told_anew_where_a_case_is_changed(case):
    found = case().with_values({"leg.climb.speed": 0.05})
    assert legs(found)["climb"].at_most == pytest.approx(2 * (5000 + 10 + 10) + 600)
    slower = found.with_values({"leg.climb.speed": 0.001})
    assert legs(slower)["climb"].at_most == 18000.0, "the flight is no longer"


def test_a_leg_whose_new_law_tells_no_time_keeps_the_time_that_it_had(case):
    found = case()
    drifts = found.with_values({"leg.climb: hold.law": "drift"})
    assert legs(drifts)["climb: hold"].at_most == legs(found)["climb: hold"].at_most == 1000.0


def test_the_place_of_the_start_is_said_once(case):
    twice = ('vbar = "-5000 m"\n', 'at = "far point"\nvbar = "-4000 m"\n')
    with pytest.raises(CaseError, match=r"start\.vbar: at says where it starts; keep one of the two"):
        case(head=HEAD.replace(*twice))
    with pytest.raises(CaseError, match=r"start\.at: 3 is no place"):
        case(head=HEAD.replace('vbar = "-5000 m"\n', "at = 3\n"))


def test_a_case_spelled_out_is_written_in_full_and_read_again_as_the_same(case, tmp_path):
    found = case()
    again = found.with_values({"title": "again"})
    (tmp_path / "again.toml").write_text(again.text, encoding="utf-8")
    assert "[mode" not in again.text and load(tmp_path / "again.toml").leg == found.leg
