"""The family of rules: each kind by a scene, and how a violation is kept while the flight goes on."""

import itertools
import math

import numpy as np
import pytest

from rvd.core.kernel import leaves
from rvd.core.rules.rules import (
    FAR,
    HEAD,
    NUMBERS_OF_A_RULE,
    RULE,
    SCORE,
    RuleKind,
    Rules,
    score,
    start_scores,
)
from rvd.core.rules.sight import Sight, passage
from tests.core.added import run_with

from .scenes import seen

CONE = (-1.0, 0.0, 0.0, math.radians(10.0), 0.0)
LIMITS = {
    RuleKind.SPHERE: (200.0,),
    RuleKind.ELLIPSOID: (1000.0, 2000.0, 1000.0),
    RuleKind.CONE: CONE,
    RuleKind.SPEED: (250.0, 1.0 / 6.0, 1000.0, 2.0, 0.0, 0.0, 0.0, 0.0),
    RuleKind.HALF_SPACE: (-1.0, 0.0, 0.0, 5.0),
    RuleKind.AXIAL_SPEED: (-1.0, 0.0, 0.0, 250.0, 1.0 / 6.0, 1000.0, 2.0, 0.0, 0.0, 0.0, 0.0),
    RuleKind.ALTITUDE: (399e3,),
    RuleKind.HULL: (3.0,),
}


def rules_of(*kinds: RuleKind, within: float = FAR, applies=None) -> Rules:
    """Rules of these kinds, on legs 0 and 1 and never on the abort."""
    rows = np.zeros((len(kinds), RULE))
    for row, kind in zip(rows, kinds, strict=True):
        row[0], row[1] = kind, within
        row[HEAD : HEAD + len(LIMITS[kind])] = LIMITS[kind]
    given = np.ones((len(kinds), 3)) if applies is None else np.array(applies, dtype=float)
    given[:, -1] = 0.0
    return Rules(rows.ravel(), given, keep_out=200.0, contact=7.0, of_hulls=1.0)


def scored(rules: Rules, *sights: Sight, leg: int = 0) -> np.ndarray:
    """The scores after these sights, a second apart; the hulls are balls whose radii are 90 m together."""
    scores = np.empty((len(rules.applies), len(SCORE)))
    start_scores(scores)
    for k, (before, after) in enumerate(itertools.pairwise(sights)):
        clearance = float(np.linalg.norm(after.r_hill)) - 90.0
        score(rules, scores, passage(before, after, clearance), leg, float(k + 1))
    return scores


INSIDE, ASIDE = seen((-100.0, 15.0, 0.0)), seen((-100.0, 40.0, 0.0))


def test_a_row_holds_the_numbers_of_every_kind():
    assert all(len(leaves(kind.module.NUMBERS)) <= NUMBERS_OF_A_RULE for kind in RuleKind)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (RuleKind.SPHERE, seen((-260.0, 15.0, 0.0)), INSIDE),
        (RuleKind.ELLIPSOID, seen((-1100.0, 0.0, 0.0)), seen((-900.0, 0.0, 0.0))),
        (RuleKind.CONE, INSIDE, ASIDE),
        (RuleKind.SPEED, INSIDE, seen((-100.0, 15.0, 0.0), (0.17, 0.0, 0.0))),
        (RuleKind.HALF_SPACE, INSIDE, seen((-11.0, 15.0, 0.0))),
        (
            RuleKind.AXIAL_SPEED,
            seen((-100.0, 15.0, 0.0), (0.1, 3.0, 1.0)),
            seen((-100.0, 15.0, 0.0), (0.17, 0.0, 0.0)),
        ),
        (RuleKind.ALTITUDE, INSIDE, seen((-1001.0, 0.0, 0.0))),
        (RuleKind.HULL, INSIDE, seen((-92.0, 0.0, 0.0))),
    ],
)
def test_every_kind_scores_what_it_is_for(kind, good, bad):
    kept = scored(rules_of(kind), good, good)[0]
    assert kept[0] > 0.0 and np.isnan(kept[1:]).all()
    broken = scored(rules_of(kind), good, good, bad, good)[0]
    assert broken[0] < 0.0 and broken[1] == 2.0 and broken[2] == 0.0


def test_the_first_violation_is_kept_with_its_place_and_the_worst_margin_of_all():
    worse = seen((-100.0, 60.0, 3.0))
    one = scored(rules_of(RuleKind.CONE), INSIDE, ASIDE, worse)[0]
    assert one[1] == 1.0 and one[0] == pytest.approx(scored(rules_of(RuleKind.CONE), worse, worse)[0][0])
    # The fixture from the berthing point: 25 m ahead of it, 92.8 m below.
    assert one[3:] == pytest.approx((25.0, 92.8, 0.0))


def test_a_rule_holds_on_the_legs_that_it_names_and_never_on_an_abort():
    rules = rules_of(RuleKind.CONE, applies=[[0.0, 1.0, 0.0]])
    assert scored(rules, INSIDE, ASIDE, leg=0)[0][0] == FAR
    assert scored(rules, INSIDE, ASIDE, leg=1)[0][0] < 0.0
    assert scored(rules_of(RuleKind.CONE), INSIDE, ASIDE, leg=2)[0][0] == FAR


def test_a_rule_is_armed_within_its_distance():
    far = seen((-600.0, 600.0, 0.0))
    assert scored(rules_of(RuleKind.CONE, within=250.0), far, far)[0][0] == FAR
    assert scored(rules_of(RuleKind.CONE, within=900.0), far, far)[0][0] < 0.0


def test_a_sphere_is_watched_between_samples():
    """Both ends lie outside the sphere, the path between them crosses it."""
    a, b = seen((-190.0, -150.0, 0.0)), seen((-190.0, 150.0, 0.0))
    assert min(np.linalg.norm(a.r_hill), np.linalg.norm(b.r_hill)) > 200.0
    assert scored(rules_of(RuleKind.SPHERE), a, b)[0][0] == pytest.approx(-10.0)


def test_a_floor_keeps_the_last_metre_of_an_approach_inside():
    """10 cm beside the axis at 30 cm: outside of the bare cone, inside of one that is half a metre wide at its apex."""
    near = seen((-7.5, 15.1, 0.0))
    bare, wide = rules_of(RuleKind.CONE), rules_of(RuleKind.CONE)
    wide.rows[HEAD + 4] = 0.5
    assert scored(bare, near, near)[0][0] < 0.0 < scored(wide, near, near)[0][0]


def test_two_rules_are_scored_side_by_side():
    scores = scored(rules_of(RuleKind.SPHERE, RuleKind.CONE), INSIDE, ASIDE)
    assert scores[0][0] == pytest.approx(np.linalg.norm(INSIDE.r_hill) - 200.0, abs=3.0)
    assert scores[1][0] < 0.0


ADDED = '''"""Plane: the centre of mass stays near the plane of the target's orbit."""

from typing import Annotated, Any, NamedTuple

from rvd.core.kernel import P, Row, kernel, load
from rvd.core.rules.sight import Passage


class NearPlane(NamedTuple):
    """A layer about the plane of the orbit."""

    #: Half of its thickness.
    across: Annotated[float, P("m", above=0.0)]
    #: How much of that is kept free.
    spare: Annotated[float, P("m", least=0.0)] = 0.0


NUMBERS = NearPlane
UNIT = "m"


def says(plane: NearPlane, words: Any) -> str:
    """What it keeps."""
    return f"within {words.across} of the plane of the orbit"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smaller distance (m) from the edge at both ends of the step."""
    plane = load(NearPlane, rows, at, 0, 1)
    return plane.across - plane.spare - max(abs(passage.before.r_hill[2]), abs(passage.after.r_hill[2]))
'''

LOOK = """
import sys
import numpy as np
from rvd.assembly.world import rules_of
from rvd.casefile import json_schema, load, say
from rvd.casefile.reference import reference
from rvd.core.rules.rules import SCORE, score, start_scores
from rvd.core.rules.sight import Passage, Sight
from rvd.errors import CaseError
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.words import margins_of

case = load(sys.argv[1])
one = {"kind": "near-plane", "across": "50 m"}
asked = [{"what": "plane_margin", "at_least": "1 m", "share": 0.9}]
case = case.with_values({"rules.plane": one, "require": asked})
assert '  "plane": within 50 m of the plane of the orbit' in say(case).splitlines()
assert "rules.plane.spare = 0 m" in say(case)
(ask,) = case.require
assert (ask.unit, ask.at_least) == ("m", 1.0)

blank = Sight(*[None] * len(Sight._fields))
seen = [blank._replace(r_hill=(0.0, -100.0, z), fixture_hill=(0.0,) * 3, apex_hill=(0.0,) * 3) for z in (20.0, -60.0)]
scores = np.empty((len(case.rules), len(SCORE)))
start_scores(scores)
kept = rules_of(case)
kept.applies[:-1] = 0.0
score(kept, scores, Passage(*seen, seen[0].r_hill, 100.0, 1e9), 0, 1.0)
assert scores[-1, :2].tolist() == [-10.0, 1.0]

flyer = Mission(case).flyer
assert margins_of(flyer)[-1] == ("plane_margin", "m") and "plane_margin" in dict(flyer.columns)
text = reference()
assert '#### `kind = "near-plane"`' in text and "stays near the plane of the target's orbit." in text
assert '| `across` | `"1 m"` | required | Half of its thickness. |' in text
keys = json_schema()["$defs"]["Rule"]["properties"]
assert keys["across"]["description"] == "Of a near-plane: Half of its thickness."
assert "near-plane" in keys["kind"]["enum"]
try:
    case.with_values({"rules.plane.across": "-3 m"})
except CaseError as error:
    assert (error.key, error.what) == ("rules.plane.across", 'must be positive, not "-3 m"')
else:
    raise AssertionError
"""


def test_a_kind_is_added_by_its_module_and_a_line_of_the_list(tmp_path):
    last, line = "    HULL = 7\n", "    NEAR_PLANE = 100\n"
    run_with(tmp_path, "core/rules/near_plane.py", ADDED, "core/rules/rules.py", last, line, LOOK)
