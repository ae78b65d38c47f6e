"""From a case to the abort's own chain: the time of its burn, and what is refused."""

import numpy as np
import pytest

from rvd.assembly.build import build
from rvd.assembly.remarks import remarks
from rvd.casefile import load, say
from rvd.core.kernel import leaves
from rvd.core.signals import Leg
from rvd.errors import CaseError
from tests.casefile.small import SMALL, edited, line_with, save, small

OWN = """\
dv = { forward = "-0.3 m/s" }
chain = "independent"
delay = "2 s"
isolates = ["B"]
acceleration = "0.01 m/s^2"
"""
BURN = 'dv = { rbar = "0.3 m/s", vbar = "-0.3 m/s" }\n'
TEXT = edited(BURN, OWN)
BACKUP = '[sensors.backup]\nangle = "0.1 deg"\nwalk = "0.1 deg/h^0.5"\n\n[monitors]'


def chain(folder, text=TEXT):
    return build(load(save(folder, text))).setup.chain


def refused(folder, text) -> CaseError:
    with pytest.raises(CaseError) as caught:
        build(load(save(folder, text)))
    return caught.value


def test_the_burn_lasts_as_long_as_full_tanks_need(tmp_path):
    own = chain(tmp_path)
    assert own.independent == 1.0 and own.delay == 2.0 and own.holds == 0.0
    assert own.burn == pytest.approx(0.3 / 0.01, rel=1e-9)
    assert own.force_body == pytest.approx((-155.0, 0.0, 0.0), abs=1e-9) and own.force_hill == (0.0, 0.0, 0.0)


def test_nozzles_that_give_less_than_is_asked_burn_longer(tmp_path):
    """Two of 110 N push aft; more than they give is not counted on."""
    built = build(load(save(tmp_path, edited('"0.01 m/s^2"', '"0.05 m/s^2"', TEXT))))
    nozzles, own = built.setup.outside.thrusters.nozzles, built.setup.chain
    aft = nozzles.push_body[:, 0] < -0.5
    assert -own.force_body[0] < (nozzles.thrust[aft] * -nozzles.push_body[aft, 0]).sum() < 0.05 * 15500.0
    assert own.burn == pytest.approx(0.3 * 15500.0 / -own.force_body[0], rel=1e-9)


def test_a_burn_along_hill_axes_is_held_by_the_backup_source(tmp_path):
    text = edited("[monitors]", BACKUP, edited('{ forward = "-0.3 m/s" }', '{ rbar = "0.3 m/s" }', TEXT))
    own = chain(tmp_path, text)
    assert own.holds == 1.0 and own.force_body == (0.0, 0.0, 0.0)
    assert own.force_hill == pytest.approx((-0.3 * 15500.0 / own.burn, 0.0, 0.0), abs=1e-9)


def test_the_flight_software_waits_for_the_burn_and_the_coast(tmp_path):
    built = build(load(save(tmp_path, TEXT)))
    plan, names = built.setup.onboard.plan, leaves(Leg)
    row = dict(zip(names, plan.legs[plan.count * len(names) :], strict=True))
    burnt = 2.0 + built.setup.chain.burn
    assert (row["midcourse"], row["time"]) == pytest.approx((burnt, burnt + 600.0))
    assert row["free_drift"] == 1.0 and [row[f"dv_leg.{k}"] for k in range(3)] == [0.0, 0.0, 0.0]


def test_branches_are_shut_off_by_their_names(tmp_path):
    shut = build(load(save(tmp_path, TEXT))).setup.outside.thrusters.isolated
    assert shut.sum() == 16 and not build(small(tmp_path)).setup.outside.thrusters.isolated.any()
    error = refused(tmp_path, edited('["B"]', '["C"]', TEXT))
    assert error.key == "abort.isolates" and 'no branch "C"; write one of A, B' in str(error)


def test_nozzles_that_cannot_push_that_way_are_refused_with_their_line(tmp_path):
    """Aft push comes of nozzles that blow forward: without them none is left."""
    text = edited(
        'nozzles = "burn"\n\n[monitors]',
        'nozzles = "weak"\n\n[nozzles.weak]\nstrings = ["A"]\ninhibit = "forward"\n\n[monitors]',
        TEXT,
    )
    error = refused(tmp_path, text)
    assert (error.key, error.line) == ("abort.nozzles", line_with('nozzles = "weak"', text))
    assert str(error).endswith(
        "[nozzles.weak] cannot push the way of the abort's burn without turning the chaser; "
        "write other nozzles or another burn."
    )


@pytest.mark.parametrize(
    ("old", "new", "key", "what"),
    [
        ('chain = "independent"\n', "", "dv", "along the chaser's axes only an independent chain burns"),
        ('chain = "independent"\n', "", "delay", "delay is an independent chain's"),
        ('chain = "independent"\n', "", "isolates", "isolates is an independent chain's"),
        ('{ forward = "-0.3 m/s" }', '{ forward = "-0.3 m/s", rbar = "1 m/s" }', "dv", "on two sets of axes"),
        ('{ forward = "-0.3 m/s" }', "{ }", "dv", "an independent chain needs its burn"),
        ('{ forward = "-0.3 m/s" }', '{ rbar = "0.3 m/s" }', "dv", "by an attitude source of its own, and has none"),
        ('["B"]', '["A"]', "isolates", "shuts off nozzles of [nozzles.burn], which it fires itself"),
        ('"independent"', '"own"', "chain", '"own" is not a chain'),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_said_with_its_line(tmp_path, old, new, key, what):
    text = edited(old, new, TEXT)
    said = str(refused(tmp_path, text))
    assert f"abort.{key}: " in said and what in said


def test_it_is_said_back(tmp_path):
    words = say(load(save(tmp_path, edited("[monitors]", BACKUP, TEXT))))
    assert "an independent chain burns 0.3 m/s aft at 0.01 m/s^2, then drifts 10 min" in words
    assert "it thrusts open loop, 2 s after the call" in words
    assert "it holds the attitude by the backup source" in words
    assert "it shuts off the nozzles of the branch B" in words
    assert "backup attitude source, 0.1 deg, 0.1 deg/h^0.5" in words
    assert "it holds no attitude" in say(load(save(tmp_path, TEXT)))


def test_a_burn_along_the_body_is_not_remarked(tmp_path):
    assert not [one for one in remarks(load(save(tmp_path, TEXT))) if one.place[0] == "abort"]


def test_the_source_can_be_dispersed_and_is_told_to_nobody_else(tmp_path):
    text = edited("[monitors]", BACKUP, TEXT)
    text = edited(
        '"chaser.mass" =', '"sensors.backup.angle_bias" = { normal = "0.2 deg" }\n"chaser.mass" =', text
    )
    built = build(load(save(tmp_path, text)))
    row = dict(zip(built.names, built.row, strict=True))
    assert row["backup.angle"] == pytest.approx(np.radians(0.1)) and row["backup.angle_bias.0"] == 0.0
    plain = build(load(save(tmp_path, SMALL)))
    assert dict(zip(plain.names, plain.row, strict=True))["backup.angle"] == 0.0
